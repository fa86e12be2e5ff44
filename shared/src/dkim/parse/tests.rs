use proptest::prelude::*;

use super::*;
use crate::diagnostic::Level;

/// OpenSSL made them for these tests alone: RSA of 1024 bits, cut, and Ed25519.
const RSA: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCjAeeAxrAleuaQtIAVJKbBC21F3qgGJUBLL0P2eoniWjrFVz7DK7HiDmg9xu60ABodlafxU17fx2fuwbcUCdrvhRzOgN8Z+/m56FjDWXo0R2Ozlzw7HSYn3JX4KyrwFLWXjEQGIz3hiWFz";
const ED25519: &str = "2l8nu0Nt7K2o9HVWSlpVNCKtADHHjgslnw+Hs+u9dUA=";

fn published(text: &str) -> Published {
    match parse(text) {
        Parsed::Record(published) => *published,
        Parsed::NotDkim => panic!("no record: {text}"),
    }
}

/// The remarks with the text that each is about.
fn remarks(text: &str) -> Vec<(DiagnosticCode, String)> {
    let covered = |span: Span| {
        let count = (span.end - span.start) as usize;
        text.chars().skip(span.start as usize).take(count).collect()
    };
    published(text)
        .diagnostics
        .into_iter()
        .map(|remark| (remark.code, covered(remark.span)))
        .collect()
}

fn codes(text: &str) -> Vec<DiagnosticCode> {
    remarks(text).into_iter().map(|(code, _)| code).collect()
}

fn ed25519(tags: &str) -> String {
    format!("v=DKIM1; k=ed25519; {tags}p={ED25519}")
}

#[test]
fn a_good_record_has_nothing_to_say() {
    let text = ed25519("");
    let Published {
        record,
        diagnostics,
    } = published(&text);
    assert_eq!(diagnostics, []);
    assert!(record.is_usable() && !record.is_testing && !record.is_strict);
    assert_eq!(record.to_string(), text);
    // A semicolon at the end and white space anywhere are the standard's own.
    assert_eq!(
        codes(&format!(
            " k = ed25519 ;\tp = {} ; ",
            ED25519.replace('a', "a \t")
        )),
        []
    );
}

#[test]
fn what_is_no_key_record_is_told() {
    for text in [
        "",
        "v=spf1 -all",
        "v=DMARC1; p=reject",
        "v=TLSRPTv1; p=x",
        "google-site-verification=abc",
        "k=rsa; t=y",
        "P=MIGf",
        "hello; v=spf1",
    ] {
        assert_eq!(parse(text), Parsed::NotDkim, "{text}");
    }
}

#[test]
fn what_voids_the_whole_list() {
    use DiagnosticCode::{
        DuplicateTag, EmptyValue, InvalidCharacter, MissingSemicolon, NotATag, OtherVersion,
        VersionNotFirst,
    };
    for (text, code, place) in [
        (ed25519("v=DKIM1; "), DuplicateTag, "v=DKIM1"),
        (ed25519("x=1; x=2; "), DuplicateTag, "x=2"),
        (ed25519("oops; "), NotATag, "oops"),
        (ed25519("=oops; "), NotATag, "=oops"),
        (ed25519("1x=y; "), NotATag, "1x=y"),
        (ed25519("a-b=y; "), NotATag, "a-b=y"),
        (ed25519("n=caf\u{e9}; "), InvalidCharacter, "\u{e9}"),
        (ed25519("x=\u{200b}; "), InvalidCharacter, "\u{200b}"),
        (ed25519("s=; "), EmptyValue(TagName::S), ""),
        (ed25519("h=; "), EmptyValue(TagName::H), ""),
        (ed25519("h=sha256 t=s; "), MissingSemicolon, "sha256 t=s"),
        (
            format!("v=DKIM1; k=rsa p={ED25519}"),
            MissingSemicolon,
            &format!("rsa p={ED25519}"),
        ),
        (
            format!("v=DKIM1; p={ED25519} k=ed25519"),
            MissingSemicolon,
            &format!("{ED25519} k=ed25519"),
        ),
        (
            format!("k=ed25519; v=DKIM1; p={ED25519}"),
            VersionNotFirst,
            "v=DKIM1",
        ),
        (
            format!("v=DKIM2; k=ed25519; p={ED25519}"),
            OtherVersion,
            "DKIM2",
        ),
        (
            format!("v=dkim1; k=ed25519; p={ED25519}"),
            OtherVersion,
            "dkim1",
        ),
    ] {
        let remark = (code, place.to_owned());
        assert!(
            remarks(&text).contains(&remark),
            "{text}: {:?}",
            remarks(&text)
        );
        assert_eq!(published(&text).record.key, Err(NoKey::Void), "{text}");
        assert_eq!(code.level(), Level::Error);
    }
}

