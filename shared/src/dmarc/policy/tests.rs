//! Policies for the domain and below it.

use super::*;
use crate::dmarc::discover;
use crate::dns::{Failure, Name, Question, RecordType, Response, Wanting, Zone};

fn policies(zone: &Zone, domain: &str, exists: bool) -> EffectivePolicies {
    let discovery = discover(&Wanting::new(zone), &Name::parse(domain).unwrap()).unwrap();
    effective_policies(&discovery, exists)
}

fn of_record(text: &str) -> [EffectivePolicy; 3] {
    let zone = Zone::new().txt("_dmarc.example.org", text);
    let all = policies(&zone, "example.org", true);
    [
        all.exact,
        all.existing_subdomain,
        all.non_existent_subdomain,
    ]
    .map(|policy| match policy {
        Determination::Known(Some(policy)) => policy,
        other => panic!("{text}: {other:?}"),
    })
}

/// What receivers of RFC 9989 do in the three cases.
fn dispositions(text: &str) -> [Option<Disposition>; 3] {
    of_record(text).map(|policy| policy.disposition)
}

/// What receivers of RFC 7489 do where it is something else.
fn older(text: &str) -> [Option<(Option<Disposition>, u8)>; 3] {
    of_record(text).map(|policy| policy.older.map(|o| (o.disposition, o.percentage)))
}

const NONE: Option<Disposition> = Some(Disposition::None);
const QUARANTINE: Option<Disposition> = Some(Disposition::Quarantine);
const REJECT: Option<Disposition> = Some(Disposition::Reject);

#[test]
fn tags_fall_back_in_their_order() {
    for (text, expected) in [
        ("v=DMARC1; p=reject", [REJECT, REJECT, REJECT]),
        ("v=DMARC1; p=reject; sp=none", [REJECT, NONE, NONE]),
        ("v=DMARC1; p=none; np=reject", [NONE, NONE, REJECT]),
        (
            "v=DMARC1; p=none; sp=quarantine; np=reject",
            [NONE, QUARANTINE, REJECT],
        ),
        (
            "v=DMARC1; p=reject; t=y",
            [QUARANTINE, QUARANTINE, QUARANTINE],
        ),
        (
            "v=DMARC1; p=quarantine; np=reject; t=y",
            [NONE, NONE, QUARANTINE],
        ),
        ("v=DMARC1; p=reject; t=x", [REJECT, REJECT, REJECT]),
        (
            "v=DMARC1; p=reject; np=x; rua=mailto:a@example.org",
            [NONE, NONE, NONE],
        ),
        ("v=DMARC1; p=reject; np=x", [None, None, None]),
        ("v=DMARC1", [None, None, None]),
    ] {
        assert_eq!(dispositions(text), expected, "{text}");
    }
}

#[test]
fn the_deciding_tag_is_named() {
    let tags = |text| of_record(text).map(|policy| policy.tag);
    assert_eq!(
        tags("v=DMARC1; p=none; sp=none"),
        [Some(TagName::P), Some(TagName::Sp), Some(TagName::Sp)]
    );
    assert_eq!(tags("v=DMARC1; rua=mailto:a@example.org"), [None; 3]);
    let [exact, ..] = of_record("v=DMARC1; p=reject; t=y");
    assert_eq!((exact.published, exact.testing), (REJECT, true));
    assert!(exact.is_enforcing());
}

#[test]
fn older_receivers_differ() {
    for (text, expected) in [
        ("v=DMARC1; p=reject; pct=100", [None; 3]),
        ("v=DMARC1; p=reject; pct=20", [Some((REJECT, 20)); 3]),
        ("v=DMARC1; p=none; pct=20", [None; 3]),
        ("v=DMARC1; p=reject; t=y", [Some((REJECT, 100)); 3]),
        (
            "v=DMARC1; p=reject; np=none",
            [None, None, Some((REJECT, 100))],
        ),
        ("v=DMARC1; p=reject; np=x", [Some((REJECT, 100)); 3]),
        ("v=DMARC1; p=x; rua=mailto:a@example.org", [None; 3]),
        ("v=DMARC1; p=x", [None; 3]),
    ] {
        assert_eq!(older(text), expected, "{text}");
    }
}

#[test]
fn an_inherited_policy_depends_on_existence() {
    let zone = Zone::new().txt(
        "_dmarc.example.org",
        "v=DMARC1; p=none; sp=quarantine; np=reject",
    );
    for (exists, expected) in [(true, QUARANTINE), (false, REJECT)] {
        let all = policies(&zone, "a.example.org", exists);
        let exact = all.exact.known().unwrap().as_ref().unwrap();
        assert_eq!(exact.disposition, expected);
        assert_eq!(exact.source.scope, PolicyScope::OrganizationalDomain);
    }
}

#[test]
fn a_record_in_between_does_not_cover_what_is_below_it() {
    let zone = Zone::new()
        .txt("_dmarc.a.example.org", "v=DMARC1; p=reject; sp=reject")
        .txt("_dmarc.example.org", "v=DMARC1; p=none");
    let all = policies(&zone, "a.example.org", true);
    let [exact, below] = [all.exact, all.existing_subdomain].map(|policy| match policy {
        Determination::Known(Some(policy)) => policy.disposition,
        other => panic!("{other:?}"),
    });
    assert_eq!((exact, below), (REJECT, NONE));
}

#[test]
fn older_receivers_stop_at_several_records_and_know_no_public_suffix() {
    let no_dmarc = Some(OlderPolicy {
        disposition: None,
        percentage: 100,
    });
    let zone = Zone::new()
        .txt("_dmarc.a.example.org", "v=DMARC1; p=none")
        .txt("_dmarc.a.example.org", "v=DMARC1; p=reject")
        .txt("_dmarc.example.org", "v=DMARC1; p=quarantine");
    let all = policies(&zone, "a.example.org", true);
    assert_eq!(all.exact.known().unwrap().as_ref().unwrap().older, no_dmarc);
    let zone = Zone::new().txt("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y");
    let all = policies(&zone, "mega.bank.example", true);
    let exact = all.exact.known().unwrap().as_ref().unwrap();
    assert_eq!((exact.disposition, exact.older), (REJECT, no_dmarc));
}

#[test]
fn no_record_and_no_answer_are_two_things() {
    let mut zone = Zone::new();
    assert_eq!(
        policies(&zone, "example.org", true).exact,
        Determination::Known(None)
    );
    let question = Question::new(Name::parse("_dmarc.org").unwrap(), RecordType::Txt);
    zone.insert(question.clone(), Response::Failed(Failure::TimedOut));
    let all = policies(&zone, "example.org", true);
    let failed = Determination::Failed(question, Failure::TimedOut);
    assert_eq!(all.exact, failed);
    assert_eq!(all.existing_subdomain, failed);
    assert_eq!(all.non_existent_subdomain, failed);
}
