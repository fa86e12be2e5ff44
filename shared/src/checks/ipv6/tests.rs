//! Worlds with one or two mail servers, and what the row says of them.

use super::*;
use crate::checks::scenarios::{DONE, World, ip, name};
use crate::dns::{Failure, RecordData};
use crate::evidence::{DialogueKind, ProbeOutcome, TargetFact, Vantage};
use crate::report::Owner;

const SIX: &str = "2a01:4f8::25";
const GREETED: [&str; 1] = ["S: 220 mx.example.org"];
const MX: &str = "mx.example.org";
const MX2: &str = "mx2.example.org";

/// Mail servers, each with an IPv4 address and perhaps an IPv6 address.
fn world(hosts: &[(&str, Option<&str>)]) -> World {
    let exchanges = hosts.iter().map(|(host, _)| RecordData::Mx {
        preference: 10,
        exchange: name(host),
    });
    let mut world = World::new(Response::Records(exchanges.collect()));
    for ((host, six), last) in hosts.iter().zip(10..) {
        let four = RecordData::A([9, 9, 9, last].into());
        world.answer(host, RecordType::A, Response::Records(vec![four]));
        let six = six.map(|six| vec![RecordData::Aaaa(six.parse().unwrap())]);
        let six = six.map_or(Response::NoData, Response::Records);
        world.answer(host, RecordType::Aaaa, six);
    }
    world
}

/// A probe server that has IPv6, or not.
fn probed(mut world: World, ipv6: bool) -> World {
    world.fact(Fact::Vantage(Vantage {
        software: "postern".into(),
        ehlo_name: "probe.example".into(),
        port25: Some(true),
        ipv6: Some(ipv6),
    }));
    let ruling = match ipv6 {
        true => TargetRuling::Planned,
        false => TargetRuling::NoIpv6,
    };
    world.fact(Fact::Target(TargetFact {
        exchange: name(MX),
        address: ip(SIX),
        ruling,
    }));
    world.ended(DONE)
}

fn told(world: World) -> (Status, Vec<Reason>) {
    let report = world.report();
    let finding = report.finding(CheckId::Ipv6).unwrap();
    (finding.status, finding.reasons.clone())
}

fn hosts(names: &[&str]) -> Vec<Name> {
    names.iter().map(|host| name(host)).collect()
}

#[test]
fn one_mail_server_that_answers_is_enough() {
    let kind = DialogueKind::Relay;
    let one = probed(world(&[(MX, Some(SIX))]), true);
    let reachable = Ipv6Reason::Reachable {
        hosts: hosts(&[MX]),
    };
    assert_eq!(
        told(one.spoken(SIX, kind, &GREETED)),
        (Status::Pass, vec![reachable.clone().into()])
    );
    let both = probed(world(&[(MX, Some(SIX)), (MX2, None)]), true);
    let some = Ipv6Reason::OnlySome {
        hosts: hosts(&[MX2]),
    };
    assert_eq!(
        told(both.spoken(SIX, kind, &GREETED)),
        (Status::Pass, vec![reachable.into(), some.into()])
    );
}

#[test]
fn an_address_that_does_not_answer_is_a_warning() {
    let unreachable = Ipv6Reason::Unreachable {
        hosts: hosts(&[MX]),
    };
    for what in ["* refused", "* timed out", "* unreachable"] {
        let world = probed(world(&[(MX, Some(SIX))]), true);
        let report = world.spoken(SIX, DialogueKind::Relay, &[what]).report();
        let finding = report.finding(CheckId::Ipv6).unwrap();
        assert_eq!(finding.status, Status::Warn, "{what}");
        assert_eq!(finding.reasons, [unreachable.clone().into()]);
        let mend = finding.mend.as_ref().unwrap();
        assert_eq!(
            (&mend.action, mend.owner),
            (&Action::OpenIpv6, Owner::ServerOperator)
        );
    }
}

#[test]
fn without_addresses_there_is_no_ipv6_whoever_looks() {
    let absent = (Status::Fail, vec![Ipv6Reason::Absent.into()]);
    let alone = world(&[(MX, None), (MX2, None)]).ended(ProbeOutcome::NoServer);
    let report = alone.report();
    let finding = report.finding(CheckId::Ipv6).unwrap();
    assert_eq!((finding.status, finding.reasons.clone()), absent);
    let action = &finding.mend.as_ref().unwrap().action;
    assert_eq!(*action, Action::AddIpv6);
}

#[test]
fn who_cannot_look_does_not_judge() {
    let published = || world(&[(MX, Some(SIX)), (MX2, None)]);
    assert_eq!(
        told(probed(published(), false)),
        (Status::Unknown, vec![Reason::ProbeWithoutIpv6])
    );
    assert_eq!(
        told(published().ended(ProbeOutcome::NoServer)),
        (Status::Unknown, vec![Reason::NeedsProbe])
    );
    assert_eq!(told(published()), (Status::Unknown, vec![Reason::Pending]));
    // A probe that cannot tell whether it has IPv6.
    let failure = ConnectFailure::Unreachable;
    let no_way = published()
        .spoken(SIX, DialogueKind::Relay, &["* unreachable"])
        .ended(DONE);
    let not_connected = Reason::NotConnected { port: 25, failure };
    assert_eq!(told(no_way), (Status::Unknown, vec![not_connected]));
}

#[test]
fn a_question_that_failed_says_nothing() {
    let mut world = World::new(crate::checks::scenarios::mx(&name(MX)));
    let four = RecordData::A([9, 9, 9, 10].into());
    world.answer(MX, RecordType::A, Response::Records(vec![four]));
    let failure = Failure::ServFail;
    world.answer(MX, RecordType::Aaaa, Response::Failed(failure));
    let question = Question::new(name(MX), RecordType::Aaaa);
    let failed = Reason::DnsFailed { question, failure };
    assert_eq!(told(world.ended(DONE)), (Status::Unknown, vec![failed]));
}
