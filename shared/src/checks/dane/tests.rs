use super::*;
use crate::checks::signed_world::World;
use crate::dane::Unusable;
use crate::dns::{Failure, Octets, Response, TxtRecord};
use crate::report::{Action, DnssecReason, Owner};

fn names(names: &[&str]) -> Vec<Name> {
    names
        .iter()
        .map(|name| Name::parse(name).unwrap())
        .collect()
}

const MX: &str = "mx.example.org";
const BASE: &str = "_25._tcp.mx.example.org";

fn mx() -> Vec<Name> {
    names(&[MX])
}

fn tlsa(usage: u8, selector: u8, matching: u8, octet: u8) -> RecordData {
    RecordData::Tlsa {
        usage,
        selector,
        matching,
        data: Octets(vec![octet; 32]),
    }
}

/// `example.org` and its mail server, signed.
fn signed() -> World {
    World::new()
        .mx("example.org", &[MX])
        .a(MX, [192, 0, 2, 1])
        .secure("example.org")
}

/// The same with two keys.
fn protected() -> World {
    signed().add(BASE, RecordType::Tlsa, tlsa(3, 1, 1, 1)).add(
        BASE,
        RecordType::Tlsa,
        tlsa(3, 1, 1, 2),
    )
}

fn with_mta_sts(world: World) -> World {
    let record = TxtRecord::single("v=STSv1; id=1;");
    world.add(
        "_mta-sts.example.org",
        RecordType::Txt,
        RecordData::Txt(record),
    )
}

fn judged(world: &World) -> (Status, Vec<Reason>) {
    let finding = world.finding(CheckId::Dane);
    (finding.status, finding.reasons)
}

fn is(status: Status, reasons: Vec<DaneReason>) -> (Status, Vec<Reason>) {
    (status, reasons.into_iter().map(Reason::from).collect())
}

fn mend(world: &World) -> Option<(Action, Owner)> {
    let mend = world.finding(CheckId::Dane).mend?;
    Some((mend.action, mend.owner))
}

#[test]
fn records_that_can_be_used() {
    let world = protected();
    assert_eq!(
        judged(&world),
        is(Status::Pass, vec![DaneReason::Usable { hosts: mx() }])
    );
    assert_eq!(mend(&world), None);
    let finding = world.finding(CheckId::Dane);
    let proof: Vec<&str> = finding.hosts[0]
        .proof
        .iter()
        .map(|id| id.as_str())
        .collect();
    assert_eq!(
        proof,
        [
            "dns/TLSA/_25._tcp.mx.example.org@validating",
            "dns/A/mx.example.org@validating"
        ]
    );
    // What needs no MTA-STS does not ask for it.
    assert!(
        !world
            .asked(CheckId::Dane)
            .has("_mta-sts.example.org", RecordType::Txt)
    );
}

#[test]
fn notes_and_what_spoils_a_pass() {
    let alone = signed().add(BASE, RecordType::Tlsa, tlsa(3, 0, 1, 1));
    assert_eq!(
        judged(&alone),
        is(
            Status::Pass,
            vec![
                DaneReason::Usable { hosts: mx() },
                DaneReason::RenewalBreaks { hosts: mx() },
                DaneReason::Alone { hosts: mx() },
            ]
        )
    );
    let full = RecordData::Tlsa {
        usage: 3,
        selector: 1,
        matching: 0,
        data: Octets(vec![0x30, 0]),
    };
    let full = protected().add(BASE, RecordType::Tlsa, full);
    assert_eq!(
        judged(&full),
        is(
            Status::Warn,
            vec![
                DaneReason::Full { hosts: mx() },
                DaneReason::Usable { hosts: mx() }
            ]
        )
    );
}

