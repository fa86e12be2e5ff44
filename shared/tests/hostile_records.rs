//! Records that nobody publishes by mistake: each is read in bounded time and space, and what is wrong is said.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::net::IpAddr;

use postern_shared::dmarc::{self, DiagnosticCode, Parsed, TagName};
use postern_shared::dns::{
    Name, Question, RecordData, RecordType, Response, TxtRecord, Wanting, Zone,
};
use postern_shared::spf::{
    Cause, Note, NoteCode, Outcome, Params, Record, SpfResult, SyntaxCode, Tree, evaluate, read,
    walk,
};

/// The most octets of a record that fit into one answer.
const LENGTH: usize = 65_535;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn client() -> IpAddr {
    "203.0.113.9".parse().unwrap()
}

fn checked(zone: &Zone, params: &Params) -> Outcome {
    let outcome = evaluate(&Wanting::new(zone), params).unwrap();
    assert!(outcome.trace.len() <= 500 && outcome.lookups <= 10);
    assert!(outcome.trace.iter().all(|step| step.term().len() <= 256));
    outcome
}

fn check(zone: &Zone) -> Outcome {
    checked(zone, &Params::for_domain(client(), "d.example"))
}

fn walked(zone: &Zone) -> Tree {
    let tree = walk(&Wanting::new(zone), &name("d.example")).unwrap();
    assert!(tree.problems.len() <= 500 && tree.notes.len() <= 500);
    tree
}

fn only(text: &str) -> Zone {
    Zone::new().txt("d.example", text)
}

fn cause(zone: &Zone) -> Cause {
    check(zone).cause.unwrap().cause
}

fn filled(start: &str, piece: &str) -> String {
    let text: String = start
        .chars()
        .chain(piece.chars().cycle())
        .take(LENGTH)
        .collect();
    assert_eq!(text.chars().count(), LENGTH);
    text
}

#[test]
fn spf_records_of_64_kilobytes() {
    for (piece, code) in [
        (" ip4:192.0.2.300", SyntaxCode::InvalidIpv4),
        (" x", SyntaxCode::UnknownMechanism),
        ("%{", SyntaxCode::UnknownMechanism),
        (" \u{ff}", SyntaxCode::Character),
        (" \0", SyntaxCode::Character),
        ("\t", SyntaxCode::Version),
    ] {
        let text = filled("v=spf1", piece);
        let errors = read(&text).errors;
        assert!(!errors.is_empty() && errors.len() <= LENGTH / 2);
        if code == SyntaxCode::Version || piece == "%{" {
            // No version, and so no record: nothing is evaluated.
            assert_eq!(cause(&only(&text)), Cause::NoRecord, "{piece:?}");
            continue;
        }
        assert_eq!(errors[0].code, code, "{piece:?}");
        assert_eq!(errors[0].term.start, 7);
        assert_eq!(cause(&only(&text)), Cause::Syntax { code });
        let tree = walked(&only(&text));
        assert!(tree.truncated, "{piece:?}");
        assert_eq!(tree.problems[0].cause, Cause::Syntax { code });
    }
}

#[test]
fn a_record_of_a_thousand_strings_is_one_text() {
    let mut strings = vec!["v=spf1 ".to_owned()];
    strings.extend((0..998).map(|n| format!("ip4:192.0.2.{} ", n % 256)));
    strings.push("ip4:203.0.113.9 -all".to_owned());
    assert_eq!(strings.len(), 1_000);
    let mut zone = Zone::new();
    let txt = RecordData::Txt(TxtRecord(strings));
    zone.add(&name("d.example"), RecordType::Txt, txt);
    assert_eq!(check(&zone).result, SpfResult::Pass);
    let oversize =
        |code: &NoteCode| matches!(code, NoteCode::OversizeRecord { octets } if *octets > 10_000);
    assert!(walked(&zone).notes.iter().any(|note| oversize(&note.code)));
}

