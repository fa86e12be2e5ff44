use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::DomainName;
use crate::checks::CheckId;
use crate::diagnostic::Level;
use crate::dns::{
    Answer, DnsView, Name, Question, RecordData, RecordType, Response, TxtRecord, Wanting, Zone,
};
use crate::evidence::{DnsFact, Fact, Observation, ProbeOutcome};
use crate::report::{ProfileName, Reason, Status, assess};
use crate::span::Span;
use crate::spf::{self, Cause, NoteCode, SyntaxCode};
use crate::time::{Millis, Timestamp};

const BROKEN: &str = "v=spf1 ip4:192.0.2.300 -all";

fn zone() -> Zone {
    let name = |text: &str| Name::parse(text).unwrap();
    let mut zone = Zone::new()
        .txt("example.org", "token=1")
        .txt("example.org", BROKEN)
        .txt("_dmarc.example.org", "v=DMARC1; p=none")
        .txt("_spf.example.net", "v=spf1 ip4:198.51.100.0/24 -all");
    let mx = RecordData::Mx {
        preference: 10,
        exchange: name("mx.example.org"),
    };
    zone.add(&name("example.org"), RecordType::Mx, mx);
    let address = RecordData::A([192, 0, 2, 1].into());
    zone.add(&name("mx.example.org"), RecordType::A, address);
    zone
}

fn answered(zone: &Zone, question: &Question) -> Observation {
    let fact = DnsFact {
        question: question.clone(),
        answer: zone
            .get(question)
            .cloned()
            .unwrap_or_else(|| Answer::new(Response::NoData)),
        resolver: "zone".into(),
        took: Millis(1),
    };
    Observation::new(Timestamp(7), Fact::Dns(fact))
}

/// Answers what is wanted into `beside` until nothing is; the questions.
fn answer(seen: &Evidence, beside: &mut Evidence, edits: &[(Editable, String)]) -> Vec<Question> {
    let profile = ProfileName::Standards.profile();
    let mut asked = Vec::new();
    loop {
        let wants = assess(&supposing(seen, beside, edits), profile).wants;
        if wants.is_empty() {
            return asked;
        }
        for question in wants {
            assert!(
                beside.apply(answered(&zone(), &question)),
                "{question} twice"
            );
            asked.push(question);
        }
    }
}

fn nothing() -> Evidence {
    Evidence::new(DomainName::parse("example.org").unwrap())
}

/// A scan of the zone without a probe server, to its end.
fn scanned() -> Evidence {
    let mut seen = nothing();
    let ended = Fact::Probe(ProbeOutcome::NoServer);
    seen.apply(Observation::new(Timestamp(9), ended));
    answer(&nothing(), &mut seen, &[]);
    seen
}

fn spf(text: &str) -> [(Editable, String); 1] {
    [(Editable::Spf, text.to_owned())]
}

#[test]
fn the_text_stands_in_the_place_of_the_record_of_its_kind() {
    let seen = scanned();
    let before = seen.clone();
    let supposed = supposing(&seen, &nothing(), &spf("v=spf1 mx -all"));
    let question = Editable::Spf.question(seen.domain()).unwrap();
    let texts = |evidence: &Evidence| -> Vec<String> {
        let text = |data: &RecordData| match data {
            RecordData::Txt(text) => text.text(),
            _ => panic!("TXT alone"),
        };
        let answer = evidence.get(&question).unwrap();
        answer.response.records().iter().map(text).collect()
    };
    assert_eq!(texts(&supposed), ["token=1", "v=spf1 mx -all"]);
    assert_eq!(Editable::Spf.published(&supposed), "v=spf1 mx -all");
    assert_eq!(texts(&seen), ["token=1", BROKEN]);
    assert_eq!(seen, before, "what was seen stays");
    let id = supposed.answer_id(&question).unwrap();
    assert_eq!(id.as_str(), "dns/TXT/example.org@supposed");
    // Taken out altogether: the other record of the name stays.
    assert_eq!(
        texts(&supposing(&seen, &nothing(), &spf(" \n"))),
        ["token=1"]
    );
    // Too long to be published: nothing changes.
    let long = format!("v=spf1 {} -all", "a".repeat(MAX_TEXT));
    assert_eq!(supposing(&seen, &nothing(), &spf(&long)), seen);
}

