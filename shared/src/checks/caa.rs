//! Who may issue certificates for the domain's own mail servers? (RFC 8659) A note: it weighs nothing.

use super::{Check, CheckId, Scene, host};
use crate::caa::{Authorization, Relevant, relevant};
use crate::dns::{Name, RecordType};
use crate::gather::Gather;
use crate::report::{CaaReason, Finding, Reason, Status};

/// Mail servers that are looked at: their sets stand at one or two names as a rule.
const MAX_HOSTS: usize = 4;

/// See the module.
pub(super) struct Caa;

impl Check for Caa {
    fn id(&self) -> CheckId {
        CheckId::Caa
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let own = scene.evidence.domain().name();
        let exchanges = match host::exchanges(scene, self.id()) {
            Ok(exchanges) => exchanges,
            Err(without) => return *without,
        };
        let looked_at = exchanges.looked_at.iter();
        let hosts: Vec<&Name> = looked_at
            .filter(|exchange| exchange.problem.is_none() && exchange.name.is_within(own))
            .map(|exchange| &exchange.name)
            .take(MAX_HOSTS)
            .gather();
        if hosts.is_empty() {
            // The certificates of another's servers are another's affair.
            return Finding::new(self.id(), Status::Na, vec![told(CaaReason::NoOwnHosts)]);
        }
        let mut proof = Vec::new();
        let mut said: Vec<(Status, Reason)> = Vec::new();
        for host in hosts {
            let (at, status, reason) = judge(host, relevant(scene.dns, host));
            proof.extend(scene.answered(&at, RecordType::Caa));
            if !said.iter().any(|(_, known)| *known == reason) {
                said.push((status, reason));
            }
        }
        let graver = |status: &Status| match status {
            Status::Warn => 0,
            Status::Unknown => 1,
            Status::Pass => 2,
            Status::Fail | Status::Na => 3,
        };
        crate::sorting::sort_by_key(&mut said, |(status, _)| graver(status));
        let status = said.first().map_or(Status::Na, |(status, _)| *status);
        let reasons = said.into_iter().map(|(_, reason)| reason).gather();
        proof.dedup();
        Finding::new(self.id(), status, reasons).proven_by(proof)
    }
}

const fn told(reason: CaaReason) -> Reason {
    Reason::Caa(reason)
}

/// What the set that counts for `host` means, and where it stands.
fn judge(host: &Name, found: Relevant) -> (Name, Status, Reason) {
    match found {
        Relevant::Pending => (host.clone(), Status::Unknown, Reason::Pending),
        Relevant::Failed(question, failure) => {
            let at = question.name.clone();
            (at, Status::Unknown, Reason::DnsFailed { question, failure })
        }
        Relevant::Absent => (host.clone(), Status::Na, told(CaaReason::Absent)),
        Relevant::Set(set) => {
            let Authorization {
                at,
                issuers,
                restricts,
                critical,
            } = set;
            let (status, reason) = match critical {
                Some(tag) => (
                    Status::Warn,
                    CaaReason::Critical {
                        at: at.clone(),
                        tag,
                    },
                ),
                None if !restricts => (Status::Na, CaaReason::Absent),
                None if issuers.is_empty() => (Status::Warn, CaaReason::Nobody { at: at.clone() }),
                None => (
                    Status::Pass,
                    CaaReason::Issuers {
                        at: at.clone(),
                        issuers,
                    },
                ),
            };
            (at, status, told(reason))
        }
    }
}
