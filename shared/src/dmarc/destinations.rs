//! Whether those who are to get reports agreed to it (RFC 9990 §4; RFC 9991 refers to it).

use serde::Serialize;

use super::align::{Alignment, align};
use super::parse::{Parsed, parse};
use super::record::{Record, ReportUri};
use super::walk::Determination;
use crate::dns::{Failure, Name, Question, RecordData, RecordType, Response, Wanting};
use crate::span::Span;

/// How many different hosts are looked up for one record: a bound on what a stranger's record makes us ask.
const MAX_HOSTS: usize = 8;

/// One place that reports go to: a `mailto:` URI of `rua` or `ruf`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Destination {
    /// Which reports.
    pub kind: ReportKind,
    /// The URI as it stands in the record.
    pub uri: String,
    /// Where it stands.
    pub span: Span,
    /// The host that gets the reports.
    pub host: Name,
    /// The question whose answer shows consent; `None` where none is needed or can be asked.
    pub question: Option<Question>,
    /// Whether it agreed.
    pub status: DestinationStatus,
}

/// Which reports go to a destination.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// Aggregate reports: `rua`.
    Aggregate,
    /// Failure reports: `ruf`.
    Failure,
}

/// Whether a destination agreed to get reports.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DestinationStatus {
    /// It has the same organizational domain as the policy: no consent is needed.
    Internal,
    /// It published its consent.
    Authorized,
    /// It published none: receivers send nothing there.
    Unauthorized,
    /// It wants the reports at a mailbox of another host, which is not allowed: receivers send nothing.
    VoidOverride,
    /// This look-up failed, so nobody knows.
    Unknown(Question, Failure),
    /// Not looked up: the record names too many hosts.
    Unchecked,
}

/// Looks up the consent of every `mailto:` URI in `record`, found at `policy_domain`; `None` while answers lack.
#[must_use]
pub fn verify(
    dns: &Wanting<'_>,
    policy_domain: &Name,
    record: &Record,
) -> Option<Vec<Destination>> {
    let uris = with_host(ReportKind::Aggregate, &record.rua)
        .chain(with_host(ReportKind::Failure, &record.ruf));
    let mut hosts: Vec<(&Name, Option<Consent>)> = Vec::new();
    let mut destinations = Some(Vec::new());
    for (kind, uri, host) in uris {
        let consent = match hosts.iter().find(|(known, _)| *known == host) {
            Some((_, consent)) => consent.clone(),
            None if hosts.len() < MAX_HOSTS => {
                let consent = consent(dns, policy_domain, host);
                hosts.push((host, consent.clone()));
                consent
            }
            None => Some(Consent::UNCHECKED),
        };
        // All hosts are asked before the first answer is waited for.
        destinations = destinations.zip(consent).map(|(mut known, consent)| {
            known.push(consent.destination(kind, uri, host));
            known
        });
    }
    destinations
}

/// The URIs that lead to a host.
fn with_host(
    kind: ReportKind,
    uris: &[ReportUri],
) -> impl Iterator<Item = (ReportKind, &ReportUri, &Name)> {
    uris.iter()
        .filter_map(move |uri| Some((kind, uri, uri.host()?)))
}

/// What one host said about reports for one policy domain.
#[derive(Clone)]
struct Consent {
    question: Option<Question>,
    status: DestinationStatus,
    /// Whether a `rua`, or a `ruf`, in its answer leads to another host.
    void_aggregate: bool,
    void_failure: bool,
}

impl Consent {
    const UNCHECKED: Self = Self::without_override(None, DestinationStatus::Unchecked);

    const fn without_override(question: Option<Question>, status: DestinationStatus) -> Self {
        Self {
            question,
            status,
            void_aggregate: false,
            void_failure: false,
        }
    }

    fn destination(self, kind: ReportKind, uri: &ReportUri, host: &Name) -> Destination {
        let void = match kind {
            ReportKind::Aggregate => self.void_aggregate,
            ReportKind::Failure => self.void_failure,
        };
        Destination {
            kind,
            uri: uri.text.clone(),
            span: uri.span,
            host: host.clone(),
            question: self.question,
            status: match self.status {
                DestinationStatus::Authorized if void => DestinationStatus::VoidOverride,
                status => status,
            },
        }
    }
}

/// Asks `host` for its consent, unless it belongs to the policy domain anyway; `None` while answers lack.
fn consent(dns: &Wanting<'_>, policy_domain: &Name, host: &Name) -> Option<Consent> {
    let question = question(policy_domain, host);
    let related = host.is_within(policy_domain) || policy_domain.is_within(host);
    if let Some(question) = question.as_ref().filter(|_| !related) {
        // Most likely needed: asked in the same round as the walks that decide about it.
        dns.prefetch(&question.name, question.record_type);
    }
    match align(dns, policy_domain, host)? {
        Determination::Known(Alignment::None) => external(dns, question, host),
        Determination::Known(_) => {
            Some(Consent::without_override(None, DestinationStatus::Internal))
        }
        Determination::Failed(walked, failure) => {
            let mut consent = external(dns, question, host)?;
            // With consent it does not matter whether any is needed.
            if consent.status != DestinationStatus::Authorized {
                consent.status = DestinationStatus::Unknown(walked, failure);
            }
            Some(consent)
        }
    }
}

/// `<policy domain>._report._dmarc.<host>`; none where that name would be too long.
fn question(policy_domain: &Name, host: &Name) -> Option<Question> {
    let name = host
        .prefixed(&format!("{}._report._dmarc", policy_domain.as_str()))
        .ok()?;
    Some(Question::new(name, RecordType::Txt))
}

/// The consent of a host outside the policy's organizational domain.
fn external(dns: &Wanting<'_>, question: Option<Question>, host: &Name) -> Option<Consent> {
    let Some(question) = question else {
        // RFC 9990 §4: a name too long to be asked is a consent not given.
        return Some(Consent::without_override(
            None,
            DestinationStatus::Unauthorized,
        ));
    };
    let answer = dns.ask(&question.name, question.record_type)?;
    if let Response::Failed(failure) = answer.response {
        let status = DestinationStatus::Unknown(question.clone(), failure);
        return Some(Consent::without_override(Some(question), status));
    }
    let mut consent = Consent::without_override(Some(question), DestinationStatus::Unauthorized);
    for data in answer.response.records() {
        let RecordData::Txt(text) = data else {
            continue;
        };
        if let Parsed::Record(published) = parse(&text.text()) {
            let leads_away =
                |uris: &[ReportUri]| uris.iter().any(|uri| uri.host().is_some_and(|h| h != host));
            consent.status = DestinationStatus::Authorized;
            consent.void_aggregate |= leads_away(&published.record.rua);
            consent.void_failure |= leads_away(&published.record.ruf);
        }
    }
    Some(consent)
}

#[cfg(test)]
mod tests;
