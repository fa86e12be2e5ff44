//! What happens around a scan: input, progress, failures.

use super::numbers::{number, seconds};
use super::step::step;
use crate::DomainNameError;
use crate::dns::Failure;
use crate::evidence::{ConnectFailure, LoadError, Step};
use crate::protocol::{Progress, RefusalCode};
use crate::wording::sentence::say;
use crate::wording::{NoProbe, Sentence};

/// What to look at or to try when DNS told the command line nothing.
pub(in crate::wording) fn after_dns_failure(failure: Failure) -> Sentence {
    match failure {
        Failure::ServFail => say!(
            "به احتمال زیاد سرورهای نام خود این دامنه کار نمی‌کنند یا `DNSSEC` آن خراب است. نخست آنجا را ببینید."
        ),
        Failure::TimedOut | Failure::Unreachable => say!(
            "هیچ سرور نامی پاسخ نداد. شبکه را بررسی کنید یا سرور دیگری را با `--dns-server` نام ببرید."
        ),
        Failure::Refused | Failure::Rcode(_) | Failure::Malformed | Failure::NotAsked => {
            say!("سرور DNS دیگری را با `--dns-server` نام ببرید.")
        }
    }
}

/// What to type instead.
pub(in crate::wording) fn domain_name_error(error: &DomainNameError) -> Sentence {
    match error {
        DomainNameError::Empty => say!("نام دامنه را بنویسید، مانند `example.org`."),
        DomainNameError::Address => {
            say!(
                "این یک آدرس IP است. دامنه‌ای را بنویسید که در ایمیل شما پس از @ می‌آید، مانند `example.org`."
            )
        }
        DomainNameError::SingleLabel => {
            say!("دامنه‌ی ایمیل دست‌کم یک نقطه دارد. آن را کامل بنویسید، مانند `example.org`.")
        }
        DomainNameError::Character(c) if c.is_whitespace() => {
            say!("در نام دامنه فاصله نیست. یک نام بنویسید، مانند `example.org`.")
        }
        DomainNameError::Character(c) => say!(
            "در نام دامنه نمی‌توان {0} نوشت. آن را بردارید و دوباره امتحان کنید.",
            Sentence::code(c)
        ),
        DomainNameError::EmptyLabel => {
            say!("دو نقطه کنار هم آمده یا نام با نقطه آغاز شده است. یکی را بردارید.")
        }
        DomainNameError::Hyphen => {
            say!("هیچ بخشی از دامنه با خط تیره آغاز یا تمام نمی‌شود. آن را بردارید.")
        }
        DomainNameError::LabelTooLong => {
            say!("یکی از بخش‌های میان نقطه‌ها از ۶۳ نویسه بلندتر است. فقط نام دامنه را بنویسید.")
        }
        DomainNameError::TooLong => {
            say!(
                "این نوشته از بلندترین نام ممکن (۲۵۳ نویسه) هم بلندتر است. فقط نام دامنه را بنویسید."
            )
        }
    }
}

/// Why a file could not be opened.
pub(in crate::wording) fn load_error(error: &LoadError) -> Sentence {
    match error {
        LoadError::TooLarge => {
            say!(
                "این فایل از ۱۶ مگابایت بزرگ‌تر است، پس بررسیِ ذخیره‌شده نیست. فایل دیگری انتخاب کنید."
            )
        }
        LoadError::Unreadable { line, column } => say!(
            "این فایل بررسیِ ذخیره‌شده نیست: خواندن در سطر {0}، ستون {1} متوقف شد. فایل دیگری انتخاب کنید.",
            number(line),
            number(column)
        ),
        LoadError::Version(version) => say!(
            "این فایل با قالب {0} ذخیره شده که این نسخه نمی‌شناسد. آن را با نسخه‌ی تازه‌تری باز کنید.",
            number(version)
        ),
    }
}

/// Why a look-up gave no answer, as a clause.
pub(in crate::wording) fn dns_failure(failure: Failure) -> Sentence {
    match failure {
        Failure::ServFail => say!("سرور DNS به پاسخ معتبری نرسید (`SERVFAIL`)"),
        Failure::Refused => say!("سرور DNS نخواست به ما پاسخ دهد (`REFUSED`)"),
        Failure::Rcode(code) => say!(
            "سرور DNS خطا داد ({0})",
            Sentence::code(format!("RCODE {code}"))
        ),
        Failure::TimedOut => say!("پاسخ به‌موقع نرسید"),
        Failure::Unreachable => say!("سرور DNS در دسترس نبود"),
        Failure::Malformed => say!("آنچه رسید پاسخ این پرسش نبود"),
        Failure::NotAsked => say!("پرسیده نشد، چون بررسی تمام شده بود یا به سقف پرسش‌ها رسیده بود"),
    }
}

