//! What the community's suite does not look at: causes, places, traces, rounds, order.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::dns::{Answer, DnsView, Failure, Question, RecordData, Zone};
use crate::spf::SyntaxCode;

/// A zone with addresses: `("mail.example.org", "192.0.2.1")`.
fn with_addresses(mut zone: Zone, addresses: &[(&str, &str)]) -> Zone {
    for (name, ip) in addresses {
        let name = Name::parse(name).unwrap();
        match ip.parse().unwrap() {
            IpAddr::V4(ip) => zone.add(&name, RecordType::A, RecordData::A(ip)),
            IpAddr::V6(ip) => zone.add(&name, RecordType::Aaaa, RecordData::Aaaa(ip)),
        }
    }
    zone
}

fn check(zone: &dyn DnsView, ip: &str, domain: &str) -> Outcome {
    let params = Params::for_domain(ip.parse().unwrap(), domain);
    evaluate(&Wanting::new(zone), &params).unwrap()
}

fn cause(zone: &dyn DnsView, domain: &str) -> (SpfResult, Problem) {
    let outcome = check(zone, "203.0.113.9", domain);
    (outcome.result, outcome.cause.unwrap())
}

#[test]
fn an_include_without_a_record_is_named_with_its_place() {
    let zone = Zone::new()
        .txt(
            "quera.example",
            "v=spf1 include:mailgun.example include:zoho.example include:spf.postal.quera.example -all",
        )
        .txt("mailgun.example", "v=spf1 ip4:192.0.2.0/25 ~all")
        .txt("zoho.example", "v=spf1 ip4:192.0.2.128/25 -all");
    let target = "spf.postal.quera.example".to_owned();
    let expected = Problem::at(
        "quera.example",
        Span::new(52, 84),
        Cause::IncludeWithoutRecord { target },
    );
    assert_eq!(
        cause(&zone, "quera.example"),
        (SpfResult::PermError, expected)
    );
    // Whoever is matched before never meets the hole.
    assert_eq!(
        check(&zone, "192.0.2.200", "quera.example").result,
        SpfResult::Pass
    );
}

#[test]
fn absence_and_malformed_domains_are_none() {
    let zone = Zone::new().txt("empty.example", "hello");
    for (domain, expected) in [
        ("empty.example", Cause::NoRecord),
        ("missing.example", Cause::DomainMissing),
        ("localhost", Cause::DomainMalformed),
        ("[192.0.2.1]", Cause::DomainMalformed),
        ("a..example", Cause::DomainMalformed),
    ] {
        let problem = Problem::of(domain, expected);
        assert_eq!(cause(&zone, domain), (SpfResult::None, problem));
    }
}

#[test]
fn a_failed_look_up_is_temperror_and_never_absence() {
    let mut zone = Zone::new().txt("d.example", "v=spf1 include:broken.example -all");
    let question = Question::new(Name::parse("broken.example").unwrap(), RecordType::Txt);
    let failure = Failure::ServFail;
    zone.insert(question.clone(), Response::Failed(failure));
    let expected = Problem::at(
        "d.example",
        Span::new(7, 29),
        Cause::LookupFailed { question, failure },
    );
    assert_eq!(cause(&zone, "d.example"), (SpfResult::TempError, expected));
}

#[test]
fn every_permanent_error_has_its_own_cause() {
    let zone = Zone::new()
        .txt("two.example", "v=spf1 -all")
        .txt("two.example", "v=spf1 +all")
        .txt("syntax.example", "v=spf1 -all ipv4:192.0.2.1")
        .txt("redirect.example", "v=spf1 redirect=hole.example")
        .txt("loop.example", "v=spf1 include:loop2.example")
        .txt("loop2.example", "v=spf1 redirect=loop.example")
        .txt(
            "void.example",
            "v=spf1 a:a.x.example a:b.x.example a:c.x.example -all",
        )
        .txt(
            "bad.example",
            &format!("v=spf1 include:{}.example", "a".repeat(64)),
        );
    let target = |name: &str| name.to_owned();
    let at = |domain, start, end, cause| Problem::at(domain, Span::new(start, end), cause);
    for (domain, expected) in [
        (
            "two.example",
            Problem::of("two.example", Cause::SeveralRecords { count: 2 }),
        ),
        (
            "syntax.example",
            at(
                "syntax.example",
                12,
                26,
                Cause::Syntax {
                    code: SyntaxCode::UnknownMechanism,
                },
            ),
        ),
        (
            "redirect.example",
            at(
                "redirect.example",
                7,
                28,
                Cause::RedirectWithoutRecord {
                    target: target("hole.example"),
                },
            ),
        ),
        (
            "loop.example",
            at(
                "loop2.example",
                7,
                28,
                Cause::Loop {
                    target: target("loop.example"),
                },
            ),
        ),
        (
            "void.example",
            at("void.example", 35, 48, Cause::TooManyVoidLookups),
        ),
        (
            "bad.example",
            at(
                "bad.example",
                7,
                87,
                Cause::TargetMalformed {
                    target: format!("{}.example", "a".repeat(64)),
                },
            ),
        ),
    ] {
        assert_eq!(
            cause(&zone, domain),
            (SpfResult::PermError, expected),
            "{domain}"
        );
    }
}

