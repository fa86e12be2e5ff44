use super::*;

#[test]
fn the_terms_are_kept_and_the_version_is_mended() {
    for text in [
        " v=spf1 include:a.example -all",
        "\"v=spf1 include:a.example -all\"",
        "v=spf10 include:a.example -all",
        "v=spf1;include:a.example;-all;",
        "v=spf1, include:a.example, -all",
        "v=spf1\tinclude:a.example\t-all",
        "v= spf1 include:a.example -all",
        "v:spf1 include:a.example -all",
        "spf1 include:a.example -all",
        "V=SPF2 include:a.example -all",
        "v=sfp1 include:a.example -all",
        "spf2.0/mfrom,pra include:a.example -all",
        "v=spf1include:a.example -all",
    ] {
        assert_eq!(
            repaired(text).as_deref(),
            Some("v=spf1 include:a.example -all"),
            "{text:?}"
        );
    }
}

#[test]
fn what_cannot_be_understood_is_not_handed_over() {
    for text in [
        "v=spf1 inclde:a.example -all ipv5",
        "hello",
        "",
        "v",
        "é",
        "v=é",
    ] {
        assert_eq!(repaired(text), None, "{text:?}");
    }
}

#[test]
fn what_breaks_the_grammar_is_written_as_it_was_meant() {
    for (text, meant) in [
        ("v=spf1 ipv4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all"),
        (
            "v=spf1 ip:192.0.2.0/24 -all",
            "v=spf1 ip4:192.0.2.0/24 -all",
        ),
        (
            "v=spf1 ipv6:2001:db8::/32 -all",
            "v=spf1 ip6:2001:db8::/32 -all",
        ),
        (
            "v=spf1 ip4:2001:db8::1 ip6:192.0.2.1 -all",
            "v=spf1 ip6:2001:db8::1 ip4:192.0.2.1 -all",
        ),
        (
            "v=spf1 192.0.2.1 2001:db8::1 -all",
            "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all",
        ),
        (
            "v=spf1 ip4:192.0.2.1, mx; -all.",
            "v=spf1 ip4:192.0.2.1 mx -all",
        ),
        (
            "v=spf1 inclde:a.example -all",
            "v=spf1 include:a.example -all",
        ),
        (
            "v=spf1 inlcude:a.example -all",
            "v=spf1 include:a.example -all",
        ),
        (
            "v=spf1 +inclusde:a.example ~al",
            "v=spf1 +include:a.example ~all",
        ),
        (
            "v=spf1 include=a.example -all",
            "v=spf1 include:a.example -all",
        ),
        (
            "v=spf1 include: a.example -all",
            "v=spf1 include:a.example -all",
        ),
        ("v=spf1 ip4: 192.0.2.1 - all", "v=spf1 ip4:192.0.2.1 -all"),
        ("v=spf1 mx include: -all", "v=spf1 mx -all"),
        (
            "v=spf1 mx -redirect=a.example",
            "v=spf1 mx redirect=a.example",
        ),
        ("v=spf1 redirect:a.example", "v=spf1 redirect=a.example"),
        ("v=spf1 ip4:192.0.2.1-all", "v=spf1 ip4:192.0.2.1 -all"),
        (
            "v=spf1 include:a.example~all",
            "v=spf1 include:a.example ~all",
        ),
        (
            "v=spf1 include:a.example/24 -all/8",
            "v=spf1 include:a.example -all",
        ),
        ("v=spf1 v=spf1 mx -all", "v=spf1 mx -all"),
        ("v=spf1 mx \u{e2}\u{80}\u{93}all", "v=spf1 mx -all"),
        ("v=spf1\tmx\t-all", "v=spf1 mx -all"),
        (
            "v=spf1 mx ip4:192.0.2.1/ -all",
            "v=spf1 mx ip4:192.0.2.1 -all",
        ),
    ] {
        assert_eq!(corrected(text).as_deref(), Some(meant), "{text:?}");
    }
}

#[test]
fn what_could_mean_two_things_is_left_to_people() {
    for text in [
        "v=spf1 mail.example.org -all",
        "v=spf1 moo:a.example -all",
        "v=spf1 ip4:192.0.2 -all",
        "v=spf1 ip4:192.0.2.1/33 -all",
        "v=spf1 redirect=a.example redirect=b.example",
        "v=spf1 a:mail -all",
        "v=spf1 %{ -all",
        "v=spf1 mx -all",
        "",
    ] {
        assert_eq!(corrected(text), None, "{text:?}");
    }
}

proptest::proptest! {
    #[test]
    fn whatever_is_corrected_can_be_read(text in "v=spf1 ([a-z0-9:=/.~+é-]{0,9} ){0,9}") {
        if let Some(value) = corrected(&text) {
            proptest::prop_assert!(Record::parse(&value).is_ok(), "{}", value);
            proptest::prop_assert_eq!(corrected(&value), None);
        }
    }
}
