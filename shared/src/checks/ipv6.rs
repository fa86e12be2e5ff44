//! Can mail arrive over IPv6? One mail server is enough: senders try the next.

use std::net::IpAddr;

use super::dialogue::Dialogues;
use super::host::{beside_hosts, exchanges, operator, silence, software};
use super::{Check, CheckId, Exchange, Lookup, Scene};
use crate::dns::{Name, Question, RecordType, Response};
use crate::evidence::{ConnectFailure, Fact, ObservationId, SmtpEvent, TargetRuling};
use crate::gather::Gather;
use crate::report::{Action, Finding, HostFinding, Ipv6Reason, Mend, Reason, Status};
use crate::smtp::Software;

/// How a server is told to listen on IPv6 too.
const LISTENING: [(Software, &str); 4] = [
    (Software::Postfix, "inet_protocols = all"),
    (Software::Exim, "disable_ipv6 = false"),
    (Software::OpenSmtpd, "listen on :: tls pki mail.example.com"),
    (
        Software::Exchange,
        "Set-ReceiveConnector \"Default Frontend MX\" -Bindings 0.0.0.0:25,[::]:25",
    ),
];

/// See the module.
pub(super) struct Ipv6;

impl Check for Ipv6 {
    fn id(&self) -> CheckId {
        CheckId::Ipv6
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let exchanges = match exchanges(scene, self.id()) {
            Ok(exchanges) => exchanges,
            Err(without) => return *without,
        };
        let asked = exchanges.looked_at.iter();
        let hosts: Vec<HostFinding> = asked
            .filter(|exchange| exchange.leads_somewhere())
            .map(|exchange| at(scene, exchange))
            .gather();
        if hosts.is_empty() {
            let nowhere = exchanges.looked_at.iter().filter_map(beside_hosts).gather();
            return super::host::fold_hosts(self.id(), nowhere);
        }
        let (status, reasons) = judge(&hosts);
        let weak = matches!(status, Status::Warn | Status::Fail);
        let action = match status {
            Status::Warn => Action::OpenIpv6,
            _ => Action::AddIpv6,
        };
        let owner = operator(scene, hosts.iter().map(|host| &host.exchange));
        let mend =
            weak.then(|| Mend::new(action, owner).configuring_for(software(scene), &LISTENING));
        let mut finding = Finding::new(self.id(), status, reasons).mended_by(mend);
        for proof in hosts.iter().flat_map(|host| &host.proof) {
            if !finding.proof.contains(proof) {
                finding.proof.push(proof.clone());
            }
        }
        finding.hosts = hosts;
        finding
    }
}

/// What is known of one mail server: the best of its IPv6 addresses.
fn at(scene: &Scene<'_>, exchange: &Exchange) -> HostFinding {
    let name = &exchange.name;
    let host = |address, status, reason, proof| HostFinding {
        exchange: name.clone(),
        address,
        status,
        reasons: vec![reason],
        proof,
    };
    let answered: Vec<ObservationId> = scene.answered(name, RecordType::Aaaa).gather();
    let Some(answer) = scene.dns.ask(name, RecordType::Aaaa) else {
        return host(None, Status::Unknown, Reason::Pending, answered);
    };
    if let Response::Failed(failure) = answer.response {
        let question = Question::new(name.clone(), RecordType::Aaaa);
        let reason = Reason::DnsFailed { question, failure };
        return host(None, Status::Unknown, reason, answered);
    }
    let looked_at = match &exchange.addresses {
        Lookup::Known(addresses) => addresses.as_slice(),
        _ => &[],
    };
    let best = looked_at
        .iter()
        .filter(|address| address.is_ipv6())
        .map(|address| (*address, reach(scene, exchange, *address)))
        .min_by_key(|(_, (status, _, _))| rank(*status));
    match best {
        Some((address, (status, reason, seen))) => {
            let proof = answered.into_iter().chain(seen).gather();
            host(Some(address), status, reason, proof)
        }
        // There are some, and this scan came to none of them.
        None if !answer.response.records().is_empty() => {
            host(None, Status::Unknown, Reason::NotAllProbed, answered)
        }
        None => {
            let hosts = vec![name.clone()];
            let without = Ipv6Reason::OnlySome { hosts }.into();
            host(None, Status::Fail, without, answered)
        }
    }
}

