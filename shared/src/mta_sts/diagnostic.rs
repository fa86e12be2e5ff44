//! What is to say about the text of a record or of a policy.

use core::fmt;

use serde::Serialize;

use crate::diagnostic::Level;
use crate::version_tag::FieldFault;

/// One remark about one place in an MTA-STS record.
pub type Diagnostic = crate::diagnostic::Diagnostic<DiagnosticCode>;

/// One remark about one place in an MTA-STS policy.
pub type PolicyDiagnostic = crate::diagnostic::Diagnostic<PolicyDiagnosticCode>;

/// The remarks about records. "If the resulting record is syntactically invalid, senders MUST assume the
/// recipient domain does not have an available MTA-STS Policy" (RFC 8461 §3.1): those are errors.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// There is no `id`, which every record must have.
    MissingId,
    /// An `id` that is not 1 to 32 letters and digits.
    InvalidId,
    /// A second `id`; the first counts (RFC 8461 §3.2).
    DuplicateId,
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
            Self::MissingId | Self::InvalidId => Level::Error,
            Self::DuplicateId => Level::Warning,
            Self::Field(fault) => fault.level(),
        }
    }
}

/// The fields of a policy (RFC 8461 §3.2).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyField {
    /// `version`
    Version,
    /// `mode`
    Mode,
    /// `max_age`
    MaxAge,
    /// `mx`
    Mx,
}

impl PolicyField {
    /// All of them, in the order in which they are best written.
    pub const ALL: [Self; 4] = [Self::Version, Self::Mode, Self::Mx, Self::MaxAge];

    /// The key as the standard writes it; its case counts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Mode => "mode",
            Self::MaxAge => "max_age",
            Self::Mx => "mx",
        }
    }
}

impl fmt::Display for PolicyField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The remarks about policies.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyDiagnosticCode {
    /// A field that must be there is not: `mx` may lack where the mode is `none` alone.
    Missing(PolicyField),
    /// A value that the field cannot have.
    Invalid(PolicyField),
    /// A field that was there before; the first counts (RFC 8461 §3.2).
    Duplicate(PolicyField),
    /// `max_age` over 31557600, a year (RFC 8461 §3.2).
    MaxAgeTooLong,
    /// An enforcing policy that is forgotten within a day, so that who strips the record has soon won.
    MaxAgeShort,
    /// An enforcing policy that is forgotten within a week; weeks or more are expected (RFC 8461 §3.2).
    MaxAgeModest,
    /// An address, or a name of one label: no mail exchange is called so (RFC 8461 §4.1).
    MatchesNothing,
    /// A final dot, which no pattern has.
    FinalDot,
    /// A byte order mark in front: the first key is then no longer the first.
    ByteOrderMark,
    /// A line without a colon, or without a key in front of it.
    NotAField,
    /// White space in front of a key or of its colon, where the grammar has none.
    SpaceAtKey,
    /// An empty line.
    EmptyLine,
    /// A key that the standard does not define: ignored.
    UnknownField,
    /// The version stands behind another field: allowed, but strict readers want it first.
    VersionNotFirst,
    /// More than senders read (RFC 8461 §3.3 suggests 64 KB).
    TooLong,
}

impl PolicyDiagnosticCode {
    /// How much it matters.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Missing(_)
            | Self::Invalid(_)
            | Self::MaxAgeTooLong
            | Self::FinalDot
            | Self::ByteOrderMark
            | Self::NotAField
            | Self::TooLong => Level::Error,
            Self::Duplicate(_) | Self::MatchesNothing | Self::MaxAgeShort | Self::SpaceAtKey => {
                Level::Warning
            }
            Self::MaxAgeModest | Self::EmptyLine | Self::UnknownField | Self::VersionNotFirst => {
                Level::Note
            }
        }
    }
}
