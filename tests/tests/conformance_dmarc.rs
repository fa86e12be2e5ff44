//! DMARC against other people's data: the worked examples of RFC 9989 and RFC 9990, and real records.

// The whole file is a test: a file that is not as described stops it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use postern_shared::dmarc::{
    Alignment, DestinationStatus, Determination, Parsed, Published, align, discover, parse, verify,
};
use postern_shared::dns::{
    DnsView, Name, Question, RecordData, RecordType, TxtRecord, Wanting, Zone,
};
use postern_tests::place;
use serde_json::Value;

/// The examples of one section of the file; none, loudly, where the data is not at hand.
fn examples(section: &str) -> Vec<Value> {
    let Some(text) = place::conformance("dmarc/rfc9989-examples.json") else {
        return Vec::new();
    };
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let examples = all[section].as_array().expect("a list").clone();
    assert!(!examples.is_empty(), "{section} holds examples");
    eprintln!("{section}: {} examples", examples.len());
    examples
}

fn text<'a>(example: &'a Value, key: &str) -> &'a str {
    example[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} of {example}"))
}

fn name(example: &Value, key: &str) -> Name {
    Name::parse(text(example, key)).expect("a name")
}

/// The zone of an example: its `records`, and nothing else in the world.
fn zone(example: &Value) -> Zone {
    let records = example["records"].as_object().expect("records");
    records.iter().fold(Zone::new(), |zone, (name, text)| {
        zone.txt(name, text.as_str().expect("a text"))
    })
}

/// A view that knows every answer, and what it was asked.
#[derive(Default)]
struct Empty;

impl DnsView for Empty {
    fn get(&self, _: &Question) -> Option<&postern_shared::dns::Answer> {
        None
    }
}

#[test]
fn walk_queries() {
    for example in examples("walk_queries") {
        let start = name(&example, "start");
        let expected: Vec<_> = example["queries"]
            .as_array()
            .expect("queries")
            .iter()
            .map(|query| query.as_str().expect("a name"))
            .collect();
        let found = discover(&Wanting::new(&Zone::new()), &start).expect("a whole zone");
        let asked: Vec<_> = found
            .steps
            .iter()
            .map(|step| step.question.name.as_str())
            .collect();
        assert_eq!(asked, expected, "{example}");
        // And all of them are wanted before the first is answered.
        let dns = Wanting::new(&Empty);
        assert_eq!(discover(&dns, &start), None);
        let mut expected = expected;
        expected.sort_unstable();
        let wanted = dns.into_wants();
        let wanted: Vec<_> = wanted
            .iter()
            .map(|question| question.name.as_str())
            .collect();
        assert_eq!(wanted, expected, "{example}");
    }
}

#[test]
fn organizational_domains() {
    for example in examples("organizational_domain") {
        let zone = zone(&example);
        let found = discover(&Wanting::new(&zone), &name(&example, "start")).expect("a whole zone");
        assert_eq!(
            found.organizational_domain,
            Determination::Known(name(&example, "expect")),
            "{example}"
        );
    }
}

#[test]
fn alignment() {
    for example in examples("alignment") {
        let zone = zone(&example);
        let expected = match text(&example, "expect") {
            "strict" => Alignment::Strict,
            "relaxed" => Alignment::Relaxed,
            "none" => Alignment::None,
            other => panic!("{other}"),
        };
        let dns = Wanting::new(&zone);
        let found = align(
            &dns,
            &name(&example, "author"),
            &name(&example, "identifier"),
        );
        assert_eq!(found, Some(Determination::Known(expected)), "{example}");
    }
}

fn published(text: &str) -> Published {
    match parse(text) {
        Parsed::Record(published) => *published,
        other => panic!("{text:?} is {other:?}"),
    }
}

