//! The tags of a record, and what one holds.

use core::fmt;

use serde::Serialize;

use crate::span::Span;

/// One tag's place in the record.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Tag {
    /// Which tag; `None` for one that no DMARC standard defines.
    pub name: Option<TagName>,
    /// Where its name stands.
    pub name_span: Span,
    /// Where its value stands.
    pub value_span: Span,
}

/// The tags of RFC 9989 §4.7, and those of RFC 7489 that it removed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TagName {
    /// `v`
    V,
    /// `p`
    P,
    /// `sp`
    Sp,
    /// `np`
    Np,
    /// `adkim`
    Adkim,
    /// `aspf`
    Aspf,
    /// `t`
    T,
    /// `psd`
    Psd,
    /// `rua`
    Rua,
    /// `ruf`
    Ruf,
    /// `fo`
    Fo,
    /// `pct`, removed
    Pct,
    /// `rf`, removed
    Rf,
    /// `ri`, removed
    Ri,
}

impl TagName {
    /// Every tag.
    pub const ALL: [Self; 14] = [
        Self::V,
        Self::P,
        Self::Sp,
        Self::Np,
        Self::Adkim,
        Self::Aspf,
        Self::T,
        Self::Psd,
        Self::Rua,
        Self::Ruf,
        Self::Fo,
        Self::Pct,
        Self::Rf,
        Self::Ri,
    ];

    /// The tag of this name, in any case of letters (RFC 9989 §4.8).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|tag| tag.as_str().eq_ignore_ascii_case(text))
    }

    /// The name as the standards write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V => "v",
            Self::P => "p",
            Self::Sp => "sp",
            Self::Np => "np",
            Self::Adkim => "adkim",
            Self::Aspf => "aspf",
            Self::T => "t",
            Self::Psd => "psd",
            Self::Rua => "rua",
            Self::Ruf => "ruf",
            Self::Fo => "fo",
            Self::Pct => "pct",
            Self::Rf => "rf",
            Self::Ri => "ri",
        }
    }

    /// Whether RFC 9989 removed it, so that only older receivers read it.
    #[must_use]
    pub const fn is_removed(self) -> bool {
        matches!(self, Self::Pct | Self::Rf | Self::Ri)
    }
}

impl fmt::Display for TagName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a tag holds. The span is that of the value.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TagValue<T> {
    /// The tag is not in the record: its default counts.
    #[default]
    Absent,
    /// A value that the standard knows.
    Valid(T, Span),
    /// A value that it does not know.
    Invalid(Span),
}

impl<T> TagValue<T> {
    /// The value, when there is a valid one.
    pub const fn valid(&self) -> Option<&T> {
        match self {
            Self::Valid(value, _) => Some(value),
            Self::Absent | Self::Invalid(_) => None,
        }
    }

    /// Where the value stands, when the tag is in the record.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Self::Valid(_, span) | Self::Invalid(span) => Some(*span),
            Self::Absent => None,
        }
    }
}