#[test]
fn records_that_nobody_can_use() {
    let world = signed().add(BASE, RecordType::Tlsa, tlsa(1, 1, 1, 0));
    let record = DaneReason::UselessRecord {
        name: names(&[BASE]).remove(0),
        text: format!("1 1 1 {}", "00".repeat(32)),
        why: Unusable::PkixUsage,
    };
    assert_eq!(
        judged(&world),
        is(
            Status::Warn,
            vec![DaneReason::Useless { hosts: mx() }, record.clone()]
        )
    );
    let names = names(&[BASE]);
    assert_eq!(
        mend(&world),
        Some((Action::ReplaceTlsa { names }, Owner::Dns))
    );
    // Beside others they are told, and weigh nothing.
    let beside = protected().add(BASE, RecordType::Tlsa, tlsa(1, 1, 1, 0));
    assert_eq!(
        judged(&beside),
        is(
            Status::Pass,
            vec![DaneReason::Usable { hosts: mx() }, record]
        )
    );
}

#[test]
fn a_flood_of_useless_records_is_told_in_part() {
    let add = |world: World, octet| world.add(BASE, RecordType::Tlsa, tlsa(9, 1, 1, octet));
    let world = (0..200).fold(signed(), add);
    assert_eq!(judged(&world).1.len(), 5);
}

#[test]
fn nothing_there_is_a_fault_only_without_mta_sts() {
    let missing = DaneReason::Missing { hosts: mx() };
    assert_eq!(judged(&signed()), is(Status::Fail, vec![missing.clone()]));
    let names = names(&[BASE]);
    assert_eq!(
        mend(&signed()),
        Some((Action::PublishTlsa { names }, Owner::Dns))
    );
    let instead = with_mta_sts(signed());
    assert_eq!(
        judged(&instead),
        is(Status::Na, vec![DaneReason::MtaStsInstead, missing])
    );
    assert_eq!(mend(&instead), None);
    // Two such records are none (RFC 8461 §3.1).
    let record = TxtRecord::single("v=STSv1; id=2;");
    let twice = instead.add(
        "_mta-sts.example.org",
        RecordType::Txt,
        RecordData::Txt(record),
    );
    assert_eq!(judged(&twice).0, Status::Fail);
}

#[test]
fn without_dnssec_nobody_is_told_to_publish() {
    let unsigned = World::new()
        .mx("example.org", &[MX])
        .a(MX, [192, 0, 2, 1])
        .secure(".");
    assert_eq!(
        judged(&unsigned),
        is(Status::Fail, vec![DaneReason::NeedsDnssec])
    );
    // What DNSSEC asks for comes first.
    assert_eq!(mend(&unsigned), Some((Action::SignZone, Owner::Dns)));
    let vain = unsigned.add(BASE, RecordType::Tlsa, tlsa(3, 1, 1, 1));
    assert_eq!(
        judged(&vain),
        is(Status::Fail, vec![DaneReason::InVain { hosts: mx() }])
    );
    assert_eq!(mend(&vain), Some((Action::SignZone, Owner::Dns)));
}

/// A domain that is not signed, at a provider that has DANE.
#[test]
fn records_behind_an_unsigned_mx_have_no_effect() {
    let world = World::new()
        .mx("example.org", &["mx.example.net"])
        .a("mx.example.net", [192, 0, 2, 2])
        .add(
            "_25._tcp.mx.example.net",
            RecordType::Tlsa,
            tlsa(2, 1, 1, 1),
        )
        .secure("example.net");
    let word = is(Status::Warn, vec![DaneReason::NotEffective]);
    assert_eq!(judged(&world), word);
    let host = &world.finding(CheckId::Dane).hosts[0];
    assert_eq!(
        (host.status, host.reasons.clone()),
        word,
        "host by host no other word"
    );
    assert_eq!(mend(&world), Some((Action::SignZone, Owner::Dns)));
}

#[test]
fn one_open_mail_server_is_open_for_all() {
    let world = World::new()
        .mx("example.org", &[MX, "mx.example.net"])
        .a(MX, [192, 0, 2, 1])
        .a("mx.example.net", [192, 0, 2, 2])
        .add(BASE, RecordType::Tlsa, tlsa(3, 1, 1, 1))
        .add(BASE, RecordType::Tlsa, tlsa(3, 1, 1, 2))
        .secure("example.org")
        .secure("example.net");
    let missing = DaneReason::Missing {
        hosts: names(&["mx.example.net"]),
    };
    assert_eq!(
        judged(&world),
        is(
            Status::Warn,
            vec![missing, DaneReason::Usable { hosts: mx() }]
        )
    );
    let names = names(&["_25._tcp.mx.example.net"]);
    assert_eq!(
        mend(&world),
        Some((Action::PublishTlsa { names }, Owner::MailProvider))
    );
}

