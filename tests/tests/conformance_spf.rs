//! SPF against data that nobody on this project wrote: the community's suite for RFC 7208, the RFC's
//! own macro examples, real records and real include trees.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::net::IpAddr;

use postern_shared::dns::{
    Answer, DnsView, Failure, Name, Question, RecordData, RecordType, Response, TxtRecord, Wanting,
};
use postern_shared::spf::macros::MacroContext;
use postern_shared::spf::{DomainSpec, Outcome, Params, Record, evaluate, near_misses, read, walk};
use postern_tests::place;
use serde_json::Value;

/// A zone in the suite's own terms.
#[derive(Default)]
struct SuiteZone {
    names: BTreeMap<String, Vec<Value>>,
}

impl SuiteZone {
    fn of(zone: &Value) -> Self {
        let names = zone.as_object().expect("a zone is an object").iter();
        Self {
            names: names
                .map(|(name, records)| {
                    let name = name.trim_end_matches('.').to_ascii_lowercase();
                    (name, records.as_array().expect("records").clone())
                })
                .collect(),
        }
    }

    fn respond(&self, question: &Question) -> Response {
        let mut name = question.name.as_str().to_owned();
        for _ in 0..8 {
            let Some(records) = self.names.get(&name) else {
                return Response::NxDomain;
            };
            let alias = records.iter().find(|r| r["type"] == "CNAME");
            let Some(alias) = alias else {
                return respond_from(records, question.record_type);
            };
            let target = alias["value"].as_str().expect("a CNAME has a value");
            name = target.trim_end_matches('.').to_ascii_lowercase();
        }
        // A loop of aliases: resolvers give up with SERVFAIL.
        Response::Failed(Failure::ServFail)
    }
}

/// `TIMEOUT` hits every type without a record in front of it.
fn respond_from(records: &[Value], wanted: RecordType) -> Response {
    let mut found = Vec::new();
    for record in records {
        match record["type"].as_str().expect("a type") {
            "TIMEOUT" if found.is_empty() => return Response::Failed(Failure::TimedOut),
            "SERVFAIL" if found.is_empty() => return Response::Failed(Failure::ServFail),
            kind if kind == wanted.mnemonic() => found.push(record_data(record, wanted)),
            _ => {}
        }
    }
    Response::from_records(found)
}

// The core may learn types that the suite does not have.
#[allow(unreachable_patterns)]
fn record_data(record: &Value, record_type: RecordType) -> RecordData {
    let text = |key: &str| record[key].as_str().expect("a text");
    let name = |key: &str| Name::parse(text(key)).expect("a name");
    match record_type {
        RecordType::A => RecordData::A(text("value").parse().expect("IPv4")),
        RecordType::Aaaa => RecordData::Aaaa(text("value").parse().expect("IPv6")),
        RecordType::Mx => RecordData::Mx {
            preference: u16::try_from(record["preference"].as_u64().expect("a number"))
                .expect("16 bits"),
            exchange: name("exchange"),
        },
        RecordType::Ptr => RecordData::Ptr(name("value")),
        RecordType::Txt => {
            let strings = record["strings"].as_array().expect("strings").iter();
            RecordData::Txt(TxtRecord(
                strings
                    .map(|s| s.as_str().expect("a string").to_owned())
                    .collect(),
            ))
        }
        other => panic!("the suite has no {other}"),
    }
}

/// Answers that have been fetched so far.
#[derive(Default)]
struct Known(BTreeMap<Question, Answer>);

impl DnsView for Known {
    fn get(&self, question: &Question) -> Option<&Answer> {
        self.0.get(question)
    }
}

