//! Dates and numbers as the reader writes them. The browser knows the calendars.

use js_sys::{Date, Object, Reflect};
use postern_shared::time::Timestamp;
use postern_shared::wording::{Language, digits};
use wasm_bindgen::JsValue;

/// Day of the week, date and time, in the reader's calendar and time zone.
///
/// Put together here: what browsers make of `dateStyle: "full"` in the Persian calendar is in an order that
/// nobody writes.
#[must_use]
pub fn moment(language: Language, at: Timestamp) -> String {
    let weekday = part(language, at, &[("weekday", "long")]);
    let date = part(
        language,
        at,
        &[("year", "numeric"), ("month", "long"), ("day", "numeric")],
    );
    let time = part(
        language,
        at,
        &[
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("hourCycle", "h23"),
        ],
    );
    match language {
        Language::En => format!("{weekday}, {date} at {time}"),
        Language::Fa => format!("{weekday} {date}، ساعت {time}"),
    }
}

/// A day in the reader's calendar, of seconds since 1970, in the time of certificates (UTC).
#[must_use]
pub fn day(language: Language, seconds: i64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds stay exact for a hundred million years"
    )]
    let date = Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    let options = [
        ("year", "numeric"),
        ("month", "long"),
        ("day", "numeric"),
        ("timeZone", "UTC"),
    ];
    part_of(language, &date, &options)
}

/// The time of day to the second, in Latin digits: it stands beside lines that are in them.
#[must_use]
pub fn clock(at: Timestamp) -> String {
    part(
        Language::En,
        at,
        &[
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("second", "2-digit"),
            ("hourCycle", "h23"),
        ],
    )
}

/// `77.5` from tenths; a whole number without its zero.
#[must_use]
pub fn percent_tenths(language: Language, tenths: u32) -> String {
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let whole = digits(language, whole);
    let point = match language {
        Language::En => '.',
        Language::Fa => '٫',
    };
    if tenth == 0 {
        whole
    } else {
        format!("{whole}{point}{}", digits(language, tenth))
    }
}

const fn locale(language: Language) -> &'static str {
    match language {
        Language::En => "en-US",
        Language::Fa => "fa-IR-u-ca-persian",
    }
}

/// One part of a moment, by the options of `Intl.DateTimeFormat`.
fn part(language: Language, at: Timestamp, options: &[(&str, &str)]) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds stay exact until the year 287396"
    )]
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    part_of(language, &date, options)
}

fn part_of(language: Language, date: &Date, options: &[(&str, &str)]) -> String {
    let bag = Object::new();
    for (name, value) in options {
        // A fresh plain object takes any property.
        let _ = Reflect::set(&bag, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    // Without a part that a year or an hour is asked in, it gives exactly the parts named.
    date.to_locale_string(locale(language), &bag).into()
}
