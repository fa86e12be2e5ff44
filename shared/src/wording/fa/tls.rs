//! What is said about TLS: versions, suites and groups, certificates.

use super::numbers::{agree, count, list, number};
use crate::report::{CertificateReason, CipherReason, TlsReason};
use crate::tls::{CertificateWeakness, Fault, Version};
use crate::wording::Sentence;
use crate::wording::sentence::{codes, say};

/// Why a finding about TLS or its versions has its status.
pub(super) fn reason(reason: &TlsReason) -> Sentence {
    match reason {
        TlsReason::NotOffered => {
            say!("سرور `STARTTLS` را پیشنهاد نمی‌دهد، پس رمزنگاری‌ای نیست که ببینیم.")
        }
        TlsReason::Masked => {
            say!("چیزی در راه `STARTTLS` را برمی‌دارد، پس رمزنگاری‌ای نیست که ببینیم.")
        }
        TlsReason::NotBegun { reply_code, text } => say!(
            "سرور `STARTTLS` را پیشنهاد می‌دهد اما به آن {0} پاسخ داد، پس نتوانستیم ببینیم.",
            super::numbers::reply(*reply_code, text)
        ),
        TlsReason::NotSecured {
            detail: Some(detail),
        } => say!(
            "ارتباط رمزشده برقرار نشد ({0})، پس نتوانستیم ببینیم.",
            detail
        ),
        TlsReason::NotSecured { detail: None } => {
            say!("ارتباط رمزشده برقرار نشد و سرور نگفت چه چیزی را می‌پذیرد.")
        }
        TlsReason::NewOnly { versions } => say!(
            "سرور {0} را می‌پذیرد و هیچ نسخه‌ای کهنه‌تر از `TLS 1.2` را نمی‌پذیرد.",
            list(codes(versions))
        ),
        TlsReason::OldToo { versions } => say!(
            "سرور {0} را می‌پذیرد که {1} و کنار گذاشته {2}.",
            list(codes(versions)),
            agree(versions, "ناامن است", "ناامن‌اند"),
            agree(versions, "شده است", "شده‌اند")
        ),
        TlsReason::OldOnly { best } => say!(
            "تازه‌ترین نسخه‌ای که سرور می‌پذیرد {0} است که ناامن است و کنار گذاشته شده: بسیاری از فرستنده‌ها دیگر با آن کار نمی‌کنند.",
            Sentence::code(best)
        ),
        TlsReason::Ssl { versions } => say!(
            "سرور {0} را می‌پذیرد: SSL شکسته است و آنچه با آن برود خواندنی است.",
            list(codes(versions))
        ),
        TlsReason::OldNotAsked { versions } => say!(
            "سرور {0} را می‌پذیرد. نتوانستیم ببینیم نسخه‌های کهنه‌تر را هم می‌پذیرد یا نه.",
            list(codes(versions))
        ),
        TlsReason::NoTls13 => say!("{0} پذیرفته نمی‌شود.", Sentence::code(Version::Tls13)),
    }
}

/// Why a finding about suites and groups has its status.
pub(super) fn ciphers(reason: &CipherReason) -> Sentence {
    match reason {
        CipherReason::Safe => {
            say!("سرور از مجموعه‌های رمز ضعیفی که پیشنهاد دادیم هیچ‌کدام را نپذیرفت.")
        }
        CipherReason::Open { suites } => say!(
            "سرور رمزنگاری‌ای را می‌پذیرد که چیزی را پنهان نمی‌کند یا هر کسی می‌تواند آن را بشکند: {0}.",
            list(codes(suites))
        ),
        CipherReason::Insufficient { suites } => say!(
            "سرور در کنار مجموعه‌های رمز خوب، ضعیف‌ها را هم می‌پذیرد، از جمله {0}.",
            list(codes(suites))
        ),
        CipherReason::OnlyInsufficient { suites } => say!(
            "سرور هیچ مجموعه‌ی رمز خوبی را نمی‌پذیرد و فقط ضعیف‌ها را می‌پذیرد، از جمله {0}.",
            list(codes(suites))
        ),
        CipherReason::PhaseOut { suites } => say!(
            "سرور مجموعه‌های رمزی را می‌پذیرد که باید کنار گذاشته شوند، از جمله {0}.",
            list(codes(suites))
        ),
        CipherReason::ShortPrime { bits } => say!(
            "کلید ارتباط ممکن است با عدد اولی به دست آید که فقط {0} بیت دارد و شکستنی است (`Logjam`).",
            number(bits)
        ),
        CipherReason::OwnPrime { bits } => say!(
            "کلید ارتباط ممکن است با عدد اولی {0} بیتی به دست آید که از عددهای استاندارد نیست (`RFC 7919`).",
            number(bits)
        ),
        CipherReason::WeakGroups { groups } => say!(
            "سرور گروه‌هایی را می‌پذیرد که باید کنار گذاشته شوند: {0}.",
            list(codes(groups))
        ),
        CipherReason::Compression => {
            say!("TLS اینجا فشرده می‌کند: آنچه رمز شده را می‌شود از درازایش حدس زد (`CRIME`).")
        }
        CipherReason::InsecureRenegotiation => say!(
            "مذاکره‌ی دوباره‌ی سرور امن نیست (`RFC 5746`): غریبه‌ای می‌تواند پیش از سخن فرستنده چیزی بگنجاند."
        ),
        CipherReason::NoExtendedMasterSecret => {
            say!("کلید ارتباط‌های کهنه‌تر به دست‌دهی آغاز ارتباط گره نخورده است (`RFC 7627`).")
        }
        CipherReason::ClientOrder => {
            say!("سرور انتخاب از میان مجموعه‌های رمزش را به فرستنده وامی‌گذارد.")
        }
        CipherReason::PostQuantum { groups } => say!(
            "سرور گروه‌هایی را می‌پذیرد که در برابر رایانه‌های کوانتومی هم می‌ایستند: {0}.",
            list(codes(groups))
        ),
        CipherReason::NotAsked => {
            say!("نتوانستیم ببینیم سرور مجموعه‌های رمز ضعیف را می‌پذیرد یا نه.")
        }
    }
}

