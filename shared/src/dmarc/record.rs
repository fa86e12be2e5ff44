//! A DMARC policy record, tag by tag.

use core::fmt;

use serde::Serialize;

use super::tag::{Tag, TagValue};
use crate::dns::Name;
use crate::span::Span;

/// A DMARC policy record (RFC 9989 §4.7). [`fmt::Display`] gives back the text that was parsed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Record {
    /// The whole record, its character-strings joined.
    pub text: String,
    /// Every `name=value` in the order of the text, unknown and repeated ones too.
    pub tags: Vec<Tag>,
    /// Policy for the domain itself.
    pub p: TagValue<Disposition>,
    /// Policy for existing subdomains; without it `p` counts.
    pub sp: TagValue<Disposition>,
    /// Policy for non-existent subdomains; without it `sp`, then `p` counts.
    pub np: TagValue<Disposition>,
    /// How DKIM's `d=` must align; relaxed by default.
    pub adkim: TagValue<AlignmentMode>,
    /// How the SPF domain must align; relaxed by default.
    pub aspf: TagValue<AlignmentMode>,
    /// Test mode (`t=y`): the policy is applied one level lower; off by default.
    pub t: TagValue<bool>,
    /// What this name is to the public suffix below which it stands.
    pub psd: TagValue<PublicSuffix>,
    /// Where aggregate reports go (RFC 9990); empty when the tag is absent.
    pub rua: Vec<ReportUri>,
    /// Where failure reports go (RFC 9991); empty when the tag is absent.
    pub ruf: Vec<ReportUri>,
    /// When failure reports are wanted; `0` by default.
    pub fo: TagValue<Vec<FailureOption>>,
    /// Percentage of RFC 7489 §6.3, removed by RFC 9989: only older receivers apply it.
    pub pct: TagValue<u8>,
}

impl Record {
    /// What RFC 9989 §4.10.1 makes of the record as a whole.
    #[must_use]
    pub fn processing(&self) -> Processing {
        let sound = self.p.valid().is_some()
            && !matches!(self.sp, TagValue::Invalid(_))
            && !matches!(self.np, TagValue::Invalid(_));
        if sound {
            Processing::AsPublished
        } else if self.rua.iter().any(ReportUri::is_valid) {
            Processing::AsNone
        } else {
            Processing::Nothing
        }
    }

    /// How DKIM's `d=` must align.
    #[must_use]
    pub fn dkim_alignment(&self) -> AlignmentMode {
        self.adkim.valid().copied().unwrap_or_default()
    }

    /// How the SPF domain must align.
    #[must_use]
    pub fn spf_alignment(&self) -> AlignmentMode {
        self.aspf.valid().copied().unwrap_or_default()
    }

    /// Whether `t=y` asks for the next lower policy.
    #[must_use]
    pub fn is_testing(&self) -> bool {
        self.t.valid() == Some(&true)
    }

    /// What the `psd` tag says; [`PublicSuffix::Undetermined`] when it is absent or invalid.
    #[must_use]
    pub fn public_suffix(&self) -> PublicSuffix {
        self.psd.valid().copied().unwrap_or_default()
    }

    /// The percentage that receivers of RFC 7489 apply: 100 unless a valid `pct` says less.
    #[must_use]
    pub fn percentage(&self) -> u8 {
        self.pct.valid().copied().unwrap_or(100)
    }

    /// Whether anybody gets aggregate reports: at least one valid `mailto:` URI in `rua`.
    #[must_use]
    pub fn has_aggregate_reports(&self) -> bool {
        self.rua.iter().any(|uri| uri.host().is_some())
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What the domain owner asks to be done with mail that fails, the weakest first.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Nothing.
    #[default]
    None,
    /// Treat it as suspicious.
    Quarantine,
    /// Refuse it.
    Reject,
}

impl Disposition {
    /// One level lower: what `t=y` asks for (RFC 9989 §4.7), and what mail outside `pct` gets (RFC 7489 §6.6.4).
    #[must_use]
    pub const fn lowered(self) -> Self {
        match self {
            Self::None | Self::Quarantine => Self::None,
            Self::Reject => Self::Quarantine,
        }
    }

    /// Whether anything is asked for at all.
    #[must_use]
    pub const fn is_enforcing(self) -> bool {
        !matches!(self, Self::None)
    }

    /// The value as the standards write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }
}

impl fmt::Display for Disposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What must agree between the author domain and an authenticated one (RFC 9989 §4.4).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlignmentMode {
    /// `r`: the organizational domain.
    #[default]
    Relaxed,
    /// `s`: the whole name.
    Strict,
}

/// The `psd` tag (RFC 9989 §4.7).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicSuffix {
    /// `y`: a public suffix; the organizational domains stand one label below.
    Yes,
    /// `n`: no public suffix but an organizational domain.
    No,
    /// `u`: the walk decides.
    #[default]
    Undetermined,
}

/// When a failure report is wanted (RFC 9989 §4.7, `fo`).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureOption {
    /// `0`: when nothing gave an aligned pass.
    All,
    /// `1`: when anything gave something else than an aligned pass.
    Any,
    /// `d`: when a DKIM signature failed, aligned or not.
    Dkim,
    /// `s`: when SPF failed, aligned or not.
    Spf,
}

/// One URI of `rua` or `ruf`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct ReportUri {
    /// The URI as it stands in the record, without an obsolete size limit.
    pub text: String,
    /// Where it stands, without the size limit.
    pub span: Span,
    /// What it leads to.
    pub target: ReportTarget,
}

impl ReportUri {
    /// Whether this is a URI by its syntax, supported or not.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        !matches!(self.target, ReportTarget::Invalid)
    }

    /// The host that takes the reports, where one is known how to reach: of `mailto:` alone.
    #[must_use]
    pub const fn host(&self) -> Option<&Name> {
        match &self.target {
            ReportTarget::Mailto(host) => Some(host),
            ReportTarget::Unsupported | ReportTarget::Invalid => None,
        }
    }
}

/// What a report URI leads to.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportTarget {
    /// A mailbox at this domain; the only scheme that receivers must support (RFC 9989 §4.6).
    Mailto(Name),
    /// Another scheme: ignored by receivers.
    Unsupported,
    /// No URI.
    Invalid,
}

/// What a receiver does with a record (RFC 9989 §4.10.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Processing {
    /// Applies what it says.
    AsPublished,
    /// Acts as on `p=none`: `p` is missing or invalid, or `sp` or `np` invalid, but a valid `rua` is there.
    AsNone,
    /// Nothing at all: as before, and without a valid `rua`.
    Nothing,
}
