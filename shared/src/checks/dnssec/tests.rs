use super::*;
use crate::checks::signed_world::{Asked, World};
use crate::dns::{Failure, Octets, RecordData, Response};

fn names(names: &[&str]) -> Vec<Name> {
    names
        .iter()
        .map(|name| Name::parse(name).unwrap())
        .collect()
}

const KEY: &[u8] = b"a key";

fn tag() -> u16 {
    crate::dnssec::key_tag(257, 13, &Octets(KEY.to_vec()))
}

fn dnskey(algorithm: u8) -> RecordData {
    RecordData::Dnskey {
        flags: 257,
        protocol: 3,
        algorithm,
        key: Octets(KEY.to_vec()),
    }
}

fn ds(key_tag: u16, algorithm: u8, digest_type: u8) -> RecordData {
    RecordData::Ds {
        key_tag,
        algorithm,
        digest_type,
        digest: Octets::default(),
    }
}

/// `example.org`, signed and known to its parent, with a mail server in its zone and one elsewhere.
fn signed() -> World {
    World::new()
        .mx("example.org", &["mx.example.org", "mx.example.net"])
        .a("mx.example.org", [192, 0, 2, 1])
        .a("mx.example.net", [192, 0, 2, 2])
        .add("example.org", RecordType::Dnskey, dnskey(13))
        .add("example.org", RecordType::Ds, ds(tag(), 13, 2))
        .secure("example.org")
        .secure("example.net")
}

fn judged(world: &World) -> (Status, Vec<Reason>) {
    let finding = world.finding(CheckId::Dnssec);
    (finding.status, finding.reasons)
}

fn mend(world: &World) -> Option<(Action, Owner)> {
    let mend = world.finding(CheckId::Dnssec).mend?;
    Some((mend.action, mend.owner))
}

#[test]
fn signed_from_the_root_to_every_mail_server() {
    let world = signed();
    assert_eq!(
        judged(&world),
        (Status::Pass, vec![DnssecReason::Secure.into()])
    );
    assert_eq!(mend(&world), None);
    // Three more questions than the mail's way takes anyway, and none to see who validates.
    let asked = world.asked(CheckId::Dnssec);
    assert_eq!(
        asked,
        Asked::of(&[
            ("example.org", RecordType::Mx),
            ("mx.example.org", RecordType::A),
            ("mx.example.org", RecordType::Aaaa),
            ("mx.example.net", RecordType::A),
            ("mx.example.net", RecordType::Aaaa),
            ("example.org", RecordType::Dnskey),
            ("example.org", RecordType::Ds),
        ])
    );
    assert_eq!(world.finding(CheckId::Dnssec).proof.len(), 5);
}

#[test]
fn an_unsigned_domain() {
    let world = World::new()
        .mx("example.org", &["mx.example.org"])
        .a("mx.example.org", [192, 0, 2, 1])
        .secure(".");
    let hosts = names(&["mx.example.org"]);
    let reasons: Vec<Reason> = vec![
        DnssecReason::Unsigned.into(),
        DnssecReason::HostsUnsigned { hosts }.into(),
    ];
    assert_eq!(judged(&world), (Status::Warn, reasons));
    assert_eq!(mend(&world), Some((Action::SignZone, Owner::Dns)));
}

#[test]
fn without_a_resolver_that_validates_nothing_is_said() {
    let world = World::new().mx("example.org", &["mx.example.org"]);
    let unvalidated = vec![DnssecReason::Unvalidated.into()];
    assert_eq!(judged(&world), (Status::Unknown, unvalidated));
    let asked = world.asked(CheckId::Dnssec);
    assert!(asked.has(".", RecordType::Dnskey), "{asked:?}");
}

#[test]
fn where_nobody_could_be_asked_who_validates_no_resolver_is_blamed() {
    let failure = Failure::NotAsked;
    let world = World::new().mx("example.org", &["mx.example.org"]);
    let world = world.answering(".", RecordType::Dnskey, Response::Failed(failure));
    let question = control();
    let failed = Reason::DnsFailed { question, failure };
    assert_eq!(judged(&world), (Status::Unknown, vec![failed.clone()]));
    let world = world.a("mx.example.org", [192, 0, 2, 1]);
    assert_eq!(world.finding(CheckId::Dane).reasons, [failed]);
}

#[test]
fn signed_but_the_parent_does_not_know() {
    let world = World::new()
        .mx("example.org", &["mx.example.net"])
        .a("mx.example.net", [192, 0, 2, 2])
        .secure("example.net")
        .add("example.org", RecordType::Dnskey, dnskey(13));
    let key_tags = vec![tag()];
    let island = DnssecReason::Island { key_tags };
    assert_eq!(judged(&world), (Status::Warn, vec![island.into()]));
    let key_tags = vec![tag()];
    assert_eq!(
        mend(&world),
        Some((Action::PublishDs { key_tags }, Owner::Dns))
    );
    // With DS records it is not the parent: whatever it is, nobody here can mend it.
    let world = world.add("example.org", RecordType::Ds, ds(tag(), 13, 2));
    assert_eq!(
        judged(&world),
        (Status::Warn, vec![DnssecReason::NotTrusted.into()])
    );
    assert_eq!(mend(&world), None);
}