#[test]
fn a_thousand_records_are_too_many() {
    let mut zone = Zone::new();
    for n in 0..1_000 {
        let text = format!("v=spf1 ip4:192.0.2.1 exp=e{n}.example");
        zone.add(
            &name("d.example"),
            RecordType::Txt,
            RecordData::Txt(TxtRecord::single(&text)),
        );
    }
    assert_eq!(cause(&zone), Cause::SeveralRecords { count: 1_000 });
}

#[test]
fn characters_that_no_record_holds_have_their_place() {
    for (text, at) in [
        ("v=spf1 a:m\u{e4}il.example -all", 10),
        ("v=spf1 ip4:192.0.2.1\0 -all", 20),
        ("v=spf1 a\u{a0}mx -all", 8),
    ] {
        let error = Record::parse(text).unwrap_err();
        assert_eq!(
            (error.code, error.span.start),
            (SyntaxCode::Character, at),
            "{text:?}"
        );
    }
}

#[test]
fn ten_thousand_terms() {
    let addresses = " ip4:192.0.2.1".repeat(10_000);
    let outcome = check(&only(&format!("v=spf1{addresses} ip4:203.0.113.9 -all")));
    assert_eq!(outcome.result, SpfResult::Pass);
    let hosts: String = (0..10_000).map(|n| format!(" a:h{n}.example")).collect();
    let zone = only(&format!("v=spf1{hosts} -all"));
    assert_eq!(cause(&zone), Cause::TooManyVoidLookups);
    let tree = walked(&zone);
    assert!(tree.truncated && tree.root.terms.len() <= 5_000);
    let over = |cause: &Cause| *cause == Cause::TooManyLookups;
    assert!(tree.problems.iter().any(|problem| over(&problem.cause)));
}

#[test]
fn a_repeated_term_is_found_among_four_thousand() {
    let address = |n: u16| format!("8.0.{}.{}", n / 256, n % 256);
    let addresses: String = (0..4_000)
        .rev()
        .map(|n| format!(" ip4:{}", address(n)))
        .collect();
    let again = format!("+IP4:{}", address(3_999));
    let text = format!("v=spf1{addresses} {again} -all");
    let tree = walked(&only(&text));
    let repeated = |note: &&Note| note.code == NoteCode::RepeatedTerm;
    let found: Vec<_> = tree.notes.iter().filter(repeated).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].span.unwrap().start as usize,
        text.len() - "-all".len() - 1 - again.len()
    );
}

#[test]
fn slips_between_ten_thousand_terms_stay_in_order() {
    let tree = walked(&only(&format!(
        "v=spf1{}",
        " ip4:192.0.2.1 x".repeat(5_000)
    )));
    let spans = tree.root.terms.iter().map(|term| term.span);
    assert!(spans.is_sorted() && tree.truncated);
}

#[test]
fn includes_in_a_circle() {
    let zone = Zone::new()
        .txt("d.example", "v=spf1 include:e.example -all")
        .txt("e.example", "v=spf1 include:f.example -all")
        .txt("f.example", "v=spf1 redirect=d.example");
    let target = "d.example".to_owned();
    assert_eq!(cause(&zone), Cause::Loop { target });
    assert_eq!(check(&zone).result, SpfResult::PermError);
    let problem = &walked(&zone).problems[0];
    assert_eq!(problem.domain, "f.example");
    assert_eq!(problem.span.unwrap().start, 7);
}

#[test]
fn five_hundred_exchanges() {
    let mut zone = only("v=spf1 mx -all");
    for n in 0..500 {
        let exchange = name(&format!("mx{n}.example"));
        zone.add(
            &name("d.example"),
            RecordType::Mx,
            RecordData::Mx {
                preference: 1,
                exchange,
            },
        );
    }
    let target = "d.example".to_owned();
    assert_eq!(cause(&zone), Cause::TooManyMxHosts { target, count: 500 });
    // Ten of them are asked for, and no more.
    let known = AllBut {
        zone: &zone,
        missing: RecordType::A,
    };
    let dns = Wanting::new(&known);
    let _ = walk(&dns, &name("d.example"));
    assert_eq!(dns.into_wants().len(), 10);
}