#[test]
fn records() {
    for example in examples("records") {
        let strings = example["strings"].as_array().expect("strings").iter();
        let strings = strings.map(|s| s.as_str().expect("a string").to_owned());
        let text = TxtRecord(strings.collect()).text();
        let Published {
            record,
            diagnostics,
        } = published(&text);
        assert_eq!(diagnostics, [], "{example}");
        assert_eq!(record.to_string(), text);
        let uris = |uris: &[postern_shared::dmarc::ReportUri]| {
            Value::from(uris.iter().map(|uri| uri.text.clone()).collect::<Vec<_>>())
        };
        for (tag, expected) in example["expect"].as_object().expect("tags") {
            let found = match tag.as_str() {
                "p" => serde_json::to_value(record.p.valid()).expect("JSON"),
                "t" => Value::from(if record.is_testing() { "y" } else { "n" }),
                "rua" => uris(&record.rua),
                "ruf" => uris(&record.ruf),
                other => panic!("no such tag is compared: {other}"),
            };
            assert_eq!(&found, expected, "{tag} of {example}");
        }
    }
}

#[test]
fn external_destinations() {
    for example in examples("external_destination") {
        let query = name(&example, "query");
        let mut zone = Zone::new();
        let consent = RecordData::Txt(TxtRecord::single(text(&example, "answer")));
        zone.add(&query, RecordType::Txt, consent);
        let uri = text(&example, "uri");
        let record = published(&format!("v=DMARC1; p=none; ruf={uri}")).record;
        let dns = Wanting::new(&zone);
        let found = verify(&dns, &name(&example, "policy_domain"), &record).expect("a whole zone");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].uri, uri);
        assert_eq!(
            found[0].question,
            Some(Question::new(query, RecordType::Txt))
        );
        assert_eq!(text(&example, "expect"), "authorized");
        assert_eq!(found[0].status, DestinationStatus::Authorized, "{example}");
        // Without the answer nobody agreed.
        let silence = Zone::new();
        let found = verify(
            &Wanting::new(&silence),
            &name(&example, "policy_domain"),
            &record,
        );
        let found = found.expect("a whole zone");
        assert_eq!(
            found[0].status,
            DestinationStatus::Unauthorized,
            "{example}"
        );
    }
}

/// What became of one real text, in few words, and each kind of remark on it.
fn outcomes(text: &str) -> (String, BTreeSet<String>) {
    match parse(text) {
        Parsed::NotDmarc => ("not DMARC".to_owned(), BTreeSet::new()),
        Parsed::NearMiss(kind) => (format!("near miss: {kind:?}"), BTreeSet::new()),
        Parsed::Record(published) => {
            let Published {
                record,
                diagnostics,
            } = *published;
            assert_eq!(record.to_string(), text, "prints what was parsed");
            let length = text.chars().count();
            assert!(
                diagnostics
                    .iter()
                    .all(|d| d.span.start <= d.span.end && d.span.end as usize <= length),
                "{text}"
            );
            let codes = diagnostics.iter().map(|d| format!("{:?}", d.code));
            (
                format!("record, {:?}", record.processing()),
                codes.collect(),
            )
        }
    }
}

#[test]
fn real_records() {
    let Some(lines) = place::conformance("records/dmarc.jsonl") else {
        return;
    };
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut remarks: BTreeMap<String, u32> = BTreeMap::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let (outcome, codes) = outcomes(text(&line, "record"));
        *counts.entry(outcome).or_default() += 1;
        for code in codes {
            *remarks.entry(code).or_default() += 1;
        }
    }
    let total: u32 = counts.values().sum();
    place::say(&format!("real texts at _dmarc: {total} read"));
    for (outcome, count) in &counts {
        place::say(&format!("{count:>6} {outcome}"));
    }
    for (code, count) in &remarks {
        place::say(&format!("{count:>6} with {code}"));
    }
    let of = |kind: &str| -> u32 {
        let of_kind = counts
            .iter()
            .filter(|(outcome, _)| outcome.starts_with(kind));
        of_kind.map(|(_, count)| count).sum()
    };
    let records = of("record");
    assert_eq!(total, 1_228);
    // The data's own description: about one text in twenty is something else.
    assert!(
        records * 100 >= total * 90,
        "{records} records of {total} texts"
    );
    assert!(of("not DMARC") > 0 && remarks.len() > 5);
}
