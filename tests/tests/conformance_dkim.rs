//! DKIM against other people's data: keys of known length, and the selectors that public tools know.

// The whole file is a test: a file that is not as described stops it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use postern_shared::diagnostic::Level;
use postern_shared::dkim::{COMMON, Form, Parsed, parse};
use postern_shared::provider::Provider;
use postern_tests::place;
use serde_json::Value;

/// The list under `key` in a file; none, loudly, where the data is not at hand.
fn list(file: &str, key: &str) -> Vec<Value> {
    let Some(text) = place::conformance(file) else {
        return Vec::new();
    };
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let list = all[key].as_array().expect("a list").clone();
    assert!(!list.is_empty(), "{key} holds something");
    eprintln!("{file}: {} {key}", list.len());
    list
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} of {value}"))
}

#[test]
fn key_records() {
    for case in list("dkim/key-records.json", "cases") {
        let record = text(&case, "record");
        let Parsed::Record(published) = parse(record) else {
            panic!("no record: {case}");
        };
        assert_eq!(text(&case, "outcome"), "valid", "all that there are");
        let key = published.record.key.expect("a key");
        let form = match key.form {
            Form::Spki => "spki",
            Form::Pkcs1 => "pkcs1",
            Form::Raw => "ed25519",
        };
        assert_eq!(form, text(&case["key"], "form"), "{case}");
        assert_eq!(u64::from(key.bits), case["key"]["bits"], "{case}");
        assert_eq!(published.record.to_string(), record);
        let wrong = |remark: &postern_shared::dkim::Diagnostic| remark.code.level() == Level::Error;
        assert!(!published.diagnostics.iter().any(wrong), "{case}");
    }
}

/// The order of the file is that of how often they are met.
#[test]
fn the_usual_selectors_stand_in_the_file_in_its_order() {
    let known = list("dkim-selectors.json", "selectors");
    if known.is_empty() {
        return;
    }
    let mut rest = known.iter().map(|entry| text(entry, "selector"));
    for selector in COMMON.split(' ') {
        assert!(
            rest.any(|known| known.eq_ignore_ascii_case(selector)),
            "{selector} is not in the file, or not in this place"
        );
    }
}

/// What the file says about aliases, our table says too.
#[test]
fn aliases_lead_to_the_providers_that_the_file_names() {
    for target in list("dkim-selectors.json", "cname_targets") {
        let suffix = text(&target, "suffix");
        let host = format!("key.{suffix}").parse().expect("a name");
        let provider = Provider::of(&host).unwrap_or_else(|| panic!("nobody at {suffix}"));
        let named = text(&target, "provider");
        assert_eq!(provider.name, named, "{suffix}");
    }
}

/// A selector that we ask for because of a provider is one that somebody has seen.
#[test]
fn the_selectors_of_providers_stand_in_the_file() {
    let known = list("dkim-selectors.json", "selectors");
    if known.is_empty() {
        return;
    }
    for selector in Provider::all().flat_map(Provider::selectors) {
        assert!(
            known
                .iter()
                .any(|entry| text(entry, "selector").eq_ignore_ascii_case(selector)),
            "{selector}"
        );
    }
}
