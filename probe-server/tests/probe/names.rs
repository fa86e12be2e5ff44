//! From a domain to addresses and names.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use postern_shared::dns::{
    Answer, Failure, Name, Question, RecordData, RecordType, Response, TxtRecord,
};
use postern_shared::evidence::{DnsFact, Fact, TargetRuling};

use probe_server::dns::Memo;
use probe_server::etiquette::Etiquette;
use probe_server::scan::{ScanEvent, Sink};

use crate::world::{Act, World, failed, hasty, polite, smtp};

fn dns(facts: &[Fact]) -> Vec<&DnsFact> {
    facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Dns(fact) => Some(fact),
            _ => None,
        })
        .collect()
}

fn response<'a>(facts: &'a [Fact], name: &str, record_type: RecordType) -> &'a Response {
    let name = Name::parse(name).unwrap();
    let of = |fact: &&DnsFact| fact.question == Question::new(name.clone(), record_type);
    let fact = dns(facts).into_iter().find(of);
    &fact
        .unwrap_or_else(|| panic!("{name} {record_type} was not asked"))
        .answer
        .response
}

fn rulings(facts: &[Fact]) -> Vec<(IpAddr, TargetRuling)> {
    let ruling = |fact: &Fact| match fact {
        Fact::Target(target) => Some((target.address, target.ruling)),
        _ => None,
    };
    facts.iter().filter_map(ruling).collect()
}

#[tokio::test]
async fn the_four_outcomes_are_told_apart() {
    let world = World::with(
        Etiquette {
            name_server: Duration::from_secs(1),
            ..hasty()
        },
        true,
        None,
    )
    .await;
    let mx = |name: &str| Question::new(Name::parse(name).unwrap(), RecordType::Mx);
    world.record(
        "nodata.example",
        RecordType::A,
        RecordData::A([192, 0, 2, 1].into()),
    );
    world.answers(|answers| {
        for (name, answer) in [
            ("servfail.example", failed(Failure::ServFail)),
            ("refused.example", failed(Failure::Refused)),
            ("notimp.example", failed(Failure::Rcode(4))),
            ("silent.example", None),
        ] {
            answers.special.insert(mx(name), answer);
        }
    });
    for (name, expected) in [
        ("nowhere.example", Response::NxDomain),
        ("nodata.example", Response::NoData),
        ("servfail.example", Response::Failed(Failure::ServFail)),
        ("refused.example", Response::Failed(Failure::Refused)),
        ("notimp.example", Response::Failed(Failure::Rcode(4))),
        ("silent.example", Response::Failed(Failure::TimedOut)),
    ] {
        let facts = world.scan(name).await;
        assert_eq!(*response(&facts, name, RecordType::Mx), expected, "{name}");
        // An implicit MX is not probed, and neither is a failure.
        assert_eq!(rulings(&facts), [], "{name}");
    }
}

/// What the world's resolver says to a question.
async fn ask(world: &World, question: &Question) -> Answer {
    world.context.resolver().lookup(question).await.answer
}

#[tokio::test]
async fn the_ad_bit_is_kept_where_there_is_nothing_too() {
    let world = World::new().await;
    world.publish("signed.example", "mx.signed.example", [192, 0, 2, 1].into());
    let question = |name, record_type| Question::new(Name::parse(name).unwrap(), record_type);
    for (question, expected) in [
        (question("signed.example", RecordType::Mx), None),
        (
            question("signed.example", RecordType::Tlsa),
            Some(Response::NoData),
        ),
        (
            question("_25._tcp.mx.signed.example", RecordType::Tlsa),
            Some(Response::NxDomain),
        ),
    ] {
        for authenticated in [true, false] {
            world.answers(|answers| answers.authenticated = authenticated);
            let answer = ask(&world, &question).await;
            assert_eq!(answer.authenticated, authenticated, "{question}");
            match &expected {
                Some(absence) => assert_eq!(answer.response, *absence, "{question}"),
                None => assert_eq!(answer.response.records().len(), 1, "{question}"),
            }
        }
    }
}

