//! What is to say about a record's text.

use serde::Serialize;

use crate::diagnostic::Level;

/// One remark about one place in a BIMI record.
pub type Diagnostic = crate::diagnostic::Diagnostic<DiagnosticCode>;

/// The remarks there are; receivers "MUST NOT attempt to fix" what is wrong (§4.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// No `l` tag, which a record must have.
    MissingLocation,
    /// A URI of another scheme than `https:`.
    NotHttps,
    /// No URI with the whole name of a host.
    InvalidUri,
    /// The logo's name does not end as an SVG image does (§4.3.2).
    NotSvg,
    /// A certificate but no logo: some receivers take it from the certificate, others show none.
    OnlyEvidence,
    /// A value that `lps` or `avp` cannot have.
    InvalidValue,
    /// A tag that was there before: the whole list is void (RFC 6376 §3.2, which §4.3 follows).
    DuplicateTag,
    /// Neither logo nor certificate: the domain declines to take part (§4.3.1).
    Declination,
    /// Text between semicolons that has no equals sign.
    NotATag,
    /// A tag that BIMI does not define: ignored.
    UnknownTag,
}

impl DiagnosticCode {
    /// How much it matters.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::MissingLocation | Self::NotHttps | Self::InvalidUri | Self::DuplicateTag => {
                Level::Error
            }
            Self::NotSvg | Self::OnlyEvidence | Self::InvalidValue | Self::NotATag => {
                Level::Warning
            }
            Self::Declination | Self::UnknownTag => Level::Note,
        }
    }
}
