//! What is said on a terminal alone.

use std::net::IpAddr;

use super::numbers::number;
use crate::tls::{Level, Taken};
use crate::wording::sentence::say;
use crate::wording::{Sentence, TlsLabel, grouped};

/// Over the mends that win most.
pub(in crate::wording) const fn mend_first() -> &'static str {
    "نخست این‌ها را درست کنید"
}

/// How many observations are left out.
pub(in crate::wording) fn more_proofs(more: u32) -> Sentence {
    say!("{0} مشاهده‌ی دیگر نشان داده نشد.", number(more))
}

/// How many remarks are left out.
pub(in crate::wording) fn more_remarks(more: u32) -> Sentence {
    say!("{0} نکته‌ی دیگر نشان داده نشد.", number(more))
}

/// Why standard input was not read to its end.
pub(in crate::wording) fn too_much_input(limit: u32) -> Sentence {
    say!(
        "ورودی بیش از {0} بایت است و هیچ رکوردی این اندازه نیست. متن یک رکورد یا رکوردهای یک نام را بدهید.",
        number(grouped(limit.into()))
    )
}

/// What is missing where there is no sender to go by.
pub(in crate::wording) fn no_client_name() -> Sentence {
    say!(
        "وقتی فرستنده‌ای نیست، SPF به نامی نگاه می‌کند که سرور فرستنده در `HELO` یا `EHLO` می‌گوید. آن را با `--helo` بدهید."
    )
}

/// What to give instead of this URL.
pub(in crate::wording) fn no_probe_url(url: &str) -> Sentence {
    say!(
        "{0} به هیچ سرور کاوشگری نمی‌رسد. نشانی‌ای مانند `wss://probe.example.org/ws` بدهید.",
        url
    )
}

/// What to give instead of this name.
pub(in crate::wording) fn no_ehlo_name(name: &str) -> Sentence {
    say!(
        "{0} نامی نیست که بتوان در `EHLO` گفت. نام کامل این دستگاه را بدهید، مانند `probe.example.org`.",
        name
    )
}

/// What is missing beside the address of a server.
pub(in crate::wording) fn no_server_name() -> Sentence {
    say!("کنار نشانی، نامی که گواهی باید برای آن باشد کم است. آن را با `--name` بدهید.")
}

/// What to give in the place of this port.
pub(in crate::wording) fn no_port(text: &str) -> Sentence {
    say!(
        "{0} پورت نیست. پورت عددی از `1` تا `65535` است؛ اگر آن را ننویسید `25` است.",
        Sentence::code(text)
    )
}

/// What to give instead of this name.
pub(in crate::wording) fn no_server_address(name: &str) -> Sentence {
    say!(
        "{0} نشانی ندارد. نام یک سرور را بدهید، نه نام دامنه را.",
        name
    )
}

/// What to do about this address.
pub(in crate::wording) fn not_public_server(address: IpAddr) -> Sentence {
    say!(
        "{0} نشانی همگانی نیست. برای آزمایشگاه یا شبکه‌ی داخلی `--allow-private-targets` را بیفزایید.",
        &address
    )
}

/// What it means that no TLS came about.
pub(in crate::wording) fn no_tls() -> Sentence {
    say!("TLS برقرار نشد.")
}

/// What stands beside a line of the table of a server's TLS.
pub(in crate::wording) const fn tls_label(label: TlsLabel) -> &'static str {
    match label {
        TlsLabel::Versions => "نسخه‌ها",
        TlsLabel::Suites => "مجموعه‌های رمز",
        TlsLabel::Groups => "گروه‌های تبادل کلید",
        TlsLabel::Certificates => "گواهی‌ها",
        TlsLabel::Order => "چه کسی مجموعه‌ی رمز را برمی‌گزیند",
        TlsLabel::Server => "سرور",
        TlsLabel::Client => "فرستنده",
        TlsLabel::Compression => "فشرده‌سازی",
        TlsLabel::SecureRenegotiation => "توافق دوباره‌ی امن",
        TlsLabel::ExtendedMasterSecret => "کلید اصلی گره‌خورده به توافق",
        TlsLabel::Injection => "فرمانی را که پیش از TLS جا زده شود می‌پذیرد",
        TlsLabel::Yes => "بله",
        TlsLabel::No => "خیر",
        TlsLabel::Connections => "اتصال‌ها",
        TlsLabel::ValidTo => "معتبر تا",
        TlsLabel::Unreadable => "خوانده نمی‌شود",
    }
}

/// The word of a level.
pub(in crate::wording) const fn tls_level(level: Level) -> &'static str {
    match level {
        Level::Insufficient => "ناکافی",
        Level::PhaseOut => "رو به کنار گذاشتن",
        Level::Sufficient => "کافی",
        Level::Good => "خوب",
    }
}

/// Whether something is taken.
pub(in crate::wording) const fn tls_taken(taken: Taken) -> &'static str {
    match taken {
        Taken::Yes => "می‌پذیرد",
        Taken::No => "نمی‌پذیرد",
        Taken::NotAsked => "پرسیده نشد",
    }
}