#[tokio::test]
async fn what_does_not_validate_is_told_from_what_fails_by_asking_without_validation() {
    let world = World::new().await;
    let question = Question::new(Name::parse("bogus.example").unwrap(), RecordType::A);
    world.record(
        "bogus.example",
        RecordType::A,
        RecordData::A([192, 0, 2, 1].into()),
    );
    let failure = failed(Failure::ServFail);
    world.answers(|answers| answers.special.insert(question.clone(), failure));
    let checked = ask(&world, &question).await;
    assert_eq!(checked.response, Response::Failed(Failure::ServFail));
    let unchecked = ask(&world, &question.clone().unchecked()).await;
    assert_eq!(unchecked.response.records().len(), 1);
    // SERVFAIL is an answer: it is not asked for again, over TCP or elsewhere.
    world.answers(|answers| assert_eq!(answers.asked.get(&question), Some(&1)));
}

#[tokio::test]
async fn where_an_alias_leads_is_told_where_it_leads_to_nothing_too() {
    let world = World::new().await;
    let target = Name::parse("gone.elsewhere.example").unwrap();
    let question = Question::new(Name::parse("alias.example").unwrap(), RecordType::Tlsa);
    for response in [Response::NxDomain, Response::NoData] {
        let answer = Answer {
            response,
            authenticated: true,
            canonical: Some(target.clone()),
        };
        let published = Some(answer.clone());
        world.answers(|answers| answers.special.insert(question.clone(), published));
        assert_eq!(ask(&world, &question).await, answer);
    }
}

#[tokio::test]
async fn the_next_server_is_asked_and_stays_the_first_where_one_is_down() {
    let world = World::new().await;
    world.publish("any.example", "mx.any.example", [192, 0, 2, 1].into());
    let nowhere = "127.0.0.1:1".parse().unwrap();
    let servers = vec![nowhere, world.dns_server];
    let patience = Duration::from_secs(3);
    let resolver = probe_server::dns::Resolver::of_servers(servers, patience);
    let question = Question::new(Name::parse("any.example").unwrap(), RecordType::Mx);
    for most in [patience * 2, patience / 2] {
        let fact = resolver.lookup(&question).await;
        assert_eq!(fact.answer.response.records().len(), 1);
        assert!(
            Duration::from_millis(fact.took.0.into()) < most,
            "{:?}",
            fact.took
        );
    }
}

#[tokio::test]
async fn what_udp_cuts_off_comes_over_tcp() {
    let world = World::new().await;
    for n in 0..200 {
        let text = TxtRecord::single(&format!("{n} {}", "a".repeat(100)));
        world.record("long.example", RecordType::Txt, RecordData::Txt(text));
    }
    let question = Question::new(Name::parse("long.example").unwrap(), RecordType::Txt);
    let answer = ask(&world, &question).await;
    assert_eq!(answer.response.records().len(), 200);
}

#[tokio::test]
async fn a_resolver_that_is_down_is_a_failure() {
    let nowhere = "127.0.0.1:1".parse().unwrap();
    let resolver =
        probe_server::dns::Resolver::with_patience(Some(nowhere), Duration::from_millis(500))
            .unwrap();
    let question = Question::new(Name::parse("any.example").unwrap(), RecordType::A);
    let response = resolver.lookup(&question).await.answer.response;
    let down = matches!(
        response,
        Response::Failed(Failure::Unreachable | Failure::TimedOut)
    );
    assert!(down, "{response:?}");
}

#[tokio::test]
async fn a_null_mx_takes_no_mail() {
    let world = World::new().await;
    let null = RecordData::Mx {
        preference: 0,
        exchange: Name::root(),
    };
    world.record("null.example", RecordType::Mx, null);
    let facts = world.scan("null.example").await;
    assert_eq!(dns(&facts).len(), 1);
    assert_eq!(rulings(&facts), []);
}