#[test]
fn the_eleventh_look_up_is_too_many() {
    let ten = format!("v=spf1{} -all", " a:x.example".repeat(10));
    let eleven = format!("v=spf1{} -all", " a:x.example".repeat(11));
    let zone = Zone::new()
        .txt("ten.example", &ten)
        .txt("eleven.example", &eleven);
    let zone = with_addresses(zone, &[("x.example", "192.0.2.1")]);
    let outcome = check(&zone, "203.0.113.9", "ten.example");
    assert_eq!((outcome.result, outcome.lookups), (SpfResult::Fail, 10));
    let (result, problem) = cause(&zone, "eleven.example");
    assert_eq!(result, SpfResult::PermError);
    assert_eq!(problem.cause, Cause::TooManyLookups);
    assert_eq!(problem.span, Some(Span::new(127, 138)));
}

#[test]
fn an_mx_of_eleven_hosts_is_too_many() {
    let mut zone = Zone::new().txt("d.example", "v=spf1 mx -all");
    let name = Name::parse("d.example").unwrap();
    for preference in 0..11 {
        let exchange = Name::parse(&format!("m{preference}.example")).unwrap();
        let data = RecordData::Mx {
            preference,
            exchange,
        };
        zone.add(&name, RecordType::Mx, data);
    }
    let target = "d.example".to_owned();
    let expected = Problem::at(
        "d.example",
        Span::new(7, 9),
        Cause::TooManyMxHosts { target, count: 11 },
    );
    assert_eq!(cause(&zone, "d.example"), (SpfResult::PermError, expected));
}

#[test]
fn the_trace_tells_the_way() {
    let zone = Zone::new()
        .txt(
            "d.example",
            "v=spf1 ip4:192.0.2.1 ?include:%{d1}.i.example redirect=r.example",
        )
        .txt("example.i.example", "v=spf1 -all")
        .txt("r.example", "v=spf1 a:hole.example ~all");
    let outcome = check(&zone, "203.0.113.9", "d.example");
    let steps: Vec<_> = outcome
        .trace
        .iter()
        .map(|s| (s.record.depth, s.term(), s.target.as_deref(), s.event))
        .collect();
    let (fail, soft) = (SpfResult::Fail, SpfResult::SoftFail);
    assert_eq!(
        steps,
        [
            (0, "ip4:192.0.2.1", None, TraceEvent::NotMatched),
            (
                0,
                "?include:%{d1}.i.example",
                Some("example.i.example"),
                TraceEvent::Included { result: fail }
            ),
            (1, "-all", None, TraceEvent::Matched { result: fail }),
            (
                0,
                "redirect=r.example",
                Some("r.example"),
                TraceEvent::Redirected { result: soft }
            ),
            (1, "a:hole.example", Some("hole.example"), TraceEvent::Void),
            (1, "~all", None, TraceEvent::Matched { result: soft }),
        ]
    );
    assert_eq!(outcome.result, soft);
    assert_eq!((outcome.lookups, outcome.void_lookups), (3, 1));
}

