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
            "Type the selector of a key, such as `s2026`: it stands behind `s=` in the `DKIM-Signature` field of your messages."
        ),
        SelectorError::Character(c) if c.is_whitespace() => {
            say!("A selector has no spaces. Type one, such as `s2026`.")
        }
        SelectorError::Character(c) => say!(
            "A selector cannot hold {0}. Take it out and try again.",
            Sentence::code(c)
        ),
        SelectorError::EmptyLabel => {
            say!("Two dots stand side by side, or one stands in front. Take one out.")
        }
        SelectorError::TooLong => say!("The selector is too long for a DNS name."),
    }
}
