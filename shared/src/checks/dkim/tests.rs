use super::super::scenarios::{World, mx, name};
use crate::dkim::{DiagnosticCode, Selector};
use crate::dns::{Answer, Failure, Question, RecordData, RecordType, Response, TxtRecord};
use crate::evidence::{DnsFact, Fact, SelectorFact, SelectorSource};
use crate::report::{Action, DkimReason, Mend, OwnKey, Owner, Reason, Report, Status};
use crate::time::Millis;

use super::super::CheckId;

// OpenSSL made them for these tests alone.
const RSA_512: &str = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAPxt7B+/D3+Coo6XiUPqz3grm9thv7/NQni4T/28Su5WA9fsXWs0Hw/4Rs6RsH3cm5XVjp4WkELrNPUa+YDb15cCAwEAAQ==";
const RSA_1024: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCjAeeAxrAleuaQtIAVJKbBC21F3qgGJUBLL0P2eoniWjrFVz7DK7HiDmg9xu60ABodlafxU17fx2fuwbcUCdrvhRzOgN8Z+/m56FjDWXo0R2Ozlzw7HSYn3JX4KyrwFLWXjEQGIz3hiWFz+gq4lnBy7HSmxpNzIx5tL8UfHld9dwIDAQAB";
const RSA_2048: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmR5SgFVAYEXgjsEk1mKuQOSlUIUMitusbmr48orL070Sun2Wuqp7PFV07x4iAL6ZhUgj8kYZyxcag4XpmwnxIvn5PUjvN5Uw/w0k0cDBCJDtKgVO+7ggI4yob1SP5vB2IxAjmWlNmZHOusKgmw+notYn1BbcXXMtv11INGeYopllbgDyt44/I7rFEU5iu6vQEVdV8q9l4ql+qWDrwS5tBwYoC/wtGubFjPNz7Co6WxHd1MgyysOoKQb7qoLMd+CQY2MdMkwlS6K06aveY/Iu1zU1H1rmQhyCXd4eGMhf+zc6yayByvh+9ksj8Znioz2DzYvUcMTvidg/4AII2aES4wIDAQAB";
const ED25519: &str = "2l8nu0Nt7K2o9HVWSlpVNCKtADHHjgslnw+Hs+u9dUA=";

/// `example.org` with one exchange.
fn served() -> World {
    let mut world = World::new(mx(&name("mx.example.org")));
    let host = RecordData::A([9, 9, 9, 9].into());
    world.answer(
        "mx.example.org",
        RecordType::A,
        Response::Records(vec![host]),
    );
    world
}

/// The same, with something below `_domainkey`.
fn world() -> World {
    let mut world = served();
    world.answer("_domainkey.example.org", RecordType::Txt, Response::NoData);
    world
}

fn txt(text: &str) -> Response {
    Response::Records(vec![RecordData::Txt(TxtRecord::single(text))])
}

trait Keys: Sized {
    fn key(self, selector: &str, text: &str) -> Self;
    fn says(self, owner: &str, response: Response) -> Self;
    fn alias(self, selector: &str, target: &str, response: Response) -> Self;
    fn named(self, selector: &str, source: SelectorSource) -> Self;
}

impl Keys for World {
    fn key(self, selector: &str, text: &str) -> Self {
        self.says(&format!("{selector}._domainkey.example.org"), txt(text))
    }

    fn says(mut self, owner: &str, response: Response) -> Self {
        self.answer(owner, RecordType::Txt, response);
        self
    }

    fn alias(mut self, selector: &str, target: &str, response: Response) -> Self {
        let owner = name(&format!("{selector}._domainkey.example.org"));
        self.fact(Fact::Dns(DnsFact {
            question: Question::new(owner, RecordType::Txt),
            answer: Answer {
                canonical: Some(name(target)),
                ..Answer::new(response)
            },
            resolver: "doh".into(),
            took: Millis(1),
        }));
        self
    }

    fn named(mut self, selector: &str, source: SelectorSource) -> Self {
        self.fact(Fact::Selector(SelectorFact {
            domain: name("example.org"),
            selector: Selector::parse(selector).unwrap(),
            source,
        }));
        self
    }
}

