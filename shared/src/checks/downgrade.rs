//! Domains, and whether somebody in between can lead their mail astray.

use super::scenarios::{DONE, World, mx, name};
use crate::DomainName;
use crate::dns::{Failure, Name, Octets, Question, RecordData, RecordType, Response, TxtRecord};
use crate::evidence::{
    DialogueKind, Evidence, Fact, NoPolicy, PolicyFact, PolicyFile, PolicyOutcome, ProbeOutcome,
};
use crate::report::{
    CapCause, Downgrade, Hold, Offer, ProfileName, Report, Sender, Verdict, assess,
};
use crate::time::Millis;
use crate::wording::{Group, Language, group_answer, passages};

const MX: &str = "mx.example.org";
const MX2: &str = "mx2.example.net";

const SECURED: [&str; 7] = [
    "S: 220 mx.example.org",
    "C: EHLO probe.example",
    "S: 250-mx.example.org",
    "S: 250 STARTTLS",
    "C: STARTTLS",
    "S: 220 go",
    "* secured",
];
const BARE: [&str; 3] = [
    "S: 220 mx.example.org",
    "C: EHLO probe.example",
    "S: 250 mx.example.org",
];

/// How a mail server stands in DNS.
#[derive(Clone, Copy)]
enum Dns {
    /// Not signed.
    Unsigned,
    /// Signed, and without TLSA records.
    Signed,
    /// Signed, with a record that can be used.
    Tlsa,
    /// Signed, with a record that cannot.
    Useless,
    /// Signed, and the question for TLSA records fails.
    Withheld,
}

/// A domain, signed or not, with mail servers that say this on port 25.
fn world(signed: bool, hosts: &[(&str, Dns, &[&str])]) -> World {
    let exchanges = hosts
        .iter()
        .zip(1..)
        .map(|((host, ..), rank)| RecordData::Mx {
            preference: rank * 10,
            exchange: name(host),
        });
    let domain = DomainName::parse("example.org").unwrap();
    let mut world = World(Evidence::new(domain.clone()));
    let question = Question::new(domain.name().clone(), RecordType::Mx);
    world.answered(question, Response::Records(exchanges.collect()), signed);
    for ((host, dns, lines), last) in hosts.iter().zip(10..) {
        let secure = !matches!(dns, Dns::Unsigned);
        let address = Response::Records(vec![RecordData::A([9, 9, 9, last].into())]);
        world.answered(Question::new(name(host), RecordType::A), address, secure);
        let none = Question::new(name(host), RecordType::Aaaa);
        world.answered(none, Response::NoData, secure);
        let usage = match dns {
            Dns::Useless => 1,
            _ => 3,
        };
        let record = RecordData::Tlsa {
            usage,
            selector: 1,
            matching: 1,
            data: Octets(vec![7; 32]),
        };
        let response = match dns {
            Dns::Tlsa | Dns::Useless => Response::Records(vec![record]),
            Dns::Withheld => Response::Failed(Failure::ServFail),
            Dns::Unsigned | Dns::Signed => Response::NoData,
        };
        let base = name(host).prefixed("_25._tcp").unwrap();
        let question = Question::new(base, RecordType::Tlsa);
        world.answered(question, response, secure);
        let address = format!("9.9.9.{last}");
        world = world.spoken(&address, DialogueKind::Relay, lines);
    }
    world
}

/// With an MTA-STS policy.
fn with_policy(mut world: World, mode: &str, names: &[&str]) -> World {
    let mut body = format!("version: STSv1\r\nmode: {mode}\r\nmax_age: 604800\r\n");
    for name in names {
        body.push_str(&format!("mx: {name}\r\n"));
    }
    let media_type = Some("text/plain".to_owned());
    let outcome = PolicyOutcome::Fetched(PolicyFile { media_type, body });
    published(&mut world, outcome);
    world
}

fn published(world: &mut World, outcome: PolicyOutcome) {
    let record = RecordData::Txt(TxtRecord::single("v=STSv1; id=7"));
    let owner = "_mta-sts.example.org";
    world.answer(owner, RecordType::Txt, Response::Records(vec![record]));
    world.fact(Fact::Policy(PolicyFact {
        domain: name("example.org"),
        address: None,
        outcome,
        took: Millis(1),
    }));
}