/// Asks in rounds, as every shell does; gives the result and the number of rounds.
fn drive<T>(
    answer: impl Fn(&Question) -> Response,
    mut ask: impl FnMut(&Wanting<'_>) -> Option<T>,
) -> (T, usize) {
    let mut known = Known::default();
    for rounds in 0..64 {
        let dns = Wanting::new(&known);
        let done = ask(&dns);
        let wants = dns.into_wants();
        if let Some(done) = done {
            return (done, rounds);
        }
        assert!(!wants.is_empty(), "not done and nothing wanted");
        for question in wants {
            let response = answer(&question);
            assert!(
                known.0.insert(question, Answer::new(response)).is_none(),
                "asked twice"
            );
        }
    }
    panic!("64 rounds and no end");
}

fn run_case(zone: &SuiteZone, case: &Value) -> (Outcome, usize) {
    let text = |key: &str| case[key].as_str().expect("a text").to_owned();
    let params = Params {
        ip: text("ip").parse::<IpAddr>().expect("an address"),
        mail_from: text("mail_from"),
        helo: text("helo"),
        receiver: "receiver.example.org".to_owned(),
        now: 1_000_000_000,
    };
    drive(
        |question| zone.respond(question),
        |dns| evaluate(dns, &params),
    )
}

fn complaint(case: &Value, outcome: &Outcome) -> Option<String> {
    let expected = case["expect"].as_array().expect("results");
    if !expected.iter().any(|e| e == outcome.result.as_str()) {
        return Some(format!(
            "expected {expected:?}, got {} because of {:?}",
            outcome.result, outcome.cause
        ));
    }
    let wanted = case["explanation"].as_str()?;
    let given = outcome.explanation.as_deref().unwrap_or("DEFAULT");
    // Names in an explanation have no case, and the suite writes the nibbles of IPv6 in capitals.
    (!given.eq_ignore_ascii_case(wanted))
        .then(|| format!("expected explanation {wanted:?}, got {given:?}"))
}

#[test]
fn the_community_suite() {
    let Some(text) = place::conformance("spf/rfc7208-tests.json") else {
        return;
    };
    let suite: Value = serde_json::from_str(&text).expect("JSON");
    let (mut passed, mut total, mut failures) = (0, 0, Vec::new());
    for scenario in suite["scenarios"].as_array().expect("scenarios") {
        let zone = SuiteZone::of(&scenario["zone"]);
        for case in scenario["tests"].as_array().expect("tests") {
            total += 1;
            let (outcome, _) = run_case(&zone, case);
            match complaint(case, &outcome) {
                None => passed += 1,
                Some(why) => failures.push(format!("{}: {why}", case["id"])),
            }
        }
    }
    println!("RFC 7208 suite: {passed} of {total} pass");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(total, 203);
}

#[test]
fn the_macro_examples_of_the_rfc() {
    let Some(text) = place::conformance("spf/rfc7208-macros.json") else {
        return;
    };
    let examples: Value = serde_json::from_str(&text).expect("JSON");
    let (local_part, sender_domain) = examples["sender"]
        .as_str()
        .and_then(|sender| sender.split_once('@'))
        .expect("a sender");
    let cases = examples["cases"].as_array().expect("cases");
    for case in cases {
        let context = MacroContext {
            ip: case["ip"]
                .as_str()
                .expect("ip")
                .parse()
                .expect("an address"),
            local_part,
            sender_domain,
            domain: examples["domain"].as_str().expect("a domain"),
            helo: "mx.example.org",
            validated_name: examples["ptr"].as_str().expect("a name"),
            receiver: "unknown",
            now: 0,
        };
        let spec = case["macro"].as_str().expect("a macro");
        let expanded = context.expand_domain(&DomainSpec::parse(spec).expect("a domain-spec"));
        assert_eq!(expanded, case["expect"].as_str().expect("a name"), "{spec}");
    }
    println!("RFC 7208 §7.4: {} of 20 macro examples pass", cases.len());
    assert_eq!(cases.len(), 20);
}

#[test]
fn real_records_are_printed_back() {
    let Some(text) = place::conformance("records/spf.jsonl") else {
        return;
    };
    let (mut valid, mut total) = (0, 0);
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let record = line["record"].as_str().expect("a record");
        total += 1;
        let reading = read(record);
        let characters = u32::try_from(record.chars().count()).expect("a short record");
        for error in &reading.errors {
            assert!(error.span.start <= error.span.end && error.span.end <= characters);
        }
        if let Ok(parsed) = Record::parse(record) {
            valid += 1;
            assert_eq!(parsed.to_string(), record);
        }
        let txt = RecordData::Txt(TxtRecord::single(record));
        let _ = near_misses(&Response::from_records(vec![txt]));
    }
    println!("real SPF records: {total} read, {valid} valid, each printed back");
    assert!(valid > total / 2);
}

#[test]
fn real_trees_are_counted_and_evaluated() {
    let Some(text) = place::conformance("records/spf-trees.jsonl") else {
        return;
    };
    let (mut trees, mut checks, mut failures) = (0, 0, Vec::new());
    for line in text.lines() {
        let tree: Value = serde_json::from_str(line).expect("JSON");
        trees += 1;
        let domain = tree["domain"].as_str().expect("a domain");
        let records = tree["records"].as_object().expect("records");
        let respond = |question: &Question| match records.get(question.name.as_str()) {
            Some(record) if question.record_type == RecordType::Txt => {
                let text = record.as_str().expect("a record");
                Response::from_records(vec![RecordData::Txt(TxtRecord::single(text))])
            }
            Some(_) => Response::NoData,
            None => Response::NxDomain,
        };
        let name = Name::parse(domain).expect("a name");
        let (walked, _) = drive(respond, |dns| walk(dns, &name));
        if u64::from(walked.lookups) != tree["lookups"].as_u64().expect("a count") {
            failures.push(format!(
                "{domain}: counted {}, not {}",
                walked.lookups, tree["lookups"]
            ));
        }
        for check in tree["checks"].as_array().into_iter().flatten() {
            checks += 1;
            let ip = check["ip"]
                .as_str()
                .expect("ip")
                .parse()
                .expect("an address");
            let params = Params::for_domain(ip, domain);
            let (outcome, _) = drive(respond, |dns| evaluate(dns, &params));
            if check["result"] != outcome.result.as_str() {
                failures.push(format!(
                    "{domain}: {ip} gives {}, not {}: {:?}",
                    outcome.result, check["result"], outcome.cause
                ));
            }
        }
    }
    println!("real trees: {trees} counted, {checks} checks evaluated");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
