//! What is said on a terminal alone.

use super::numbers::number;
use crate::wording::sentence::say;
use crate::wording::{Sentence, grouped};

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
