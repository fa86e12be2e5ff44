//! From addresses to the domain: the worst host that could be looked at decides.

use crate::gather::Gather;
use std::net::IpAddr;

use super::dialogue::Dialogues;
use super::route::addresses;
use super::{CheckId, Exchange, Exchanges, Lookup, Route, Scene};
use crate::address::is_public;
use crate::dns::Name;
use crate::evidence::{DialogueKind, ObservationId, ProbeOutcome, TargetRuling};
use crate::mx::ExchangeProblem;
use crate::report::{Finding, HostFinding, Owner, Reason, Status};
use crate::smtp::Software;

/// What was found at one address.
pub(super) struct Word {
    /// The status there.
    pub(super) status: Status,
    /// Why.
    pub(super) reasons: Vec<Reason>,
    /// The proof.
    pub(super) proof: Vec<ObservationId>,
}

impl Word {
    /// A status for one reason.
    pub(super) fn new(status: Status, reason: Reason) -> Self {
        Self {
            status,
            reasons: vec![reason],
            proof: Vec::new(),
        }
    }

    /// We could not look, or have not yet.
    pub(super) fn unknown(reason: Reason) -> Self {
        Self::new(Status::Unknown, reason)
    }

    /// The same, proven.
    pub(super) fn proven_by<'a>(
        mut self,
        proof: impl IntoIterator<Item = &'a ObservationId>,
    ) -> Self {
        self.proof.extend(proof.into_iter().cloned());
        self
    }
}

/// Asks every host with `ask`, and folds their words into the domain's.
pub(super) fn fold(
    scene: &Scene<'_>,
    id: CheckId,
    ask: impl Fn(&Exchange, IpAddr) -> Word,
) -> Finding {
    match exchanges(scene, id) {
        Err(without) => *without,
        Ok(exchanges) => {
            let beside = exchanges.looked_at.iter().filter_map(beside_hosts);
            let mut hosts: Vec<HostFinding> = beside.chain(left_out(exchanges)).gather();
            hosts.extend(scene.route.hosts().map(|(exchange, address)| {
                let Word {
                    status,
                    reasons,
                    proof,
                } = ask(exchange, address);
                HostFinding {
                    exchange: exchange.name.clone(),
                    address: Some(address),
                    status,
                    reasons,
                    proof,
                }
            }));
            fold_hosts(id, hosts)
        }
    }
}

/// The exchanges of the domain.
///
/// # Errors
/// The whole finding where there are none to ask, or none yet.
pub(super) fn exchanges<'a>(
    scene: &'a Scene<'_>,
    id: CheckId,
) -> Result<&'a Exchanges, Box<Finding>> {
    let mail = scene.evidence.domain().name();
    let proof = scene.answered(mail, crate::dns::RecordType::Mx);
    let whole = |status, reason| Finding::new(id, status, vec![reason]).proven_by(proof);
    Err(Box::new(match &scene.route {
        Route::Pending => whole(Status::Unknown, Reason::Pending),
        Route::Failed(question, failure) => whole(
            Status::Unknown,
            Reason::DnsFailed {
                question: question.clone(),
                failure: *failure,
            },
        ),
        Route::NoSuchDomain => whole(Status::Na, Reason::NoSuchDomain),
        Route::NullMx => whole(Status::Na, Reason::NullMx),
        Route::NoMx => match addresses(scene.dns, mail) {
            Lookup::Pending => whole(Status::Unknown, Reason::Pending),
            Lookup::Known(found) if !found.is_empty() => whole(Status::Na, Reason::ImplicitMx),
            _ => whole(Status::Na, Reason::NoMx),
        },
        Route::Exchanges(exchanges) => return Ok(exchanges),
    }))
}

/// The word on an exchange that leads to no address, or to more than are looked at.
pub(super) fn beside_hosts(exchange: &Exchange) -> Option<HostFinding> {
    let name = &exchange.name;
    let reason = match (exchange.problem, &exchange.addresses) {
        (Some(ExchangeProblem::IsAddress), _) => Reason::ExchangeIsAddress {
            exchange: name.clone(),
        },
        (Some(ExchangeProblem::IsLocal), _) => Reason::ExchangeIsLocal {
            exchange: name.clone(),
        },
        (Some(ExchangeProblem::IsNull), _) => Reason::NullMx,
        (None, Lookup::Pending) => Reason::Pending,
        (None, Lookup::Failed(question, failure)) => Reason::DnsFailed {
            question: question.clone(),
            failure: *failure,
        },
        (None, Lookup::Known(_)) if exchange.left_out > 0 => Reason::AddressesLeftOut {
            exchange: name.clone(),
            addresses: exchange.left_out,
        },
        (None, Lookup::Known(addresses)) if addresses.is_empty() => {
            Reason::ExchangeWithoutAddress {
                exchange: name.clone(),
            }
        }
        (None, Lookup::Known(_)) => return None,
    };
    Some(unknown(name, reason))
}

