//! What is said about DKIM keys.

use crate::dkim::SelectorError;
use crate::report::DkimReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about DKIM keys has its status.
pub(super) fn reason(reason: &DkimReason) -> Sentence {
    match *reason {}
}

/// What to type instead of this selector.
pub(in crate::wording) fn selector_error(error: &SelectorError) -> Sentence {
    match error {
        SelectorError::Empty => say!(
            "گزینشگر یکی از کلیدها را بنویسید، مانند `s2026`: در فیلد `DKIM-Signature` ایمیل‌های شما پس از `s=` می‌آید."
        ),
        SelectorError::Character(c) if c.is_whitespace() => {
            say!("در گزینشگر فاصله نیست. یکی بنویسید، مانند `s2026`.")
        }
        SelectorError::Character(c) => say!(
            "در گزینشگر نمی‌توان {0} نوشت. آن را بردارید و دوباره امتحان کنید.",
            Sentence::code(c)
        ),
        SelectorError::EmptyLabel => {
            say!("دو نقطه کنار هم آمده یا نام با نقطه آغاز شده است. یکی را بردارید.")
        }
        SelectorError::TooLong => say!("گزینشگر برای یک نام DNS زیادی بلند است."),
    }
}