fn rsa(key: &str) -> String {
    format!("v=DKIM1; k=rsa; p={key}")
}

fn ed25519() -> String {
    format!("v=DKIM1; k=ed25519; p={ED25519}")
}

/// The row's status and its reasons' codes.
fn row(report: &Report) -> (Status, Vec<String>) {
    let finding = report.finding(CheckId::Dkim).unwrap();
    let code = |reason: &Reason| {
        let json = serde_json::to_value(reason).unwrap();
        let code = json["code"].as_str().unwrap().trim_start_matches("dkim_");
        code.to_owned()
    };
    (finding.status, finding.reasons.iter().map(code).collect())
}

fn judged(world: World) -> (Status, Vec<String>) {
    row(&world.report())
}

fn is(status: Status, codes: &[&str]) -> (Status, Vec<String>) {
    (status, codes.iter().map(|&code| code.to_owned()).collect())
}

fn mend(report: &Report) -> Mend {
    report.finding(CheckId::Dkim).unwrap().mend.clone().unwrap()
}

const S1: &str = "s1._domainkey.example.org";

#[test]
fn the_strength_of_the_key_decides() {
    for (text, expected) in [
        (rsa(RSA_2048), is(Status::Pass, &["key"])),
        (ed25519(), is(Status::Pass, &["key", "ed25519_alone"])),
        (rsa(RSA_1024), is(Status::Warn, &["diagnostic", "key"])),
        (rsa(RSA_512), is(Status::Fail, &["diagnostic"])),
        (
            rsa(RSA_2048).replace("k=rsa", "t=y"),
            is(Status::Warn, &["diagnostic", "key"]),
        ),
        (
            rsa(RSA_2048).replace("k=rsa", "h=sha1"),
            is(Status::Warn, &["diagnostic"]),
        ),
        (
            rsa(RSA_2048).replace("k=rsa", "t=s"),
            is(Status::Pass, &["key"]),
        ),
        (rsa("MAUCAQAwAA=="), is(Status::Fail, &["diagnostic"])),
        (rsa(&RSA_2048[..200]), is(Status::Warn, &["diagnostic"])),
        ("v=DKIM1; p=".to_owned(), is(Status::Warn, &["revoked"])),
        (
            rsa(RSA_2048).replace("k=rsa", "s=tlsrpt"),
            is(Status::Unknown, &["diagnostic", "not_found"]),
        ),
    ] {
        assert_eq!(judged(world().key("s1", &text)), expected, "{text}");
    }
}

#[test]
fn the_worst_key_decides_and_the_best_is_said_too() {
    let strong = || world().key("google", &rsa(RSA_2048));
    assert_eq!(
        judged(strong().key("s1", &rsa(RSA_1024))),
        is(Status::Warn, &["diagnostic", "key", "key"])
    );
    assert_eq!(
        judged(strong().key("s1", &rsa(RSA_512))),
        is(Status::Fail, &["diagnostic", "key"])
    );
    assert_eq!(
        judged(strong().key("s1", "v=DKIM1; p=")),
        is(Status::Pass, &["key"]),
        "a key that was changed"
    );
    assert_eq!(
        judged(strong().key("s1", &ed25519())),
        is(Status::Pass, &["key", "key"])
    );
}

#[test]
fn what_is_not_found_is_not_known() {
    assert_eq!(judged(world()), is(Status::Unknown, &["not_found"]));
    let failing = world().says(S1, Response::Failed(Failure::TimedOut));
    let (status, codes) = judged(failing);
    assert_eq!(
        (status, codes.last().unwrap().as_str()),
        (Status::Unknown, "dns_failed")
    );
}

#[test]
fn where_no_name_stands_there_are_no_keys() {
    let world = World::new(mx(&name("mx.example.org")));
    assert_eq!(judged(world), is(Status::Warn, &["none"]));
    let report = world_without_keys("v=spf1 mx -all");
    assert_eq!(mend(&report).action, Action::SetUpDkim);
}

