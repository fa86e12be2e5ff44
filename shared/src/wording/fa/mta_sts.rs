//! What is said about MTA-STS.

use super::numbers::{count, list, number};
use super::scan::{connect_failure, dns_failure};
use super::version_tag::{field, near_miss};
use crate::evidence::NoPolicy;
use crate::mta_sts::{Diagnostic, DiagnosticCode, Mode, PolicyDiagnosticCode as Code, PolicyField};
use crate::report::MtaStsReason;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

const DAY: u32 = 86_400;

/// Why a finding about MTA-STS has its status.
pub(super) fn reason(reason: &MtaStsReason) -> Sentence {
    match reason {
        MtaStsReason::Absent => say!(
            "سیاست MTA-STS وجود ندارد: کسی که میان سرورها باشد می‌تواند رمزنگاری ایمیل‌های شما را بردارد."
        ),
        MtaStsReason::Needless => {
            say!("سیاست MTA-STS به‌دردبخوری وجود ندارد و DANE کار آن را انجام می‌دهد.")
        }
        MtaStsReason::Several { count } => say!(
            "{0} رکورد MTA-STS وجود دارد، پس هیچ‌کدام به شمار نمی‌آید.",
            number(count)
        ),
        MtaStsReason::Ignored {
            text,
            near_miss: miss,
        } => say!(
            "{0} قرار بوده رکورد MTA-STS باشد، اما فرستنده‌ها نادیده‌اش می‌گیرند: {1}.",
            text,
            near_miss(*miss, "v=STSv1;")
        ),
        MtaStsReason::Record {
            text,
            diagnostic: remark,
        } => diagnostic(text, remark),
        MtaStsReason::NotFetched { host, why } if why.is_ours() => {
            say!(
                "نتوانستیم سیاست را روی {0} ببینیم: {1}.",
                host,
                no_policy(why)
            )
        }
        MtaStsReason::NotFetched { host, why } => say!(
            "فرستنده‌ها نمی‌توانند سیاست را از {0} بگیرند: {1}. از چیزی محافظت نمی‌کند.",
            host,
            no_policy(why)
        ),
        MtaStsReason::Policy {
            line,
            text,
            diagnostic,
        } => {
            say!(
                "سطر {0} سیاست: {1}.",
                number(line),
                policy_remark(text, *diagnostic)
            )
        }
        MtaStsReason::MediaType {
            media_type: Some(kind),
        } => say!(
            "سیاست با نوع {0} عرضه می‌شود. شاید فرستنده‌ها چیزی را که `text/plain` نباشد نپذیرند.",
            kind
        ),
        MtaStsReason::MediaType { media_type: None } => {
            say!("وب‌سرور نمی‌گوید که سیاست `text/plain` است، پس شاید فرستنده‌ها آن را نپذیرند.")
        }
        MtaStsReason::Uncovered {
            exchanges,
            all: true,
            mode: Mode::Enforce,
        } => say!(
            "فرستنده‌هایی که از سیاست پیروی می‌کنند نمی‌توانند به شما برسانند: هیچ‌یک از سرورهای ایمیل شما را نام نمی‌برد ({0}).",
            list(exchanges)
        ),
        MtaStsReason::Uncovered {
            exchanges,
            mode: Mode::Enforce,
            ..
        } => say!(
            "فرستنده‌هایی که از سیاست پیروی می‌کنند هرگز به {0} نمی‌رسانند، چون نامش در آن نیست.",
            list(exchanges)
        ),
        MtaStsReason::Uncovered { exchanges, .. } => say!(
            "سیاست {0} را نام نمی‌برد: اگر به اجرا درمی‌آمد، فرستنده‌ها به آنجا نمی‌رساندند.",
            list(exchanges)
        ),
        MtaStsReason::CertificateRefused {
            exchanges,
            mode: Mode::Enforce,
            ..
        } => say!(
            "فرستنده‌هایی که از سیاست پیروی می‌کنند نمی‌توانند به {0} برسانند، چون گواهی آنجا معتبر نیست.",
            list(exchanges)
        ),
        MtaStsReason::CertificateRefused { exchanges, .. } => say!(
            "گواهی {0} معتبر نیست: اگر سیاست در حال اجرا بود، فرستنده‌ها به آنجا نمی‌رساندند.",
            list(exchanges)
        ),
        MtaStsReason::Bare {
            exchanges,
            mode: Mode::Enforce,
            ..
        } => say!(
            "فرستنده‌هایی که از سیاست پیروی می‌کنند نمی‌توانند به {0} برسانند، چون آنجا رمزنگاری پیشنهاد نمی‌شود.",
            list(exchanges)
        ),
        MtaStsReason::Bare { exchanges, .. } => say!(
            "{0} رمزنگاری پیشنهاد نمی‌کند: اگر سیاست در حال اجرا بود، فرستنده‌ها به آنجا نمی‌رساندند.",
            list(exchanges)
        ),
        MtaStsReason::Enforces { max_age } if *max_age < DAY => {
            say!("سیاست در حال اجراست و همه‌ی سرورهای ایمیل را نام می‌برد.")
        }
        MtaStsReason::Enforces { max_age } => say!(
            "سیاست در حال اجراست و همه‌ی سرورهای ایمیل را نام می‌برد. فرستنده‌ها آن را {0} به یاد می‌سپارند.",
            count(max_age / DAY, "روز")
        ),
        MtaStsReason::Testing => say!(
            "سیاست آزمایشی است (`mode: testing`): فرستنده‌ها مشکل‌ها را گزارش می‌دهند و باز هم می‌رسانند."
        ),
        MtaStsReason::Withdrawn => {
            say!("سیاست پس گرفته شده است (`mode: none`)، پس چیزی بر رمزنگاری پافشاری نمی‌کند.")
        }
    }
}

