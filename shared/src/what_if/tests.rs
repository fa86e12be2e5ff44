use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::checks::CheckId;
use crate::diagnostic::Level;
use crate::dns::{
    Answer, DnsView, Name, Question, RecordData, RecordType, Response, TxtRecord, Wanting, Zone,
};
use crate::evidence::{DnsFact, Fact, Observation, ProbeOutcome};
use crate::lint::{EditedCode, MAX_TEXT};
use crate::report::{MtaStsReason, ProfileName, Reason, Status, assess};
use crate::span::Span;
use crate::spf::{self, Cause, NoteCode, SyntaxCode};
use crate::time::{Millis, Timestamp};
use crate::{DomainName, dmarc, lint, mta_sts, mx};

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
    let edits = [(
        Editable::Mx,
        "10 other.example.net.\n\n; rubbish".to_owned(),
    )];
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
fn what_nobody_can_publish_is_not_weighed() {
    let seen = scanned();
    let profile = ProfileName::Standards.profile();
    let tried = |record, text: &str| {
        let edits = [(record, text.to_owned())];
        let trial = Trial::of(&seen, &nothing(), &edits, profile, None);
        (trial.left_out, trial.report == assess(&seen, profile))
    };
    let lost = (true, true);
    assert_eq!(tried(Editable::Mx, "mx.example.org"), lost);
    assert_eq!(tried(Editable::Mx, "99999 mx.example.org"), lost);
    assert_eq!(tried(Editable::Mx, "10 mx.example.org\nrubbish"), lost);
    assert_eq!(tried(Editable::Spf, &"x".repeat(MAX_TEXT + 1)), lost);
    assert_eq!(tried(Editable::Mx, ""), (false, false));
    assert_eq!(tried(Editable::Spf, "v=spf1 mxx"), (false, false));
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
    // A file, and lines of MX records, are one text.
    for record in [Editable::Mx, Editable::MtaStsPolicy] {
        assert_eq!(record.records("10 a.\n\n20 b."), [(0, "10 a.\n\n20 b.")]);
        assert_eq!(record.records(" \n"), []);
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (record, text, start, end, code) in [
        (
            Editable::Spf,
            BROKEN,
            11,
            22,
            EditedCode::Spf(Cause::Syntax {
                code: SyntaxCode::InvalidIpv4,
            }),
        ),
        (
            Editable::Spf,
            "v=spf1 -all\nv=spf1 a -all",
            12,
            25,
            EditedCode::Several(2),
        ),
        (
            Editable::Dmarc,
            "v=DMARC1; p=rejected",
            12,
            20,
            EditedCode::Dmarc(dmarc::DiagnosticCode::InvalidValue(dmarc::TagName::P)),
        ),
        (
            Editable::Dmarc,
            "p=reject",
            0,
            8,
            EditedCode::DmarcNearMiss(dmarc::NearMiss::MissingVersion),
        ),
        (
            Editable::Mx,
            "10 a.example.org.\nmail.example.org",
            18,
            34,
            EditedCode::Mx(mx::DiagnosticCode::MissingPreference),
        ),
        (
            Editable::MtaSts,
            "v=STSv1; id=2024-01",
            12,
            19,
            EditedCode::MtaSts(mta_sts::DiagnosticCode::InvalidId),
        ),
        (
            Editable::MtaStsPolicy,
            "version: STSv1\nmode: enforce\nmx: *.*.example\nmax_age: 604800",
            33,
            44,
            EditedCode::MtaStsPolicy(mta_sts::PolicyDiagnosticCode::Invalid(
                mta_sts::PolicyField::Mx,
            )),
        ),
    ] {
        let found = remarks(record, text, None).told;
        assert_eq!(found[0].code, code, "{text:?}");
        assert_eq!(found[0].span, Span::new(start, end), "{text:?}");
        assert_eq!(found[0].level, Level::Error, "{text:?}");
        assert_eq!(remarks(record, "", None), Remarks::default());
    }
    // In the second record, at its place in the whole text.
    let told = remarks(Editable::Spf, "v=spf1 -all\nv=spf1 x -all", None).told;
    assert_eq!(told[1].span, Span::new(19, 20));
}

#[test]
fn editor_and_command_line_remark_the_same() {
    for (record, text) in [
        (
            Editable::Spf,
            "v=spf1 ptr ip4:192.0.2.1/33 a:x..example ?all mx",
        ),
        (Editable::Spf, " v=spf1 -all"),
        (
            Editable::Dmarc,
            "v=DMARC1; p=rejct; pct=50;; rua=a@example.org",
        ),
        (Editable::Mx, "10 localhost\nx a.example\n10 . ."),
        (Editable::MtaSts, "v=STSv1; id=2024-01; x"),
        (Editable::MtaStsPolicy, "version: STSv1\nmode: Enforce\n\n"),
    ] {
        let lint = lint::lint(record.kind(), text);
        let Remarks { told, more } = remarks(record, text, None);
        assert_eq!((told.len(), more), (lint.remarks.len(), 0), "{text:?}");
        for remark in told {
            let same = |known: &lint::Remark| {
                (known.span, known.level) == (remark.span, remark.level)
                    && known.code == remark.code.clone().into()
            };
            assert!(lint.remarks.iter().any(same), "{remark:?}");
        }
    }
}

#[test]
fn what_only_the_tree_knows_is_told_too() {
    let text = "v=spf1 include:nowhere.example include:b.example a:x..example +all";
    let zone = Zone::new()
        .txt("example.org", text)
        .txt("b.example", "v=spf1 include:c.example -all")
        .txt("c.example", "v=spf1 foo -all");
    let dns = Wanting::new(&zone);
    let tree = spf::walk(&dns, &Name::parse("example.org").unwrap()).unwrap();
    let told = remarks(Editable::Spf, text, Some(&tree)).told;
    let said: Vec<(u32, Level, EditedCode)> = told
        .into_iter()
        .map(|remark| (remark.span.start, remark.level, remark.code))
        .collect();
    let (target, malformed) = ("nowhere.example".to_owned(), "x..example".to_owned());
    let code = SyntaxCode::UnknownMechanism;
    let below = spf::Problem::at("c.example", Span::new(7, 10), Cause::Syntax { code });
    assert_eq!(
        said,
        [
            (62, Level::Error, EditedCode::SpfNote(NoteCode::PassAll)),
            (
                7,
                Level::Error,
                EditedCode::Spf(Cause::IncludeWithoutRecord { target })
            ),
            // At the term that leads there.
            (31, Level::Error, EditedCode::SpfBelow(below)),
            // Once, though both know it.
            (
                51,
                Level::Warning,
                EditedCode::SpfNote(NoteCode::TargetMalformed { target: malformed })
            ),
        ]
    );
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
    assert_eq!(long.told[0].code, EditedCode::TooLong);
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
                let Span { start, end } = remark.span;
                prop_assert!(start <= end && end <= length, "{:?}", remark);
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
        known.insert(record.kind().as_str(), record);
        let Some(question) = record.question(&domain) else {
            assert_eq!(record, Editable::MtaStsPolicy);
            continue;
        };
        let publish = crate::report::Publish {
            name: question.name,
            record_type: question.record_type,
            value: String::new(),
        };
        assert_eq!(Editable::of(&publish, &domain), Some(record));
    }
    assert_eq!(known.len(), Editable::ALL.len());
    let text = RecordData::Txt(TxtRecord::single("x"));
    assert_eq!(Editable::Spf.published(&nothing()), "");
    assert!(!is_spf(&text));
}