#[tokio::test]
async fn private_addresses_are_not_dialed_and_not_asked_about() {
    // No lab: the guard as it is on the internet.
    let world = World::with(hasty(), false, None).await;
    let log = world
        .mail_server("inside.example", |line, _| polite(line))
        .await;
    let more = [
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
    ];
    for address in more {
        let address: IpAddr = address.parse().unwrap();
        let data = match address {
            IpAddr::V4(v4) => (RecordType::A, RecordData::A(v4)),
            IpAddr::V6(v6) => (RecordType::Aaaa, RecordData::Aaaa(v6)),
        };
        world.record("mx.inside.example", data.0, data.1);
    }
    let facts = world.scan("inside.example").await;
    let rulings = rulings(&facts);
    assert_eq!(rulings.len(), 6);
    assert!(
        rulings
            .iter()
            .all(|(_, ruling)| *ruling == TargetRuling::NotPublic)
    );
    assert_eq!(log.lock().unwrap().len(), 0);
    // MX, A, AAAA and the MTA-STS record: no PTR, no blocklist.
    assert_eq!(world.answers(|answers| answers.asked.len()), 4);
}

#[tokio::test]
async fn more_addresses_than_a_scan_speaks_to() {
    let world = World::new().await;
    for last in 1..=12 {
        let address = Ipv4Addr::new(127, 0, 7, last);
        world.publish("many.example", "mx.many.example", address.into());
    }
    // A second exchange at the same addresses is the same servers.
    world.publish("many.example", "mx2.many.example", [127, 0, 7, 1].into());
    let facts = world.scan("many.example").await;
    let count = |wanted| rulings(&facts).iter().filter(|(_, r)| *r == wanted).count();
    assert_eq!(count(TargetRuling::Planned), 11);
    assert_eq!(count(TargetRuling::TooMany), 2);
    // Nothing listens there: one fact for each address that was tried.
    assert_eq!(smtp(&facts).len(), 10);
}

#[tokio::test]
async fn every_name_of_an_address_is_followed_and_asked_once() {
    let world = World::new().await;
    let log = world
        .mail_server("ptr.example", |line, _| polite(line))
        .await;
    for name in ["mx.ptr.example", "two.ptr.example", "three.ptr.example"] {
        let data = RecordData::Ptr(Name::parse(name).unwrap());
        world.record("2.5.0.127.in-addr.arpa", RecordType::Ptr, data);
    }
    let facts = world.scan("ptr.example").await;
    assert_eq!(log.lock().unwrap().len(), 2);
    let names = response(&facts, "2.5.0.127.in-addr.arpa", RecordType::Ptr);
    assert_eq!(names.records().len(), 3);
    let forward = response(&facts, "mx.ptr.example", RecordType::A);
    assert_eq!(forward.records(), [RecordData::A([127, 0, 5, 2].into())]);
    assert_eq!(
        *response(&facts, "two.ptr.example", RecordType::A),
        Response::NxDomain
    );
    // An IPv4 address is led back to by A alone.
    let asked_for = |wanted| {
        let questions = dns(&facts).into_iter().map(|fact| &fact.question);
        questions.filter(|q| q.record_type == wanted).count()
    };
    assert_eq!(
        (asked_for(RecordType::A), asked_for(RecordType::Aaaa)),
        (3, 1)
    );
    world.answers(|answers| {
        for (question, times) in &answers.asked {
            assert_eq!(*times, 1, "{question}");
        }
    });
}

#[tokio::test]
async fn the_names_of_all_addresses_share_one_budget() {
    let etiquette = Etiquette {
        pointer_questions: 12,
        ..hasty()
    };
    let world = World::with(etiquette, true, None).await;
    for last in 1..=5 {
        let address = Ipv4Addr::new(127, 0, 7, last);
        world.publish("names.example", "mx.names.example", address.into());
        for n in 0..20 {
            let data = RecordData::Ptr(Name::parse(&format!("n{n}.a{last}.example")).unwrap());
            let reverse = format!("{last}.7.0.127.in-addr.arpa");
            world.record(&reverse, RecordType::Ptr, data);
        }
    }
    let facts = world.scan("names.example").await;
    let forward = |last: u8| {
        let zone = format!(".a{last}.example");
        let names = dns(&facts).into_iter().map(|fact| &fact.question.name);
        names.filter(|name| name.as_str().ends_with(&zone)).count()
    };
    let counts: Vec<_> = (1..=5).map(forward).collect();
    // No address starves behind another.
    assert_eq!(counts, [3, 3, 2, 2, 2]);
}

