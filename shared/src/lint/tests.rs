//! Texts, and what is remarked of them: level, the characters meant, and the remark.

mod printing;

use super::*;
use crate::dns::{Name, Wanting, Zone};
use crate::spf::{NoteCode, walk};

/// `level "characters" remark`, a line each.
fn linted(kind: RecordKind, text: &str) -> Vec<String> {
    let lint = lint(kind, text);
    let lines = lint.remarks.iter().map(|remark| {
        let characters: String = text
            .chars()
            .skip(remark.span.start as usize)
            .take((remark.span.end - remark.span.start) as usize)
            .collect();
        let level = serde_json::to_value(remark.level).unwrap();
        let code = serde_json::to_string(&remark.code).unwrap();
        format!("{} {characters:?} {code}", level.as_str().unwrap())
    });
    lines.collect()
}

#[test]
fn spf_errors_and_notes_stand_in_the_order_of_the_text() {
    assert_eq!(
        linted(
            RecordKind::Spf,
            "v=spf1 ptr ip4:192.0.2.1/33 mx/3-all ip4:10.0.0.0/8 a:x..example include:a..b +all mx moo=1"
        ),
        [
            r#"warning "ptr" {"spf_note":"ptr"}"#,
            r#"error "/33" {"spf":{"syntax":{"code":"prefix_out_of_range"}}}"#,
            r#"error "/3-all" {"spf":{"syntax":{"code":"invalid_prefix"}}}"#,
            r#"warning "ip4:10.0.0.0/8" {"spf_note":{"wide_range":{"prefix":8}}}"#,
            r#"warning "x..example" {"spf_note":{"target_malformed":{"target":"x..example"}}}"#,
            r#"error "a..b" {"spf":{"target_malformed":{"target":"a..b"}}}"#,
            r#"error "+all" {"spf_note":"pass_all"}"#,
            r#"warning "mx" {"spf_note":"term_after_all"}"#,
            r#"note "moo=1" {"spf_note":{"unknown_modifier":{"name":"moo"}}}"#,
        ]
    );
}

#[test]
fn a_record_as_it_should_be_leaves_nothing_to_remark() {
    for (kind, text) in [
        (RecordKind::Spf, "v=spf1 mx include:_spf.example.org -all"),
        (RecordKind::Spf, "v=spf1 redirect=%{d}.example.org"),
        (
            RecordKind::Dmarc,
            "v=DMARC1; p=reject; rua=mailto:a@example.org",
        ),
    ] {
        let lint = lint(kind, text);
        assert!(!lint.has_errors && lint.remarks.is_empty(), "{lint:?}");
    }
}

