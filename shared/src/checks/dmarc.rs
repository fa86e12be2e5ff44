//! Is there one valid DMARC policy, does it enforce, does anyone get reports? (RFC 9989, RFC 9990)

mod edit;
pub(super) mod mend;
mod reports;

pub(super) use reports::mailbox;

use super::misplaced::{self, Misplaced};
use super::weighing::Weighing;
use super::{Check, CheckId, Route, Scene};
use crate::diagnostic::Level;
use crate::dmarc::{
    self, Destination, DestinationStatus, Determination, Discovery, Disposition, EffectivePolicy,
    PolicyScope, Published, ReportKind, WalkFinding, WalkStep,
};
use crate::dns::RecordType;
use crate::gather::Gather;
use crate::report::{Finding, Policy, Reason, Status};

/// See the module.
pub(super) struct Dmarc;

impl Check for Dmarc {
    fn id(&self) -> CheckId {
        CheckId::Dmarc
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = |status, reason| Finding::new(self.id(), status, vec![reason]);
        if scene.route == Route::NoSuchDomain {
            return finding(Status::Na, Reason::NoSuchDomain);
        }
        let Some(discovery) = scene.dmarc() else {
            return finding(Status::Unknown, Reason::Pending);
        };
        let proof = discovery
            .steps
            .iter()
            .filter_map(|step| scene.evidence.answer_id(&step.question).cloned());
        let policies = dmarc::effective_policies(discovery, true);
        let misplaced = misplaced::dmarc(scene);
        match (&policies.exact, discovery.published()) {
            (Determination::Failed(question, failure), _) => finding(
                Status::Unknown,
                Reason::DnsFailed {
                    question: question.clone(),
                    failure: *failure,
                },
            ),
            (Determination::Known(Some(policy)), Some(published)) => {
                let domain = &policy.source.domain;
                let Some(destinations) = dmarc::verify(scene.dns, domain, &published.record) else {
                    return finding(Status::Unknown, Reason::Pending);
                };
                let found = Found {
                    discovery,
                    policy,
                    published,
                    destinations: &destinations,
                };
                let (status, mut reasons) = judge(&found);
                reasons.extend(misplaced.iter().map(Misplaced::reason));
                let mend = (status != Status::Pass)
                    .then(|| mend::present(scene, &found))
                    .flatten();
                let consent = destinations
                    .iter()
                    .filter_map(|d| scene.evidence.answer_id(d.question.as_ref()?).cloned());
                Finding::new(self.id(), status, reasons)
                    .mended_by(mend)
                    .proven_by(consent)
            }
            (Determination::Known(_), _) => {
                let mut reasons = absence(discovery);
                let others = misplaced::spf(scene);
                reasons.extend(misplaced.iter().chain(&others).map(Misplaced::reason));
                Finding::new(self.id(), Status::Fail, reasons)
                    .mended_by(mend::missing(scene, discovery))
            }
        }
        .proven_by(proof)
        .proven_by(
            misplaced
                .into_iter()
                .flat_map(|m| scene.answered(&m.at, RecordType::Txt)),
        )
    }
}

/// A disposition as the report names it.
pub(super) const fn policy_of(disposition: Option<Disposition>) -> Policy {
    match disposition {
        None => Policy::Absent,
        Some(Disposition::None) => Policy::None,
        Some(Disposition::Quarantine) => Policy::Quarantine,
        Some(Disposition::Reject) => Policy::Reject,
    }
}

/// Why there is no policy.
fn absence(discovery: &Discovery) -> Vec<Reason> {
    let mut reasons = several(discovery);
    if reasons.is_empty() {
        reasons.push(Reason::DmarcMissing);
    }
    for step in &discovery.steps {
        if let WalkFinding::NearMisses(misses) = &step.finding {
            let ignored = |(text, near_miss): &(String, _)| Reason::DmarcIgnored {
                text: text.clone(),
                near_miss: *near_miss,
            };
            reasons.extend(misses.iter().map(ignored));
        }
    }
    reasons
}

