//! Do the MX records name hosts that mail can be delivered to? (RFC 5321 §5.1, RFC 7505)

mod mend;
mod no_mail;

use crate::gather::Gather;
use std::net::IpAddr;

use super::host::out_of_reach;
use super::{Check, CheckId, Exchange, Exchanges, Lookup, Route, Scene};
use crate::dns::{Question, RecordType};
use crate::evidence::ObservationId;
use crate::mx::ExchangeProblem;
use crate::report::{Finding, MxReason, Reason, Status};

/// See the module.
pub(super) struct Mx;

impl Check for Mx {
    fn id(&self) -> CheckId {
        CheckId::Mx
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let domain = scene.evidence.domain().name();
        let (status, reasons) = match &scene.route {
            Route::Pending => (Status::Unknown, vec![Reason::Pending]),
            Route::Failed(question, failure) => (
                Status::Unknown,
                vec![Reason::DnsFailed {
                    question: question.clone(),
                    failure: *failure,
                }],
            ),
            Route::NoSuchDomain => (Status::Na, vec![Reason::NoSuchDomain]),
            Route::NullMx => no_mail::null(scene),
            Route::NoMx => no_mail::none(scene),
            Route::Exchanges(exchanges) => judge(scene, exchanges),
        };
        let mend = mend::mend(scene, &reasons);
        Finding::new(self.id(), status, reasons)
            .proven_by(scene.answered(domain, RecordType::Mx))
            .proven_by(addresses_seen(scene))
            .mended_by(mend)
    }
}

/// The observations of the exchanges' addresses.
fn addresses_seen(scene: &Scene<'_>) -> Vec<ObservationId> {
    let Route::Exchanges(exchanges) = &scene.route else {
        return Vec::new();
    };
    let mut seen = Vec::new();
    for exchange in &exchanges.looked_at {
        for family in [RecordType::A, RecordType::Aaaa] {
            let question = Question::new(exchange.name.clone(), family);
            if let Some(id) = scene.evidence.answer_id(&question)
                && !seen.contains(id)
            {
                seen.push(id.clone());
            }
        }
    }
    seen
}

/// What is wrong with one exchange, and how bad that is where others take the mail.
fn fault(scene: &Scene<'_>, exchange: &Exchange) -> Option<(Status, Reason)> {
    let name = || exchange.name.clone();
    match exchange.problem {
        Some(ExchangeProblem::IsNull) => {
            return Some((Status::Fail, MxReason::NullBesideOthers.into()));
        }
        Some(ExchangeProblem::IsAddress) => {
            return Some((Status::Fail, Reason::ExchangeIsAddress { exchange: name() }));
        }
        Some(ExchangeProblem::IsLocal) => {
            return Some((Status::Warn, Reason::ExchangeIsLocal { exchange: name() }));
        }
        None => {}
    }
    let addresses = match &exchange.addresses {
        Lookup::Pending => return Some((Status::Unknown, Reason::Pending)),
        Lookup::Failed(question, failure) => {
            let (question, failure) = (question.clone(), *failure);
            return Some((Status::Unknown, Reason::DnsFailed { question, failure }));
        }
        Lookup::Known(addresses) => addresses,
    };
    // More than are looked at say nothing of those that are not.
    if exchange.left_out == 0 && addresses.is_empty() && exchange.missing {
        let foreign = !exchange.name.is_within(scene.evidence.domain().name());
        let status = if foreign { Status::Fail } else { Status::Warn };
        let exchange = name();
        return Some((status, MxReason::Dangling { exchange, foreign }.into()));
    }
    if exchange.left_out == 0 && addresses.is_empty() {
        let reason = Reason::ExchangeWithoutAddress { exchange: name() };
        return Some((Status::Warn, reason));
    }
    if let Some(alias_of) = exchange.alias_of.clone() {
        let exchange = name();
        return Some((Status::Fail, MxReason::Alias { exchange, alias_of }.into()));
    }
    let (mut unseen, mut unreached) = (None, None);
    for address in addresses {
        match out_of_reach(scene, exchange, *address) {
            None => return None,
            Some(Reason::NotPublic { address }) => unreached = unreached.or(Some(address)),
            Some(reason) => unseen = Some(reason),
        }
    }
    if let Some(reason) = unseen {
        return Some((Status::Unknown, reason));
    }
    let (exchange, address) = (name(), unreached?);
    let reason = MxReason::NotPublic { exchange, address };
    Some((Status::Warn, reason.into()))
}

