use proptest::prelude::*;

use super::*;
use crate::dns::Name;

const GOOD: &str = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.org\r\nmx: *.example.net\r\nmax_age: 604800\r\n";

fn codes(text: &str) -> Vec<Code> {
    let remarks = read_policy(text).diagnostics;
    remarks.into_iter().map(|remark| remark.code).collect()
}

/// The characters at each remark.
fn places(text: &str) -> Vec<String> {
    let covered = |span: Span| {
        let length = (span.end - span.start) as usize;
        text.chars()
            .skip(span.start as usize)
            .take(length)
            .collect()
    };
    let remarks = read_policy(text).diagnostics;
    remarks
        .into_iter()
        .map(|remark| covered(remark.span))
        .collect()
}

#[test]
fn a_policy_in_all_its_spellings() {
    let name = |text: &str| Name::parse(text).unwrap();
    for text in [
        GOOD.to_owned(),
        GOOD.replace("\r\n", "\n"),
        GOOD.trim_end().to_owned(),
        GOOD.replace(": ", ":"),
        GOOD.replace(": ", ":\t "),
        GOOD.replace("\r\n", " \r\n"),
    ] {
        let read = read_policy(&text);
        assert_eq!(read.diagnostics, [], "{text:?}");
        assert!(read.is_valid() && read.policy.versioned);
        assert_eq!(
            (read.policy.mode, read.policy.max_age),
            (Some(Mode::Enforce), Some(WEEK))
        );
        for (host, covered) in [
            ("mail.example.org", true),
            ("a.example.net", true),
            ("example.net", false),
            ("a.b.example.net", false),
            ("mail2.example.org", false),
        ] {
            assert_eq!(read.policy.covers(&name(host)), covered, "{host}");
        }
    }
}

#[test]
fn a_star_may_stand_for_a_domain_that_is_its_own_exchange() {
    assert_eq!(codes(&GOOD.replace("*.example.net", "*.net")), []);
}

#[test]
fn what_is_wrong_and_where() {
    use PolicyField::{MaxAge, Mode, Mx, Version};
    for (from, to, code, place) in [
        ("version: STSv1\r\n", "", Code::Missing(Version), ""),
        ("STSv1", "STSv2", Code::Invalid(Version), "STSv2"),
        ("mode: enforce\r\n", "", Code::Missing(Mode), ""),
        ("enforce", "Enforce", Code::Invalid(Mode), "Enforce"),
        ("max_age: 604800\r\n", "", Code::Missing(MaxAge), ""),
        ("604800", "-1", Code::Invalid(MaxAge), "-1"),
        ("604800", "1 week", Code::Invalid(MaxAge), "1 week"),
        (
            "604800",
            "00000604800",
            Code::Invalid(MaxAge),
            "00000604800",
        ),
        ("604800", "31557601", Code::MaxAgeTooLong, "31557601"),
        ("604800", "9999999999", Code::MaxAgeTooLong, "9999999999"),
        ("604800", "86399", Code::MaxAgeShort, "86399"),
        ("604800", "86400", Code::MaxAgeModest, "86400"),
        (
            "*.example.net",
            "*.example.net.",
            Code::FinalDot,
            "*.example.net.",
        ),
        ("*.example.net", "mx.*.net", Code::Invalid(Mx), "mx.*.net"),
        ("*.example.net", "", Code::Invalid(Mx), ""),
        (
            "*.example.net",
            "192.0.2.1",
            Code::MatchesNothing,
            "192.0.2.1",
        ),
        (
            "mail.example.org",
            "localhost",
            Code::MatchesNothing,
            "localhost",
        ),
        ("*.example.net", "*.0.2.1", Code::MatchesNothing, "*.0.2.1"),
        (
            "version",
            "\u{feff}version",
            Code::ByteOrderMark,
            "\u{feff}",
        ),
        ("mode:", "mode", Code::NotAField, "mode enforce"),
        ("mode:", ": x\r\nmode:", Code::NotAField, ": x"),
        ("mode:", "mode :", Code::SpaceAtKey, "mode "),
        ("mode:", " mode:", Code::SpaceAtKey, " mode"),
        ("mode", "\r\nmode", Code::EmptyLine, ""),
        ("mode", "note: é: x\r\nmode", Code::UnknownField, "note"),
        (
            "max_age",
            "mode: none\r\nmax_age",
            Code::Duplicate(Mode),
            "mode: none",
        ),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_eq!(codes(&text).first(), Some(&code), "{text}");
        assert_eq!(places(&text)[0], place, "{text}");
        assert_eq!(
            read_policy(&text).is_valid(),
            code.level() < Level::Error,
            "{text}"
        );
    }
    let last = GOOD.replacen("version: STSv1\r\n", "", 1) + "version: STSv1";
    assert_eq!(codes(&last), [Code::VersionNotFirst]);
    let blank = format!("{GOOD}\r\n\r\n");
    assert_eq!(codes(&blank), [Code::EmptyLine; 2]);
}

#[test]
fn the_first_of_two_counts() {
    let text = GOOD.replacen("mx", "mode: none\r\nmax_age: 0\r\nmx", 1);
    let policy = read_policy(&text).policy;
    assert_eq!(
        (policy.mode, policy.max_age),
        (Some(Mode::Enforce), Some(0))
    );
}

#[test]
fn mx_may_lack_and_a_short_life_is_right_where_nothing_is_enforced() {
    let none = "version: STSv1\nmode: none\nmax_age: 60\n";
    assert_eq!(codes(none), []);
    let testing = "version: STSv1\nmode: testing\nmax_age: 60\n";
    assert_eq!(codes(testing), [Code::Missing(PolicyField::Mx)]);
    assert!(!read_policy("").is_valid());
    assert_eq!(codes("").len(), 4);
}

#[test]
fn no_file_is_too_large_or_too_bad() {
    let flood = format!("{GOOD}{}", "mx: a.example\r\n".repeat(100_000));
    let read = read_policy(&flood);
    assert_eq!(read.policy.text.len(), MAX_POLICY);
    assert!(!read.is_valid(), "what is behind it nobody reads");
    let bad = read_policy(&"é\n".repeat(100_000));
    assert!(bad.diagnostics.len() <= 3 * MAX_REMARKS && !bad.is_valid());
    // Remarks of less weight hide no error.
    let notes = GOOD.replacen("mode", &format!("{}mode", "a: b\r\n".repeat(500)), 1);
    assert!(read_policy(&notes).is_valid());
    assert!(!read_policy(&notes.replace("604800", "x")).is_valid());
}

proptest! {
    #[test]
    fn any_text_is_read_and_given_back(text in "(version: STSv1|mode: (enforce|none)|mx: [*.a-z]{0,9}|max_age: [0-9]{0,12}|[ -~é\r\u{feff}:]{0,20}|\n){0,30}") {
        let read = read_policy(&text);
        prop_assert_eq!(read.policy.to_string(), text.as_str());
        let end = u32::try_from(text.chars().count()).unwrap();
        let mut last = 0;
        for remark in read.diagnostics {
            prop_assert!(last <= remark.span.start && remark.span.start <= remark.span.end && remark.span.end <= end);
            last = remark.span.start;
        }
    }
}