/// One good address is enough; one that may still prove good comes before a bad one.
const fn rank(status: Status) -> u8 {
    match status {
        Status::Pass => 0,
        Status::Unknown => 1,
        _ => 2,
    }
}

/// Whether an IPv6 address answers on port 25.
fn reach(
    scene: &Scene<'_>,
    exchange: &Exchange,
    address: IpAddr,
) -> (Status, Reason, Option<ObservationId>) {
    let hosts = || vec![exchange.name.clone()];
    let unreachable = || Ipv6Reason::Unreachable { hosts: hosts() }.into();
    let dialogues = Dialogues::with(scene, address);
    let answers = dialogues.find(|fact| !matches!(fact.event, SmtpEvent::NotConnected(_)));
    if let Some((_, id)) = answers {
        let reachable = Ipv6Reason::Reachable { hosts: hosts() };
        return (Status::Pass, reachable.into(), Some(id.clone()));
    }
    let failed = dialogues.find(|fact| matches!(fact.event, SmtpEvent::NotConnected(_)));
    match (failed, scene.ruling(&exchange.name, address)) {
        // From a network that may have no IPv6 itself, that nothing answers says nothing.
        (Some((SmtpEvent::NotConnected(failure), id)), _)
            if *failure == ConnectFailure::Local || !has_ipv6(scene) =>
        {
            let (port, failure) = (super::dialogue::SMTP, *failure);
            let reason = Reason::NotConnected { port, failure };
            (Status::Unknown, reason, Some(id.clone()))
        }
        (Some((_, id)), _) => (Status::Warn, unreachable(), Some(id.clone())),
        (None, Some(TargetRuling::NotPublic)) => (Status::Warn, unreachable(), None),
        (None, _) => (Status::Unknown, silence(scene, exchange, address), None),
    }
}

/// Whether the probe server says that it has IPv6.
fn has_ipv6(scene: &Scene<'_>) -> bool {
    let vantage = scene.evidence.observation(ObservationId::VANTAGE);
    matches!(vantage.map(|seen| &seen.fact), Some(Fact::Vantage(vantage)) if vantage.ipv6 == Some(true))
}

/// The domain's word from its servers': any that answers is enough.
fn judge(hosts: &[HostFinding]) -> (Status, Vec<Reason>) {
    let those = |status: Status| -> Vec<Name> {
        let hosts = hosts.iter().filter(|host| host.status == status);
        hosts.map(|host| host.exchange.clone()).gather()
    };
    let (absent, unreachable) = (those(Status::Fail), those(Status::Warn));
    let reachable = those(Status::Pass);
    let mut reasons: Vec<Reason> = Vec::new();
    if reachable.is_empty() {
        let unknown: Vec<&Reason> = hosts
            .iter()
            .filter(|host| host.status == Status::Unknown)
            .flat_map(|host| &host.reasons)
            .gather();
        if unknown.contains(&&Reason::Pending) {
            return (Status::Unknown, vec![Reason::Pending]);
        }
        if let Some(first) = unknown.first() {
            return (Status::Unknown, vec![(*first).clone()]);
        }
        if unreachable.is_empty() {
            return (Status::Fail, vec![Ipv6Reason::Absent.into()]);
        }
    } else {
        reasons.push(Ipv6Reason::Reachable { hosts: reachable }.into());
    }
    let status = match reasons.is_empty() {
        true => Status::Warn,
        false => Status::Pass,
    };
    if !unreachable.is_empty() {
        let hosts = unreachable;
        reasons.push(Ipv6Reason::Unreachable { hosts }.into());
    }
    if !absent.is_empty() {
        reasons.push(Ipv6Reason::OnlySome { hosts: absent }.into());
    }
    (status, reasons)
}

#[cfg(test)]
mod tests;