#[test]
fn a_mended_record_raises_the_score_and_asks_for_what_it_leads_to_alone() {
    let seen = scanned();
    let profile = ProfileName::Standards.profile();
    let edits = spf("v=spf1 include:_spf.example.net -all");
    let mut beside = nothing();
    let asked = answer(&seen, &mut beside, &edits);
    let names: Vec<String> = asked.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["_spf.example.net TXT"]);
    let before = assess(&seen, profile);
    let after = assess(&supposing(&seen, &beside, &edits), profile);
    assert!(after.score.tenths() > before.score.tenths());
    let status = |report: &Report| report.finding(CheckId::Spf).unwrap().status;
    assert_eq!(
        (status(&before), status(&after)),
        (Status::Fail, Status::Pass)
    );
    assert_eq!(changed(&before, &after).first(), Some(&CheckId::Spf));
    assert_eq!(changed(&before, &before), []);
}

#[test]
fn a_sender_is_judged_by_the_text_that_is_tried() {
    let seen = scanned();
    let profile = ProfileName::Standards.profile();
    let edits = spf("v=spf1 include:_spf.example.net -all");
    let sender = spf::Params::for_domain([198, 51, 100, 9].into(), "example.org");
    let mut beside = nothing();
    let trial = |beside: &Evidence| Trial::of(&seen, beside, &edits, profile, Some(&sender));
    let first = trial(&beside);
    assert_eq!((first.tree, first.outcome), (None, None));
    let wanted: Vec<String> = first.wants.iter().map(ToString::to_string).collect();
    assert!(
        wanted.iter().all(|q| q == "_spf.example.net TXT"),
        "{wanted:?}"
    );
    beside.apply(answered(&zone(), &first.wants[0]));
    let then = trial(&beside);
    assert_eq!(then.wants, []);
    assert_eq!(then.outcome.unwrap().result, spf::SpfResult::Pass);
    assert_eq!(then.tree.unwrap().lookups, 1);
    // As published, the record is broken.
    let published = Trial::of(&seen, &nothing(), &[], profile, Some(&sender));
    assert_eq!(published.outcome.unwrap().result, spf::SpfResult::PermError);
    assert_eq!(published.report, assess(&seen, profile));
}

#[test]
fn another_mail_server_is_looked_up_and_not_probed() {
    let seen = scanned();
    let edits = [(Editable::Mx, "10 other.example.net.\nrubbish".to_owned())];
    let mut beside = nothing();
    let asked = answer(&seen, &mut beside, &edits);
    assert!(asked.iter().any(|q| q.to_string() == "other.example.net A"));
    let supposed = supposing(&seen, &beside, &edits);
    assert_eq!(Editable::Mx.published(&supposed), "10 other.example.net.");
    let report = assess(&supposed, ProfileName::Standards.profile());
    let relay = report.finding(CheckId::Relay).unwrap();
    assert!(!relay.is_pending(), "{relay:?}");
    assert_ne!(relay.status, Status::Pass);
    assert!(!relay.reasons.contains(&Reason::Pending));
}

