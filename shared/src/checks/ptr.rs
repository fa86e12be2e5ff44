//! Does each address name itself, and does the name lead back? (RFC 8601 §2.7.3, RFC 1912 §2.1)

use crate::gather::Gather;
use std::net::IpAddr;

use super::host::{Word, fold, leads_nowhere, out_of_reach};
use super::route::address_of;
use super::{Check, CheckId, Lookup, Scene};
use crate::blocklist::reversed;
use crate::dns::{Name, Question, RecordData, RecordType, Response, Wanting};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};

/// Names of one address that are followed: more only cost the resolver.
const MAX_NAMES: usize = 20;

/// See the module.
pub(super) struct Ptr;

impl Check for Ptr {
    fn id(&self) -> CheckId {
        CheckId::Ptr
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            match out_of_reach(scene, exchange, address) {
                Some(reason) => Word::unknown(reason),
                None => read(scene, address),
            }
        });
        let mend = mend(&finding);
        finding.mended_by(mend)
    }
}

/// What to do about the hosts that are as bad as the row.
fn mend(finding: &Finding) -> Option<Mend> {
    if let Some(host) = leads_nowhere(finding) {
        let exchange = host.exchange.clone();
        return Some(Mend::new(Action::PointExchange { exchange }, Owner::Dns));
    }
    if !matches!(finding.status, Status::Fail | Status::Warn) {
        return None;
    }
    let bad = finding
        .hosts
        .iter()
        .filter(|host| host.status == finding.status);
    let addresses = bad.filter_map(|host| host.address).gather();
    let partly = |reason: &Reason| matches!(reason, Reason::PtrPartlyConfirmed { .. });
    let action = if finding.reasons.iter().any(partly) {
        Action::PruneNames { addresses }
    } else {
        Action::NameAddress { addresses }
    };
    Some(Mend::new(action, Owner::Provider))
}

/// The name that holds the PTR records of an address (RFC 1035 §3.5, RFC 3596 §2.5).
pub(super) fn reverse_name(address: IpAddr) -> Option<Name> {
    let zone = if address.is_ipv4() {
        "in-addr.arpa"
    } else {
        "ip6.arpa"
    };
    Name::parse(&format!("{}.{zone}", reversed(address))).ok()
}

/// Follows the names of one address forward.
fn read(scene: &Scene<'_>, address: IpAddr) -> Word {
    let Some(reverse) = reverse_name(address) else {
        return Word::new(Status::Fail, Reason::PtrMissing);
    };
    let Some(answer) = scene.dns.ask(&reverse, RecordType::Ptr) else {
        return Word::unknown(Reason::Pending);
    };
    let mut proof: Vec<_> = scene.answered(&reverse, RecordType::Ptr).gather();
    let mut names: Vec<&Name> = match &answer.response {
        Response::Records(records) => records
            .iter()
            .filter_map(|data| match data {
                RecordData::Ptr(name) => Some(name),
                _ => None,
            })
            .gather(),
        Response::NoData | Response::NxDomain => Vec::new(),
        Response::Failed(failure) => {
            let question = Question::new(reverse, RecordType::Ptr);
            return Word {
                proof,
                ..Word::unknown(Reason::DnsFailed {
                    question,
                    failure: *failure,
                })
            };
        }
    };
    let left_out = many_names(names.len());
    names.truncate(MAX_NAMES);
    let family = if address.is_ipv4() {
        RecordType::A
    } else {
        RecordType::Aaaa
    };
    let (mut confirmed, mut unconfirmed, mut obstacle) = (Vec::new(), Vec::new(), None);
    for name in names {
        match forward(scene.dns, name, family) {
            Lookup::Known(found) if found.contains(&address) => confirmed.push(name.clone()),
            Lookup::Known(_) => unconfirmed.push(name.clone()),
            Lookup::Pending => obstacle = Some(Reason::Pending),
            Lookup::Failed(question, failure) => {
                obstacle.get_or_insert(Reason::DnsFailed { question, failure });
            }
        }
        proof.extend(scene.answered(name, family));
    }
    let (status, reasons) = match obstacle {
        Some(reason) if confirmed.is_empty() || reason == Reason::Pending => {
            (Status::Unknown, vec![reason])
        }
        _ => judge(address, confirmed, unconfirmed, left_out),
    };
    Word {
        status,
        reasons,
        proof,
    }
}

/// What is said of more names than are followed.
fn many_names(names: usize) -> Option<Reason> {
    let [names, followed] = [names, MAX_NAMES].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    (names > followed).then_some(Reason::PtrManyNames { names, followed })
}