/// `key: value` lines of a policy for the zone's only exchange.
const POLICY: &str = "version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 604800\n";

#[test]
fn an_mta_sts_record_and_its_policy_are_tried_together() {
    let seen = scanned();
    let profile = ProfileName::Standards.profile();
    let record = (Editable::MtaSts, "v=STSv1; id=1".to_owned());
    let policy = |text: &str| (Editable::MtaStsPolicy, text.to_owned());
    let tried = |edits: &[(Editable, String)]| {
        let report = assess(&supposing(&seen, &nothing(), edits), profile);
        assert_eq!(report.wants, [], "nothing of it is asked for");
        report
    };
    let word = |report: &Report| {
        let finding = report.finding(CheckId::MtaSts).unwrap();
        (finding.status, finding.reasons[0].clone())
    };
    let before = tried(&[]);
    assert_eq!(
        word(&before),
        (Status::Fail, Reason::MtaSts(MtaStsReason::Absent))
    );
    // Nobody fetched the file that a record leads to.
    let alone = word(&tried(std::slice::from_ref(&record)));
    assert_eq!(alone, (Status::Unknown, Reason::NeedsProbe));
    let both = tried(&[record.clone(), policy(POLICY)]);
    assert_eq!(word(&both).0, Status::Pass);
    assert!(both.score.tenths() > before.score.tenths());
    assert_eq!(changed(&before, &both).first(), Some(&CheckId::MtaSts));
    let other = tried(&[record.clone(), policy(&POLICY.replace("mx.", "mail."))]);
    assert!(matches!(
        word(&other),
        (Status::Fail, Reason::MtaSts(MtaStsReason::Uncovered { .. }))
    ));
    for (text, why) in [
        (String::new(), "status"),
        (POLICY.to_owned() + &"x: y\n".repeat(20_000), "too_large"),
    ] {
        let (status, reason) = word(&tried(&[record.clone(), policy(&text)]));
        assert_eq!(status, Status::Fail);
        let reason = serde_json::to_string(&reason).unwrap();
        assert!(reason.contains(why), "{reason}");
    }
}

#[test]
fn a_policy_that_was_fetched_stands_in_its_field() {
    let edits = |text: &str| [(Editable::MtaStsPolicy, text.to_owned())];
    let seen = supposing(
        &scanned(),
        &nothing(),
        &edits("version: STSv1\r\nmode: none\r\n"),
    );
    let published = Editable::MtaStsPolicy.published(&seen);
    assert_eq!(published, "version: STSv1\nmode: none\n");
    let supposed = supposing(&seen, &nothing(), &edits(POLICY));
    assert_eq!(Editable::MtaStsPolicy.published(&supposed), POLICY);
    assert_eq!(Editable::MtaStsPolicy.published(&nothing()), "");
}