#[test]
fn what_resolvers_withhold_is_bogus_and_what_nobody_has_is_broken() {
    let bogus = signed().withheld("example.org");
    let (status, reasons) = judged(&bogus);
    assert_eq!(status, Status::Fail);
    assert_eq!(reasons[0], DnssecReason::Bogus.into());
    assert_eq!(mend(&bogus), Some((Action::RepairSignatures, Owner::Dns)));
    let other = tag().wrapping_add(1);
    let wrong_key = World::new()
        .mx("example.org", &["mx.example.net"])
        .a("mx.example.net", [192, 0, 2, 2])
        .add("example.org", RecordType::Dnskey, dnskey(13))
        .add("example.org", RecordType::Ds, ds(other, 13, 2))
        .secure("example.net")
        .withheld("example.org");
    let differ = DnssecReason::KeysDiffer {
        named: vec![other],
        keys: vec![tag()],
    };
    assert_eq!(
        judged(&wrong_key),
        (
            Status::Fail,
            vec![DnssecReason::Bogus.into(), differ.into()]
        )
    );
    let key_tags = vec![tag()];
    assert_eq!(
        mend(&wrong_key),
        Some((Action::ReplaceDs { key_tags }, Owner::Dns))
    );
    let failure = Failure::ServFail;
    let question = Question::new(names(&["example.org"]).remove(0), RecordType::Mx);
    let broken = signed().broken("example.org");
    assert_eq!(
        judged(&broken),
        (
            Status::Unknown,
            vec![Reason::DnsFailed { question, failure }]
        )
    );
}

#[test]
fn mail_servers_of_others() {
    let unsigned = World::new()
        .mx("example.org", &["mx.example.org", "mx.example.net"])
        .a("mx.example.org", [192, 0, 2, 1])
        .a("mx.example.net", [192, 0, 2, 2])
        .secure("example.org");
    let hosts = names(&["mx.example.net"]);
    let reasons: Vec<Reason> = vec![
        DnssecReason::HostsUnsigned { hosts }.into(),
        DnssecReason::Secure.into(),
    ];
    assert_eq!(judged(&unsigned), (Status::Warn, reasons));
    let hosts = names(&["mx.example.net"]);
    assert_eq!(
        mend(&unsigned),
        Some((Action::SignExchanges { hosts }, Owner::MailProvider))
    );
    let bogus = unsigned.withheld("example.net");
    let hosts = names(&["mx.example.net"]);
    assert_eq!(
        judged(&bogus),
        (
            Status::Fail,
            vec![DnssecReason::HostsBogus { hosts }.into()]
        )
    );
    let hosts = names(&["mx.example.net"]);
    assert_eq!(
        mend(&bogus),
        Some((Action::RepairExchanges { hosts }, Owner::MailProvider))
    );
    let lost = signed().broken("example.net");
    let hosts = names(&["mx.example.net"]);
    let reasons: Vec<Reason> = vec![
        DnssecReason::Secure.into(),
        DnssecReason::HostsUnseen { hosts }.into(),
    ];
    assert_eq!(judged(&lost), (Status::Pass, reasons));
}

#[test]
fn old_algorithms_and_digests_spoil_a_pass() {
    let world = signed()
        .add("example.org", RecordType::Dnskey, dnskey(5))
        .add("example.org", RecordType::Ds, ds(7, 13, 1));
    let (status, reasons) = judged(&world);
    assert_eq!(status, Status::Warn);
    let weak: [Reason; 3] = [
        DnssecReason::WeakAlgorithm { algorithm: 5 }.into(),
        DnssecReason::WeakDigest { key_tags: vec![7] }.into(),
        DnssecReason::Secure.into(),
    ];
    assert_eq!(reasons, weak);
    assert_eq!(mend(&world), Some((Action::RenewKeys, Owner::Dns)));
}

#[test]
fn where_the_addresses_were_told_by_another_resolver_the_tlsa_records_speak_for_their_zone() {
    let world = signed().told_by_another("mx.example.net", RecordType::A);
    let world = world.told_by_another("mx.example.net", RecordType::Aaaa);
    assert_eq!(judged(&world).0, Status::Pass);
    assert!(
        world
            .asked(CheckId::Dnssec)
            .has("_25._tcp.mx.example.net", RecordType::Tlsa)
    );
}

#[test]
fn a_domain_without_mail_servers_is_judged_by_itself() {
    let null = World::new().mx("example.org", &["."]).secure("example.org");
    assert_eq!(
        judged(&null),
        (Status::Pass, vec![DnssecReason::Secure.into()])
    );
    let none = World::new()
        .a("example.org", [192, 0, 2, 1])
        .secure("example.org");
    assert_eq!(
        judged(&none),
        (Status::Pass, vec![DnssecReason::Secure.into()])
    );
    assert_eq!(
        judged(&World::new().secure(".")),
        (Status::Na, vec![Reason::NoSuchDomain])
    );
}

#[test]
fn failures_say_nothing_about_signatures() {
    let world = signed().answering("example.org", RecordType::Dnskey, {
        Response::Failed(Failure::TimedOut)
    });
    assert_eq!(judged(&world).0, Status::Pass);
}
