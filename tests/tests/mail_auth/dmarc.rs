//! DMARC on both sides: what a record says, what it asks for, and what is aligned.

use std::net::Ipv4Addr;

use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::dmarc::{self, Dmarc, Policy, Psd};
use postern_shared::dmarc::{
    Alignment, AlignmentMode, DestinationStatus, Determination, Disposition, EffectivePolicy,
    Parsed, PublicSuffix, Record, ReportUri, TagValue, align, discover, effective_policies, parse,
    verify,
};
use postern_shared::dns::{
    DnsView, Name, Question, RecordData, RecordType, Response, TxtRecord, Wanting, Zone,
};
use postern_tests::place;
use serde_json::Value;

use crate::anchor::Anchor;
use crate::table::{Right, Row, check};

/// Records with one thing out of the ordinary each, besides the real ones.
const EDGES: &[&str] = &[
    "v=DMARC1",
    "v=DMARC1;",
    " v=DMARC1; p=none",
    "v=dmarc1; p=reject",
    "V=DMARC1;p=reject",
    "v=DMARC1 p=reject",
    "v=DMARC1; rua=mailto:a@b.example",
    "v=DMARC1; p=bogus; rua=mailto:a@b.example",
    "v=DMARC1; p=bogus",
    "v=DMARC1; p=reject; sp=bogus",
    "v=DMARC1; P=Reject",
    "v=DMARC1; p=none; p=reject",
    "v=DMARC1; p=none; adkim=x",
    "v=DMARC1; p=none; adkim=s; aspf=s",
    "v=DMARC1; p=reject; t=y",
    "v=DMARC1; p=reject; t=maybe; psd=z",
    "v=DMARC1; p=reject; psd=y",
    "v=DMARC1; p=reject; psd=n",
    "v=DMARC1; p=reject; np=none; sp=quarantine",
    "v=DMARC1; p=none; fo=9",
    "v=DMARC1; p=none; rua=https://b.example/",
    "v=DMARC1; p=none; rua=mailto:a@b.example!10m,mailto:c@d.example",
    "v=DMARC1; p=none; pct=0; rf=afrf; ri=1",
    "v=DMARC1; p=reject;; x=y",
    "v=DMARC1; p=reject; broken; sp=none",
];

/// Why the two differ. All sections are of RFC 9989.
const ROWS: &[Row] = &[
    Row {
        what: "drops white space inside a report URI, and so makes one of what is none",
        explains: &["real record: white space in rua"],
        count: 3,
        right: Right::Ours,
        rule: "§4.8: a URI of RFC 3986 holds no white space; what is no URI is ignored",
    },
    Row {
        what: "reads white space in front of the version, and the version in any case",
        explains: &[" v=DMARC1; p=none", "v=dmarc1; p=reject"],
        count: 2,
        right: Right::Ours,
        rule: "§4.7: v is the first tag and its value must match precisely; else the whole is ignored",
    },
    Row {
        what: "throws the whole record away for a value that it does not know",
        explains: &[
            "v=DMARC1; p=bogus; rua=mailto:a@b.example",
            "v=DMARC1; p=none; adkim=x",
            "v=DMARC1; p=none; fo=9",
        ],
        count: 3,
        right: Right::Ours,
        rule: "§4.8: such a tag is ignored or has its default; §4.10.1: without a valid p but with rua, p=none counts",
    },
    Row {
        what: "throws the whole record away, where we keep it and apply nothing",
        explains: &["v=DMARC1; p=bogus", "v=DMARC1; p=reject; sp=bogus"],
        count: 2,
        right: Right::Both,
        rule: "§4.10.1: without a valid p, sp, np and without rua, DMARC is not applied",
    },
    Row {
        what: "lets the last of two tags of one name count, we the first",
        explains: &["v=DMARC1; p=none; p=reject"],
        count: 1,
        right: Right::Both,
        rule: "§4.8 does not say which",
    },
    Row {
        what: "takes a tag without a value for part of the next, and loses that",
        explains: &["v=DMARC1; p=reject; broken; sp=none"],
        count: 1,
        right: Right::Ours,
        rule: "§4.8: tags are divided by semicolons; what is wrong with one is ignored",
    },
    Row {
        what: "takes the first of several records",
        explains: &["two records"],
        count: 1,
        right: Right::Ours,
        rule: "§4.10: several records at one name are all discarded",
    },
];