#[test]
fn names_and_values_are_read_as_they_are_written() {
    let upper = format!("v=DKIM1; K=ed25519; k=ed25519; p={ED25519}");
    assert_eq!(
        remarks(&upper),
        [(DiagnosticCode::WrongCase, "K".to_owned())]
    );
    assert_eq!(
        remarks("V=DKIM1; P=MFow"),
        [
            (DiagnosticCode::WrongCase, "V".to_owned()),
            (DiagnosticCode::WrongCase, "P".to_owned()),
            (DiagnosticCode::MissingKey, String::new()),
        ]
    );
    // What is missing is the semicolon alone.
    let swallowed = format!("v=DKIM1; k=rsa p={ED25519}");
    assert_eq!(remarks(&swallowed).len(), 1);
    // A note is people's, and a key may end in what looks like a tag.
    assert_eq!(remarks(&ed25519("n=see k=rsa; ")), []);
    let (front, end) = ED25519.split_at(ED25519.len() - 2);
    let folded = format!("v=DKIM1; k=ed25519; p={front} {end}");
    assert_eq!(remarks(&folded), []);
    // An empty list of flags leaves the key as it is.
    let flagless = ed25519("t=; ");
    assert!(published(&flagless).record.is_usable());
    assert_eq!(
        remarks(&flagless),
        [(DiagnosticCode::EmptyValue(TagName::T), String::new())]
    );
    let other = format!("v=DKIM1; k=RSA; p={ED25519}");
    assert_eq!(published(&other).record.key, Err(NoKey::UnknownType));
    assert_eq!(
        remarks(&other),
        [(DiagnosticCode::UnknownKeyType, "RSA".to_owned())]
    );
}

#[test]
fn each_tag_says_what_it_limits() {
    use DiagnosticCode::{
        EmptyTag, NotForMail, RemovedTag, Testing, UnknownFlag, UnknownHash, WithoutSha256,
    };
    for (tags, expected) in [
        ("h=sha256; ", vec![]),
        ("h=sha1:sha256; ", vec![]),
        ("h=sha1; ", vec![(WithoutSha256, "sha1")]),
        ("h=md5 : sha256; ", vec![(UnknownHash, "md5")]),
        ("s=*; ", vec![]),
        ("s=other:email; ", vec![]),
        ("s=tlsrpt; ", vec![(NotForMail, "tlsrpt")]),
        ("t=s; ", vec![]),
        ("t=s:y; ", vec![(Testing, "y")]),
        ("t=z; ", vec![(UnknownFlag, "z")]),
        ("n=a note; ", vec![]),
        ("g=*; ", vec![(RemovedTag, "g=*")]),
        ("; ", vec![(EmptyTag, "")]),
    ] {
        let text = ed25519(tags);
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(code, at)| (code, at.to_owned()))
            .collect();
        assert_eq!(remarks(&text), expected, "{text}");
    }
    let flags = published(&ed25519("t=s:y; ")).record;
    assert!(flags.is_strict && flags.is_testing && flags.is_usable());
    assert!(!published(&ed25519("h=sha1; ")).record.is_usable());
    assert!(!published(&ed25519("s=tlsrpt; ")).record.is_usable());
}

#[test]
fn a_key_that_cannot_be_used_is_told_where() {
    use DiagnosticCode::{
        ForeignKey, InvalidBase64, MissingKey, MissingPadding, PrivateKey, Revoked, Truncated,
        WeakExponent, WeakKey, WrappedKey,
    };
    let wrapped = "MCowBQYDK2VwAyEA2l8nu0Nt7K2o9HVWSlpVNCKtADHHjgslnw+Hs+u9dUA=";
    for (text, code, place) in [
        ("v=DKIM1; k=rsa".to_owned(), MissingKey, ""),
        ("v=DKIM1; p=".to_owned(), Revoked, ""),
        ("v=DKIM1; p=\"MIGf\"".to_owned(), InvalidBase64, "\""),
        (format!("v=DKIM1; p={RSA}"), Truncated, ""),
        (format!("v=DKIM1; p={ED25519}"), ForeignKey, ED25519),
        (
            "v=DKIM1; p=MAcCAgEBAgEE".to_owned(),
            WeakExponent,
            "MAcCAgEBAgEE",
        ),
        ("p=MAcCAgEBAgED".to_owned(), WeakKey(9), "MAcCAgEBAgED"),
        ("p=MAUCAQAwAA==".to_owned(), PrivateKey, "MAUCAQAwAA=="),
        (format!("k=ed25519; p={wrapped}"), WrappedKey, wrapped),
    ] {
        assert_eq!(remarks(&text), [(code, place.to_owned())], "{text}");
        assert!(!published(&text).record.is_usable(), "{text}");
    }
    let bare = ed25519("");
    let bare = bare.trim_end_matches('=');
    assert_eq!(codes(bare), [MissingPadding]);
    assert!(published(bare).record.is_usable());
}

proptest! {
    #[test]
    fn any_text_is_read_and_given_back(text in "(v=DKIM1|[vhknpstg]=|[ -~é\u{0}]|;|:){0,60}") {
        if let Parsed::Record(published) = parse(&text) {
            prop_assert_eq!(published.record.to_string(), text.clone());
            let end = u32::try_from(text.chars().count()).unwrap();
            for remark in published.diagnostics {
                prop_assert!(remark.span.start <= remark.span.end && remark.span.end <= end);
            }
        }
    }
}
