//! What is to say about a record's text.

use serde::Serialize;

use super::tag::TagName;
use crate::diagnostic::Level;

/// One remark about one place in a DMARC record.
pub type Diagnostic = crate::diagnostic::Diagnostic<DiagnosticCode>;

/// The remarks there are.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// There is no `p` (RFC 9989 §4.7 recommends it; §4.10.1 says what follows).
    MissingPolicy,
    /// A value that the tag cannot have: of `p`, `sp` and `np` it undoes the record (RFC 9989 §4.10.1), of
    /// the others the default counts (§4.8).
    InvalidValue(TagName),
    /// Text between semicolons that has no equals sign, or no name in front of it.
    NotATag,
    /// Two semicolons with nothing between them.
    EmptyTag,
    /// A tag that was there before: "the entire tag-list is invalid" (RFC 6376 §3.2, which RFC 9989 §4.7 follows). Many
    /// receivers go by one of the two all the same; here the first counts.
    DuplicateTag(TagName),
    /// Characters that no value can hold: not printable ASCII, often invisible.
    InvalidCharacter,
    /// No URI; receivers skip it.
    InvalidUri,
    /// A mail address without `mailto:`.
    MissingMailto,
    /// A URI of another scheme than `mailto:`; receivers ignore it.
    UnsupportedScheme,
    /// A size limit such as `!10m`, which RFC 9989 made obsolete.
    SizeLimit,
    /// The third URI and those after it: receivers need not use more than two (RFC 7489 §6.2).
    ManyUris(TagName),
    /// `fo` without `ruf` has no effect.
    FailureOptionsWithoutRuf,
    /// `fo` holds both `0` and `1`, which exclude each other.
    FailureOptionsExclusive,
    /// A tag that RFC 9989 removed: newer receivers ignore it.
    RemovedTag(TagName),
    /// A tag that no DMARC standard defines: ignored.
    UnknownTag,
    /// `p=none`: nothing is refused.
    WatchesOnly,
    /// `t=y`: receivers apply the policy one level lower (RFC 9989 §4.7).
    Testing,
    /// `psd=y`: the name is a public suffix (RFC 9989 §4.7).
    PublicSuffix,
}

impl DiagnosticCode {
    /// How much it matters.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::InvalidValue(TagName::P | TagName::Sp | TagName::Np) | Self::DuplicateTag(_) => {
                Level::Error
            }
            Self::MissingPolicy
            | Self::InvalidValue(_)
            | Self::NotATag
            | Self::InvalidCharacter
            | Self::InvalidUri
            | Self::MissingMailto
            | Self::UnsupportedScheme
            | Self::FailureOptionsExclusive
            | Self::Testing
            | Self::PublicSuffix => Level::Warning,
            Self::EmptyTag
            | Self::SizeLimit
            | Self::ManyUris(_)
            | Self::FailureOptionsWithoutRuf
            | Self::RemovedTag(_)
            | Self::UnknownTag
            | Self::WatchesOnly => Level::Note,
        }
    }
}

/// How a text that is no DMARC record comes close to being one.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NearMiss {
    /// Quotes around the record are part of it.
    Quoted,
    /// White space in front of `v`.
    LeadingWhiteSpace,
    /// `DMARC1` in other letters: its case counts.
    VersionCase,
    /// Backslashes in front of the semicolons are part of the record.
    Escaped,
    /// No semicolon behind `v=DMARC1`.
    MissingSeparator,
    /// `v=DMARC` and something else than `1`.
    OtherVersion,
    /// `v=DMARC1` stands behind another tag or text.
    VersionNotFirst,
    /// DMARC's tags without `v=DMARC1`.
    MissingVersion,
}