#[test]
fn questions_that_fail_under_a_signed_name_stop_mail() {
    for world in [signed().withheld(BASE), signed().broken(BASE)] {
        assert_eq!(
            judged(&world),
            is(Status::Fail, vec![DaneReason::Withheld { hosts: mx() }])
        );
        let names = names(&[BASE]);
        assert_eq!(
            mend(&world),
            Some((Action::AnswerTlsa { names }, Owner::Dns))
        );
        // MTA-STS does not help there.
        assert_eq!(judged(&with_mta_sts(world)).0, Status::Fail);
    }
    // Who cannot be reached from here may be reached by others.
    let lost = Response::Failed(Failure::TimedOut);
    let lost = signed().answering(BASE, RecordType::Tlsa, lost);
    let failed = Reason::DnsFailed {
        question: Question::new(names(&[BASE]).remove(0), RecordType::Tlsa),
        failure: Failure::TimedOut,
    };
    assert_eq!(judged(&lost), (Status::Unknown, vec![failed]));
    // In a zone that is not signed nobody looks.
    let unsigned = World::new()
        .mx("example.org", &[MX])
        .a(MX, [192, 0, 2, 1])
        .secure(".")
        .broken(BASE);
    assert_eq!(
        judged(&unsigned),
        is(Status::Fail, vec![DaneReason::NeedsDnssec])
    );
}

#[test]
fn a_part_of_the_zone_that_is_not_signed_is_open() {
    let world = World::new()
        .mx("example.org", &[MX])
        .a(MX, [192, 0, 2, 1])
        .secure(".");
    // The mail server's own name is signed; the names below it were given away.
    let world = world.signed_name("example.org").signed_name(MX);
    let world = world.add(BASE, RecordType::Tlsa, tlsa(3, 1, 1, 1));
    assert_eq!(
        judged(&world),
        is(Status::Fail, vec![DaneReason::Missing { hosts: mx() }])
    );
}

#[test]
fn where_an_alias_leads_comes_first() {
    let alias = || {
        World::new()
            .mx("example.org", &[MX])
            .alias(MX, "mail.example.net")
            .a("mail.example.net", [192, 0, 2, 2])
            .secure("example.org")
            .secure("example.net")
    };
    let target = "_25._tcp.mail.example.net";
    let with = |base| alias().add(base, RecordType::Tlsa, tlsa(2, 1, 1, 1));
    for world in [with(target), with(BASE)] {
        assert_eq!(
            judged(&world),
            is(Status::Pass, vec![DaneReason::Usable { hosts: mx() }])
        );
    }
    let both = with(target).add(BASE, RecordType::Tlsa, tlsa(0, 1, 1, 1));
    assert_eq!(judged(&both).0, Status::Pass);
    // Nobody looks further than where asking fails.
    assert_eq!(
        judged(&with(BASE).broken(target)),
        is(Status::Fail, vec![DaneReason::Withheld { hosts: mx() }])
    );
    let names = names(&[target]);
    assert_eq!(
        mend(&alias()),
        Some((Action::PublishTlsa { names }, Owner::MailProvider))
    );
}

#[test]
fn without_a_resolver_that_validates_nothing_is_said() {
    let world = World::new().mx("example.org", &[MX]).a(MX, [192, 0, 2, 1]);
    let unvalidated = vec![DnssecReason::Unvalidated.into()];
    assert_eq!(judged(&world), (Status::Unknown, unvalidated));
}

#[test]
fn a_domain_without_mail_servers_has_nothing_to_name() {
    let null = World::new().mx("example.org", &["."]).secure("example.org");
    assert_eq!(judged(&null), (Status::Na, vec![Reason::NullMx]));
    let dangling = World::new().mx("example.org", &[MX]).secure("example.org");
    assert_eq!(
        judged(&dangling),
        (
            Status::Unknown,
            vec![Reason::ExchangeWithoutAddress {
                exchange: mx().remove(0)
            }]
        )
    );
}
