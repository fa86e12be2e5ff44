use std::collections::BTreeSet;

use super::*;
use crate::dns::{DnsView, TxtRecord, Zone};

const ED25519: &str = "v=DKIM1; k=ed25519; p=2l8nu0Nt7K2o9HVWSlpVNCKtADHHjgslnw+Hs+u9dUA=";
const REVOKED: &str = "v=DKIM1; p=";

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn domain() -> Name {
    name("example.org")
}

fn fact(selector: &str, of: &str) -> SelectorFact {
    SelectorFact {
        domain: name(of),
        selector: Selector::parse(selector).unwrap(),
        source: SelectorSource::Typed,
    }
}

/// The survey of a world in which every answer is known, with the names of providers.
fn found(zone: &dyn DnsView, given: &[SelectorFact], hints: &[&str]) -> Survey {
    let given: Vec<&SelectorFact> = given.iter().collect();
    let hints = hints.iter().map(|hint| name(hint)).collect();
    survey(&Wanting::new(zone), &domain(), &given, || Some(hints)).unwrap()
}

/// The selectors that have something to say.
fn said(survey: &Survey) -> Vec<&str> {
    survey
        .asked
        .iter()
        .map(|asked| asked.selector.as_str())
        .collect()
}

/// A zone in which `_domainkey` has something below it.
fn zone() -> Zone {
    let mut zone = Zone::new();
    let question = Question::new(name("_domainkey.example.org"), RecordType::Txt);
    zone.insert(question, Response::NoData);
    zone
}

/// Answers everything below `_domainkey` alike, but for what the zone has.
struct Wildcard(Zone, Answer);

impl DnsView for Wildcard {
    fn get(&self, question: &Question) -> Option<&Answer> {
        match self.0.get(question) {
            Some(answer) if answer.response == Response::NxDomain => Some(&self.1),
            known => known,
        }
    }
}

fn wildcard(zone: Zone, text: &str) -> Wildcard {
    let records = vec![RecordData::Txt(TxtRecord::single(text))];
    Wildcard(zone, Answer::new(Response::Records(records)))
}

#[test]
fn where_nothing_stands_two_questions_say_so() {
    let survey = found(&Zone::new(), &[], &[]);
    assert!(survey.is_empty);
    assert_eq!(survey.questions.len(), 2);
    assert_eq!(survey.questions[0].name, name("_domainkey.example.org"));
    let given = found(&Zone::new(), &[fact("mine", "example.org")], &[]);
    assert!(given.is_empty);
    assert_eq!((given.questions.len(), said(&given)), (3, vec!["mine"]));
}

#[test]
fn all_that_can_be_asked_is_wanted_at_once() {
    struct Nothing;
    impl DnsView for Nothing {
        fn get(&self, _: &Question) -> Option<&Answer> {
            None
        }
    }
    let dns = Wanting::new(&Nothing);
    let mine = fact("mine", "example.org");
    assert_eq!(survey(&dns, &domain(), &[&mine], || None), None);
    assert_eq!(dns.into_wants().len(), 3);
    // What providers there are is not known yet: what is asked next hangs on it.
    let zone = zone();
    assert_eq!(survey(&Wanting::new(&zone), &domain(), &[], || None), None);
}

#[test]
fn no_more_is_asked_than_the_budget_and_nothing_twice() {
    let hints = [
        "mx.zoho.com",
        "spf.mailgun.org",
        "sendgrid.net",
        "_spf.google.com",
        "kundenserver.de",
        "mlsend.com",
        "spf.exacttarget.com",
    ];
    let mine: Vec<_> = (0..50)
        .map(|n| fact(&format!("mine{n}"), "example.org"))
        .collect();
    for given in [&mine[..0], &mine[..3], &mine[..]] {
        let survey = found(&zone(), given, &hints);
        assert_eq!(survey.questions.len(), MAX_SELECTORS + 2);
        let names: BTreeSet<_> = survey
            .questions
            .iter()
            .map(|question| &question.name)
            .collect();
        assert_eq!(names.len(), survey.questions.len());
        assert_eq!(survey.answered as usize, MAX_SELECTORS);
    }
    assert!(
        COMMON.split(' ').count() <= MAX_SELECTORS,
        "without hints all are asked"
    );
}

#[test]
fn the_domains_own_selectors_come_first_then_those_of_its_providers() {
    let survey = found(
        &zone(),
        &[fact("mine", "example.org")],
        &["mx.zoho.com", "spf.messagingengine.com"],
    );
    let asked: Vec<_> = survey
        .questions
        .iter()
        .skip(2)
        .take(8)
        .map(|q| q.name.labels().next().unwrap())
        .collect();
    assert_eq!(
        asked,
        [
            "mine", "zmail", "zoho", "zohomail", "default", "fm1", "fm2", "fm3"
        ]
    );
}

#[test]
fn keys_are_found_under_usual_names() {
    let zone = zone()
        .txt("default._domainkey.example.org", ED25519)
        .txt("google._domainkey.example.org", "not a key")
        .txt("x._domainkey.example.org", REVOKED)
        .txt("unknown._domainkey.example.org", ED25519);
    let survey = found(&zone, &[], &[]);
    assert_eq!(said(&survey), ["x", "default"], "in the order asked");
    assert_eq!(survey.wildcard, None);
    let given = [
        fact("unknown", "example.org"),
        fact("google", "example.org"),
    ];
    let survey = found(&zone, &given, &[]);
    assert_eq!(said(&survey)[..2], ["unknown", "google"]);
    assert_eq!(
        survey.asked[1].found,
        Found::Nothing,
        "a text that is no key"
    );
}