#[test]
fn a_record_broken_into_lines_is_one_record() {
    let records = |text| Editable::Spf.records(text);
    assert_eq!(records("v=spf1\n -all\n"), [(0, "v=spf1\n -all")]);
    assert_eq!(
        records("\nv=spf1 é -all\r\nV=spf1 a\n"),
        [(1, "v=spf1 é -all"), (16, "V=spf1 a")]
    );
    assert_eq!(records(" \n\n"), []);
    assert_eq!(
        Editable::Mx.records("10 a.\n\n20 b."),
        [(0, "10 a."), (7, "20 b.")]
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let first = |record, text: &str| remarks(record, text, None).told.into_iter().next().unwrap();
    let found = first(Editable::Spf, BROKEN);
    assert_eq!(found.span, Some(Span::new(11, 22)));
    assert_eq!(found.level, Level::Error);
    let code = SyntaxCode::InvalidIpv4;
    assert_eq!(found.what, What::Spf(Cause::Syntax { code }));
    let found = first(Editable::Dmarc, "v=DMARC1; p=rejected");
    assert_eq!(found.span, Some(Span::new(12, 20)));
    let found = first(Editable::Dmarc, "p=reject; rua=mailto:a@example.org");
    assert!(matches!(found.what, What::DmarcNearMiss(_)), "{found:?}");
    assert_eq!(found.span, Some(Span::new(0, 8)));
    let found = first(Editable::Mx, "10 a.example.org.\nmail.example.org");
    assert_eq!(found.what, What::Mx(MxFault::Preference));
    assert_eq!(found.span, Some(Span::new(18, 34)));
    let found = first(Editable::Spf, "v=spf1 -all\nv=spf1 a -all");
    assert_eq!(found.what, What::Several(2));
    // In the second record, at its place in the whole text.
    let told = remarks(Editable::Spf, "v=spf1 -all\nv=spf1 x -all", None).told;
    assert_eq!(told[1].span, Some(Span::new(19, 20)));
    assert_eq!(remarks(Editable::Spf, "", None), Remarks::default());
}

#[test]
fn what_only_the_tree_knows_is_told_too() {
    let text = "v=spf1 include:nowhere.example +all";
    let zone = Zone::new().txt("example.org", text);
    let dns = Wanting::new(&zone);
    let tree = spf::walk(&dns, &Name::parse("example.org").unwrap()).unwrap();
    let told = remarks(Editable::Spf, text, Some(&tree)).told;
    let is = |what: &What| told.iter().any(|remark| remark.what == *what);
    let target = "nowhere.example".to_owned();
    assert!(
        is(&What::Spf(Cause::IncludeWithoutRecord { target })),
        "{told:?}"
    );
    assert!(is(&What::SpfNote(NoteCode::PassAll)), "{told:?}");
    // The tree of another text says nothing about this one.
    assert_eq!(
        remarks(Editable::Spf, "v=spf1 -all", Some(&tree)),
        Remarks::default()
    );
}

#[test]
fn what_no_record_can_hold_is_bounded_and_told() {
    let terms = format!("v=spf1 {}", "q ".repeat(20_000));
    let lines = "v=spf1 q\n".repeat(1_000);
    for text in [
        terms.as_str(),
        lines.as_str(),
        "v=spf1 \0 -all",
        "v=spf1 \u{202e}-all",
    ] {
        for record in Editable::ALL {
            let Remarks { told, more } = remarks(record, text, None);
            assert!(
                !told.is_empty() && told.len() <= 20,
                "{record:?} {}",
                told.len()
            );
            assert!(record != Editable::Spf || more > 0 || text.len() < 100);
        }
    }
    let long = remarks(Editable::Mx, &"1".repeat(MAX_TEXT + 1), None);
    assert_eq!(long.told[0].what, What::TooLong);
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "(v=(spf1|DMARC1;?)|[ \n\r;]|p=|\\PC|[a-z0-9:=.]|\u{202e}|\0){0,60}") {
        let length = text.chars().count() as u32;
        for record in Editable::ALL {
            for (at, found) in record.records(&text) {
                let there: String = text.chars().skip(at).take(found.chars().count()).collect();
                prop_assert_eq!(there, found);
            }
            for remark in remarks(record, &text, None).told {
                if let Some(span) = remark.span {
                    prop_assert!(span.start <= span.end && span.end <= length, "{:?}", remark);
                }
            }
            let supposed = supposing(&nothing(), &nothing(), &[(record, text.clone())]);
            prop_assert!(supposed.observations().count() <= 1);
        }
    }
}

#[test]
fn every_editor_knows_the_mend_that_belongs_to_it() {
    let domain = DomainName::parse("example.org").unwrap();
    let mut known = BTreeMap::new();
    for record in Editable::ALL {
        let question = record.question(&domain).unwrap();
        let publish = crate::report::Publish {
            name: question.name,
            record_type: question.record_type,
            value: String::new(),
        };
        assert_eq!(Editable::of(&publish, &domain), Some(record));
        known.insert(record.as_str(), record.name());
    }
    assert_eq!(known.len(), Editable::ALL.len());
    let text = RecordData::Txt(TxtRecord::single("x"));
    assert_eq!(Editable::Spf.published(&nothing()), "");
    assert!(!is_spf(&text));
}
