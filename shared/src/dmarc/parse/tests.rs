//! Records as people publish them.

use proptest::prelude::*;

use super::super::record::{Processing, ReportTarget};
use super::*;
use crate::diagnostic::Level;

fn published(text: &str) -> Published {
    match parse(text) {
        Parsed::Record(published) => *published,
        other => panic!("{text:?} is {other:?}"),
    }
}

/// Each remark with the text it stands at.
fn remarks(text: &str) -> Vec<(&str, DiagnosticCode)> {
    published(text)
        .diagnostics
        .iter()
        .map(|remark| {
            let (start, end) = (remark.span.start as usize, remark.span.end as usize);
            (&text[start..end], remark.code)
        })
        .collect()
}

#[test]
fn a_full_record_of_the_older_standard() {
    let text =
        "v=DMARC1; p=reject; pct=100; ruf=mailto:a@yazd.ir; rua=mailto:a@yazd.ir; adkim=s; aspf=s";
    let Published {
        record,
        diagnostics,
    } = published(text);
    assert_eq!(record.to_string(), text);
    assert_eq!(
        record.p,
        TagValue::Valid(Disposition::Reject, Span::new(12, 18))
    );
    assert_eq!(record.processing(), Processing::AsPublished);
    assert_eq!(record.percentage(), 100);
    assert_eq!(record.dkim_alignment(), AlignmentMode::Strict);
    assert_eq!(record.spf_alignment(), AlignmentMode::Strict);
    assert!(record.has_aggregate_reports());
    assert_eq!(record.ruf.len(), 1);
    assert_eq!(
        diagnostics,
        [Diagnostic {
            span: Span::new(20, 27),
            code: DiagnosticCode::RemovedTag(TagName::Pct)
        }]
    );
    assert_eq!(diagnostics[0].code.level(), Level::Note);
}

#[test]
fn the_shortest_record_that_enforces() {
    let Published {
        record,
        diagnostics,
    } = published("v=DMARC1; p=reject");
    assert_eq!(record.processing(), Processing::AsPublished);
    assert!(record.p.valid().is_some_and(|p| p.is_enforcing()));
    assert!(!record.has_aggregate_reports());
    assert_eq!(diagnostics, []);
}

#[test]
fn letter_case_counts_in_the_version_alone() {
    let record = published(
        "V = DMARC1 ;P=Reject; SP=NONE; aDKIM=S; T=Y; PSD=N; FO=D:S; RUF=MailTo:a@B.example",
    )
    .record;
    assert_eq!(record.p.valid(), Some(&Disposition::Reject));
    assert_eq!(record.sp.valid(), Some(&Disposition::None));
    assert_eq!(record.dkim_alignment(), AlignmentMode::Strict);
    assert!(record.is_testing());
    assert_eq!(record.public_suffix(), PublicSuffix::No);
    assert_eq!(
        record.fo.valid(),
        Some(&vec![FailureOption::Dkim, FailureOption::Spf])
    );
    assert_eq!(record.ruf[0].host().unwrap().as_str(), "b.example");
    assert_eq!(
        parse("v=dmarc1; p=none"),
        Parsed::NearMiss(NearMiss::VersionCase)
    );
}

#[test]
fn what_is_no_record() {
    for text in [
        "",
        "v=spf1 -all",
        "v=DKIM1; p=",
        "MS=ms1",
        ";v=DMARC1;",
        "=DMARC1",
        "v",
    ] {
        assert!(
            !matches!(parse(text), Parsed::Record(_)),
            "{text:?} is no record"
        );
    }
    assert_eq!(parse("v=spf1 -all"), Parsed::NotDmarc);
    assert_eq!(
        parse(" v=DMARC1; p=none"),
        Parsed::NearMiss(NearMiss::LeadingWhiteSpace)
    );
}

#[test]
fn a_record_without_a_sound_policy() {
    for (text, processing) in [
        ("v=DMARC1", Processing::Nothing),
        ("v=DMARC1;", Processing::Nothing),
        ("v=DMARC1; rua=mailto:a@b.example", Processing::AsNone),
        (
            "v=DMARC1; p=rejct; rua=mailto:a@b.example",
            Processing::AsNone,
        ),
        (
            "v=DMARC1; p=rejct; ruf=mailto:a@b.example",
            Processing::Nothing,
        ),
        ("v=DMARC1; p=reject; sp=rejct", Processing::Nothing),
        ("v=DMARC1; p=reject; np=", Processing::Nothing),
        (
            "v=DMARC1; p=reject; sp=rejct; rua=a@b.example",
            Processing::Nothing,
        ),
        (
            "v=DMARC1; p=reject; sp=rejct; rua=x, https://b.example/",
            Processing::AsNone,
        ),
        (
            "v=DMARC1; p=reject; adkim=x; fo=z; t=maybe; psd=x; pct=200",
            Processing::AsPublished,
        ),
    ] {
        assert_eq!(published(text).record.processing(), processing, "{text}");
    }
}

