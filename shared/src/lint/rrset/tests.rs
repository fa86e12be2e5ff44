use proptest::prelude::*;

use super::*;

/// A record in these strings, none of which is too long.
fn written(strings: &[&str]) -> Written {
    let mut written = Written::default();
    for string in strings {
        if !written.text.is_empty() {
            written.borders.push(written.text.chars().count());
        }
        written.text.push_str(string);
    }
    written
}

/// The text that is read, and the remarks: level, characters, and code.
fn linted(kind: RecordKind, records: &[&[&str]]) -> (String, Vec<String>) {
    let records: Vec<Written> = records.iter().map(|strings| written(strings)).collect();
    let (text, lint) = lint_rrset(kind, &records);
    let remarks = lint.remarks.iter().map(|remark| {
        let length = (remark.span.end - remark.span.start) as usize;
        let place = text.chars().skip(remark.span.start as usize).take(length);
        let place: String = place.collect();
        let level = serde_json::to_value(remark.level).unwrap();
        let code = serde_json::to_string(&remark.code).unwrap();
        format!("{} {place:?} {code}", level.as_str().unwrap())
    });
    let remarks = remarks.collect();
    (text, remarks)
}

#[test]
fn what_is_of_another_kind_is_left_out() {
    let token: &[&str] = &["token=1"];
    let dkim = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    for (kind, record) in [
        (RecordKind::Spf, "v=spf1 mx -all"),
        (
            RecordKind::Dmarc,
            "v=DMARC1; p=reject; rua=mailto:a@example.org",
        ),
        (RecordKind::Dkim, dkim),
        (RecordKind::MtaSts, "v=STSv1; id=1;"),
        (RecordKind::TlsRpt, "v=TLSRPTv1; rua=mailto:a@example.org"),
        (
            RecordKind::Bimi,
            "v=BIMI1; l=https://x.example/logo.svg; a=;",
        ),
    ] {
        let found = linted(kind, &[token, &[record], &["v=other1; x"]]);
        assert_eq!(found, (record.to_owned(), vec![]), "{kind}");
        let (text, remarks) = linted(kind, &[token, token]);
        assert_eq!(text, "token=1\ntoken=1");
        let expected = format!(r#"error "token=1\ntoken=1" {{"none_among":"{kind}"}}"#);
        assert_eq!(remarks, [expected]);
        assert_eq!(linted(kind, &[token]).1.len(), 1, "{kind}");
    }
}

#[test]
fn of_several_records_the_second_is_one_too_many() {
    for (kind, record, code) in [
        (RecordKind::Spf, "v=spf1 mx -all", r#"{"several":2}"#),
        (RecordKind::Dmarc, "v=DMARC1; p=none", r#"{"several":2}"#),
        (RecordKind::MtaSts, "v=STSv1; id=1;", r#"{"several":2}"#),
        (
            RecordKind::TlsRpt,
            "v=TLSRPTv1; rua=mailto:a@x.example",
            r#"{"several":2}"#,
        ),
        (RecordKind::Bimi, "v=BIMI1; l=; a=;", r#"{"several":2}"#),
        (RecordKind::Dkim, "v=DKIM1; p=", r#"{"several_keys":2}"#),
    ] {
        let (text, remarks) = linted(kind, &[&[record], &["x"], &[record]]);
        assert_eq!(text, format!("{record}\n{record}"));
        let errors: Vec<&String> = remarks.iter().filter(|r| r.starts_with("error")).collect();
        assert_eq!(errors, [&format!("error {record:?} {code}")], "{kind}");
    }
}

#[test]
fn places_are_those_of_the_right_record() {
    let (_, remarks) = linted(
        RecordKind::Spf,
        &[&["v=spf1 a -all"], &["é"], &["v=spf1 mx ptr -all"]],
    );
    assert_eq!(
        remarks,
        [
            r#"error "v=spf1 mx ptr -all" {"several":2}"#,
            r#"warning "ptr" {"spf_note":"ptr"}"#,
        ]
    );
}

#[test]
fn what_nobody_reads_does_no_harm_beside_a_record() {
    let near: &[&str] = &["v=spf1;-all"];
    let (_, alone) = linted(RecordKind::Spf, &[near, &["x"]]);
    assert_eq!(
        alone,
        [r#"error "v=spf1;-all" {"spf_near_miss":"no_space_after_version"}"#]
    );
    let (text, beside) = linted(RecordKind::Spf, &[near, &["v=spf1 -all"]]);
    assert_eq!(text, "v=spf1;-all\nv=spf1 -all");
    assert_eq!(
        beside,
        [r#"warning "v=spf1;-all" {"spf_near_miss":"no_space_after_version"}"#]
    );
}

#[test]
fn terms_that_stick_together_are_told_from_terms_that_go_on() {
    for (strings, term) in [
        (
            &["v=spf1 include:a.com", "include:b.com -all"][..],
            "include:b.com",
        ),
        (&["v=spf1 ip4:192.0.2.1", "-ALL"], "-ALL"),
        (&["v=spf1 mx", "mx", " -all"], "mx"),
        (
            &["v=spf1 a:%{d}", "?exists:%{i}.x.example -all"],
            "?exists:%{i}.x.example",
        ),
        (&["v=spf1 mx", "redirect=x.example"], "redirect=x.example"),
    ] {
        let (_, remarks) = linted(RecordKind::Spf, &[strings]);
        let stuck = format!(r#"warning {term:?} "stuck_term""#);
        assert!(remarks.contains(&stuck), "{strings:?}: {remarks:?}");
    }
    for strings in [
        &["v=spf1 include:a.com ", "include:b.com -all"][..],
        &["v=spf1 include:a.com", " include:b.com -all"],
        &["v=spf1 include:_spf.goo", "gle.com -all"],
        &["v=spf1 ip6:2001:db8", ":1::/48 -all"],
        &["v=spf1 ip6:2001:", "a:1::/48 -all"],
        &["v=spf1 include:x", "-all.example -all"],
        &["v=spf1 include:", "mx.example -all"],
        &["v=spf1 ip4:192.0.2.", "0/24 -all"],
        &["v=spf1 -", "all"],
        &["v=spf1 include:a.example", "", " -all"],
        &["", "v=spf1 -all"],
    ] {
        let (_, remarks) = linted(RecordKind::Spf, &[strings]);
        let none = remarks.iter().all(|remark| !remark.contains("stuck"));
        assert!(none, "{strings:?}: {remarks:?}");
    }
}

#[test]
fn a_string_ends_after_255_octets() {
    let record = Written {
        text: format!("v=DMARC1; p=none; x={}", "y".repeat(280)),
        overlong: vec![Span::new(255, 300)],
        ..Written::default()
    };
    let (_, lint) = lint_rrset(RecordKind::Dmarc, &[record]);
    let found = error(Span::new(255, 300), Code::StringTooLong);
    assert!(lint.has_errors && lint.remarks.contains(&found), "{lint:?}");
}

#[test]
fn time_is_linear_in_hostile_strings() {
    let strings = vec!["mx"; 200_000];
    let (_, lint) = lint_rrset(RecordKind::Spf, &[written(&["v=spf1 "]), written(&strings)]);
    assert!(lint.remarks.len() <= super::super::MAX_REMARKS);
}

proptest! {
    #[test]
    fn places_lie_within_the_text(
        kind in prop::sample::select(&RecordKind::ALL[..]),
        records in prop::collection::vec(
            prop::collection::vec("(v=[a-zA-Z]{3,5}1[; ]?)?( ?[-+]?(mx|all|a:|p=|é|\n)){0,4}", 0..4),
            0..4,
        ),
    ) {
        let records: Vec<Written> = records
            .iter()
            .map(|strings| written(&strings.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let (text, lint) = lint_rrset(kind, &records);
        let length = u32::try_from(text.chars().count()).unwrap();
        for remark in lint.remarks {
            prop_assert!(remark.span.start <= remark.span.end && remark.span.end <= length);
        }
    }
}
