//! The zones of the suite.

use std::collections::BTreeMap;

use postern_shared::dns::{Failure, Name, Question, RecordData, RecordType, Response, TxtRecord};
use serde_json::Value;

/// A zone in the suite's own terms: the records of each name, and the look-ups that fail.
#[derive(Clone, Debug, Default)]
pub struct SuiteZone {
    names: BTreeMap<String, Vec<Value>>,
}

impl SuiteZone {
    /// Reads a zone.
    ///
    /// # Panics
    /// When it is not written as the data's own description says.
    #[must_use]
    pub fn of(zone: &Value) -> Self {
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

    /// Every name that exists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// What a resolver says to `question`, aliases followed.
    ///
    /// # Panics
    /// As [`SuiteZone::of`].
    #[must_use]
    pub fn respond(&self, question: &Question) -> Response {
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
