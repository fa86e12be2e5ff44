//! Texts, and what is remarked of them: level, the characters meant, and the remark.

use proptest::prelude::*;

use super::*;

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
            r#"warning "a:x..example" {"spf_note":{"target_malformed":{"target":"x..example"}}}"#,
            r#"error "include:a..b" {"spf":{"target_malformed":{"target":"a..b"}}}"#,
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
                    Code::SpfNote(
                        spf_record::NoteCode::LongRecord { .. }
                            | spf_record::NoteCode::OversizeRecord { .. }
                    )
                );
                long.then_some((remark.span.start, remark.span.end))
            });
        assert_eq!(found, expected, "{length}");
    }
}

#[test]
fn what_is_no_record_is_told_from_what_was_meant_as_one() {
    for (kind, text, line) in [
        (
            RecordKind::Spf,
            "",
            r#"error "" {"spf":{"syntax":{"code":"version"}}}"#,
        ),
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
            let text = format!("{}{}", kind.beginning(), unit.repeat(20_000));
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

/// What records are made of, in an order that hardly ever makes one: the pieces of each kind, and of none.
fn nearly(kind: RecordKind) -> impl Strategy<Value = String> {
    let pieces: &[&str] = match kind {
        RecordKind::Spf => &[
            " ",
            "  ",
            "-",
            "~",
            "?",
            "+",
            "all",
            "ALL",
            "a",
            "Mx",
            "ptr",
            "ip4:",
            "ip6:",
            "include:",
            "exists:",
            "redirect=",
            "exp=",
            "x=",
            ":",
            "/24",
            "//64",
            "/",
            "192.0.2.1",
            "2001:db8::1",
            "x.example",
            "%{d}",
            "%{ir1-}",
            "%%",
            "%",
            "y",
        ],
        RecordKind::Dmarc => &[
            ";",
            "; ",
            "p=",
            "SP=",
            "np=",
            "rua=",
            "ruf=",
            "fo=",
            "pct=",
            "t=",
            "psd=",
            "adkim=",
            "none",
            "reject",
            "y",
            "s",
            "0:1",
            "mailto:",
            "a@x.example",
            "!10m",
            ",",
            "=",
            " ",
            "100",
            "x",
        ],
        RecordKind::Dkim => &[
            ";",
            "; ",
            "k=",
            "p=",
            "h=",
            "s=",
            "t=",
            "g=",
            "n=",
            "rsa",
            "ed25519",
            "sha256",
            "sha1",
            "email",
            "*",
            "y",
            "s",
            ":",
            "=",
            " ",
            "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "MFww",
            "x",
        ],
        RecordKind::MtaSts => &[
            ";", "; ", "id=", "id =", "=", "20240131", "a-b", " ", "x=y", "v=STSv1", "\t",
        ],
        RecordKind::MtaStsPolicy => &[
            "\n",
            "\r\n",
            "\n\n",
            "mode: ",
            "enforce",
            "testing",
            "none",
            "max_age: ",
            "604800",
            "31557601",
            "mx: ",
            "mx.x.example",
            "*.x.example",
            "x.example.",
            ":",
            " ",
            "version: STSv1\n",
            "x: y",
        ],
        RecordKind::Tlsa => &[
            " ",
            "3",
            "DANE-EE",
            "SPKI",
            "0",
            "256",
            "00ff",
            "0",
            "g",
            "\n",
            " 0123456789abcdef",
        ],
        RecordKind::TlsRpt => &[
            ";",
            "; ",
            "rua=",
            "rua =",
            "mailto:",
            "a@x.example",
            "https://x.example/r",
            "!",
            ",",
            "=",
            " ",
            "x=y",
            "ftp:",
        ],
    };
    let piece = prop_oneof![
        12 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => "[\\x00-\\x7f]",
        1 => any::<char>().prop_map(String::from),
    ];
    let behind = prop::collection::vec(piece, 0..16);
    let beginning = prop::sample::select(vec![kind.beginning(), kind.beginning(), ""]);
    (beginning, behind).prop_map(|(beginning, pieces)| format!("{beginning}{}", pieces.concat()))
}

/// The record as it prints itself; nothing where the text is none.
fn printed(kind: RecordKind, text: &str) -> Option<String> {
    match kind {
        RecordKind::Spf => spf_record::Record::parse(text)
            .ok()
            .map(|record| record.to_string()),
        RecordKind::Dmarc => match dmarc_record::parse(text) {
            dmarc_record::Parsed::Record(published) => Some(published.record.to_string()),
            _ => None,
        },
        RecordKind::Dkim => match dkim_record::parse(text) {
            dkim_record::Parsed::Record(published) => Some(published.record.to_string()),
            dkim_record::Parsed::NotDkim => None,
        },
        RecordKind::MtaSts => mta_sts_record::read(text)
            .ok()
            .map(|published| published.record.to_string()),
        RecordKind::MtaStsPolicy => {
            let read = mta_sts_record::read_policy(text);
            read.is_valid().then(|| read.policy.to_string())
        }
        RecordKind::TlsRpt => tls_rpt_record::read(text)
            .ok()
            .map(|published| published.record.to_string()),
        // It prints numbers for words, and no blanks in its data: the same record, in one form.
        RecordKind::Tlsa => dane::parse(text).record.map(|record| {
            assert_eq!(dane::parse(&record.to_string()).record, Some(record));
            text.to_owned()
        }),
    }
}

proptest! {
    #[test]
    fn what_is_parsed_prints_itself_and_what_is_not_has_an_error(
        (kind, text) in prop::sample::select(&RecordKind::ALL[..])
            .prop_flat_map(|kind| (Just(kind), nearly(kind)))
    ) {
        let found = lint(kind, &text);
        match printed(kind, &text) {
            Some(printed) => prop_assert_eq!(printed, &text[..]),
            None => prop_assert!(found.has_errors),
        }
        let length = u32::try_from(text.chars().count()).unwrap();
        for remark in &found.remarks {
            prop_assert!(remark.span.start <= remark.span.end && remark.span.end <= length);
        }
        prop_assert!(found.remarks.is_sorted_by_key(|remark| remark.span));
    }
}