/// The first of the exchanges when every one of them leads nowhere: one stale exchange beside a good one keeps
/// nothing from being delivered.
pub(crate) fn leads_nowhere(finding: &Finding) -> Option<&HostFinding> {
    let nowhere = |host: &HostFinding| {
        matches!(
            host.reasons.first(),
            Some(
                Reason::ExchangeIsAddress { .. }
                    | Reason::ExchangeIsLocal { .. }
                    | Reason::ExchangeWithoutAddress { .. }
            )
        )
    };
    finding
        .hosts
        .first()
        .filter(|_| finding.hosts.iter().all(nowhere))
}

/// The word on the exchanges that are not looked at, under the name of the first.
fn left_out(exchanges: &Exchanges) -> Option<HostFinding> {
    let first = exchanges.left_out.first()?;
    let reason = Reason::ExchangesLeftOut {
        exchanges: u32::try_from(exchanges.left_out.len()).unwrap_or(u32::MAX),
    };
    Some(unknown(first, reason))
}

fn unknown(exchange: &Name, reason: Reason) -> HostFinding {
    HostFinding {
        exchange: exchange.clone(),
        address: None,
        status: Status::Unknown,
        reasons: vec![reason],
        proof: Vec::new(),
    }
}

/// The domain is as bad as its worst host that could be looked at. While any host is still to come only
/// a failure is final.
pub(super) fn fold_hosts(id: CheckId, hosts: Vec<HostFinding>) -> Finding {
    let pending = hosts
        .iter()
        .any(|host| host.reasons.contains(&Reason::Pending));
    let worst = [Status::Fail, Status::Warn, Status::Pass, Status::Na]
        .into_iter()
        .find(|status| hosts.iter().any(|host| host.status == *status));
    let status = match worst {
        Some(Status::Fail) => Status::Fail,
        _ if pending => Status::Unknown,
        // A host that could not be looked at might still have counted: `na` for some is not `na` for all.
        Some(Status::Na) if hosts.iter().any(|host| host.status == Status::Unknown) => {
            Status::Unknown
        }
        Some(status) => status,
        None => Status::Unknown,
    };
    let mut finding = Finding::new(id, status, Vec::new());
    for host in hosts.iter().filter(|host| host.status == status) {
        for reason in &host.reasons {
            if !finding.reasons.contains(reason) {
                finding.reasons.push(reason.clone());
            }
        }
        for proof in &host.proof {
            if !finding.proof.contains(proof) {
                finding.proof.push(proof.clone());
            }
        }
    }
    if pending && status == Status::Unknown {
        finding.reasons = vec![Reason::Pending];
    }
    finding.hosts = hosts;
    finding
}

/// Why the probe server will not, or could not, speak to an address; [`Reason::Pending`] while it may.
pub(super) fn silence(scene: &Scene<'_>, exchange: &Exchange, address: IpAddr) -> Reason {
    match scene.ruling(&exchange.name, address) {
        Some(TargetRuling::NotPublic) => Reason::NotPublic { address },
        Some(TargetRuling::NoIpv6) => Reason::ProbeWithoutIpv6,
        Some(TargetRuling::TooMany) => Reason::NotAllProbed,
        Some(TargetRuling::OptedOut) => Reason::ServerOptedOut,
        Some(TargetRuling::Resting) => Reason::ServerResting,
        Some(TargetRuling::Planned) | None => scene.probe_silence(),
    }
}

/// The word on an address of which the dialogue of this kind told nothing.
pub(super) fn unheard(
    scene: &Scene<'_>,
    dialogues: &Dialogues<'_>,
    kind: DialogueKind,
    exchange: &Exchange,
    address: IpAddr,
) -> Word {
    dialogues.obstacle(kind).map_or_else(
        || Word::unknown(silence(scene, exchange, address)),
        |(reason, id)| Word::unknown(reason).proven_by([id]),
    )
}

/// What the domain's servers run, where those that tell agree.
pub(super) fn software(scene: &Scene<'_>) -> Option<Software> {
    let hosts = scene.route.hosts();
    let mut told = hosts.filter_map(|(_, address)| Dialogues::with(scene, address).software());
    let first = told.next()?;
    told.all(|other| other == first).then_some(first)
}

/// Who has these mail servers in hand.
pub(super) fn operator<'a>(
    scene: &Scene<'_>,
    mut exchanges: impl Iterator<Item = &'a Name>,
) -> Owner {
    let domain = scene.evidence.domain().name();
    match exchanges.any(|exchange| exchange.is_within(domain)) {
        true => Owner::ServerOperator,
        false => Owner::MailProvider,
    }
}

/// Why an address is out of reach for senders. A probe server inside an intranet may still go there, as its senders do.
pub(super) fn out_of_reach(
    scene: &Scene<'_>,
    exchange: &Exchange,
    address: IpAddr,
) -> Option<Reason> {
    if is_public(address) {
        return None;
    }
    match scene.ruling(&exchange.name, address) {
        Some(TargetRuling::NotPublic) => Some(Reason::NotPublic { address }),
        Some(_) => None,
        None => Some(match scene.probe_outcome() {
            None => Reason::Pending,
            // Whether it would have gone there it did not say.
            Some(ProbeOutcome::Refused(_)) => scene.probe_silence(),
            Some(_) => Reason::NotPublic { address },
        }),
    }
}