/// Names with more than one record.
fn several(discovery: &Discovery) -> Vec<Reason> {
    discovery
        .discarded()
        .filter_map(|step| match &step.finding {
            WalkFinding::Several(texts) => Some(Reason::DmarcSeveral {
                name: step.question.name.clone(),
                count: u32::try_from(texts.len()).unwrap_or(u32::MAX),
            }),
            _ => None,
        })
        .gather()
}

/// A policy that there is, and all that is known about it.
struct Found<'a> {
    discovery: &'a Discovery,
    policy: &'a EffectivePolicy,
    published: &'a Published,
    destinations: &'a [Destination],
}

/// Weighs a policy that there is.
fn judge(found: &Found<'_>) -> (Status, Vec<Reason>) {
    let Found {
        discovery,
        policy,
        published,
        destinations,
    } = found;
    let applied = policy_of(policy.disposition);
    let (status, main) = match policy.disposition {
        None => (Status::Fail, Reason::DmarcVoid),
        Some(_) if policy.testing => (Status::Warn, Reason::DmarcTesting { policy: applied }),
        Some(Disposition::None) => (Status::Warn, Reason::DmarcWatches),
        Some(_) => (Status::Pass, Reason::DmarcEnforces { policy: applied }),
    };
    let mut weighing = Weighing::new(status, vec![main]);
    for reason in several(discovery) {
        weighing.add(reason, true);
    }
    if !published.record.has_aggregate_reports() {
        weighing.add(Reason::DmarcNoReports, true);
    }
    for (reason, weighs) in consents(destinations) {
        weighing.add(reason, weighs);
    }
    for diagnostic in &published.diagnostics {
        let text = published.record.text.clone();
        weighing.add(
            Reason::DmarcDiagnostic {
                text,
                diagnostic: *diagnostic,
            },
            diagnostic.code.level() > Level::Note,
        );
    }
    if policy.source.scope != PolicyScope::AuthorDomain {
        let from = policy.source.domain.clone();
        weighing.add(Reason::DmarcInherited { from }, false);
    }
    weighing.told()
}

/// What the destinations of reports said, and whether it weighs. Failure reports are a luxury; and who
/// gets aggregate reports for sure need not care for one destination more.
fn consents(destinations: &[Destination]) -> Vec<(Reason, bool)> {
    let certain = destinations.iter().any(|destination| {
        destination.kind == ReportKind::Aggregate
            && matches!(
                destination.status,
                DestinationStatus::Internal | DestinationStatus::Authorized
            )
    });
    let said = |destination: &Destination| {
        let (uri, host) = (destination.uri.clone(), destination.host.clone());
        let aggregate = destination.kind == ReportKind::Aggregate;
        match destination.status {
            DestinationStatus::Internal | DestinationStatus::Authorized => None,
            DestinationStatus::Unauthorized | DestinationStatus::VoidOverride => {
                Some((Reason::DmarcReportsUnauthorized { uri, host }, aggregate))
            }
            DestinationStatus::Unknown(..) | DestinationStatus::Unchecked => Some((
                Reason::DmarcReportsUnverified { uri, host },
                aggregate && !certain,
            )),
        }
    };
    destinations.iter().filter_map(said).gather()
}

/// Whether aggregate reports may reach anybody.
fn flows(destinations: &[Destination]) -> bool {
    destinations.iter().any(|destination| {
        destination.kind == ReportKind::Aggregate
            && !matches!(
                destination.status,
                DestinationStatus::Unauthorized | DestinationStatus::VoidOverride
            )
    })
}

/// Whether a step's discarded records hide behind them the policy that counts.
fn is_stray(found: &Found<'_>, step: &WalkStep) -> bool {
    let depth = |domain: &crate::dns::Name| domain.labels().count();
    depth(&step.domain) > depth(&found.policy.source.domain)
}