#[test]
fn what_a_wildcard_says_is_no_key() {
    for (text, revokes) in [(ED25519, false), (REVOKED, true), ("hello", false)] {
        let survey = found(&wildcard(zone(), text), &[], &[]);
        assert_eq!(
            (survey.wildcard, said(&survey)),
            (Some(revokes), vec![]),
            "{text}"
        );
    }
    let own = zone().txt("s1._domainkey.example.org", ED25519);
    let survey = found(&wildcard(own, REVOKED), &[], &[]);
    assert_eq!(
        said(&survey),
        ["s1"],
        "a name of its own has its own answer"
    );
}

/// RFC 8020 §2; but name servers that answer NXDOMAIN for a name with names below it are still about.
#[test]
fn whoever_answers_gives_an_nxdomain_above_the_lie() {
    let zone = Zone::new()
        .txt("mine._domainkey.example.org", ED25519)
        .txt("s1._domainkey.example.org", ED25519);
    assert!(found(&zone, &[], &[]).is_empty);
    let survey = found(&zone, &[fact("mine", "example.org")], &[]);
    assert_eq!(
        (survey.is_empty, said(&survey)),
        (false, vec!["mine", "s1"])
    );
}

#[test]
fn an_alias_tells_who_manages_a_key() {
    struct Alias(Zone, Answer, Answer);
    impl DnsView for Alias {
        fn get(&self, question: &Question) -> Option<&Answer> {
            match question.name.labels().next() {
                Some("selector1") => Some(&self.1),
                Some("selector2") => Some(&self.2),
                _ => self.0.get(question),
            }
        }
    }
    let led = |response| Answer {
        canonical: Some(name("selector1-example-org._domainkey.t.onmicrosoft.com")),
        ..Answer::new(response)
    };
    let key = Response::Records(vec![RecordData::Txt(TxtRecord::single(ED25519))]);
    let survey = found(&Alias(zone(), led(key), led(Response::NxDomain)), &[], &[]);
    assert_eq!(said(&survey), ["selector1", "selector2"]);
    let provider = |index: usize| survey.asked[index].provider.unwrap().name;
    assert_eq!(
        (provider(0), provider(1)),
        ("Microsoft 365", "Microsoft 365")
    );
    assert_eq!(survey.asked[1].found, Found::Nothing, "it leads nowhere");
}

#[test]
fn a_name_alone_tells_no_provider() {
    let zone = zone().txt("s1._domainkey.example.org", ED25519);
    assert_eq!(found(&zone, &[], &[]).asked[0].provider, None);
    let hinted = found(&zone, &[], &["sendgrid.net"]);
    assert_eq!(hinted.asked[0].provider.unwrap().name, "SendGrid");
}

#[test]
fn a_failure_is_no_absence() {
    let mut zone = zone();
    let question = Question::new(name("google._domainkey.example.org"), RecordType::Txt);
    zone.insert(question.clone(), Response::Failed(Failure::TimedOut));
    let survey = found(&zone, &[], &[]);
    assert_eq!(survey.failed, Some((question, Failure::TimedOut)));
    struct Dead(Answer);
    impl DnsView for Dead {
        fn get(&self, _: &Question) -> Option<&Answer> {
            Some(&self.0)
        }
    }
    let dead = found(
        &Dead(Answer::new(Response::Failed(Failure::ServFail))),
        &[],
        &[],
    );
    assert_eq!(
        dead.questions.len(),
        2,
        "who does not answer is not asked forty times"
    );
    assert!(dead.failed.is_some());
}

#[test]
fn several_keys_at_one_name_are_counted() {
    let zone = zone()
        .txt("s1._domainkey.example.org", ED25519)
        .txt("s1._domainkey.example.org", REVOKED)
        .txt("s1._domainkey.example.org", "something else");
    assert!(matches!(
        found(&zone, &[], &[]).asked[0].found,
        Found::Several(_, 2)
    ));
}

#[test]
fn strangers_name_no_selector_of_the_domain() {
    let survey = found(
        &zone(),
        &[fact("s9", "other.example"), fact("s9", "news.example.org")],
        &[],
    );
    assert_eq!(said(&survey), ["s9"]);
    assert_eq!(survey.asked[0].name, name("s9._domainkey.news.example.org"));
}

#[test]
fn a_domain_too_long_for_keys_has_none() {
    let long = name(&format!("{}org", "abcdefgh.".repeat(27)));
    let survey = survey(&Wanting::new(&Zone::new()), &long, &[], || Some(vec![])).unwrap();
    assert!(survey.is_empty && survey.questions.is_empty());
}

#[test]
fn the_control_is_the_domains_own_and_a_selector() {
    assert_eq!(control(&domain()), control(&domain()));
    assert_ne!(control(&domain()), control(&name("example.net")));
    assert!(Selector::parse(&control(&domain())).is_ok());
}
