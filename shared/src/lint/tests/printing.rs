//! What is read prints itself, whatever the text is made of.

use proptest::prelude::*;

use crate::lint::{RecordKind, lint, tlsa};
use crate::{bimi, dane, dkim, dmarc, mta_sts, mx, spf, tls_rpt};

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
        RecordKind::Bimi => &[
            ";",
            "; ",
            "l=",
            "a=",
            "lps=",
            "avp=",
            "https://x.example/logo.svg",
            "http://",
            "true",
            "brand",
            "=",
            " ",
            "x",
        ],
        RecordKind::Mx => &[
            " ",
            "\n",
            "\r\n",
            "10",
            "65536",
            "a.x.example",
            "b.x.example.",
            ".",
            "192.0.2.1",
            "localhost",
            "MX",
            "IN",
            ";",
            "x..y",
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
        RecordKind::Spf => spf::Record::parse(text)
            .ok()
            .map(|record| record.to_string()),
        RecordKind::Dmarc => match dmarc::parse(text) {
            dmarc::Parsed::Record(published) => Some(published.record.to_string()),
            _ => None,
        },
        RecordKind::Dkim => match dkim::parse(text) {
            dkim::Parsed::Record(published) => Some(published.record.to_string()),
            dkim::Parsed::NotDkim => None,
        },
        RecordKind::MtaSts => mta_sts::read(text)
            .ok()
            .map(|published| published.record.to_string()),
        RecordKind::MtaStsPolicy => {
            let read = mta_sts::read_policy(text);
            read.is_valid().then(|| read.policy.to_string())
        }
        RecordKind::TlsRpt => tls_rpt::read(text)
            .ok()
            .map(|published| published.record.to_string()),
        // It prints numbers for words, and no blanks in its data: the same record, in one form.
        RecordKind::Tlsa => {
            let entries = tlsa::entries(text);
            let sound = entries.iter().all(|(_, data)| {
                dane::parse(data)
                    .record
                    .is_some_and(|record| dane::parse(&record.to_string()).record == Some(record))
            });
            (sound && !entries.is_empty()).then(|| text.to_owned())
        }
        RecordKind::Bimi => match bimi::parse(text) {
            bimi::Parsed::Record(published) => Some(published.record.to_string()),
            bimi::Parsed::NotBimi | bimi::Parsed::NearMiss => None,
        },
        // It prints no comments: the same records, in one form.
        RecordKind::Mx => {
            let read = mx::parse(text);
            assert_eq!(mx::parse(&read.to_string()).response(), read.response());
            (!read.records.is_empty()).then(|| text.to_owned())
        }
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
