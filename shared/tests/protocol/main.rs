//! The JSON of version 1 is frozen: what travels over the WebSocket, and what is saved as evidence.
//!
//! Pages and probe servers of different ages speak to each other, and evidence is opened years later. The files
//! beside this one hold an example a line; `POSTERN_BLESS=1` writes them anew, and the difference then needs a new
//! version of the protocol, unless lines were only added.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::unwrap_used)]

mod samples;
mod tls;

use std::fmt::Debug;
use std::path::Path;

use postern_shared::DomainName;
use postern_shared::evidence::Evidence;
use postern_shared::protocol::{self, BadMessage, ClientMessage, ServerMessage};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[test]
fn messages_of_the_client() {
    assert_frozen("client_messages.jsonl", &samples::client_messages());
}

#[test]
fn messages_of_the_server() {
    assert_frozen("server_messages.jsonl", &samples::server_messages());
}

#[test]
fn observations() {
    assert_frozen("observations.jsonl", &samples::observations());
}

#[test]
fn saved_evidence() {
    let mut evidence = Evidence::new(DomainName::parse("example.org").unwrap());
    for observation in samples::observations() {
        evidence.apply(observation);
    }
    let kept = kept("evidence.json", &evidence.to_json());
    assert_eq!(kept.trim_end(), evidence.to_json());
    assert_eq!(Evidence::from_json(&kept), Ok(evidence));
}

/// A newer server may say more about what this version knows; what it does not know at all is refused.
#[test]
fn what_another_version_says() {
    let known = r#"{"finished":{"took":1,"mood":"good"}}"#;
    assert!(protocol::decode::<ServerMessage>(known).is_ok());
    for unknown in [
        r#"{"sang":{"song":"la"}}"#,
        r#"{"refused":{"code":"bored"}}"#,
        "{}",
        "[]",
        "",
    ] {
        assert_eq!(
            protocol::decode::<ServerMessage>(unknown),
            Err(BadMessage),
            "{unknown}"
        );
    }
    for not_a_scan in [
        r#"{"scan":{"domain":"example.org","address":"192.0.2.1"}}"#,
        r#"{"scan":{"domain":"192.0.2.1"}}"#,
        r#"{"scan":{"domain":"localhost"}}"#,
        r#"{"scan":{}}"#,
        r#"{"dial":{"address":"192.0.2.1"}}"#,
    ] {
        assert_eq!(
            protocol::decode::<ClientMessage>(not_a_scan),
            Err(BadMessage),
            "{not_a_scan}"
        );
    }
}

/// Each value is written as its line is, and each line is read as its value.
fn assert_frozen<T: Serialize + DeserializeOwned + Debug + PartialEq>(file: &str, values: &[T]) {
    let written: String = values
        .iter()
        .map(|value| protocol::encode(value) + "\n")
        .collect();
    let kept = kept(file, &written);
    assert_eq!(
        kept.lines().count(),
        values.len(),
        "{file}: lines; POSTERN_BLESS=1 writes it anew"
    );
    for (line, value) in kept.lines().zip(values) {
        assert_eq!(line, protocol::encode(value), "{file}: written otherwise");
        assert_eq!(
            protocol::decode::<T>(line).as_ref(),
            Ok(value),
            "{file}: read otherwise: {line}"
        );
    }
}

/// What the file beside this one holds; `POSTERN_BLESS=1` writes it first.
fn kept(file: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/protocol")
        .join(file);
    if std::env::var_os("POSTERN_BLESS").is_some() {
        std::fs::write(&path, format!("{}\n", text.trim_end())).unwrap();
    }
    std::fs::read_to_string(&path).unwrap_or_default()
}
