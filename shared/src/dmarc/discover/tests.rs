//! Walks over literal zones; the standard's own examples are in the conformance tests.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::dns::{
    Answer, DnsView, Failure, Question, RecordData, RecordType, Response, TxtRecord, Zone,
};

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn found(zone: &Zone, domain: &str) -> Discovery {
    discover(&Wanting::new(zone), &name(domain)).unwrap()
}

/// Scope and name of a source.
fn source(policy: &Determination<Option<PolicySource>>) -> Option<(PolicyScope, &str)> {
    let source = policy.known().unwrap().as_ref()?;
    Some((source.scope, source.domain.as_str()))
}

fn organizational(discovery: &Discovery) -> &str {
    discovery.organizational_domain.known().unwrap().as_str()
}

fn failing(mut zone: Zone, at: &str) -> Zone {
    zone.insert(
        Question::new(name(at), RecordType::Txt),
        Response::Failed(Failure::ServFail),
    );
    zone
}

#[test]
fn every_question_is_wanted_at_once() {
    struct Nothing;
    impl crate::dns::DnsView for Nothing {
        fn get(&self, _: &Question) -> Option<&crate::dns::Answer> {
            None
        }
    }
    let dns = Wanting::new(&Nothing);
    assert_eq!(discover(&dns, &name("a.b.example.org")), None);
    let wanted: Vec<_> = dns.into_wants().iter().map(ToString::to_string).collect();
    assert_eq!(
        wanted,
        [
            "_dmarc.a.b.example.org TXT",
            "_dmarc.b.example.org TXT",
            "_dmarc.example.org TXT",
            "_dmarc.org TXT",
        ]
    );
}

#[test]
fn the_domain_s_own_record_comes_first() {
    let zone = Zone::new()
        .txt("_dmarc.a.example.org", "v=DMARC1; p=none")
        .txt("_dmarc.example.org", "v=DMARC1; p=reject");
    let discovery = found(&zone, "a.example.org");
    assert_eq!(
        source(&discovery.policy),
        Some((PolicyScope::AuthorDomain, "a.example.org"))
    );
    assert_eq!(
        discovery.published().unwrap().record.text,
        "v=DMARC1; p=none"
    );
    // A record between does not cover what is below it.
    assert_eq!(
        source(&discovery.subdomain_policy),
        Some((PolicyScope::OrganizationalDomain, "example.org"))
    );
    assert_eq!(organizational(&discovery), "example.org");
    assert_eq!(discovery.steps.len(), 3);
}

#[test]
fn an_organizational_domain_covers_itself_and_what_is_below() {
    let zone = Zone::new().txt("_dmarc.example.org", "v=DMARC1; p=reject");
    let discovery = found(&zone, "example.org");
    let own = Some((PolicyScope::AuthorDomain, "example.org"));
    assert_eq!(source(&discovery.policy), own);
    assert_eq!(source(&discovery.subdomain_policy), own);
    let below = found(&zone, "x.y.example.org");
    assert_eq!(
        source(&below.policy),
        Some((PolicyScope::OrganizationalDomain, "example.org"))
    );
    assert_eq!(below.policy, below.subdomain_policy);
}

#[test]
fn a_public_suffix_is_the_last_resort() {
    let zone = Zone::new()
        .txt("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y")
        .txt("_dmarc.b.mega.bank.example", "v=DMARC1; p=none");
    let discovery = found(&zone, "a.b.mega.bank.example");
    // The record at `b.mega` is neither the author's nor at the organizational domain.
    assert_eq!(organizational(&discovery), "mega.bank.example");
    assert_eq!(
        source(&discovery.policy),
        Some((PolicyScope::PublicSuffix, "bank.example"))
    );
    let suffix = found(&zone, "bank.example");
    assert_eq!(organizational(&suffix), "bank.example");
    assert_eq!(
        source(&suffix.policy),
        Some((PolicyScope::AuthorDomain, "bank.example"))
    );
    assert_eq!(
        source(&suffix.subdomain_policy),
        Some((PolicyScope::AuthorDomain, "bank.example"))
    );
}

#[test]
fn several_records_are_discarded_and_the_walk_goes_on() {
    let zone = Zone::new()
        .txt("_dmarc.a.example.org", "v=DMARC1; p=none")
        .txt("_dmarc.a.example.org", "v=DMARC1; p=reject")
        .txt("_dmarc.example.org", "v=DMARC1; p=quarantine");
    let discovery = found(&zone, "a.example.org");
    assert_eq!(
        source(&discovery.policy),
        Some((PolicyScope::OrganizationalDomain, "example.org"))
    );
    let discarded: Vec<_> = discovery.discarded().collect();
    assert_eq!(discarded.len(), 1);
    assert_eq!(
        discarded[0].finding,
        WalkFinding::Several(vec![
            "v=DMARC1; p=none".to_owned(),
            "v=DMARC1; p=reject".to_owned()
        ])
    );
}

#[test]
fn other_texts_beside_a_record_do_no_harm_and_near_misses_are_kept() {
    let zone = Zone::new()
        .txt("_dmarc.example.org", "MS=ms1")
        .txt("_dmarc.example.org", "v=DMARC1; p=none");
    assert!(found(&zone, "example.org").published().is_some());
    let zone = Zone::new().txt("_dmarc.example.org", "v=dmarc1; p=none");
    let discovery = found(&zone, "example.org");
    assert_eq!(source(&discovery.policy), None);
    assert!(matches!(
        discovery.steps[0].finding,
        WalkFinding::NearMisses(_)
    ));
}