#[test]
fn remarks_stand_at_their_tokens() {
    assert_eq!(
        remarks("v=DMARC1; p=rejct; sp=none; rua=a@b.example;; oops; =x; x=1; sp=reject"),
        [
            ("rejct", DiagnosticCode::InvalidValue(TagName::P)),
            ("a@b.example", DiagnosticCode::MissingMailto),
            ("", DiagnosticCode::EmptyTag),
            ("oops", DiagnosticCode::NotATag),
            ("=x", DiagnosticCode::NotATag),
            ("x=1", DiagnosticCode::UnknownTag),
            ("sp=reject", DiagnosticCode::DuplicateTag(TagName::Sp)),
        ]
    );
    assert_eq!(
        remarks("v=DMARC1; adkim=x; fo=0:1:z; pct=101"),
        [
            ("x", DiagnosticCode::InvalidValue(TagName::Adkim)),
            ("fo=0:1:z", DiagnosticCode::FailureOptionsWithoutRuf),
            ("0:1:z", DiagnosticCode::FailureOptionsExclusive),
            ("z", DiagnosticCode::InvalidValue(TagName::Fo)),
            ("pct=101", DiagnosticCode::RemovedTag(TagName::Pct)),
            ("101", DiagnosticCode::InvalidValue(TagName::Pct)),
            ("", DiagnosticCode::MissingPolicy),
        ]
    );
    assert_eq!(
        remarks("v=DMARC1; p=none rua=mailto:a@b.example!10m"),
        [(
            "none rua=mailto:a@b.example!10m",
            DiagnosticCode::InvalidValue(TagName::P)
        )]
    );
    assert_eq!(
        remarks("v=DMARC1; p=none; rua=mailto:a@b.example!10m; rf=afrf; ri=3600"),
        [
            ("!10m", DiagnosticCode::SizeLimit),
            ("rf=afrf", DiagnosticCode::RemovedTag(TagName::Rf)),
            ("ri=3600", DiagnosticCode::RemovedTag(TagName::Ri)),
        ]
    );
}

#[test]
fn the_first_of_two_tags_counts() {
    let record = published("v=DMARC1; p=none; p=reject").record;
    assert_eq!(record.p.valid(), Some(&Disposition::None));
    assert_eq!(record.tags.len(), 3);
}

#[test]
fn invisible_characters_are_pointed_at() {
    assert_eq!(
        published("v=DMARC1; p=reject\u{a0}\u{a0}; aspf=r").diagnostics,
        [
            Diagnostic {
                span: Span::new(12, 20),
                code: DiagnosticCode::InvalidValue(TagName::P)
            },
            Diagnostic {
                span: Span::new(18, 20),
                code: DiagnosticCode::InvalidCharacter
            },
        ]
    );
}

#[test]
fn percentages() {
    for (text, valid) in [
        ("0", Some(0)),
        ("100", Some(100)),
        ("007", Some(7)),
        ("101", None),
        ("+5", None),
        ("", None),
        ("5%", None),
        ("0100", None),
    ] {
        assert_eq!(percentage(text), valid, "{text:?}");
    }
}

#[test]
fn every_tag_keeps_its_place() {
    let record = published("v=DMARC1;p=none; X-y = z").record;
    let tags: Vec<_> = record
        .tags
        .iter()
        .map(|tag| (tag.name, tag.name_span, tag.value_span))
        .collect();
    assert_eq!(
        tags,
        [
            (Some(TagName::V), Span::new(0, 1), Span::new(2, 8)),
            (Some(TagName::P), Span::new(9, 10), Span::new(11, 15)),
            (None, Span::new(17, 20), Span::new(23, 24)),
        ]
    );
}

#[test]
fn a_stranger_s_record_costs_no_more_than_its_length() {
    let many_tags = format!("v=DMARC1; p=none{}", "; p=none; x=1".repeat(5_000));
    let read = published(&many_tags);
    assert_eq!(
        (read.record.tags.len(), read.diagnostics.len()),
        (10_002, 10_000)
    );
    let many_uris = format!(
        "v=DMARC1; p=none; rua={}",
        "mailto:a@b.example,".repeat(3_400)
    );
    assert_eq!(published(&many_uris).record.rua.len(), 3_401);
    let many_options = format!("v=DMARC1; p=none; fo={}", "0:".repeat(32_000));
    assert_eq!(
        published(&many_options).record.fo.valid(),
        Some(&vec![FailureOption::All])
    );
}

#[test]
fn it_serializes_in_snake_case() {
    let record = published("v=DMARC1; p=reject; rua=mailto:a@b.example").record;
    let json = serde_json::to_value(&record).unwrap();
    assert_eq!(json["p"]["valid"][0], "reject");
    assert_eq!(json["sp"], "absent");
    assert_eq!(json["rua"][0]["target"]["mailto"], "b.example");
    assert_eq!(
        record.rua[0].target,
        ReportTarget::Mailto("b.example".parse().unwrap())
    );
}

/// Pieces of which records, near misses and nonsense are made.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("v=DMARC1"),
        Just(";"),
        Just("; "),
        Just("p=reject"),
        Just("sp=none"),
        Just("rua="),
        Just("mailto:a@b.example"),
        Just(","),
        Just("!10m"),
        Just("fo=0:1:d"),
        Just("pct=50"),
        Just("="),
        Just(" "),
        Just("\t"),
        Just("\""),
        Just("é"),
        Just("psd=y"),
    ];
    proptest::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_record_prints_what_was_parsed(text in texts()) {
        let text = format!("v=DMARC1;{text}");
        let Published { record, diagnostics } = published(&text);
        prop_assert_eq!(record.to_string(), &text[..]);
        prop_assert_eq!(published(&record.to_string()).record, record);
        let length = u32::try_from(text.chars().count()).unwrap();
        for remark in diagnostics {
            prop_assert!(remark.span.start <= remark.span.end && remark.span.end <= length);
        }
    }

    #[test]
    fn nothing_panics(text in prop_oneof![texts(), any::<String>()]) {
        let _ = parse(&text);
    }
}
