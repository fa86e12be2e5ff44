use proptest::prelude::*;

use super::*;

fn codes(text: &str) -> Vec<(DiagnosticCode, String)> {
    let reading = parse(text);
    let at = |span: Span| {
        let length = (span.end - span.start) as usize;
        text.chars()
            .skip(span.start as usize)
            .take(length)
            .collect()
    };
    let remarks = reading.diagnostics.into_iter();
    remarks.map(|d| (d.code, at(d.span))).collect()
}

#[test]
fn lines_as_people_write_them() {
    for (text, printed) in [
        ("10 mail.example.org", "10 mail.example.org."),
        (
            "  10\tMail.Example.ORG.  ; the first",
            "10 mail.example.org.",
        ),
        ("0 .", "0 ."),
        (
            "example.org. 3600 IN MX 10 mx.example.org.",
            "10 mx.example.org.",
        ),
        ("MX 10 mx.example.org", "10 mx.example.org."),
        (
            "20 b.example.org\r\n\n; old\n10 a.example.org\r\n",
            "20 b.example.org.\n10 a.example.org.",
        ),
        (
            "10 mx.example.org\n10 my.example.org",
            "10 mx.example.org.\n10 my.example.org.",
        ),
        ("10 _dc-mx.1a.example.org", "10 _dc-mx.1a.example.org."),
        ("", ""),
        ("; nothing", ""),
    ] {
        let reading = parse(text);
        assert_eq!(reading.to_string(), printed, "{text:?}");
        assert_eq!(reading.diagnostics, [], "{text:?}");
    }
}

#[test]
fn every_mistake_has_its_place() {
    use DiagnosticCode as Code;
    for (text, expected) in [
        (
            "mail.example.org",
            (Code::MissingPreference, "mail.example.org"),
        ),
        ("10", (Code::MissingExchange, "10")),
        ("é mail.example.org", (Code::InvalidPreference, "é")),
        ("65536 mail.example.org", (Code::InvalidPreference, "65536")),
        ("-1 mail.example.org", (Code::InvalidPreference, "-1")),
        (
            "10 mail..example.org",
            (Code::InvalidName, "mail..example.org"),
        ),
        ("10 192.0.2.1", (Code::IsAddress, "10 192.0.2.1")),
        ("10 localhost.", (Code::IsLocalhost, "10 localhost.")),
        ("10 a.localhost", (Code::IsLocalhost, "10 a.localhost")),
        ("10 2001:db8::1", (Code::IsAddress, "10 2001:db8::1")),
        ("10 [192.0.2.1]", (Code::IsAddress, "10 [192.0.2.1]")),
        (
            "10 mx.example.org:25",
            (Code::NotAHost, "mx.example.org:25"),
        ),
        (
            "10 mailto:a@example.org",
            (Code::NotAHost, "mailto:a@example.org"),
        ),
        (
            "10 \"mx.example.org\"",
            (Code::NotAHost, "\"mx.example.org\""),
        ),
        ("10 *.example.org.", (Code::NotAHost, "*.example.org.")),
        ("10 -a.example.org", (Code::NotAHost, "-a.example.org")),
        ("10 http://mx", (Code::NotAHost, "http://mx")),
        ("10 mx", (Code::IsLocal, "10 mx")),
        ("10 .", (Code::NullPreference, "10 .")),
        ("0 .\n10 a.example", (Code::NullBesideOthers, "0 .")),
        (
            "10 a.example\n20 a.example",
            (Code::Repeated, "20 a.example"),
        ),
        ("10 a.example b.example", (Code::TrailingText, "b.example")),
    ] {
        let (code, place) = expected;
        assert_eq!(codes(text), [(code, place.to_owned())], "{text:?}");
    }
    let both = [Code::InvalidPreference, Code::InvalidName];
    let found = codes("ten a..b").into_iter().map(|(code, _)| code);
    assert_eq!(found.collect::<Vec<_>>(), both);
}

#[test]
fn no_text_is_too_long() {
    let reading = parse(&"10 a.example.org\n".repeat(10_000));
    assert_eq!(reading.records.len(), MAX_RECORDS);
    let last = reading.diagnostics.last().map(|d| d.code);
    assert_eq!(last, Some(DiagnosticCode::TooMany));
    assert_eq!(parse(&"é ".repeat(1_000_000)).records, []);
}

proptest! {
    #[test]
    fn what_is_printed_reads_the_same(text in "([0-9a-zé.;\\-]{0,8}[ \n\t]){0,12}") {
        let reading = parse(&text);
        let again = parse(&reading.to_string());
        prop_assert_eq!(again.response(), reading.response());
        prop_assert_eq!(again.to_string(), reading.to_string());
    }
}
