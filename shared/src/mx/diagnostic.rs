//! What is to say about lines that hold MX records.

use serde::Serialize;

use crate::diagnostic::Level;

/// One remark about one place.
pub type Diagnostic = crate::diagnostic::Diagnostic<DiagnosticCode>;

/// The remarks there are.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// A name without the number in front (RFC 1035 §3.3.9).
    MissingPreference,
    /// Not a number from 0 to 65535.
    InvalidPreference,
    /// A number without a name behind it.
    MissingExchange,
    /// No name that DNS can hold.
    InvalidName,
    /// An IP address; only a name may stand there (RFC 5321 §5.1).
    IsAddress,
    /// A name that no host can have: letters, digits and hyphens make one (RFC 1123 §2.1, RFC 5321 §2.3.5).
    NotAHost,
    /// `localhost`: the sender itself (RFC 6761 §6.3).
    IsLocalhost,
    /// Another single label: it leads nowhere from outside.
    IsLocal,
    /// The null MX beside other records (RFC 7505 §3).
    NullBesideOthers,
    /// The null MX has the preference 0 (RFC 7505 §3).
    NullPreference,
    /// The exchange stands in an earlier line too.
    Repeated,
    /// More words than a record has.
    TrailingText,
    /// More lines than are read.
    TooMany,
}

impl DiagnosticCode {
    /// How much it matters.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::MissingPreference
            | Self::InvalidPreference
            | Self::MissingExchange
            | Self::InvalidName
            | Self::IsAddress
            | Self::NotAHost
            | Self::NullBesideOthers => Level::Error,
            Self::IsLocal | Self::IsLocalhost | Self::TrailingText | Self::TooMany => {
                Level::Warning
            }
            Self::NullPreference | Self::Repeated => Level::Note,
        }
    }
}