#[test]
fn ranges_that_hold_everybody_are_as_bad_as_all() {
    for term in ["a/0", "mx//0", "ip4:0.0.0.0/0", "ip6:::/0", "ip4:0.0.0.0/1"] {
        assert_eq!(
            linted(RecordKind::Spf, &format!("v=spf1 {term} -all")),
            [format!(r#"error "{term}" {{"spf_note":"open_ranges"}}"#)]
        );
    }
}

#[test]
fn a_name_that_no_host_has_is_remarked_where_it_stands() {
    for (term, name) in [
        ("include:http://b.example", "http://b.example"),
        ("-exists:b.example:25/x.example", "b.example:25/x.example"),
        ("a:who@b.example/24", "who@b.example"),
    ] {
        assert_eq!(
            linted(RecordKind::Spf, &format!("v=spf1 {term} -all")),
            [format!(
                r#"warning "{name}" {{"spf_note":{{"target_not_host":{{"target":"{name}"}}}}}}"#
            )]
        );
    }
    assert_eq!(
        linted(RecordKind::Spf, "v=spf1 redirect=http://b.example"),
        [
            r#"warning "http://b.example" {"spf_note":{"target_not_host":{"target":"http://b.example"}}}"#
        ]
    );
}

#[test]
fn a_misspelt_all_is_not_missing_besides() {
    let no_all = r#"{"spf_note":"no_all"}"#;
    for term in [
        "-al", "–all", "--all", "all:foo", "-all;", "mx-all", "-ALL.", "~alll",
    ] {
        let found = linted(RecordKind::Spf, &format!("v=spf1 mx {term}"));
        assert_eq!(found.len(), 1, "{term} {found:?}");
        assert!(found[0].starts_with("error"), "{term} {found:?}");
    }
    for term in ["moo", "ip4:x", "a:b"] {
        let found = linted(RecordKind::Spf, &format!("v=spf1 mx {term}"));
        assert!(found.iter().any(|line| line.contains(no_all)), "{term}");
    }
}

#[test]
fn the_tree_tells_nothing_again_that_the_text_shows() {
    let text = "v=spf1 include:a..b exists:c..d a/0 exists:%{p}.e.example exists:f:25.example –all";
    let zone = Zone::new().txt("g.example", text);
    let domain = Name::parse("g.example").unwrap();
    let tree = walk(&Wanting::new(&zone), &domain).unwrap();
    let told: Vec<_> = edited::spf(text, Some(&tree));
    for remark in edited::spf(text, None) {
        let same = told.iter().filter(|known| known.code == remark.code);
        assert_eq!(same.count(), 1, "{remark:?}");
        assert!(told.contains(&remark), "{remark:?}");
    }
    // Beyond that it knows what look-ups find.
    let news = told.len() - edited::spf(text, None).len();
    let voids = told
        .iter()
        .filter(|remark| remark.code == EditedCode::SpfNote(NoteCode::VoidLookup));
    assert_eq!(news, voids.count());
}

#[test]
fn what_is_missing_is_missing_at_the_end() {
    assert_eq!(
        linted(RecordKind::Spf, "v=spf1 mx"),
        [r#"warning "" {"spf_note":"no_all"}"#]
    );
    let end = lint(RecordKind::Spf, "v=spf1 mx").remarks[0].span;
    assert_eq!(end, Span::new(9, 9));
}

#[test]
fn the_eleventh_look_up_of_the_record_itself_is_an_error() {
    let terms = |count| {
        (0..count)
            .map(|n| format!(" a:h{n}.example.org"))
            .collect::<String>()
    };
    let code = r#"{"spf":"too_many_lookups"}"#;
    assert_eq!(
        linted(RecordKind::Spf, &format!("v=spf1{} -all", terms(10))),
        <[&str; 0]>::default()
    );
    assert_eq!(
        linted(RecordKind::Spf, &format!("v=spf1{} -all", terms(11))),
        [format!("error \"a:h10.example.org\" {code}")]
    );
    // Nobody gets to what stands behind `all`, nor to a `redirect=` beside it.
    let behind = format!("v=spf1{} -all a redirect=b.example", terms(10));
    assert!(
        !linted(RecordKind::Spf, &behind)
            .iter()
            .any(|line| line.contains(code))
    );
    assert!(
        linted(
            RecordKind::Spf,
            &format!("v=spf1{} redirect=b.example", terms(10))
        )
        .contains(&format!("error \"redirect=b.example\" {code}"))
    );
}

#[test]
fn a_long_record_is_too_long_from_a_place_on() {
    for (length, expected) in [
        (450, None),
        (451, Some((450, 451))),
        (513, Some((512, 513))),
    ] {
        let addresses: String = (0..60).map(|n| format!(" ip4:192.88.99.{n}")).collect();
        let text: String = format!("v=spf1{addresses}")
            .chars()
            .take(length - 5)
            .collect();
        let text = format!("{} -all", text.trim_end_matches(['.', ':']));
        let text = format!("{text}{}", " ".repeat(length - text.len()));
        let found = lint(RecordKind::Spf, &text)
            .remarks
            .into_iter()
            .find_map(|remark| {
                let long = matches!(
                    remark.code,
                    Code::Edited(EditedCode::SpfNote(
                        NoteCode::LongRecord { .. } | NoteCode::OversizeRecord { .. }
                    ))
                );
                long.then_some((remark.span.start, remark.span.end))
            });
        assert_eq!(found, expected, "{length}");
    }
}

#[test]
fn what_is_no_record_is_told_from_what_was_meant_as_one() {
    for (kind, text, line) in [
        (RecordKind::Spf, "", r#"error "" "nothing""#),
        (RecordKind::Mx, " ", r#"error "" "nothing""#),
        (RecordKind::MtaStsPolicy, "\r\n", r#"error "" "nothing""#),
        (
            RecordKind::Spf,
            "hello -all",
            r#"error "hello" {"spf":{"syntax":{"code":"version"}}}"#,
        ),
        (
            RecordKind::Spf,
            " v=spf1 x",
            r#"error " v=spf1 x" {"spf_near_miss":"leading_space"}"#,
        ),
        (
            RecordKind::Dmarc,
            "MS=1",
            r#"error "MS=1" {"not_a_record":"dmarc"}"#,
        ),
        (
            RecordKind::Dmarc,
            "v=DMARC1 p=none",
            r#"error "v=DMARC1 p=none" {"dmarc_near_miss":"missing_separator"}"#,
        ),
    ] {
        assert_eq!(linted(kind, text), [line], "{text:?}");
    }
}

#[test]
fn dmarc_remarks_keep_their_own_levels() {
    assert_eq!(
        linted(
            RecordKind::Dmarc,
            "v=DMARC1; p=rejct; pct=50;; rua=a@example.org"
        ),
        [
            r#"error "rejct" {"dmarc":{"invalid_value":"p"}}"#,
            r#"note "pct=50" {"dmarc":{"removed_tag":"pct"}}"#,
            r#"note "" {"dmarc":"empty_tag"}"#,
            r#"warning "a@example.org" {"dmarc":"missing_mailto"}"#,
        ]
    );
}

#[test]
fn a_policy_that_does_less_than_it_says_is_remarked() {
    assert_eq!(
        linted(RecordKind::Dmarc, "v=DMARC1; p=none; sp=reject; psd=y; t=y"),
        [
            r#"note "p=none" {"dmarc":"watches_only"}"#,
            r#"warning "psd=y" {"dmarc":"public_suffix"}"#,
            r#"warning "t=y" {"dmarc":"testing"}"#,
        ]
    );
}

#[test]
fn dkim_remarks_are_about_the_key_too() {
    let key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    let sound = format!("v=DKIM1; k=ed25519; p={key}");
    assert_eq!(linted(RecordKind::Dkim, &sound), <[&str; 0]>::default());
    assert_eq!(
        linted(RecordKind::Dkim, &format!("v=DKIM1; k=rsa; t=y; p={key}")),
        [
            r#"warning "y" {"dkim":"testing"}"#.to_owned(),
            format!(r#"error "{key}" {{"dkim":"foreign_key"}}"#),
        ]
    );
    assert_eq!(
        linted(RecordKind::Dkim, "v=spf1 -all"),
        [r#"error "v=spf1 -all" {"not_a_record":"dkim"}"#]
    );
}

#[test]
fn mta_sts_and_tls_rpt_remarks_have_their_places() {
    for (kind, text, lines) in [
        (RecordKind::MtaSts, "v=STSv1; id=20240131;", &[][..]),
        (
            RecordKind::MtaSts,
            "v=STSv1; id=2024-01; x",
            &[
                r#"error "2024-01" {"mta_sts":"invalid_id"}"#,
                r#"error "x" {"mta_sts":"not_a_field"}"#,
            ],
        ),
        (
            RecordKind::MtaSts,
            "v=STSv1 id=1",
            &[
                r#"error "v=STSv1 id=1" {"near_miss":{"kind":"mta-sts","near_miss":"missing_separator"}}"#,
            ],
        ),
        (
            RecordKind::MtaStsPolicy,
            "version: STSv1\r\nmode: Enforce\r\nmx: mx.x.example.\r\n\r\nmax_age: 604800\r\n",
            &[
                r#"error "Enforce" {"mta_sts_policy":{"invalid":"mode"}}"#,
                r#"error "mx.x.example." {"mta_sts_policy":"final_dot"}"#,
                r#"note "" {"mta_sts_policy":"empty_line"}"#,
            ],
        ),
        (
            RecordKind::TlsRpt,
            "v=TLSRPTv1; rua=mailto:a@x.example,b@x.example",
            &[r#"warning "b@x.example" {"tls_rpt":"missing_mailto"}"#],
        ),
        (
            RecordKind::Tlsa,
            "3 256 1 00fg",
            &[
                r#"error "256" {"tlsa":{"not_a_number":"selector"}}"#,
                r#"error "g" {"tlsa":"not_hexadecimal"}"#,
            ],
        ),
        (
            RecordKind::TlsRpt,
            "hello",
            &[r#"error "hello" {"not_a_record":"tls-rpt"}"#],
        ),
    ] {
        assert_eq!(linted(kind, text), lines, "{text:?}");
    }
}

#[test]
fn remarks_are_bounded_and_places_lie_within() {
    for kind in RecordKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        for unit in [
            " all x", ";", "; x", "; =", " a/", "\u{fc};", "%", " ip4:1", "\"", " ",
        ] {
            let text = kind.beginning().chars().chain(unit.chars().cycle());
            let text: String = text.take(MAX_TEXT).collect();
            let length = u32::try_from(text.chars().count()).unwrap();
            let found = lint(kind, &text);
            assert!(found.remarks.len() <= MAX_REMARKS);
            for remark in found.remarks {
                let Span { start, end } = remark.span;
                assert!(start <= end && end <= length, "{kind} {unit:?} {remark:?}");
            }
        }
    }
}

#[test]
fn notes_give_way_to_warnings_and_these_to_errors() {
    let found = |level, count: usize| {
        (0..count).map(move |at| remark(Span::new(at, at), level, Code::StringTooLong))
    };
    let mut remarks: Vec<Remark> = found(Level::Note, 400).collect();
    remarks.extend(found(Level::Warning, 300));
    remarks.extend(found(Level::Error, 300));
    let lint = bounded(remarks);
    let of = |level| lint.remarks.iter().filter(|r| r.level == level).count();
    let counts = [Level::Error, Level::Warning, Level::Note].map(of);
    assert_eq!((counts, lint.more), ([300, 200, 0], 500));
    assert!(lint.has_errors && lint.remarks.is_sorted_by_key(|r| r.span));
    let few = bounded(found(Level::Note, 3).collect());
    assert_eq!((few.remarks.len(), few.more, few.has_errors), (3, 0, false));
}

#[test]
fn what_no_answer_can_hold_is_not_read() {
    let long = "v=spf1 -all".to_owned() + &" ".repeat(MAX_TEXT);
    let found = lint(RecordKind::Spf, &long);
    let code = Code::Edited(EditedCode::TooLong);
    let place = Span::new(MAX_TEXT, MAX_TEXT + 11);
    assert_eq!(found.remarks, [error(place, code.clone())]);
    // A file on a web server is no answer of DNS.
    let found = lint(RecordKind::MtaStsPolicy, &long).remarks;
    assert!(found.iter().all(|remark| remark.code != code));
}

#[test]
fn bimi_and_mx_remarks_have_their_places() {
    for (kind, text, lines) in [
        (
            RecordKind::Bimi,
            "v=BIMI1; l=https://x.example/logo.svg; a=; lps=news,sales",
            &[][..],
        ),
        (
            RecordKind::Bimi,
            "v=BIMI1; l=http://x.example/logo.svg; lps=news,a b; x=y",
            &[
                r#"error "http://x.example/logo.svg" {"bimi":"not_https"}"#,
                r#"warning "a b" {"bimi":"invalid_value"}"#,
                r#"note "x=y" {"bimi":"unknown_tag"}"#,
            ],
        ),
        (
            RecordKind::Bimi,
            "v=bimi1; l=",
            &[r#"error "v=bimi1; l=" {"not_a_record":"bimi"}"#],
        ),
        (RecordKind::Mx, "10 a.x.example.\n20 b.x.example.\n", &[]),
        (
            RecordKind::Mx,
            "ten a.x.example.\n10 192.0.2.1\n10 b.x.example. c",
            &[
                r#"error "ten" {"mx":"invalid_preference"}"#,
                r#"error "10 192.0.2.1" {"mx":"is_address"}"#,
                r#"warning "c" {"mx":"trailing_text"}"#,
            ],
        ),
        (
            RecordKind::Mx,
            "; none",
            &[r#"error "; none" {"not_a_record":"mx"}"#],
        ),
    ] {
        assert_eq!(linted(kind, text), lines, "{text:?}");
    }
}