/// Nothing at all below `_domainkey`.
fn world_without_keys(spf: &str) -> Report {
    served().says("example.org", txt(spf)).report()
}

#[test]
fn who_sends_nothing_signs_nothing() {
    assert_eq!(
        row(&world_without_keys("v=spf1 -all")),
        is(Status::Na, &["sends_nothing"])
    );
    for other in [
        "v=spf1 ~all",
        "v=spf1 ip4:192.0.2.300 -all",
        "v=spf1 mxx -all",
    ] {
        assert_eq!(
            row(&world_without_keys(other)),
            is(Status::Warn, &["none"]),
            "{other}: a broken record says nothing"
        );
    }
    let null = Response::Records(vec![RecordData::Mx {
        preference: 0,
        exchange: crate::dns::Name::root(),
    }]);
    assert_eq!(
        judged(World::new(null.clone())),
        is(Status::Warn, &["none"]),
        "a null MX says that no mail is taken, not that none is sent"
    );
    let asked = World::new(null).named("mine", SelectorSource::Typed);
    assert_eq!(
        judged(asked),
        is(Status::Warn, &["missing", "none"]),
        "who names a key is answered"
    );
    assert_eq!(
        judged(World::new(Response::NxDomain)),
        is(Status::Na, &["no_such_domain"])
    );
}

#[test]
fn a_selector_in_use_must_have_a_key() {
    let typed = || world().named("mine", SelectorSource::Typed);
    assert_eq!(
        judged(typed()),
        is(Status::Unknown, &["missing", "not_found"]),
        "whoever types may mistype: what is not found is not known"
    );
    assert_eq!(
        judged(typed().key("mine", "hello")),
        is(Status::Unknown, &["missing", "not_found"])
    );
    assert_eq!(
        judged(typed().key("mine", &rsa(&RSA_2048[..200]))),
        is(Status::Fail, &["diagnostic"])
    );
    assert_eq!(
        judged(typed().key("mine", &rsa(RSA_2048))),
        is(Status::Pass, &["key"])
    );
    assert_eq!(
        judged(typed().key("s1", &rsa(RSA_2048))),
        is(Status::Pass, &["key", "missing"])
    );
    let message = || world().named("mine", SelectorSource::Message);
    assert_eq!(judged(message()), is(Status::Fail, &["missing"]));
    assert_eq!(
        judged(message().key("s1", &rsa(RSA_2048))),
        is(Status::Warn, &["missing", "key"]),
        "the message may be old, and its key changed since"
    );
}

#[test]
fn a_wildcard_is_no_key() {
    let everything = |text: &str| {
        let mut world = world();
        loop {
            let report = world.assessed();
            let wanted: Vec<_> = report
                .wants
                .iter()
                .filter(|q| q.name.as_str().contains("._domainkey."))
                .cloned()
                .collect();
            if wanted.is_empty() {
                return row(&world.report());
            }
            for question in wanted {
                world.answer(question.name.as_str(), question.record_type, txt(text));
            }
        }
    };
    assert_eq!(
        everything("v=DKIM1; p="),
        is(Status::Unknown, &["wildcard"])
    );
    assert_eq!(everything("hello"), is(Status::Unknown, &["wildcard"]));
}

#[test]
fn an_alias_is_its_services_affair() {
    let target = "s1.domainkey.u1.wl.sendgrid.net";
    let report = world().alias("s1", target, txt(&rsa(RSA_2048))).report();
    let key = &report.finding(CheckId::Dkim).unwrap().reasons[0];
    assert!(
        matches!(
            key,
            Reason::Dkim(DkimReason::Key {
                provider: Some("SendGrid"),
                ..
            })
        ),
        "{key:?}"
    );
    let report = world().alias("s1", target, Response::NxDomain).report();
    assert_eq!(row(&report), is(Status::Warn, &["dangling"]));
    let action = Action::ResolveDkimAlias { name: name(S1) };
    assert_eq!(
        (mend(&report).action, mend(&report).owner),
        (action, Owner::Signer)
    );
    let testing = rsa(RSA_2048).replace("k=rsa", "t=y");
    let report = world().alias("s1", target, txt(&testing)).report();
    assert_eq!(
        (mend(&report).publish, mend(&report).owner),
        (None, Owner::Signer)
    );
    let both = world()
        .key("google", &rsa(RSA_2048))
        .alias("s1", target, Response::NxDomain);
    assert_eq!(judged(both), is(Status::Pass, &["key", "dangling"]));
}