fn downgrade(world: World) -> Downgrade {
    world.ended(DONE).report().downgrade.unwrap()
}

fn verdict(world: World) -> (Verdict, Vec<Sender>) {
    let found = downgrade(world);
    (found.verdict, found.senders)
}

fn answer(report: &Report) -> String {
    group_answer(Language::En, Group::Transit, report).plain(Language::En)
}

#[test]
fn starttls_alone_can_be_stripped() {
    let plain = || world(false, &[(MX, Dns::Unsigned, &SECURED)]);
    assert_eq!(verdict(plain()), (Verdict::Possible, vec![]));
    let trial = with_policy(plain(), "testing", &[MX]);
    assert_eq!(verdict(trial), (Verdict::Possible, vec![]));
    let none = with_policy(plain(), "none", &[]);
    assert_eq!(verdict(none), (Verdict::Possible, vec![]));
    let report = plain().ended(DONE).report();
    let said = answer(&report);
    assert!(
        said.starts_with("Yes, by whoever stands in between: there is no MTA-STS policy"),
        "{said}"
    );
}

#[test]
fn what_is_not_offered_need_not_be_stripped() {
    let bare = || world(false, &[(MX, Dns::Unsigned, &BARE)]);
    assert_eq!(verdict(bare()), (Verdict::AlwaysClear, vec![]));
    let said = answer(&bare().ended(DONE).report());
    assert!(
        said.starts_with("Yes, by anybody on the way: mail to you travels in clear text"),
        "{said}"
    );
    let mixed = world(
        false,
        &[(MX, Dns::Unsigned, &SECURED), (MX2, Dns::Unsigned, &BARE)],
    );
    assert_eq!(verdict(mixed), (Verdict::Possible, vec![]));
    // Who insists on it does not deliver.
    let enforced = with_policy(bare(), "enforce", &[MX]);
    let report = enforced.ended(DONE).report();
    let mut causes = report.caps.iter().map(|cap| cap.cause);
    assert!(causes.any(|cause| cause == CapCause::MtaStsRefuses));
    let found = report.downgrade.unwrap();
    assert_eq!(
        (found.verdict, found.senders),
        (Verdict::Breaks, vec![Sender::MtaSts])
    );
}

#[test]
fn dane_guards_where_all_of_it_is_signed() {
    let signed = world(true, &[(MX, Dns::Tlsa, &SECURED)]);
    let found = downgrade(signed);
    assert_eq!(
        (found.verdict, found.senders.as_slice()),
        (Verdict::PreventedForSome, &[Sender::Dane][..])
    );
    let passage = &found.exchanges[0];
    assert_eq!(
        (passage.starttls, passage.dane, passage.mta_sts),
        (Offer::Offered, Hold::Insists, Hold::Yields)
    );
    // The name of the server itself can be forged.
    let led_past = world(false, &[(MX, Dns::Tlsa, &SECURED)]);
    assert_eq!(verdict(led_past), (Verdict::Possible, vec![]));
    for (dns, hold) in [(Dns::Signed, Hold::Yields), (Dns::Useless, Hold::Encrypts)] {
        let open = world(true, &[(MX, dns, &SECURED)]);
        let found = downgrade(open);
        assert_eq!((found.verdict, found.senders), (Verdict::Possible, vec![]));
        assert_eq!(found.exchanges[0].dane, hold);
    }
    let waits = world(true, &[(MX, Dns::Withheld, &SECURED)]);
    let report = waits.ended(DONE).report();
    let found = report.downgrade.as_ref().unwrap();
    assert_eq!(
        (found.verdict, found.senders.as_slice()),
        (Verdict::Breaks, &[Sender::Dane][..])
    );
    let said = answer(&report);
    assert!(
        said.starts_with(
            "Some of it does not even arrive: senders that check DANE cannot deliver."
        ),
        "{said}"
    );
    let both = with_policy(world(true, &[(MX, Dns::Tlsa, &SECURED)]), "enforce", &[MX]);
    let report = both.ended(DONE).report();
    assert_eq!(
        report.downgrade.as_ref().unwrap().verdict,
        Verdict::Prevented
    );
    let said = answer(&report);
    assert!(
        said.starts_with("Not where senders check DANE or MTA-STS: they"),
        "{said}"
    );
}