/// The addresses of a name in one family.
fn forward(dns: &Wanting<'_>, name: &Name, family: RecordType) -> Lookup<Vec<IpAddr>> {
    match dns.ask(name, family).map(|answer| &answer.response) {
        None => Lookup::Pending,
        Some(Response::Failed(failure)) => {
            Lookup::Failed(Question::new(name.clone(), family), *failure)
        }
        Some(response) => Lookup::Known(response.records().iter().filter_map(address_of).gather()),
    }
}

/// The status by which names lead back; `left_out` says that there are names that were not followed.
fn judge(
    address: IpAddr,
    confirmed: Vec<Name>,
    unconfirmed: Vec<Name>,
    left_out: Option<Reason>,
) -> (Status, Vec<Reason>) {
    let Some(left_out) = left_out else {
        return judge_all(address, confirmed, unconfirmed);
    };
    if confirmed.is_empty() {
        // One of the others may lead back.
        return (Status::Unknown, vec![left_out]);
    }
    let (status, mut reasons) = judge_all(address, confirmed, unconfirmed);
    reasons.push(left_out);
    (status, reasons)
}

/// The status by which names lead back, when all were followed.
fn judge_all(
    address: IpAddr,
    confirmed: Vec<Name>,
    unconfirmed: Vec<Name>,
) -> (Status, Vec<Reason>) {
    match (confirmed.is_empty(), unconfirmed.is_empty()) {
        (true, true) => (Status::Fail, vec![Reason::PtrMissing]),
        (true, false) => (
            Status::Fail,
            vec![Reason::PtrUnconfirmed { names: unconfirmed }],
        ),
        (false, false) => (
            Status::Warn,
            vec![Reason::PtrPartlyConfirmed {
                confirmed,
                unconfirmed,
            }],
        ),
        (false, true) => match confirmed.iter().find(|name| is_generic(name, address)) {
            Some(name) if confirmed.len() == 1 => (
                Status::Warn,
                vec![Reason::PtrGeneric { name: name.clone() }],
            ),
            _ => (
                Status::Pass,
                vec![Reason::PtrConfirmed { names: confirmed }],
            ),
        },
    }
}

/// Whether a name is made from the address: all four octets in its first labels, in either order.
fn is_generic(name: &Name, address: IpAddr) -> bool {
    let IpAddr::V4(v4) = address else {
        return false;
    };
    let octets = v4.octets().map(|octet| octet.to_string());
    let host: Vec<&str> = name
        .as_str()
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .gather();
    let spelt = |order: Vec<&String>| {
        host.windows(4)
            .any(|window| window.iter().zip(&order).all(|(a, b)| a == b))
    };
    spelt(octets.iter().gather()) || spelt(octets.iter().rev().gather())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[test]
    fn one_name_that_leads_back_is_enough_to_warn_only() {
        let address: IpAddr = "192.0.2.25".parse().unwrap();
        let status = |confirmed: &[&str], unconfirmed: &[&str]| {
            let names = |list: &[&str]| list.iter().map(|text| name(text)).collect();
            judge(address, names(confirmed), names(unconfirmed), None).0
        };
        assert_eq!(status(&["mx.example"], &[]), Status::Pass);
        assert_eq!(status(&["mx.example"], &["old.example"]), Status::Warn);
        assert_eq!(status(&[], &["old.example"]), Status::Fail);
        assert_eq!(status(&[], &[]), Status::Fail);
        assert_eq!(status(&["25.2.0.192.dsl.example"], &[]), Status::Warn);
    }

    #[test]
    fn names_that_were_not_followed_could_lead_back() {
        let address: IpAddr = "192.0.2.25".parse().unwrap();
        let judge = |confirmed| {
            judge(
                address,
                confirmed,
                vec![name("old.example")],
                many_names(21),
            )
        };
        assert_eq!(judge(vec![]).0, Status::Unknown);
        let (status, reasons) = judge(vec![name("mx.example")]);
        assert_eq!((status, reasons.len()), (Status::Warn, 2));
        assert_eq!(many_names(MAX_NAMES), None);
    }

    #[test]
    fn generic_names_spell_the_address() {
        let address: IpAddr = "192.0.2.25".parse().unwrap();
        assert!(is_generic(&name("host-192-0-2-25.pool.example"), address));
        assert!(is_generic(&name("25.2.0.192.dsl.example"), address));
        assert!(!is_generic(&name("mx25.example"), address));
    }
}