/// Why there is no connection, as a clause.
pub(in crate::wording) fn connect_failure(failure: ConnectFailure) -> Sentence {
    match failure {
        ConnectFailure::Refused => say!("اتصال پذیرفته نشد"),
        ConnectFailure::TimedOut => say!("پاسخ به‌موقع نرسید"),
        ConnectFailure::Unreachable => say!("راهی به آنجا نیست"),
        ConnectFailure::Local => say!("چیزی در سمت خود ما مانع شد"),
    }
}

/// Why there was no probe server at `url`.
pub(in crate::wording) fn no_probe(url: &str, why: &NoProbe) -> Sentence {
    let clause = match why {
        NoProbe::Name => say!("نام آن به هیچ نشانی‌ای نمی‌رسد"),
        NoProbe::Connection(failure) => connect_failure(*failure),
        NoProbe::Tls(error) => say!("TLS برقرار نشد ({0})", error),
        NoProbe::Status(status) => say!(
            "سروری که آنجاست {0} پاسخ داد",
            Sentence::code(format!("HTTP {status}"))
        ),
        NoProbe::Stranger => say!("آنچه آنجاست به زبان سرور کاوشگر حرف نمی‌زند"),
    };
    say!(
        "در {0} سرور کاوشگری در دسترس نبود: {1}. مقدار `--probe` را ببینید.",
        url,
        clause
    )
}

/// Why a probe server would not scan, and when to come back.
pub(in crate::wording) fn refusal(code: RefusalCode, retry_after: Option<u32>) -> Sentence {
    let why = match code {
        RefusalCode::Busy => say!("سرور کاوشگر اکنون جای خالی ندارد."),
        RefusalCode::TooManyRequests => {
            say!("از اینجا در زمانی کوتاه بررسی‌های زیادی خواسته شده است.")
        }
        RefusalCode::CoolingDown => say!("این دامنه هم‌اکنون یا چند لحظه پیش بررسی شده است."),
        RefusalCode::BadMessage => {
            say!("سرور کاوشگر درخواست را نفهمید. صفحه را از نو باز کنید.")
        }
        RefusalCode::UnknownVersion => {
            say!(
                "سرور کاوشگر با نسخه‌ی دیگری از پروتکل کار می‌کند. صفحه را از نو باز کنید یا سرور دیگری انتخاب کنید."
            )
        }
        RefusalCode::IdleTooLong => {
            say!("سرور کاوشگر منتظر درخواست ماند و چیزی نرسید.")
        }
        RefusalCode::ForeignOrigin => {
            say!("سرور کاوشگر به این صفحه خدمت نمی‌دهد. در تنظیمات سرور دیگری انتخاب کنید.")
        }
        RefusalCode::ShuttingDown => say!("سرور کاوشگر در حال راه‌اندازی دوباره است."),
        RefusalCode::OptedOut => {
            say!("صاحبان این دامنه از این سرور کاوشگر خواسته‌اند که با آن کاری نداشته باشد.")
        }
        RefusalCode::NotDeep => {
            say!("این سرور کاوشگر بررسی ژرف نمی‌کند: آن برای سرورهای خود آدم است.")
        }
        RefusalCode::TookTooLong => {
            say!("بررسی بیش از زمان مجاز طول کشید. آنچه تا اینجا پیدا شد می‌ماند.")
        }
    };
    match retry_after {
        Some(wait) => why.then(say!("{0} دیگر دوباره امتحان کنید.", seconds(wait))),
        None => why,
    }
}

/// What is being done now.
pub(in crate::wording) fn progress(progress: &Progress) -> Sentence {
    match progress {
        Progress::Resolving => say!("یافتن سرورهای ایمیل"),
        Progress::Blocklists { address } => say!("پرسیدن از فهرست‌های سیاه درباره‌ی {0}", address),
        Progress::Connecting { address } => say!("اتصال به {0}", address),
        Progress::Waiting {
            address,
            step: Step::Greeting,
        } => {
            say!(
                "در انتظار پیام خوشامد {0}؛ بعضی سرورها غریبه‌ها را منتظر می‌گذارند",
                address
            )
        }
        Progress::Waiting {
            address,
            step: awaited,
        } => {
            say!("در انتظار پاسخ {0} به {1}", address, step(awaited))
        }
        Progress::FetchingPolicy { host } => say!("گرفتن سیاست MTA-STS از {0}", host),
        Progress::Pausing { address } => say!("مکثی از سر ادب، پیش از اتصال بعدی به {0}", address),
    }
}