/// A remark about a record, with the text that it is about.
pub(in crate::wording) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(record, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::MissingId => {
            say!("رکورد MTA-STS بدون `id` است، پس فرستنده‌ها نادیده‌اش می‌گیرند.")
        }
        DiagnosticCode::InvalidId if diagnostic.span.start == diagnostic.span.end => say!(
            "برچسب `id` خالی است: باید ۱ تا ۳۲ حرف لاتین و رقم باشد. فرستنده‌ها رکورد را نادیده می‌گیرند."
        ),
        DiagnosticCode::InvalidId => say!(
            "{0} نمی‌تواند `id` باشد: باید ۱ تا ۳۲ حرف لاتین و رقم باشد. فرستنده‌ها رکورد را نادیده می‌گیرند.",
            at
        ),
        DiagnosticCode::DuplicateId => say!("{0} دومین `id` است؛ نخستین به شمار می‌آید.", at),
        DiagnosticCode::Field(fault) => field(fault, at),
    }
}

/// A remark about a policy as a clause; `text` is what stands at the place.
pub(in crate::wording) fn policy_remark(text: &str, code: Code) -> Sentence {
    let at = Sentence::code(text);
    match code {
        Code::Missing(field) => {
            say!(
                "{0} در آن نیست، پس فرستنده‌ها سیاست را نمی‌پذیرند",
                field.as_str()
            )
        }
        Code::Invalid(field) if text.is_empty() => say!(
            "{0} مقداری ندارد، پس فرستنده‌ها سیاست را نمی‌پذیرند",
            field.as_str()
        ),
        Code::Invalid(PolicyField::Version) => {
            say!(
                "{0} نسخه‌ای نیست که وجود داشته باشد؛ تنها نسخه `STSv1` است",
                at
            )
        }
        Code::Invalid(PolicyField::Mode) => say!(
            "{0} حالتی نیست که وجود داشته باشد؛ حالت‌ها `enforce` و `testing` و `none` با حروف کوچک هستند",
            at
        ),
        Code::Invalid(PolicyField::MaxAge) => {
            say!("{0} عددی به ثانیه با حداکثر ده رقم نیست", at)
        }
        Code::Invalid(PolicyField::Mx) => say!(
            "{0} نام سرور ایمیل نیست؛ ستاره فقط می‌تواند به جای تمام بخش نخست نام بیاید",
            at
        ),
        Code::Duplicate(field) => {
            say!(
                "{0} بار دوم است؛ نخستین {1} به شمار می‌آید",
                at,
                field.as_str()
            )
        }
        Code::MaxAgeTooLong => {
            say!(
                "{0} بیش از یک سال است (`31557600` ثانیه)، که سقف مجاز است",
                at
            )
        }
        Code::MaxAgeShort => say!(
            "{0} ثانیه کمتر از یک روز است: کسی که رکورد را همین قدر پنهان کند از سیاست خلاص می‌شود",
            at
        ),
        Code::MaxAgeModest => {
            say!("{0} ثانیه کمتر از یک هفته است؛ چند هفته معمول است", at)
        }
        Code::MatchesNothing => say!(
            "{0} با هیچ سرور ایمیلی جور نمی‌شود: نام میزبان دست‌کم دو بخش دارد و آدرس نام نیست",
            at
        ),
        Code::FinalDot => say!(
            "{0} به نقطه ختم می‌شود، که هیچ فرستنده‌ای انتظارش را ندارد",
            at
        ),
        Code::ByteOrderMark => {
            say!(
                "نشانه‌ای ناپیدا ({0}) در آغاز آمده است، پس کلید نخست شناخته نمی‌شود",
                at
            )
        }
        Code::NotAField => say!("{0} فیلد نیست: فیلد کلیدی دارد و دونقطه و مقداری", at),
        Code::SpaceAtKey => say!("کنار کلید فاصله آمده است ({0})", at),
        Code::EmptyLine => say!(
            "این سطر خالی است و استاندارد آن را مجاز نمی‌داند: فرستنده‌های سخت‌گیر چنین سیاستی را نمی‌پذیرند"
        ),
        Code::UnknownField => {
            say!(
                "{0} کلیدی نیست که استاندارد بشناسد؛ فرستنده‌ها نادیده‌اش می‌گیرند",
                at
            )
        }
        Code::VersionNotFirst => say!("{0} بهتر است در آغاز بیاید", at),
        Code::TooLong => say!("سیاست بزرگ‌تر از ۶۴ کیلوبایت است و فرستنده‌ها دست از خواندن می‌کشند"),
    }
}