/// Why a finding about certificates has its status.
pub(super) fn certificate(reason: &CertificateReason) -> Sentence {
    match reason {
        CertificateReason::Valid { host, key, days } => say!(
            "{0} تا {1} دیگر معتبر است.",
            the(host, key.as_deref()),
            count(days, "روز")
        ),
        CertificateReason::EndsSoon { host, key, days } => say!(
            "{0} فقط تا {1} دیگر معتبر است: باید تا حالا تمدید شده بود.",
            the(host, key.as_deref()),
            count(days, "روز")
        ),
        CertificateReason::Refused { host, key, why } => {
            say!("{0} {1}.", the(host, key.as_deref()), fault(why))
        }
        CertificateReason::Weak { host, key, why } => {
            say!("{0} {1}.", the(host, key.as_deref()), weakness(why))
        }
        CertificateReason::KeyMismatch { host } => say!(
            "{0} گواهی‌ای نشان می‌دهد که کلیدش را ندارد، پس کسی نمی‌تواند بگوید سرور همان سرور درست است یا نه.",
            host
        ),
        CertificateReason::Bound { host } => say!(
            "فرستنده‌هایی که DANE را می‌شناسند {0} را با رکوردهای TLSA آن می‌شناسند: برای آن‌ها فقط کلید مهم است.",
            host
        ),
        CertificateReason::Enforced { host } => say!(
            "سیاست MTA-STS در حال اجراست، پس فرستنده‌هایی که از آن پیروی می‌کنند به {0} نمی‌رسانند.",
            host
        ),
        CertificateReason::Rsa2048 { host, bits } => say!(
            "کلید RSA برای {0} دارای {1} بیت است. امروز کافی است؛ برای کلید بعدی `3072` بیت یا خم بیضوی بهتر است.",
            host,
            number(bits)
        ),
        CertificateReason::Disorder { host } => say!(
            "گواهی‌هایی که {0} می‌فرستد به ترتیب نیستند و بعضی فرستنده‌ها از پس آن برنمی‌آیند.",
            host
        ),
        CertificateReason::RootSent { host } => say!(
            "{0} گواهی ریشه را هم می‌فرستد که سودی ندارد: هر که می‌سنجد آن را دارد.",
            host
        ),
        CertificateReason::NotSeen => say!("گواهی سرور را ندیدیم."),
        CertificateReason::NoRoots => say!(
            "سرور کاوشگر هیچ مرکز صدور گواهی را نمی‌شناسد، پس نمی‌تواند بگوید چه کسی گواهی را تأیید کرده است."
        ),
    }
}

fn the(host: &crate::dns::Name, key: Option<&str>) -> Sentence {
    match key {
        Some(key) => say!("گواهی {0} سرور {1}", Sentence::code(key), host),
        None => say!("گواهی {0}", host),
    }
}

/// What is wrong with it, as a clause.
fn fault(fault: &Fault) -> Sentence {
    match fault {
        Fault::Unreadable => say!("خواندنی نیست"),
        Fault::Expired { days: 0 } => say!("امروز منقضی شد"),
        Fault::Expired { days } => say!("{0} پیش منقضی شد", count(days, "روز")),
        Fault::NotYetValid => say!("هنوز معتبر نشده است"),
        Fault::WrongName { names } if names.is_empty() => say!("برای هیچ نامی نیست"),
        Fault::WrongName { names } => say!("نه برای این نام، که برای {0} است", list(names)),
        Fault::SelfSigned => say!("را کسی جز خودش تأیید نکرده است"),
        Fault::IssuerNotSent { issuer } => say!(
            "تنها فرستاده می‌شود: بدون گواهی صادرکننده‌اش ({0}) کمتر فرستنده‌ای می‌تواند آن را بسنجد",
            issuer
        ),
        Fault::UnknownIssuer { issuer } => say!(
            "را {0} صادر کرده است که فرستنده‌ها آن را به مرکز صدور نمی‌شناسند",
            issuer
        ),
        Fault::IssuerExpired => say!("را گواهی‌ای تأیید کرده که منقضی شده است"),
        Fault::BadSignature => say!("امضای نادرست دارد"),
        Fault::WeakSignature => say!("به امضایی تکیه دارد که فرستنده‌ها دیگر نمی‌پذیرند"),
        Fault::Misused => say!("برای سرور نیست یا به گواهی‌ای تکیه دارد که اجازه‌ی تأیید ندارد"),
        Fault::Other => say!("به مرکز صدوری که فرستنده‌ها بشناسند نمی‌رسد"),
    }
}

/// What is weak about it, as a clause.
fn weakness(weakness: &CertificateWeakness) -> Sentence {
    match weakness {
        CertificateWeakness::Key { algorithm, bits } => say!(
            "کلید بسیار ضعیفی دارد ({0}، {1} بیت)",
            algorithm,
            number(bits)
        ),
        CertificateWeakness::Signature { algorithm } => {
            say!("به امضایی تکیه دارد که می‌شود جعلش کرد ({0})", algorithm)
        }
    }
}
