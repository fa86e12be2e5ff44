//! What is to say about a record's text.

use serde::Serialize;

use super::Unusable;
use crate::diagnostic::Level;

/// One remark about one place in a TLSA record.
pub type Diagnostic = crate::diagnostic::Diagnostic<DiagnosticCode>;

/// The fields of a record, in their order (RFC 6698 §2.2).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Certificate usage.
    Usage,
    /// Selector.
    Selector,
    /// Matching type.
    Matching,
    /// Certificate association data.
    Data,
}

/// The remarks there are.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// The record ends before this field.
    Missing(Field),
    /// Neither a number from 0 to 255 nor one of the words of RFC 7218.
    NotANumber(Field),
    /// A character that is no hexadecimal digit.
    NotHexadecimal,
    /// One digit too few or too many: two make an octet.
    OddDigits,
    /// No sender of mail can use the record.
    Unusable(Unusable),
    /// Usage 3 with selector 0: each renewal makes another certificate, and the record wrong (RFC 7671 §5.1).
    RenewalBreaks,
    /// Matching type 0: all of a certificate or a key in DNS (RFC 7671 §10.1.2).
    Full,
}

impl DiagnosticCode {
    /// How much it matters.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Missing(_)
            | Self::NotANumber(_)
            | Self::NotHexadecimal
            | Self::OddDigits
            | Self::Unusable(_) => Level::Error,
            Self::Full => Level::Warning,
            Self::RenewalBreaks => Level::Note,
        }
    }
}