/// A record by its parts, where `rua` counts the mailboxes that get reports.
#[derive(Clone, Debug, PartialEq)]
struct Fields {
    p: String,
    sp: String,
    np: String,
    adkim: char,
    aspf: char,
    t: bool,
    psd: char,
    rua: usize,
}

fn our_record(text: &str) -> Option<Record> {
    match parse(text) {
        Parsed::Record(published) => Some(published.record),
        Parsed::NearMiss(_) | Parsed::NotDmarc => None,
    }
}

fn our_fields(text: &str) -> Option<Fields> {
    let record = our_record(text)?;
    let policy = |value: &TagValue<Disposition>, default: &str| match value {
        TagValue::Absent => default.to_owned(),
        TagValue::Invalid(_) => "invalid".to_owned(),
        TagValue::Valid(policy, _) => policy.to_string(),
    };
    let p = policy(&record.p, "absent");
    let sp = policy(&record.sp, &p);
    let mode = |mode| match mode {
        AlignmentMode::Relaxed => 'r',
        AlignmentMode::Strict => 's',
    };
    Some(Fields {
        np: policy(&record.np, &sp),
        p,
        sp,
        adkim: mode(record.dkim_alignment()),
        aspf: mode(record.spf_alignment()),
        t: record.is_testing(),
        psd: match record.public_suffix() {
            PublicSuffix::Yes => 'y',
            PublicSuffix::No => 'n',
            PublicSuffix::Undetermined => 'u',
        },
        rua: record.rua.iter().filter_map(ReportUri::host).count(),
    })
}

fn their_fields(text: &str) -> Option<Fields> {
    let octet = |c: char| u8::try_from(u32::from(c)).expect("an octet");
    let octets: Vec<u8> = text.chars().map(octet).collect();
    let record = Dmarc::parse(&octets).ok()?;
    let policy = |policy| match policy {
        Policy::Unspecified => "absent".to_owned(),
        known => known.to_string(),
    };
    let mode = |mode| match mode {
        dmarc::Alignment::Relaxed => 'r',
        dmarc::Alignment::Strict => 's',
    };
    Some(Fields {
        p: policy(record.p),
        sp: policy(record.sp),
        np: policy(record.np),
        adkim: mode(record.adkim),
        aspf: mode(record.aspf),
        t: record.t,
        psd: match record.psd {
            Psd::Yes => 'y',
            Psd::No => 'n',
            Psd::Default => 'u',
        },
        rua: record.rua.len(),
    })
}

/// Whether both ask the same for the domain, for a host of it and for a name below it that does not exist.
fn same_policies(texts: &[&str]) -> bool {
    const DOMAIN: &str = "bank.example";
    let name = |text: &str| Name::parse(text).expect("a name");
    let mut zone = Zone::new();
    for text in texts {
        let txt = RecordData::Txt(TxtRecord::single(text));
        zone.add(&name("_dmarc.bank.example"), RecordType::Txt, txt);
    }
    for host in [DOMAIN, "host.bank.example"] {
        let address = RecordData::A(Ipv4Addr::new(192, 0, 2, 1));
        zone.add(&name(host), RecordType::A, address);
    }
    let found = discover(&Wanting::new(&zone), &name(DOMAIN)).expect("a whole zone");
    let ours = effective_policies(&found, true);
    let anchor: Anchor<Dmarc> = Anchor::of(
        [DOMAIN, "_dmarc.bank.example", "host.bank.example"].into_iter(),
        &[],
        |question| answer(&zone, question),
    );
    [
        (ours.exact, DOMAIN),
        (ours.existing_subdomain, "host.bank.example"),
        (ours.non_existent_subdomain, "nobody.bank.example"),
    ]
    .iter()
    .all(|(ours, author)| {
        let theirs = anchor.verify_dmarc(author, author).0;
        our_policy(ours) == theirs.map(|policy| policy.to_string())
    })
}

fn our_policy(policy: &Determination<Option<EffectivePolicy>>) -> Option<String> {
    let disposition = policy.known()?.as_ref()?.disposition?;
    Some(disposition.to_string())
}

fn answer(zone: &Zone, question: &Question) -> Response {
    zone.get(question).expect("a whole zone").response.clone()
}

