//! What is read, what is not, and where.

use super::*;

fn code(term: &str) -> Option<SyntaxCode> {
    Record::parse(&format!("v=spf1 {term}"))
        .err()
        .map(|error| error.code)
}

#[test]
fn printing_gives_the_text_back() {
    for text in [
        "v=spf1",
        "V=sPf1  ",
        "v=spf1   +A  -MX/24//64 ?a:Example.ORG/24 ~pTr",
        "v=spf1 iNcLuDe:%{D2R-}.x ip4:192.0.2.1/24 IP6:2001:DB8::/32 ip6:::ffff:1.2.3.4",
        "v=spf1 a//0 exists:%%%_%-%{l}.a.b moo.cow-far_out=%{c}x/:= Redirect=a.b eXp=a.b. ",
        "v=spf1 a:foo:bar/baz.example.com//64 all -all",
    ] {
        assert_eq!(Record::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn spans_are_places_in_the_text() {
    let record = Record::parse("v=spf1  a:x.org  -all").unwrap();
    let spans: Vec<_> = record
        .terms
        .iter()
        .map(|t| (t.span.start, t.span.end))
        .collect();
    assert_eq!(spans, [(8, 15), (17, 21)]);
}

#[test]
fn every_error_has_its_place() {
    let text = "v=spf1 ipv4:1.2.3.4 \u{80}a a:\u{ef}\u{bb}.org ip4:1.2.3.400 include: -all";
    let errors: Vec<_> = read(text)
        .errors
        .into_iter()
        .map(|e| (e.code, e.span.start, e.span.end))
        .collect();
    assert_eq!(
        errors,
        [
            (SyntaxCode::UnknownMechanism, 7, 19),
            (SyntaxCode::Character, 20, 21),
            (SyntaxCode::Character, 25, 26),
            (SyntaxCode::InvalidIpv4, 36, 45),
            (SyntaxCode::MissingArgument, 54, 54),
        ]
    );
}

#[test]
fn slips_have_their_own_codes() {
    for (term, expected) in [
        ("1.2.3.4", SyntaxCode::BareAddress),
        ("1.2.3.4/24", SyntaxCode::BareAddress),
        ("2001:db8::1", SyntaxCode::BareAddress),
        ("spf.example.com", SyntaxCode::BareDomain),
        ("ip:1.2.3.4", SyntaxCode::UnknownMechanism),
        ("-all.", SyntaxCode::UnknownMechanism),
        ("all:x.org", SyntaxCode::UnexpectedArgument),
        ("all/8", SyntaxCode::UnexpectedPrefix),
        ("-redirect=a.b", SyntaxCode::QualifierOnModifier),
        ("redirect=a.b redirect=a.b", SyntaxCode::RepeatedRedirect),
        ("exp=a.b exp=a.b", SyntaxCode::RepeatedExp),
        ("redirect=", SyntaxCode::MissingArgument),
        ("include", SyntaxCode::MissingArgument),
        ("include/24", SyntaxCode::UnexpectedPrefix),
        ("include:localhost", SyntaxCode::SingleLabel),
        ("include:a.b/24", SyntaxCode::UnexpectedPrefix),
        ("ptr/24", SyntaxCode::UnexpectedPrefix),
        ("a:", SyntaxCode::MissingArgument),
        ("a:/24", SyntaxCode::MissingArgument),
        ("a/24/64", SyntaxCode::InvalidPrefix),
        ("a:dom.com/12/123", SyntaxCode::InvalidPrefix),
        ("a/024", SyntaxCode::InvalidPrefix),
        ("mx/3-all", SyntaxCode::InvalidPrefix),
        ("a/x/24", SyntaxCode::InvalidPrefix),
        ("a/%{d}", SyntaxCode::InvalidPrefix),
        ("a/33", SyntaxCode::PrefixOutOfRange),
        ("a//129", SyntaxCode::PrefixOutOfRange),
        ("a:1.2.3.4", SyntaxCode::InvalidDomain),
        ("ip4", SyntaxCode::MissingArgument),
        ("ip4:2001:db8::1", SyntaxCode::Ipv6InIp4),
        ("ip6:1.2.3.4", SyntaxCode::Ipv4InIp6),
        ("ip4:01.2.3.4", SyntaxCode::InvalidIpv4),
        ("ip4:1.2.3.4:25", SyntaxCode::InvalidIpv4),
        ("ip4:%{i}", SyntaxCode::MacroInAddress),
        ("ip4:1.2.3.4/", SyntaxCode::InvalidPrefix),
        ("exists:%{c}.a.b", SyntaxCode::MacroOnlyInExplanation),
        ("moo=%(d)", SyntaxCode::InvalidMacro),
        ("-", SyntaxCode::UnknownMechanism),
        ("=x", SyntaxCode::UnknownMechanism),
        ("all\ta", SyntaxCode::Character),
    ] {
        assert_eq!(code(term), Some(expected), "{term}");
    }
}

#[test]
fn what_no_standard_knows_may_be_there_as_a_modifier() {
    for term in [
        "ip4=1.2.3.4",
        "include=x",
        "v=spf1",
        "moo=",
        "a=b a=b",
        "all=%{t}",
    ] {
        assert_eq!(code(term), None, "{term}");
    }
}

#[test]
fn only_the_version_and_a_space_begin_a_record() {
    for text in [
        "",
        " v=spf1",
        "v=spf10",
        "v=spf1\ta",
        "v=spf1; a",
        "\"v=spf1 a\"",
    ] {
        let error = Record::parse(text).unwrap_err();
        assert_eq!(error.code, SyntaxCode::Version, "{text}");
    }
}
