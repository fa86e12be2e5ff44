//! The DNS tree walk (RFC 9989 §4.10).

use crate::gather::Gather;
use serde::Serialize;

use super::diagnostic::NearMiss;
use super::parse::{Parsed, Published, parse};
use super::record::PublicSuffix;
use crate::dns::{Failure, Name, Question, RecordData, RecordType, Response, Wanting};

/// From this many labels on the walk jumps (RFC 9989 §4.10).
pub(super) const LONG_NAME: usize = 8;

/// What is known, or the look-up for want of which it is not: that is never "there is none".
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Determination<T> {
    /// Every look-up that matters was answered.
    Known(T),
    /// This one failed.
    Failed(Question, Failure),
}

impl<T> Determination<T> {
    /// What is known.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Failed(..) => None,
        }
    }
}

/// One query of the walk.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct WalkStep {
    /// The name whose policy is asked for: without `_dmarc`.
    pub domain: Name,
    /// What was asked.
    pub question: Question,
    /// What was found.
    pub finding: WalkFinding,
}

impl WalkStep {
    /// The one record found here.
    #[must_use]
    pub const fn published(&self) -> Option<&Published> {
        match &self.finding {
            WalkFinding::Record(published) => Some(published),
            _ => None,
        }
    }
}

/// What one query of the walk found.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WalkFinding {
    /// Exactly one policy record.
    Record(Box<Published>),
    /// More than one: all are discarded and the walk goes on (RFC 9989 §4.10); RFC 7489 §6.6.3 ends here
    /// without a policy.
    Several(Vec<String>),
    /// No policy record, but texts that were meant to be one.
    NearMisses(Vec<(String, NearMiss)>),
    /// No policy record.
    Nothing,
    /// Nobody knows; the walk ends here.
    Failed(Failure),
}

/// The names that the walk from `start` asks for, in order: at most eight.
///
/// RFC 9989 §4.10: the start itself, then its parents down to the top level; from a start of eight or more
/// labels the second is the one of seven labels.
#[must_use]
pub fn walk_targets(start: &Name) -> Vec<Name> {
    let labels = start.labels().count();
    let mut targets = Vec::new();
    let mut target = Some(start.clone());
    while let Some(name) = target.take().filter(|name| !name.is_root()) {
        let length = name.labels().count();
        target = name.parent();
        if length == labels || length < LONG_NAME {
            targets.push(name);
        }
    }
    targets
}

/// The steps up to the first `psd=y` or `psd=n`, the first failure, or the top; `None` while answers lack.
///
/// All questions are noted at once: they are known from the start. A name that `_dmarc.` makes too long to
/// ask for can hold no record.
pub(super) fn walk(dns: &Wanting<'_>, targets: &[Name]) -> Option<Vec<WalkStep>> {
    let questions: Vec<_> = targets
        .iter()
        .filter_map(|target| {
            let name = target.prefixed("_dmarc").ok()?;
            Some((target, Question::new(name, RecordType::Txt)))
        })
        .gather();
    for (_, question) in &questions {
        dns.prefetch(&question.name, question.record_type);
    }
    let mut steps = Vec::new();
    for (target, question) in questions {
        let answer = dns.ask(&question.name, question.record_type)?;
        let step = WalkStep {
            domain: target.clone(),
            question,
            finding: finding(&answer.response),
        };
        let last = ends_walk(&step.finding);
        steps.push(step);
        if last {
            break;
        }
    }
    Some(steps)
}

fn ends_walk(finding: &WalkFinding) -> bool {
    match finding {
        WalkFinding::Failed(_) => true,
        WalkFinding::Record(published) => {
            published.record.public_suffix() != PublicSuffix::Undetermined
        }
        _ => false,
    }
}

/// What the TXT records at one name amount to.
fn finding(response: &Response) -> WalkFinding {
    if let Response::Failed(failure) = response {
        return WalkFinding::Failed(*failure);
    }
    let mut records = Vec::new();
    let mut near_misses = Vec::new();
    for data in response.records() {
        let RecordData::Txt(text) = data else {
            continue;
        };
        let text = text.text();
        match parse(&text) {
            Parsed::Record(published) => records.push(published),
            Parsed::NearMiss(kind) => near_misses.push((text, kind)),
            Parsed::NotDmarc => {}
        }
    }
    match records.len() {
        0 if near_misses.is_empty() => WalkFinding::Nothing,
        0 => WalkFinding::NearMisses(near_misses),
        1 => records
            .pop()
            .map_or(WalkFinding::Nothing, WalkFinding::Record),
        _ => WalkFinding::Several(records.into_iter().map(|p| p.record.text).gather()),
    }
}
