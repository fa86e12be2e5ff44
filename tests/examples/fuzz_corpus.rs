//! Writes what fuzzing begins with: `fuzz_corpus FOLDER` makes a folder of inputs for each target, from the
//! conformance data, the lab's zones and the frozen protocol. Nothing of it is committed.

// A tool for people at a terminal: what is not as described stops it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use postern_shared::dns::wire::{encode_query, encode_response};
use postern_shared::dns::{Answer, Name, Question, RecordData, RecordType, Response, TxtRecord};
use postern_tests::place;
use serde_json::{Value, json};

/// The targets that read one record.
const RECORDS: [&str; 6] = [
    "bimi_record",
    "dkim_record",
    "dmarc_record",
    "mta_sts_record",
    "spf_record",
    "tls_rpt",
];

fn main() {
    let folder = std::env::args_os().nth(1).expect("fuzz_corpus FOLDER");
    let corpus = Corpus(PathBuf::from(folder));
    corpus.real_records();
    corpus.real_trees();
    corpus.suite();
    corpus.keys();
    corpus.lab();
    corpus.evidence();
}

/// Where the inputs go.
struct Corpus(PathBuf);

impl Corpus {
    fn add(&self, target: &str, input: impl AsRef<[u8]>) {
        let mut hasher = DefaultHasher::new();
        input.as_ref().hash(&mut hasher);
        let folder = self.0.join(target);
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join(format!("{:016x}", hasher.finish()));
        std::fs::write(file, input).expect("a file");
    }

    /// Records as they are published, each also as the message that brings it.
    fn real_records(&self) {
        for record in lines("records/spf.jsonl") {
            self.add("spf_record", text(&record, "record"));
        }
        for record in lines("records/dmarc.jsonl") {
            let (domain, record) = (text(&record, "domain"), text(&record, "record"));
            self.add("dmarc_record", record);
            // Among them are keys that somebody put there.
            self.add("dkim_record", record);
            let world = format!("{domain} mail.{domain}\n_dmarc.{domain} TXT {record}");
            self.add("dmarc_discover", world);
            self.answer(RecordData::Txt(TxtRecord::single(record)), RecordType::Txt);
        }
    }

    fn answer(&self, data: RecordData, record_type: RecordType) {
        let question = Question::new(Name::parse("example.org").expect("a name"), record_type);
        self.add("dns_wire", encode_query(&question));
        let answer = Answer::new(Response::from_records(vec![data]));
        self.add("dns_wire", encode_response(0, &question, &answer));
    }

    fn real_trees(&self) {
        for tree in lines("records/spf-trees.jsonl") {
            let client = tree["checks"][0]["ip"].as_str().unwrap_or("192.0.2.1");
            let domain = text(&tree, "domain");
            let mut world = format!("{client} x@{domain} mx.{domain}");
            for (name, record) in tree["records"].as_object().expect("records") {
                let record = record.as_str().expect("a record");
                let _ = write!(world, "\n{name} TXT {record}");
            }
            self.add("spf_evaluate", world);
        }
    }

    /// The community's suite: each of its tests, and its records by themselves.
    fn suite(&self) {
        let Some(suite) = place::conformance("spf/rfc7208-tests.json") else {
            return;
        };
        let suite: Value = serde_json::from_str(&suite).expect("JSON");
        for scenario in suite["scenarios"].as_array().expect("scenarios") {
            let zone = self.suite_zone(scenario["zone"].as_object().expect("a zone"));
            for test in scenario["tests"].as_array().expect("tests") {
                let [client, sender, helo] =
                    ["ip", "mail_from", "helo"].map(|key| test[key].as_str().unwrap_or_default());
                self.add("spf_evaluate", format!("{client} {sender} {helo}{zone}"));
            }
        }
    }

    fn suite_zone(&self, names: &serde_json::Map<String, Value>) -> String {
        let mut zone = String::new();
        for (name, records) in names {
            for record in records.as_array().expect("records") {
                let data = match (text(record, "type"), record["strings"].as_array()) {
                    ("TIMEOUT" | "SERVFAIL", _) => "FAIL TXT".to_owned(),
                    (_, Some(strings)) => {
                        let joined: String = strings.iter().filter_map(Value::as_str).collect();
                        self.add("spf_record", &joined);
                        format!("TXT {joined}")
                    }
                    (record_type, None) => {
                        let value = record.as_object().expect("a record").values();
                        let value = value.filter_map(Value::as_str).next_back();
                        format!("{record_type} {}", value.unwrap_or_default())
                    }
                };
                let _ = write!(zone, "\n{name} {data}");
            }
        }
        zone
    }

    /// Key records, each also as the key alone and as a signature that leads to it.
    fn keys(&self) {
        let Some(keys) = place::conformance("dkim/key-records.json") else {
            return;
        };
        let keys: Value = serde_json::from_str(&keys).expect("JSON");
        for case in keys["cases"].as_array().expect("cases") {
            let record = text(case, "record");
            self.add("dkim_record", record);
            let key = record.split("p=").nth(1).unwrap_or_default();
            self.add("dkim_record", key);
            let header =
                format!("DKIM-Signature: v=1; a=rsa-sha256; d=a.example;\r\n s=s1; b={key}");
            self.add("dkim_header", header);
        }
    }

    /// What stands between quotation marks in the lab's zones, and their MX records.
    fn lab(&self) {
        for zone in files(&place::repository().join("tests/lab/zones")) {
            let exchanges = zone.lines().filter(|line| line.contains(" MX "));
            self.add("mx_records", exchanges.collect::<Vec<_>>().join("\n"));
            for line in zone.lines().filter(|line| line.contains(" TXT \"")) {
                let record: String = line.split('"').skip(1).step_by(2).collect();
                for target in RECORDS {
                    self.add(target, &record);
                }
            }
        }
    }

    /// The frozen protocol: all that was ever saved, together and one by one.
    fn evidence(&self) {
        let frozen = place::repository().join("shared/tests/protocol");
        let read = |file| std::fs::read_to_string(frozen.join(file)).expect("the frozen protocol");
        self.add("evidence_json", read("evidence.json"));
        for observation in read("observations.jsonl").lines() {
            let observation: Value = serde_json::from_str(observation).expect("JSON");
            let alone = json!({
                "postern_evidence": 1,
                "domain": "example.org",
                "observations": [observation],
            });
            self.add("evidence_json", alone.to_string());
        }
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} of {value}"))
}

/// One file of the conformance data, a value a line; nothing, loudly, where it is not at hand.
fn lines(file: &str) -> Vec<Value> {
    let text = place::conformance(file).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// The texts of the files of a folder.
fn files(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("a folder");
    files
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a text"))
        .collect()
}