#[test]
fn mapped_clients_are_ipv4_and_the_null_reverse_path_is_the_helo() {
    let zone = Zone::new().txt(
        "helo.example",
        "v=spf1 ip4:192.0.2.1 exists:%{l}.ok.example -all",
    );
    let zone = with_addresses(zone, &[("postmaster.ok.example", "127.0.0.2")]);
    let mut params = Params::for_domain("::ffff:192.0.2.1".parse().unwrap(), "helo.example");
    params.mail_from.clear();
    let outcome = evaluate(&Wanting::new(&zone), &params).unwrap();
    assert_eq!((outcome.result, outcome.lookups), (SpfResult::Pass, 0));
    params.ip = "2001:db8::1".parse().unwrap();
    let outcome = evaluate(&Wanting::new(&zone), &params).unwrap();
    assert_eq!((outcome.result, outcome.lookups), (SpfResult::Pass, 1));
}

#[test]
fn a_tree_takes_as_many_rounds_as_it_is_deep() {
    let wide: String = (0..9).map(|n| format!(" include:w{n}.example")).collect();
    let mut zone = Zone::new()
        .txt("flat.example", "v=spf1 ip4:192.0.2.1 -all")
        .txt("wide.example", &format!("v=spf1{wide} -all"))
        .txt("deep.example", "v=spf1 include:deep1.example ~all")
        .txt("deep1.example", "v=spf1 redirect=deep2.example")
        .txt("deep2.example", "v=spf1 include:deep3.example -all")
        .txt("deep3.example", "v=spf1 ip4:192.0.2.1")
        .txt(
            "both.example",
            "v=spf1 include:a.example include:flat.example include:b.example redirect=c.example",
        )
        .txt("a.example", "v=spf1 include:a1.example include:a2.example")
        .txt("b.example", "v=spf1 include:b1.example")
        .txt("c.example", "v=spf1 include:c1.example -all")
        .txt("host.example", "v=spf1 include:host1.example a mx -all")
        .txt(
            "host1.example",
            "v=spf1 a:flat.example exists:%{i}.flat.example",
        );
    for leaf in [
        "w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "a1", "a2", "b1", "c1",
    ] {
        zone = zone.txt(&format!("{leaf}.example"), "v=spf1 ip4:192.0.2.1");
    }
    for (domain, include_depth) in [
        ("flat.example", 0),
        ("wide.example", 1),
        ("deep.example", 3),
        ("both.example", 2),
        // A host, or an exchange, is one question deeper than the record that names it.
        ("host.example", 1 + 1),
    ] {
        let (_, rounds) = drive(&zone, domain, |_| true);
        assert_eq!(rounds, include_depth + 1, "{domain}");
    }
}

#[test]
fn a_hostile_record_is_bounded() {
    let includes: String = (0..4_000)
        .map(|n| format!(" include:i{n}.example"))
        .collect();
    let addresses = " ip4:192.0.2.1".repeat(4_000);
    let zone = Zone::new()
        .txt("wide.example", &format!("v=spf1{includes}"))
        .txt("long.example", &format!("v=spf1{addresses} -all"));
    let known = Known::default();
    let dns = Wanting::new(&known);
    let params = Params::for_domain("203.0.113.9".parse().unwrap(), "wide.example");
    assert_eq!(evaluate(&dns, &params), None);
    assert_eq!(dns.into_wants().len(), 1);
    let mut known = Known::default();
    known.learn(
        &zone,
        &Question::new(Name::parse("wide.example").unwrap(), RecordType::Txt),
    );
    let dns = Wanting::new(&known);
    assert_eq!(evaluate(&dns, &params), None);
    assert_eq!(dns.into_wants().len(), LOOKUP_LIMIT as usize);
    let outcome = check(&zone, "203.0.113.9", "long.example");
    assert_eq!(
        (outcome.result, outcome.trace.len()),
        (SpfResult::Fail, TRACE_LIMIT)
    );
}

/// Answers as they have arrived.
#[derive(Default)]
struct Known(BTreeMap<Question, Answer>);

impl Known {
    fn learn(&mut self, zone: &dyn DnsView, question: &Question) {
        let answer = zone.get(question).unwrap();
        self.0.insert(question.clone(), answer.clone());
    }
}

impl DnsView for Known {
    fn get(&self, question: &Question) -> Option<&Answer> {
        self.0.get(question)
    }
}

