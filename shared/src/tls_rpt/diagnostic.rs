//! What is to say about a record's text.

use serde::Serialize;

use crate::diagnostic::Level;
use crate::version_tag::FieldFault;

/// One remark about one place in a TLS-RPT record.
pub type Diagnostic = crate::diagnostic::Diagnostic<DiagnosticCode>;

/// The remarks there are (RFC 8460 §3).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// There is no `rua`, which every record must have.
    MissingRua,
    /// No address in `rua` can be reported to.
    NoDestination,
    /// A second `rua`: RFC 8460 does not say which counts. Here it is the first.
    DuplicateRua,
    /// No URI; senders skip it.
    InvalidUri,
    /// A mail address without `mailto:`.
    MissingMailto,
    /// A URI of another scheme than `mailto:` and `https:`; senders skip it.
    UnsupportedScheme,
    /// An exclamation mark, which must be percent-encoded.
    UnescapedMark,
    /// What both standards with such records remark.
    #[serde(untagged)]
    Field(FieldFault),
}

impl From<FieldFault> for DiagnosticCode {
    fn from(fault: FieldFault) -> Self {
        Self::Field(fault)
    }
}

impl DiagnosticCode {
    /// How much it matters.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::MissingRua | Self::NoDestination => Level::Error,
            Self::DuplicateRua
            | Self::InvalidUri
            | Self::MissingMailto
            | Self::UnsupportedScheme
            | Self::UnescapedMark => Level::Warning,
            Self::Field(fault) => fault.level(),
        }
    }
}
