//! What an evaluation is given and what it gives.

use core::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::Problem;
use crate::span::Span;

/// The arguments of `check_host()` (RFC 7208 §4.1) and what macros may ask for (§7.2).
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Params {
    /// The address of the client; an IPv4-mapped IPv6 address is read as IPv4 (§5).
    pub ip: IpAddr,
    /// The reverse-path without angle brackets. Empty is the null reverse-path, which stands for
    /// `postmaster` at [`Params::helo`] (§2.4); without a local part `postmaster` is supplied (§4.3).
    pub mail_from: String,
    /// What the client called itself in HELO or EHLO.
    pub helo: String,
    /// The name of the host that evaluates, for `%{r}`; `unknown` where there is none (§7.3).
    pub receiver: String,
    /// Seconds since 1970-01-01 UTC, for `%{t}`.
    pub now: u64,
}

impl Params {
    /// For mail from `postmaster` at `domain` by a client that calls itself `domain`.
    #[must_use]
    pub fn for_domain(ip: IpAddr, domain: &str) -> Self {
        Self {
            ip,
            mail_from: format!("postmaster@{domain}"),
            helo: domain.to_owned(),
            receiver: "unknown".to_owned(),
            now: 0,
        }
    }
}

/// What an evaluation came to, and how.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Outcome {
    /// The result (RFC 7208 §2.6).
    pub result: SpfResult,
    /// Why no directive decided; nothing when one did, or when the record ended (neutral, §4.7).
    pub cause: Option<Problem>,
    /// The domain's own words for a `fail` (§6.2): written by strangers, at most
    /// 2,048 characters, ASCII.
    pub explanation: Option<String>,
    /// Terms that caused a look-up, at most ten (§4.6.4).
    pub lookups: u32,
    /// Terms whose look-up found nothing (§4.6.4); a term counts once, however many hosts it looks up.
    pub void_lookups: u32,
    /// The terms in the order of their evaluation, at most 500.
    pub trace: Vec<TraceStep>,
}

/// The results of RFC 7208 §2.6.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SpfResult {
    /// No record to go by.
    None,
    /// The domain says nothing about the client.
    Neutral,
    /// The client may send for the domain.
    Pass,
    /// The client may not.
    Fail,
    /// The client probably may not.
    SoftFail,
    /// Cannot be known now.
    TempError,
    /// The records cannot be understood.
    PermError,
}

impl SpfResult {
    /// The word of the standard.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Neutral => "neutral",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::SoftFail => "softfail",
            Self::TempError => "temperror",
            Self::PermError => "permerror",
        }
    }
}

impl fmt::Display for SpfResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A record that an evaluation came by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TraceRecord {
    /// The domain that publishes it.
    pub domain: String,
    /// How many includes and redirects lead there; 0 for the first record.
    pub depth: u32,
    /// What is published.
    pub text: String,
}

/// One term on the way.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TraceStep {
    /// The record that holds the term; all of its steps share it.
    pub record: Arc<TraceRecord>,
    /// The term's place in the record.
    pub span: Span,
    /// The name that the term looks up, macros expanded; nothing for a term without a look-up.
    pub target: Option<String>,
    /// What came of it.
    pub event: TraceEvent,
}

/// The most characters of a term that a trace repeats.
const TERM_LIMIT: usize = 256;

impl TraceStep {
    /// The term as written, at most 256 characters.
    #[must_use]
    pub fn term(&self) -> &str {
        // A record that parses is ASCII, so its characters are its octets.
        let (start, end) = (self.span.start as usize, self.span.end as usize);
        let end = end.min(start.saturating_add(TERM_LIMIT));
        self.record.text.get(start..end).unwrap_or_default()
    }
}

/// With the term alone, not its whole record again.
impl Serialize for TraceStep {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut step = serializer.serialize_struct("TraceStep", 6)?;
        step.serialize_field("domain", &self.record.domain)?;
        step.serialize_field("depth", &self.record.depth)?;
        step.serialize_field("span", &self.span)?;
        step.serialize_field("term", self.term())?;
        step.serialize_field("target", &self.target)?;
        step.serialize_field("event", &self.event)?;
        step.end()
    }
}

/// What came of a term.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceEvent {
    /// The mechanism matched; its qualifier gives the result of its record.
    Matched {
        /// That result.
        result: SpfResult,
    },
    /// The mechanism did not match.
    NotMatched,
    /// The mechanism did not match, for its look-up found nothing.
    Void,
    /// The `include:` was evaluated and did not match.
    Included {
        /// The result of the included record.
        result: SpfResult,
    },
    /// The `redirect=` was followed.
    Redirected {
        /// The result of the record that it leads to.
        result: SpfResult,
    },
    /// The evaluation ended here; [`Outcome::cause`] says why.
    Stopped,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_written_as_the_standard_writes_them() {
        for (result, word) in [
            (SpfResult::None, "none"),
            (SpfResult::Neutral, "neutral"),
            (SpfResult::Pass, "pass"),
            (SpfResult::Fail, "fail"),
            (SpfResult::SoftFail, "softfail"),
            (SpfResult::TempError, "temperror"),
            (SpfResult::PermError, "permerror"),
        ] {
            assert_eq!(result.to_string(), word);
            assert_eq!(serde_json::to_value(result).unwrap(), word);
        }
    }
}
