use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Published {
    match parse(text) {
        Parsed::Record(published) => *published,
        other => panic!("{text}: {other:?}"),
    }
}

fn https(uri: &str) -> Location {
    Location::Https(uri.to_owned())
}

#[test]
fn a_sound_record() {
    let text = "v=BIMI1; l=https://example.org/logo.svg; a=https://example.org/vmc.pem; lps=news, sales-de; avp=personal;";
    let Published {
        record,
        diagnostics,
    } = read(text);
    assert_eq!(diagnostics, []);
    assert_eq!(record.location, https("https://example.org/logo.svg"));
    assert_eq!(record.evidence, https("https://example.org/vmc.pem"));
    let prefixes = vec!["news".to_owned(), "sales-de".to_owned()];
    assert_eq!(record.local_parts, Some(prefixes));
    assert!(record.personal_avatar);
    assert_eq!(record.to_string(), text);
    let small = read("v=BIMI1;l=https://example.org/logo.SVGZ?x=1").record;
    assert_eq!(small.evidence, Location::Absent);
    assert!(small.local_parts.is_none() && !small.personal_avatar);
    let all = read("v=BIMI1; l=https://example.org/logo.svg; lps=");
    assert_eq!(
        (all.record.local_parts, all.diagnostics),
        (Some(vec![]), vec![])
    );
}

#[test]
fn declinations() {
    for text in [
        "v=BIMI1; l=; a=;",
        "v=BIMI1; l=",
        "v=BIMI1; l=; a=; lps=true;",
    ] {
        let published = read(text);
        assert!(published.record.is_declination(), "{text}");
        let codes = published.diagnostics.iter().map(|remark| remark.code);
        assert_eq!(
            codes.collect::<Vec<_>>(),
            [DiagnosticCode::Declination],
            "{text}"
        );
    }
    for text in [
        "v=BIMI1",
        "v=BIMI1; a=",
        "v=BIMI1; l=; a=https://example.org/a.pem",
    ] {
        assert!(!read(text).record.is_declination(), "{text}");
    }
}

#[test]
fn every_mistake_has_its_place() {
    use DiagnosticCode as Code;
    for (text, code, place) in [
        ("v=BIMI1", Code::MissingLocation, ""),
        ("v=BIMI1; a=", Code::MissingLocation, ""),
        (
            "v=BIMI1; l=; a=https://example.org/a.pem",
            Code::OnlyEvidence,
            "",
        ),
        (
            "v=BIMI1; l=http://example.org/a.svg",
            Code::NotHttps,
            "http://example.org/a.svg",
        ),
        (
            "v=BIMI1; l=example.org/a.svg",
            Code::InvalidUri,
            "example.org/a.svg",
        ),
        (
            "v=BIMI1; l=https://logo/a.svg",
            Code::InvalidUri,
            "https://logo/a.svg",
        ),
        (
            "v=BIMI1; l=https://example.org/a,b.svg",
            Code::InvalidUri,
            "https://example.org/a,b.svg",
        ),
        (
            "v=BIMI1; l=https://example.org/a.png",
            Code::NotSvg,
            "https://example.org/a.png",
        ),
        (
            "v=BIMI1; l=; a=ftp://example.org/a.pem",
            Code::NotHttps,
            "ftp://example.org/a.pem",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg; lps=a@b,c",
            Code::InvalidValue,
            "a@b",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg; lps=a, ,c",
            Code::InvalidValue,
            "",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg; lps=a b",
            Code::InvalidValue,
            "a b",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg; avp=Brand",
            Code::InvalidValue,
            "Brand",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg; avp=",
            Code::InvalidValue,
            "",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg; l=",
            Code::DuplicateTag,
            "l=",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg; é",
            Code::NotATag,
            "é",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg;; a=",
            Code::NotATag,
            "",
        ),
        (
            "v=BIMI1; é=x; l=https://example.org/a.svg",
            Code::UnknownTag,
            "é=x",
        ),
    ] {
        let published = read(text);
        let found: Vec<_> = published.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, [code], "{text}");
        let span = published.diagnostics[0].span;
        let length = (span.end - span.start) as usize;
        let at: String = text
            .chars()
            .skip(span.start as usize)
            .take(length)
            .collect();
        assert_eq!(at, place, "{text}");
    }
}

#[test]
fn what_is_no_record() {
    for text in [
        "v=bimi1; l=",
        " v=BIMI1; l=",
        "\"v=BIMI1; l=\"",
        "v=BIMI2; l=",
        "V=BIMI1; l=",
    ] {
        assert_eq!(parse(text), Parsed::NearMiss, "{text}");
    }
    for text in ["", "v", "v=DMARC1", "é", "l=https://example.org/a.svg"] {
        assert_eq!(parse(text), Parsed::NotBimi, "{text}");
    }
}

#[test]
fn what_is_plain_is_put_right() {
    for (text, expected) in [
        (
            "v=bimi1; l=http://example.org/a.svg",
            "v=BIMI1; l=https://example.org/a.svg",
        ),
        (
            "\"v=BIMI1\\; L=https://example.org/a.svg\\; a=\"",
            "v=BIMI1; l=https://example.org/a.svg; a=",
        ),
        (
            "v=BIMI1; l=https://example.org/a.svg; l=x; hello",
            "v=BIMI1; l=https://example.org/a.svg",
        ),
        ("v=BIMI1", ""),
        ("v=BIMI1; l=https://example.org/a.png", ""),
    ] {
        let expected = Some(expected.to_owned()).filter(|value| !value.is_empty());
        assert_eq!(repaired(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_printed_back(text in "(v=BIMI1;)?[a-z=:/.;é ]{0,40}") {
        if let Parsed::Record(published) = parse(&text) {
            prop_assert_eq!(published.record.to_string(), text);
        }
    }
}