/// Asks in rounds; `arrives` says which of the questions of a round are answered in it. The first
/// always is.
fn drive(zone: &Zone, domain: &str, mut arrives: impl FnMut(usize) -> bool) -> (Outcome, usize) {
    let mut known = Known::default();
    let params = Params::for_domain("203.0.113.9".parse().unwrap(), domain);
    for rounds in 0..1_000 {
        let dns = Wanting::new(&known);
        if let Some(outcome) = evaluate(&dns, &params) {
            assert!(dns.into_wants().is_empty(), "done, and yet wanting");
            return (outcome, rounds);
        }
        let wants = dns.into_wants();
        assert!(!wants.is_empty(), "not done, and nothing wanted");
        assert!(
            wants.iter().all(|question| known.get(question).is_none()),
            "asked again"
        );
        for (at, question) in wants.iter().enumerate() {
            if at == 0 || arrives(at) {
                known.learn(zone, question);
            }
        }
    }
    panic!("no end");
}

fn term() -> impl Strategy<Value = String> {
    let name = 0..6_u8;
    let sign = prop::sample::select(vec!["", "-", "~", "?"]);
    let kind = prop::sample::select(vec![
        "include:n{}.example",
        "include:n{}.example",
        "a:n{}.example",
        "mx:n{}.example",
        "exists:%{d1}.n{}.example",
        "exists:%{p}.n{}.example",
        "ptr:n{}.example",
        "ip4:203.0.113.{}",
        "a:n{}",
    ]);
    (name, sign, kind)
        .prop_map(|(n, sign, kind)| format!(" {sign}{}", kind.replace("{}", &n.to_string())))
}

fn zone() -> impl Strategy<Value = Zone> {
    let record = (prop::collection::vec(term(), 0..4), 0..8_u8);
    let host = prop::sample::select(vec!["203.0.113.9", "203.0.113.10"]);
    (
        prop::collection::vec(record, 6),
        prop::collection::vec((0..6_u8, host), 0..4),
        prop::collection::vec((0..6_u8, 0..6_u8), 0..4),
        prop::collection::vec(0..6_u8, 0..3),
    )
        .prop_map(|(records, hosts, exchanges, names)| {
            let mut zone = Zone::new();
            for (n, (terms, end)) in records.iter().enumerate() {
                let end = match end {
                    0..=5 => format!(" redirect=n{end}.example exp=n{end}.example"),
                    6 => " -all exp=n0.example".to_owned(),
                    _ => String::new(),
                };
                zone = zone.txt(
                    &format!("n{n}.example"),
                    &format!("v=spf1{}{end}", terms.concat()),
                );
            }
            let name = |n: u8| Name::parse(&format!("n{n}.example")).unwrap();
            for (n, ip) in hosts {
                zone = with_addresses(zone, &[(name(n).as_str(), ip)]);
            }
            for (n, exchange) in exchanges {
                let exchange = name(exchange);
                let data = RecordData::Mx {
                    preference: 1,
                    exchange,
                };
                zone.add(&name(n), RecordType::Mx, data);
            }
            let client = Name::parse("9.113.0.203.in-addr.arpa").unwrap();
            for n in names {
                zone.add(&client, RecordType::Ptr, RecordData::Ptr(name(n)));
            }
            zone
        })
}

proptest! {
    #[test]
    fn the_order_of_answers_changes_nothing(
        zone in zone(),
        luck in prop::collection::vec(any::<bool>(), 64),
    ) {
        // With all answers from the start: more than any of the others ever knows.
        let whole = check(&zone, "203.0.113.9", "n0.example");
        // With some of them at a time; and what is known beyond what was asked does not matter.
        let mut luck = luck.into_iter().cycle();
        let (partly, _) = drive(&zone, "n0.example", |_| luck.next().unwrap_or(true));
        prop_assert_eq!(&partly, &whole);
        let (rounds, _) = drive(&zone, "n0.example", |_| true);
        prop_assert_eq!(&rounds, &whole);
        prop_assert!(whole.lookups <= LOOKUP_LIMIT);
    }

    #[test]
    fn no_text_makes_it_panic(text in "v=spf1 [ -~\u{80}-\u{ff}]{0,80}", ip in any::<u32>()) {
        let zone = Zone::new().txt("d.example", &text);
        let ip = std::net::Ipv4Addr::from(ip).to_string();
        let outcome = check(&zone, &ip, "d.example");
        if let Ok(record) = Record::parse(&text) {
            prop_assert_eq!(record.to_string(), text);
        } else {
            prop_assert_eq!(outcome.result, SpfResult::PermError);
        }
    }
}