/// Why there is no policy, as a clause.
pub(super) fn no_policy(why: &NoPolicy) -> Sentence {
    match why {
        NoPolicy::Unresolved(failure) => dns_failure(*failure),
        NoPolicy::NoAddress => say!("این نام به هیچ آدرسی نمی‌رسد"),
        NoPolicy::NotPublic => say!("آدرس آن همگانی نیست"),
        NoPolicy::NoIpv6 => say!("فقط `IPv6` دارد و سرور کاوشگر ندارد"),
        NoPolicy::OptedOut => say!("صاحبانش خواسته‌اند که با آن کاری نداشته باشیم"),
        NoPolicy::Resting => say!("چند لحظه پیش زیاد به آن سر زده بودیم، پس با آن کاری نداشتیم"),
        NoPolicy::NotConnected(failure) => connect_failure(*failure),
        NoPolicy::NoRoots => say!("سرور کاوشگر هیچ مرکز صدور گواهی را نمی‌شناسد"),
        NoPolicy::Untrusted { detail } => {
            say!("گواهی آن برای این نام معتبر نیست ({0})", detail)
        }
        NoPolicy::NotSecured { detail } => say!("TLS برقرار نشد ({0})", detail),
        NoPolicy::NotHttp { detail } => {
            say!("آنچه رسید پاسخ درست و کاملی نیست ({0})", detail)
        }
        NoPolicy::Status {
            status,
            location: Some(location),
        } => say!(
            "به {1} هدایت می‌کند ({0}) و دنبال‌کردن آن مجاز نیست",
            http(*status),
            location
        ),
        NoPolicy::Status {
            status,
            location: None,
        } => {
            say!("وب‌سرور {0} پاسخ می‌دهد", http(*status))
        }
        NoPolicy::TooLarge => say!("بزرگ‌تر از ۶۴ کیلوبایت است"),
        NoPolicy::TimedOut => say!("پاسخ به‌موقع نرسید"),
    }
}

fn http(status: u16) -> Sentence {
    Sentence::code(format!("HTTP {status}"))
}