/// A zone in which one type is never answered.
struct AllBut<'z> {
    zone: &'z Zone,
    missing: RecordType,
}

impl postern_shared::dns::DnsView for AllBut<'_> {
    fn get(&self, question: &Question) -> Option<&postern_shared::dns::Answer> {
        (question.record_type != self.missing).then(|| self.zone.get(question))?
    }
}

#[test]
fn macros_that_stand_for_ten_megabytes() {
    let mut params = Params::for_domain(client(), "d.example");
    params.mail_from = format!("{}@d.example", "x".repeat(640));
    let many = "%{l}".repeat(16_000);
    let zone = only(&format!(
        "v=spf1 exists:{many}.e.example exists:{many} -all exp=e.example"
    ));
    let zone = zone.txt("e.example", &many);
    let outcome = checked(&zone, &params);
    assert_eq!(outcome.result, SpfResult::Fail);
    let targets = outcome.trace.iter().filter_map(|step| step.target.as_ref());
    assert!(targets.clone().count() == 2 && targets.clone().all(|target| target.len() <= 253));
    assert_eq!(outcome.explanation.unwrap().len(), 2_048);
}

fn diagnostics(text: &str) -> Vec<DiagnosticCode> {
    match dmarc::parse(text) {
        Parsed::Record(published) => {
            assert_eq!(published.record.to_string(), text);
            published.diagnostics.iter().map(|d| d.code).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn dmarc_records_of_64_kilobytes() {
    for (piece, code) in [
        ("; x=y", DiagnosticCode::UnknownTag),
        ("; p=none", DiagnosticCode::DuplicateTag(TagName::P)),
        ("; broken", DiagnosticCode::NotATag),
        (";", DiagnosticCode::EmptyTag),
        ("\0", DiagnosticCode::InvalidCharacter),
        ("\u{ff}", DiagnosticCode::InvalidCharacter),
        (
            ",mailto:a@b.example",
            DiagnosticCode::ManyUris(TagName::Rua),
        ),
    ] {
        let codes = diagnostics(&filled("v=DMARC1; p=none; rua=mailto:a@b.example", piece));
        assert!(codes.contains(&code), "{piece:?}: {:?}", codes.first());
    }
}

#[test]
fn a_thousand_dmarc_records_are_discarded() {
    let mut zone = Zone::new();
    for n in 0..1_000 {
        zone = zone.txt("_dmarc.d.example", &format!("v=DMARC1; p=reject; x={n}"));
    }
    let found = dmarc::discover(&Wanting::new(&zone), &name("d.example")).unwrap();
    assert_eq!(found.discarded().count(), 1);
    assert!(found.published().is_none());
}

#[test]
fn a_thousand_report_destinations_are_not_all_asked() {
    let uris: String = (0..1_000)
        .map(|n| format!(",mailto:a@h{n}.example"))
        .collect();
    let text = format!("v=DMARC1; p=none; rua=mailto:a@b.example{uris}");
    let Parsed::Record(published) = dmarc::parse(&text) else {
        panic!("a record")
    };
    struct Nothing;
    impl postern_shared::dns::DnsView for Nothing {
        fn get(&self, _: &Question) -> Option<&postern_shared::dns::Answer> {
            None
        }
    }
    let dns = Wanting::new(&Nothing);
    assert_eq!(
        dmarc::verify(&dns, &name("d.example"), &published.record),
        None
    );
    let wanted = dns.into_wants().len();
    assert!(wanted < 200, "{wanted} questions");
}

/// An answer that is none of TXT, and records that are empty.
#[test]
fn nothing_to_read() {
    let mut zone = Zone::new();
    let question = Question::new(name("d.example"), RecordType::Txt);
    let empty = RecordData::Txt(TxtRecord(Vec::new()));
    zone.insert(
        question,
        Response::Records(vec![empty, RecordData::A([192, 0, 2, 1].into())]),
    );
    assert_eq!(cause(&zone), Cause::NoRecord);
    assert_eq!(dmarc::parse(""), Parsed::NotDmarc);
}