#[test]
fn one_server_that_dane_does_not_guard_is_where_mail_is_led() {
    let hosts: [(&str, Dns, &[&str]); 2] =
        [(MX, Dns::Tlsa, &SECURED), (MX2, Dns::Signed, &SECURED)];
    let report = world(true, &hosts).ended(DONE).report();
    let found = report.downgrade.as_ref().unwrap();
    assert_eq!(found.verdict, Verdict::Partly);
    let open: Vec<&Name> = found.open().collect();
    assert_eq!(open, [&name(MX2)]);
    let said = answer(&report);
    assert!(
        said.starts_with("In part: ") && said.contains(MX2),
        "{said}"
    );
    // A policy that names both does what DANE does not.
    let policy = with_policy(world(true, &hosts), "enforce", &[MX, MX2]);
    assert_eq!(
        verdict(policy),
        (Verdict::PreventedForSome, vec![Sender::MtaSts])
    );
}

/// Server by server; of which the same is to be said, together.
#[test]
fn the_way_to_each_server_is_told() {
    let (guarded, open, other) = ("mx1.example.org", "mx2.example.org", "mx3.example.org");
    let hosts = [
        (guarded, Dns::Tlsa, &SECURED[..]),
        (open, Dns::Unsigned, &SECURED),
        (other, Dns::Unsigned, &SECURED),
    ];
    let told: Vec<String> = passages(Language::En, &downgrade(world(true, &hosts)))
        .into_iter()
        .map(|passage| passage.plain(Language::En))
        .collect();
    let [dane, stripped] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert!(
        dane.starts_with("Senders that check DANE deliver to mx1.example.org encrypted, or not"),
        "{dane}"
    );
    assert!(
        stripped.starts_with("mx2.example.org and mx3.example.org offer encryption that nobody"),
        "{stripped}"
    );
}

#[test]
fn mail_that_a_policy_keeps_out_is_not_read() {
    let hosts: [(&str, Dns, &[&str]); 2] = [
        (MX, Dns::Unsigned, &SECURED),
        (MX2, Dns::Unsigned, &SECURED),
    ];
    let one_named = with_policy(world(false, &hosts), "enforce", &[MX]);
    let found = downgrade(one_named);
    assert_eq!(
        (found.verdict, found.senders.as_slice()),
        (Verdict::PreventedForSome, &[Sender::MtaSts][..])
    );
    assert_eq!(found.exchanges[1].mta_sts, Hold::Refuses);
    let none_named = with_policy(world(false, &hosts), "enforce", &["other.example.org"]);
    let report = none_named.ended(DONE).report();
    let found = report.downgrade.as_ref().unwrap();
    assert_eq!(
        (found.verdict, found.senders.as_slice()),
        (Verdict::Breaks, &[Sender::MtaSts][..])
    );
    let said = answer(&report);
    assert!(said.contains("MTA-STS keeps mail out"), "{said}");
    assert!(!said.contains("read"), "{said}");
}

#[test]
fn what_nobody_could_fetch_is_unknown() {
    let mut world = world(false, &[(MX, Dns::Unsigned, &SECURED)]);
    let ours = NoPolicy::TimedOut;
    assert!(ours.is_ours());
    published(&mut world, PolicyOutcome::NotFetched(ours));
    assert_eq!(verdict(world), (Verdict::Unknown, vec![]));
}

#[test]
fn a_domain_that_takes_no_mail_has_none_to_read() {
    for exchanges in [mx(&Name::root()), Response::NoData, Response::NxDomain] {
        let report = World::new(exchanges.clone())
            .ended(ProbeOutcome::NoServer)
            .report();
        let found = report.downgrade.as_ref().unwrap();
        assert_eq!(found.verdict, Verdict::NotApplicable);
        if exchanges != Response::NxDomain {
            assert_eq!(
                answer(&report),
                "The question does not arise: no server takes mail for this domain."
            );
        }
    }
}

#[test]
fn the_classic_reading_has_no_such_verdict() {
    let world = world(false, &[(MX, Dns::Unsigned, &SECURED)]);
    let report = assess(&world.0, ProfileName::Classic.profile());
    assert_eq!(report.downgrade, None);
}
