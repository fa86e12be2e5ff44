//! Statuses, profiles, caps, and what the report says about itself.

use super::numbers::{count, duration, number};
use crate::report::{Cap, CapCause, Effort, ProfileName, Report, Status};
use crate::wording::group::{anything_applies, is_left_alone};
use crate::wording::sentence::say;
use crate::wording::{ProfileText, Sentence};

/// The word of a status.
pub(in crate::wording) const fn status(status: Status) -> &'static str {
    match status {
        Status::Pass => "خوب",
        Status::Warn => "جای بهتر شدن دارد",
        Status::Fail => "باید درست شود",
        Status::Unknown => "نتوانستیم ببینیم",
        Status::Na => "مصداق ندارد",
    }
}

/// The word of a row that is still awaited.
pub(in crate::wording) const fn pending() -> &'static str {
    "در انتظار"
}

/// The words of a profile.
pub(in crate::wording) const fn profile(name: ProfileName) -> ProfileText {
    match name {
        ProfileName::Standards => ProfileText {
            name: "استاندارد",
            description: "آنچه استانداردها و راهنماهای امروز می‌گویند.",
        },
        ProfileName::Classic => ProfileText {
            name: "کلاسیک",
            description: "ده سطر، همان‌گونه که گزارش‌های قدیمی‌تر و سخت‌گیرتر می‌خوانند: هر چه تا اندازه‌ای برآورده شده باشد، برآورده‌نشده به شمار می‌آید.",
        },
    }
}

/// Why the letter is bounded.
pub(in crate::wording) fn cap(cap: &Cap) -> Sentence {
    let grade = Sentence::code(cap.grade);
    match cap.cause {
        CapCause::OpenRelay => say!(
            "سروری که نامه‌ی غریبه‌ها را می‌برد نمره‌ای بهتر از {0} نمی‌گیرد.",
            grade
        ),
        CapCause::Listed => say!(
            "سروری که در فهرست سیاهی است که بسیاری به آن تکیه می‌کنند نمره‌ای بهتر از {0} نمی‌گیرد.",
            grade
        ),
        CapCause::MtaStsRefuses => say!(
            "تا وقتی سیاست MTA-STS ایمیل را برمی‌گرداند بالاترین نمره‌ی ممکن {0} است.",
            grade
        ),
        CapCause::NoStartTls => say!(
            "تا وقتی هیچ سرور ایمیلی رمزنگاری ندارد بالاترین نمره‌ی ممکن {0} است.",
            grade
        ),
        CapCause::Injection => say!(
            "تا وقتی بتوان به ارتباط رمزشده فرمان جا زد بالاترین نمره‌ی ممکن {0} است.",
            grade
        ),
        CapCause::DaneRefuses => say!(
            "تا وقتی رکوردهای TLSA ایمیل را برمی‌گردانند بالاترین نمره‌ی ممکن {0} است.",
            grade
        ),
        CapCause::OldTls => say!(
            "تا وقتی سرور ایمیلی TLS تازه‌تر از `1.1` را نمی‌پذیرد بالاترین نمره‌ی ممکن {0} است.",
            grade
        ),
        CapCause::NeitherSpfNorDmarc => {
            say!("بدون SPF و بدون DMARC بالاترین نمره‌ی ممکن {0} است.", grade)
        }
        CapCause::NoDmarc => say!("بدون سیاست DMARC بالاترین نمره‌ی ممکن {0} است.", grade),
        CapCause::NoSpf => say!("بدون رکورد SPF بالاترین نمره‌ی ممکن {0} است.", grade),
        CapCause::SpfBroken => say!("با رکورد SPF خراب بالاترین نمره‌ی ممکن {0} است.", grade),
        CapCause::Coverage => say!(
            "کمتر از ۹۰٪ را توانستیم بیازماییم، پس بالاترین نمره‌ی ممکن {0} است.",
            grade
        ),
    }
}

/// How much could be tested.
pub(in crate::wording) fn coverage(report: &Report) -> Sentence {
    match report.coverage {
        100.. if is_left_alone(report) => {
            say!("هر چه از DNS پیداست آزموده شد؛ از سرور ایمیلی چیزی نپرسیدیم.")
        }
        100.. => say!("هر چه مصداق داشت آزموده شد."),
        // Of nothing there is no share.
        0 if !anything_applies(report) => Sentence::default(),
        0 => say!("هنوز چیزی آزموده نشده است."),
        percent if report.is_pending() => say!("تا اینجا {0}٪ آزموده شده است.", number(percent)),
        percent => say!("{0}٪ از آنچه مصداق دارد آزموده شد.", number(percent)),
    }
}

/// What it means that a letter is provisional.
pub(in crate::wording) const fn provisional() -> &'static str {
    "موقتی: هنوز آن‌قدر نمی‌دانیم که این نمره قطعی باشد."
}

/// What it means that there is no letter.
pub(in crate::wording) const fn no_grade() -> &'static str {
    "هنوز نمره‌ای نیست: چیزی که به شمار آید آزموده نشده است."
}

/// What the scan asked of the servers.
pub(in crate::wording) fn effort(effort: &Effort) -> Sentence {
    let asked = say!(
        "{0} و {1}، بدون فرستادن هیچ پیامی",
        count(effort.connections, "اتصال"),
        count(effort.commands, "فرمان")
    );
    match effort.took {
        Some(took) => say!("{0}، در {1}.", asked, Sentence::text(duration(took))),
        None => say!("{0}.", asked),
    }
}
