//! Is there one valid DMARC policy, does it enforce, does anyone get reports? (RFC 9989, RFC 9990)

use super::{Check, CheckId, Route, Scene};
use crate::dmarc::{
    self, Destination, DestinationStatus, Determination, Discovery, Disposition, EffectivePolicy,
    Level, PolicyScope, Published, ReportKind, WalkFinding,
};
use crate::report::{Action, Finding, Mend, Owner, Policy, Reason, Status};

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
                let (status, reasons) = judge(discovery, policy, published, &destinations);
                let mend = (status != Status::Pass)
                    .then(|| mend(scene, policy, published, &reasons))
                    .flatten();
                let consent = destinations
                    .iter()
                    .filter_map(|d| scene.evidence.answer_id(d.question.as_ref()?).cloned());
                Finding::new(self.id(), status, reasons)
                    .mended_by(mend)
                    .proven_by(consent)
            }
            (Determination::Known(_), _) => {
                Finding::new(self.id(), Status::Fail, absence(discovery)).mended_by(publish(scene))
            }
        }
        .proven_by(proof)
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
        .collect()
}

/// Weighs a policy that there is.
fn judge(
    discovery: &Discovery,
    policy: &EffectivePolicy,
    published: &Published,
    destinations: &[Destination],
) -> (Status, Vec<Reason>) {
    let applied = policy_of(policy.disposition);
    let (mut status, main) = match policy.disposition {
        None => (Status::Fail, Reason::DmarcVoid),
        Some(_) if policy.testing => (Status::Warn, Reason::DmarcTesting { policy: applied }),
        Some(Disposition::None) => (Status::Warn, Reason::DmarcWatches),
        Some(_) => (Status::Pass, Reason::DmarcEnforces { policy: applied }),
    };
    let mut reasons = vec![main];
    let mut add = |reason, weighs: bool| {
        reasons.push(reason);
        if weighs && status == Status::Pass {
            status = Status::Warn;
        }
    };
    for reason in several(discovery) {
        add(reason, true);
    }
    if !published.record.has_aggregate_reports() {
        add(Reason::DmarcNoReports, true);
    }
    for destination in destinations {
        if matches!(
            destination.status,
            DestinationStatus::Unauthorized | DestinationStatus::VoidOverride
        ) {
            let uri = destination.uri.clone();
            let host = destination.host.clone();
            add(
                Reason::DmarcReportsUnauthorized { uri, host },
                destination.kind == ReportKind::Aggregate,
            );
        }
    }
    for diagnostic in &published.diagnostics {
        let text = published.record.text.clone();
        add(
            Reason::DmarcDiagnostic {
                text,
                diagnostic: *diagnostic,
            },
            diagnostic.code.level() > Level::Note,
        );
    }
    if policy.source.scope != PolicyScope::AuthorDomain {
        add(
            Reason::DmarcInherited {
                from: policy.source.domain.clone(),
            },
            false,
        );
    }
    (status, reasons)
}

/// A first record for a domain without one. Reports go to `postmaster`, which every domain that takes mail
/// must have (RFC 5321 §4.5.1).
fn publish(scene: &Scene<'_>) -> Option<Mend> {
    let domain = scene.evidence.domain();
    let takes_mail = matches!(scene.route, Route::Exchanges(_));
    let value = if takes_mail {
        format!("v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}")
    } else {
        "v=DMARC1; p=reject; sp=reject; np=reject".to_owned()
    };
    let name = domain.name().prefixed("_dmarc").ok()?;
    Some(Mend::new(Action::PublishDmarc, Owner::Dns).publishing(name, value))
}

/// The domain's own record, corrected.
fn mend(
    scene: &Scene<'_>,
    policy: &EffectivePolicy,
    published: &Published,
    reasons: &[Reason],
) -> Option<Mend> {
    let text = &published.record.text;
    let record = &published.record;
    let reports = format!("rua=mailto:postmaster@{}", scene.evidence.domain());
    let unauthorized = reasons
        .iter()
        .any(|reason| matches!(reason, Reason::DmarcReportsUnauthorized { .. }));
    let (action, value) = match reasons.first()? {
        Reason::DmarcWatches | Reason::DmarcTesting { .. } => {
            let tag = if policy.testing {
                record.t.span()
            } else {
                record.p.span()
            };
            let replaced = tag.and_then(|span| {
                replace(text, span, if policy.testing { "n" } else { "quarantine" })
            });
            (Action::EnforceDmarc, replaced)
        }
        Reason::DmarcVoid => (Action::CorrectDmarc, None),
        _ if reasons.contains(&Reason::DmarcNoReports) => (
            Action::RequestReports,
            Some(format!("{}; {reports}", text.trim_end_matches([' ', ';']))),
        ),
        _ if unauthorized => {
            let host = record.rua.iter().find_map(|uri| uri.host())?;
            (Action::AuthorizeReports { host: host.clone() }, None)
        }
        Reason::DmarcSeveral { .. } => (Action::KeepOneDmarc, None),
        _ => (Action::CorrectDmarc, None),
    };
    let mend = Mend::new(action, Owner::Dns);
    let name = policy.source.domain.prefixed("_dmarc").ok()?;
    // Nothing is handed over that our own parser would not take.
    Some(
        match value.filter(|value| matches!(dmarc::parse(value), dmarc::Parsed::Record(_))) {
            Some(value) => mend.publishing(name, value),
            None => mend,
        },
    )
}

/// `text` with `value` in the place of `span`; spans count characters.
pub(super) fn replace(text: &str, span: crate::span::Span, value: &str) -> Option<String> {
    let (start, end) = (
        usize::try_from(span.start).ok()?,
        usize::try_from(span.end).ok()?,
    );
    let mut replaced: String = text.chars().take(start).collect();
    replaced.push_str(value);
    replaced.extend(text.chars().skip(end));
    Some(replaced)
}