/// Whether mail can be delivered to an exchange with this fault; an alias is followed by nearly everybody.
const fn is_deliverable(fault: Option<&(Status, Reason)>) -> bool {
    matches!(fault, None | Some((_, Reason::Mx(MxReason::Alias { .. }))))
}

/// All exchanges: a fault of one is a warning as long as another takes the mail, unless it is against the
/// standard or endangers the mail.
fn judge(scene: &Scene<'_>, exchanges: &Exchanges) -> (Status, Vec<Reason>) {
    let faults: Vec<Option<(Status, Reason)>> = exchanges
        .looked_at
        .iter()
        .map(|exchange| fault(scene, exchange))
        .gather();
    let has = |wanted| faults.iter().flatten().any(|(status, _)| *status == wanted);
    let delivers = faults.iter().any(|fault| is_deliverable(fault.as_ref()));
    let unknown = has(Status::Unknown);
    let ipv6_only = delivers && !unknown && exchanges.looked_at.iter().all(lacks_ipv4);
    let status = if has(Status::Fail) || !delivers && !unknown {
        Status::Fail
    } else if unknown {
        Status::Unknown
    } else if has(Status::Warn) || ipv6_only {
        Status::Warn
    } else {
        Status::Pass
    };
    if status == Status::Unknown && faults.iter().flatten().any(is_pending) {
        return (status, vec![Reason::Pending]);
    }
    let mut reasons = Vec::new();
    // What decides is told first.
    for wanted in [Status::Fail, Status::Warn, Status::Unknown] {
        for (_, reason) in faults.iter().flatten().filter(|(s, _)| *s == wanted) {
            if !reasons.contains(reason) && *reason != Reason::Pending {
                reasons.push(reason.clone());
            }
        }
    }
    if status == Status::Unknown {
        let unseen = |reason: &Reason| {
            matches!(
                reason,
                Reason::DnsFailed { .. } | Reason::ProbeRefused { .. }
            )
        };
        reasons.retain(unseen);
    }
    if ipv6_only {
        reasons.push(MxReason::Ipv6Only.into());
    }
    if reasons.is_empty() {
        let exchanges = u32::try_from(exchanges.looked_at.len()).unwrap_or(u32::MAX);
        reasons.push(MxReason::Valid { exchanges }.into());
    }
    reasons.extend(one_address(exchanges).map(|address| MxReason::OneAddress { address }.into()));
    if !exchanges.left_out.is_empty() {
        let exchanges = u32::try_from(exchanges.left_out.len()).unwrap_or(u32::MAX);
        reasons.push(Reason::ExchangesLeftOut { exchanges });
    }
    (status, reasons)
}

fn is_pending((_, reason): &(Status, Reason)) -> bool {
    *reason == Reason::Pending
}

fn lacks_ipv4(exchange: &Exchange) -> bool {
    exchange.left_out == 0
        && matches!(&exchange.addresses, Lookup::Known(known) if known.iter().all(IpAddr::is_ipv6))
}

/// The one address of several exchanges.
fn one_address(exchanges: &Exchanges) -> Option<IpAddr> {
    let mut only = None;
    for exchange in &exchanges.looked_at {
        let Lookup::Known(addresses) = &exchange.addresses else {
            return None;
        };
        let [address] = addresses.as_slice() else {
            return None;
        };
        if exchange.left_out > 0 || only.is_some_and(|known| known != *address) {
            return None;
        }
        only = Some(*address);
    }
    only.filter(|_| exchanges.looked_at.len() > 1 && exchanges.left_out.is_empty())
}

#[cfg(test)]
mod tests;