#[test]
fn records() {
    let Some(lines) = place::conformance("records/dmarc.jsonl") else {
        return;
    };
    let real: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let real = real
        .iter()
        .map(|line| line["record"].as_str().expect("a record"));
    let (mut compared, mut differences) = (0, Vec::new());
    for text in real.chain(EDGES.iter().copied()) {
        compared += 1;
        let (ours, theirs) = (our_fields(text), their_fields(text));
        let blind = |fields: &Fields| Fields {
            rua: 0,
            ..fields.clone()
        };
        if ours == theirs && same_policies(&[text]) {
            continue;
        }
        let only_reports = ours.as_ref().map(blind) == theirs.as_ref().map(blind);
        let spaced = our_record(text)
            .is_some_and(|record| record.rua.iter().any(|uri| uri.text.contains(' ')));
        differences.push(if only_reports && spaced {
            "real record: white space in rua".to_owned()
        } else {
            text.to_owned()
        });
    }
    compared += 1;
    if !same_policies(&["v=DMARC1; p=reject", "v=DMARC1; p=none"]) {
        differences.push("two records".to_owned());
    }
    let title = format!("DMARC beside mail-auth {}", crate::anchor::version());
    check(&title, ROWS, compared, &differences);
}

#[test]
fn examples() {
    let Some(text) = place::conformance("dmarc/rfc9989-examples.json") else {
        return;
    };
    let examples: Value = serde_json::from_str(&text).expect("JSON");
    let list = |section: &str| examples[section].as_array().expect("a list").clone();
    let (mut compared, mut differences) = (0, Vec::new());
    for example in list("alignment") {
        compared += 1;
        let (zone, anchor) = world(&example["records"]);
        let [author, identifier] = ["author", "identifier"].map(|key| text_of(&example, key));
        let ours = align(&Wanting::new(&zone), &name_of(author), &name_of(identifier));
        let ours = ours.expect("a whole zone") != Determination::Known(Alignment::None);
        if ours != anchor.verify_dmarc(author, identifier).1 {
            differences.push(format!("alignment: {example}"));
        }
    }
    // It gives no organizational domain away, but what is aligned with the expected one.
    for example in list("organizational_domain") {
        compared += 1;
        let (zone, anchor) = world(&example["records"]);
        let author = text_of(&example, "start");
        let found = discover(&Wanting::new(&zone), &name_of(author)).expect("a whole zone");
        let Determination::Known(organizational) = &found.organizational_domain else {
            panic!("a whole zone knows")
        };
        let ours = our_policy(&effective_policies(&found, true).exact);
        let (theirs, aligned) = anchor.verify_dmarc(author, organizational.as_str());
        if ours != theirs.map(|policy| policy.to_string()) || ours.is_some() != aligned {
            differences.push(format!("organizational domain: {example}"));
        }
    }
    for example in list("external_destination") {
        compared += 1;
        let [domain, uri] = ["policy_domain", "uri"].map(|key| text_of(&example, key));
        let query = text_of(&example, "query");
        let records = serde_json::json!({ query: example["answer"] });
        let (zone, anchor) = world(&records);
        let record = our_record(&format!("v=DMARC1; p=none; ruf={uri}")).expect("a record");
        let ours = verify(&Wanting::new(&zone), &name_of(domain), &record).expect("a whole zone");
        let ours = ours[0].status == DestinationStatus::Authorized;
        if ours != anchor.may_get_reports(domain, uri) {
            differences.push(format!("destination: {example}"));
        }
    }
    let title = "examples of RFC 9989 and RFC 9990 beside mail-auth";
    check(title, &[], compared, &differences);
}

/// A zone of TXT records, for both sides.
fn world(records: &Value) -> (Zone, Anchor<Dmarc>) {
    let records = records.as_object().expect("records");
    let zone = records.iter().fold(Zone::new(), |zone, (name, text)| {
        zone.txt(name, text.as_str().expect("a text"))
    });
    let names = records.keys().map(String::as_str);
    let anchor = Anchor::of(names, &[], |question| answer(&zone, question));
    (zone, anchor)
}

fn text_of<'v>(example: &'v Value, key: &str) -> &'v str {
    example[key].as_str().expect("a text")
}

fn name_of(text: &str) -> Name {
    Name::parse(text).expect("a name")
}