#[test]
fn a_failed_look_up_is_never_an_absence() {
    let failed = |at: &str| {
        Determination::Failed(Question::new(name(at), RecordType::Txt), Failure::ServFail)
    };
    let zone = failing(
        Zone::new().txt("_dmarc.example.org", "v=DMARC1; p=none"),
        "_dmarc.a.example.org",
    );
    let discovery = found(&zone, "a.example.org");
    assert_eq!(discovery.policy, failed("_dmarc.a.example.org"));
    assert_eq!(discovery.steps.len(), 1);

    // The own record is known, what is above it is not.
    let zone = failing(
        Zone::new().txt("_dmarc.example.org", "v=DMARC1; p=none"),
        "_dmarc.org",
    );
    let discovery = found(&zone, "example.org");
    assert_eq!(
        source(&discovery.policy),
        Some((PolicyScope::AuthorDomain, "example.org"))
    );
    assert_eq!(discovery.subdomain_policy, failed("_dmarc.org"));
    assert!(discovery.organizational_domain.known().is_none());

    // Nothing above `psd=n` matters.
    let zone = failing(
        Zone::new().txt("_dmarc.example.org", "v=DMARC1; p=none; psd=n"),
        "_dmarc.org",
    );
    assert_eq!(
        organizational(&found(&zone, "a.example.org")),
        "example.org"
    );
}

#[test]
fn a_long_name_is_jumped_over_from_below() {
    let long = "a.b.c.d.e.f.example.org";
    let zone = Zone::new()
        .txt(&format!("_dmarc.{long}"), "v=DMARC1; p=reject; psd=n")
        .txt("_dmarc.example.org", "v=DMARC1; p=none");
    let discovery = found(&zone, long);
    assert_eq!(organizational(&discovery), long);
    assert_eq!(
        source(&discovery.policy),
        Some((PolicyScope::AuthorDomain, long))
    );
    assert_eq!(
        source(&discovery.subdomain_policy),
        Some((PolicyScope::OrganizationalDomain, "example.org"))
    );
    // One label less, and the walk from below asks it.
    let zone = Zone::new().txt("_dmarc.b.c.d.e.f.example.org", "v=DMARC1; p=reject; psd=n");
    assert_eq!(
        source(&found(&zone, "b.c.d.e.f.example.org").subdomain_policy),
        Some((PolicyScope::AuthorDomain, "b.c.d.e.f.example.org"))
    );
}

#[test]
fn from_nine_labels_on_the_walk_goes_on_at_seven() {
    let targets = walk_targets(&name("a.b.c.d.e.f.g.example.org"));
    let targets: Vec<_> = targets.iter().map(Name::as_str).collect();
    assert_eq!(
        targets,
        [
            "a.b.c.d.e.f.g.example.org",
            "c.d.e.f.g.example.org",
            "d.e.f.g.example.org",
            "e.f.g.example.org",
            "f.g.example.org",
            "g.example.org",
            "example.org",
            "org",
        ]
    );
}

#[test]
fn strings_are_joined_without_a_space() {
    let mut zone = Zone::new();
    zone.add(
        &name("_dmarc.example.org"),
        RecordType::Txt,
        RecordData::Txt(TxtRecord(vec!["v=DMARC1; p=rej".into(), "ect".into()])),
    );
    let discovery = found(&zone, "example.org");
    assert_eq!(
        discovery.published().unwrap().record.text,
        "v=DMARC1; p=reject"
    );
}

#[test]
fn edges_of_the_name_space() {
    let zone = Zone::new();
    assert_eq!(organizational(&found(&zone, "org")), "org");
    let root = discover(&Wanting::new(&zone), &Name::root()).unwrap();
    assert_eq!((root.steps.len(), root.policy.known()), (0, Some(&None)));
    // `_dmarc.` does not fit in front of this one; its parents are asked all the same.
    let longest = format!(
        "{}.{}.{}.{}",
        "a".repeat(63),
        "b".repeat(63),
        "c".repeat(63),
        "d".repeat(61)
    );
    let discovery = found(&zone, &longest);
    assert_eq!(discovery.steps.len(), 3);
    assert_eq!(organizational(&discovery), longest);
}

proptest! {
    #[test]
    fn the_order_of_answers_changes_nothing(
        texts in prop::collection::vec(
            prop::sample::select(vec!["", "v=DMARC1; p=none", "v=DMARC1; p=reject; psd=n",
                "v=DMARC1; p=none; psd=y", "verification=1"]), 9),
        several in 0..9_usize,
        failing_at in prop::option::of(0..9_usize),
        mut order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let names: Vec<String> = (0..9)
            .map(|at| ["a", "b", "c", "d", "e", "f", "g", "h", "i"][at..].join("."))
            .collect();
        let mut zone = Zone::new();
        for (at, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let owner = format!("_dmarc.{}", names[at]);
            zone = zone.txt(&owner, text);
            if at == several {
                zone = zone.txt(&owner, "v=DMARC1; p=quarantine");
            }
        }
        if let Some(at) = failing_at {
            zone = failing(zone, &format!("_dmarc.{}", names[at]));
        }
        let whole = found(&zone, &names[0]);
        let mut known: BTreeMap<Question, Answer> = BTreeMap::new();
        let mut done = None;
        // One answer after the other: done is done, and what comes later changes nothing.
        while let Some(at) = order.pop() {
            let question = Question::new(name(&format!("_dmarc.{}", names[at])), RecordType::Txt);
            known.insert(question.clone(), zone.get(&question).unwrap().clone());
            let now = discover(&Wanting::new(&Known(&known)), &name(&names[0]));
            prop_assert!(done.is_none() || done == now);
            done = now;
        }
        prop_assert_eq!(done, Some(whole));
    }
}

struct Known<'a>(&'a BTreeMap<Question, Answer>);

impl DnsView for Known<'_> {
    fn get(&self, question: &Question) -> Option<&Answer> {
        self.0.get(question)
    }
}
