//! SPF against data that nobody on this project wrote: the community's suite for RFC 7208, the RFC's
//! own macro examples, real records and real include trees.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use postern_shared::dns::{Question, RecordData, Response, TxtRecord};
use postern_shared::spf::macros::MacroContext;
use postern_shared::spf::{DomainSpec, Params, Record, evaluate, near_misses, read, walk};
use postern_suite::drive;
use postern_tests::place;
use postern_tests::trees::real_trees;
use serde_json::Value;

#[test]
fn the_community_suite() {
    let Some(text) = place::conformance("spf/rfc7208-tests.json") else {
        return;
    };
    let report = postern_suite::report(&text);
    place::say(&format!("RFC 7208 suite: {report}"));
    assert_eq!(report, "203 of 203 pass");
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
    place::say(&format!(
        "RFC 7208 §7.4: {} of 20 macro examples pass",
        cases.len()
    ));
    assert_eq!(cases.len(), 20);
}

#[test]
fn real_records_are_printed_back() {
    let Some(text) = place::conformance("records/spf.jsonl") else {
        return;
    };
    let mut outcomes: BTreeMap<String, u32> = BTreeMap::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let record = line["record"].as_str().expect("a record");
        let reading = read(record);
        let characters = u32::try_from(record.chars().count()).expect("a short record");
        for error in &reading.errors {
            assert!(error.span.start <= error.span.end && error.span.end <= characters);
        }
        let outcome = match Record::parse(record) {
            Ok(parsed) => {
                assert_eq!(parsed.to_string(), record);
                "valid".to_owned()
            }
            Err(error) => format!("syntax error: {:?}", error.code),
        };
        *outcomes.entry(outcome).or_default() += 1;
        let txt = RecordData::Txt(TxtRecord::single(record));
        let _ = near_misses(&Response::from_records(vec![txt]));
    }
    let total: u32 = outcomes.values().sum();
    place::say(&format!("real SPF records: {total} read"));
    for (outcome, count) in &outcomes {
        place::say(&format!("{count:>6} {outcome}"));
    }
    assert_eq!(total, 2_205);
    assert!(outcomes["valid"] * 100 > total * 95);
}

#[test]
fn real_trees_are_counted_and_evaluated() {
    let Some(trees) = real_trees() else { return };
    let (mut checks, mut failures) = (0, Vec::new());
    for tree in &trees {
        let domain = &tree.domain;
        let (walked, _) = drive(|question| tree.respond(question), |dns| walk(dns, domain));
        if u64::from(walked.lookups) != tree.lookups {
            let (ours, theirs) = (walked.lookups, tree.lookups);
            failures.push(format!("{domain}: counted {ours}, not {theirs}"));
        }
        for (ip, expected) in &tree.checks {
            checks += 1;
            let params = Params::for_domain(*ip, domain.as_str());
            let respond = |question: &Question| tree.respond(question);
            let (outcome, _) = drive(respond, |dns| evaluate(dns, &params));
            if expected != outcome.result.as_str() {
                failures.push(format!(
                    "{domain}: {ip} gives {}, not {expected}: {:?}",
                    outcome.result, outcome.cause
                ));
            }
        }
    }
    let count = trees.len();
    place::say(&format!(
        "real trees: {count} counted, {checks} checks evaluated"
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