#[tokio::test]
async fn who_asked_to_be_left_alone_is_whatever_domain_names_him() {
    let world = World::new().await;
    let log = world
        .mail_server("leave.example", |line, _| polite(line))
        .await;
    world.publish("other.example", "mx.leave.example", [127, 0, 5, 2].into());
    world.publish("other.example", "mx.other.example", [127, 0, 8, 1].into());
    let facts = world.scan("other.example").await;
    let told: Vec<_> = rulings(&facts)
        .into_iter()
        .map(|(_, ruling)| ruling)
        .collect();
    assert_eq!(told, [TargetRuling::OptedOut; 2]);
    assert_eq!(smtp(&facts).len() + log.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn many_domains_cannot_send_us_to_one_address_without_end() {
    let etiquette = Etiquette {
        scans_per_address: 2,
        ..hasty()
    };
    let world = World::with(etiquette, true, None).await;
    let log = world
        .mail_server("victim.example", |line, _| polite(line))
        .await;
    for n in 0..4 {
        let domain = format!("a{n}.attacker.example");
        world.publish(&domain, "mx.victim.example", [127, 0, 5, 2].into());
        let facts = world.scan(&domain).await;
        let expected = if n < 2 {
            TargetRuling::Planned
        } else {
            TargetRuling::Resting
        };
        assert_eq!(rulings(&facts)[0].1, expected, "{domain}");
        // Reverse names are asked of DNS, not of the victim.
        response(&facts, "2.5.0.127.in-addr.arpa", RecordType::Ptr);
    }
    assert_eq!(log.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn a_421_is_heard_by_all_scans() {
    let world = World::new().await;
    let log = world
        .mail_server("tired.example", |line, _| match line {
            "" => Act::SayThenHangUp(b"421 4.7.0 too many\r\n".to_vec()),
            line => polite(line),
        })
        .await;
    world.publish("b.example", "mx.tired.example", [127, 0, 5, 2].into());
    // One of them hears it while the other waits at the door, a third comes later.
    tokio::join!(world.scan("tired.example"), world.scan("b.example"));
    let facts = world.scan("b.example").await;
    assert_eq!(rulings(&facts)[0].1, TargetRuling::Resting);
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn strangers_learn_nothing_of_the_network_that_the_resolver_is_in() {
    let world = World::with(hasty(), false, None).await;
    world.publish("names.example", "db.internal", [10, 0, 0, 5].into());
    world.publish("names.example", "wiki", [10, 0, 0, 6].into());
    let facts = world.scan("names.example").await;
    for name in ["db.internal", "wiki"] {
        let refused = Response::Failed(Failure::Refused);
        assert_eq!(*response(&facts, name, RecordType::A), refused, "{name}");
    }
    assert_eq!(rulings(&facts), []);
    // The MX records, and the MTA-STS record of the domain itself.
    assert_eq!(world.answers(|answers| answers.asked.len()), 2);
}

#[tokio::test]
async fn strangers_do_not_learn_either_that_a_name_inside_is_not_there() {
    let world = World::with(hasty(), false, None).await;
    let question = Question::new(Name::parse("alias.example").unwrap(), RecordType::A);
    let inside = Answer {
        canonical: Some(Name::parse("db.internal").unwrap()),
        ..Answer::new(Response::NxDomain)
    };
    world.answers(|answers| answers.special.insert(question.clone(), Some(inside)));
    let refused = Response::Failed(Failure::Refused);
    assert_eq!(ask(&world, &question).await.response, refused);
    // The root is no secret: whether the resolver validates is asked of it.
    let root = Question::new(Name::root(), RecordType::Dnskey);
    assert_eq!(ask(&world, &root).await.response, Response::NxDomain);
}

#[tokio::test]
async fn a_scan_asks_without_validation_where_that_is_wanted() {
    let world = World::new().await;
    let question = Question::new(Name::parse("bogus.example").unwrap(), RecordType::Mx);
    let (sink, mut events) = Sink::new();
    let memo = Memo::new(world.context.resolver(), &sink);
    for question in [question.clone(), question.clone().unchecked()] {
        memo.answer(question.clone()).await;
        let Some(ScanEvent::Observed(observation)) = events.recv().await else {
            panic!("an answer is told");
        };
        assert!(matches!(observation.fact, Fact::Dns(fact) if fact.question == question));
        world.answers(|answers| assert_eq!(answers.asked.get(&question), Some(&1)));
    }
}
