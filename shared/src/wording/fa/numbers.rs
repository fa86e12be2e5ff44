//! Numbers and lists. Persian counts with the singular: `۳ سرور`.

use crate::gather::Gather;
use core::fmt::Display;

use crate::time::Millis;
use crate::wording::sentence::say;
use crate::wording::{Language, Sentence, digits};

/// Items of a list that are named; the others are counted.
const NAMED: usize = 6;

/// A number in prose.
pub(super) fn number(n: impl Display) -> Sentence {
    Sentence::text(digits(Language::Fa, n))
}

/// `۱ پرس‌وجو`، `۲ پرس‌وجو`.
pub(super) fn count(n: impl Display, thing: &str) -> Sentence {
    Sentence::text(format!("{} {thing}", digits(Language::Fa, n)))
}

/// `a`، `a و b`، `a، b و c`; after six, how many more there are.
pub(super) fn list(items: impl IntoIterator<Item = impl Into<Sentence>>) -> Sentence {
    let mut items: Vec<Sentence> = items.into_iter().map(Into::into).gather();
    if items.len() > NAMED {
        let more = items.len() - NAMED + 1;
        items.truncate(NAMED - 1);
        items.push(count(more, "مورد دیگر"));
    }
    let last = items.len().saturating_sub(1);
    let mut joined = Sentence::default();
    for (index, item) in items.into_iter().enumerate() {
        let link = if index == 0 {
            ""
        } else if index == last {
            " و "
        } else {
            "، "
        };
        joined.append(Sentence::text(link));
        joined.append(item);
    }
    joined
}

/// One word for one thing, another for several.
pub(super) fn agree<T>(items: &[T], one: &'static str, many: &'static str) -> Sentence {
    Sentence::text(if items.len() == 1 { one } else { many })
}

/// A reply as the server wrote it.
pub(super) fn reply(code: u16, text: &str) -> Sentence {
    Sentence::code(format!("{code} {text}").trim_end())
}

/// `۴۱ میلی‌ثانیه`، `۲٫۳ ثانیه`.
pub(in crate::wording) fn duration(time: Millis) -> String {
    match time.0 {
        ms @ 0..1000 => format!("{} میلی‌ثانیه", digits(Language::Fa, ms)),
        ms => {
            let seconds = format!("{}.{}", ms / 1000, ms % 1000 / 100);
            format!("{} ثانیه", digits(Language::Fa, seconds))
        }
    }
}

/// `۴۰ ثانیه`، `۲ دقیقه`.
pub(super) fn seconds(n: u32) -> Sentence {
    match n {
        0..90 => count(n, "ثانیه"),
        _ => count(n.div_ceil(60), "دقیقه"),
    }
}

/// `۲ تا از ۱۰`.
pub(super) fn share(part: u32, whole: u32) -> Sentence {
    say!("{0} تا از {1}", number(part), number(whole))
}