#[test]
fn a_record_is_handed_over_where_only_its_text_is_at_fault() {
    for (tags, corrected) in [
        ("v=DKIM1; k=rsa; t=y; ", "v=DKIM1; k=rsa; "),
        ("v=DKIM1; t=y : s; n=a note; ", "v=DKIM1; t=s; n=a note; "),
        ("k=rsa; h=sha1; ", "v=DKIM1; k=rsa; "),
        ("k=rsa; v=DKIM1; ", "v=DKIM1; k=rsa; "),
        ("v=DKIM1; oops; ", "v=DKIM1; "),
    ] {
        let report = world().key("s1", &format!("{tags}p={RSA_2048}")).report();
        let publish = mend(&report).publish.unwrap();
        assert_eq!(
            (publish.name, publish.value),
            (name(S1), format!("{corrected}p={RSA_2048}")),
            "{tags}"
        );
        assert!(mend(&report).gain > 0);
    }
    for (text, action) in [
        (rsa(RSA_512), Action::RevokeDkimKey { name: name(S1) }),
        (rsa(RSA_1024), Action::ReplaceDkimKey { name: name(S1) }),
        (
            rsa(&RSA_2048[..250]),
            Action::RestoreDkimKey { name: name(S1) },
        ),
        (
            format!("v=DKIM1; p={RSA_2048}; p=x"),
            Action::CorrectDkim { name: name(S1) },
        ),
    ] {
        let mend = mend(&world().key("s1", &text).report());
        assert_eq!((mend.action, mend.publish), (action, None), "{text}");
    }
}

#[test]
fn own_mail_without_spf_needs_a_key() {
    let own_key = |world: World| {
        let world = world.says(
            "_dmarc.example.org",
            txt("v=DMARC1; p=reject; rua=mailto:a@example.org"),
        );
        let report = world.report();
        let spoofing = report.finding(CheckId::Spoofing).unwrap();
        assert_eq!(spoofing.status, Status::Warn);
        spoofing.reasons.iter().find_map(|reason| match reason {
            Reason::OwnMailNeedsDkim { key } => Some(*key),
            _ => None,
        })
    };
    assert_eq!(own_key(world()), Some(OwnKey::NotFound));
    assert_eq!(
        own_key(world().key("s1", &rsa(RSA_2048))),
        Some(OwnKey::Found)
    );
    assert_eq!(
        own_key(world().key("s1", &rsa(RSA_512))),
        Some(OwnKey::NotFound)
    );
    let failing = world().says(S1, Response::Failed(Failure::ServFail));
    assert_eq!(own_key(failing), Some(OwnKey::Unknown));
}

#[test]
fn every_finding_is_proven() {
    let world = world()
        .named("mine", SelectorSource::Typed)
        .key("mine", &rsa(RSA_2048));
    let report = world.report();
    let proof: Vec<_> = report
        .finding(CheckId::Dkim)
        .unwrap()
        .proof
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(proof[0], "selector/example.org/mine");
    assert!(
        proof.contains(&"dns/TXT/mine._domainkey.example.org@doh".to_owned()),
        "{proof:?}"
    );
    assert!(proof.len() < 6, "{proof:?}");
    let nothing = super::super::scenarios::World::new(mx(&name("mx.example.org")));
    assert_eq!(
        nothing.report().finding(CheckId::Dkim).unwrap().proof.len(),
        2
    );
}

#[test]
fn the_remark_says_how_weak() {
    let report = world().key("s1", &rsa(RSA_1024)).report();
    let reason = &report.finding(CheckId::Dkim).unwrap().reasons[0];
    assert!(
        matches!(reason, Reason::Dkim(DkimReason::Diagnostic { diagnostic, .. }) if diagnostic.code == DiagnosticCode::ShortKey(1024))
    );
}
