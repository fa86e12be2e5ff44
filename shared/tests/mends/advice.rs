//! What is advised to whom.

use postern_shared::checks::CheckId;
use postern_shared::report::{Mend, Owner, ProfileName, Report, Status};

use crate::domains::{
    DMARC, DOMAIN, KEY_TAGS, MISPLACED, POLICY, SIGNER, SPF, STRICT, WELL, domain, signing,
    subdomain,
};
use crate::world::{Mail, World};

/// The advice of one row: its action's code, and the record.
fn advice(world: &World, id: CheckId) -> (String, Option<String>) {
    let mend = mend(world, id).unwrap_or_else(|| panic!("no advice for {id:?} in {world:?}"));
    let action = serde_json::to_value(&mend.action).unwrap();
    let code = action["code"].as_str().unwrap().to_owned();
    (code, mend.publish.map(|publish| publish.value))
}

fn mend(world: &World, id: CheckId) -> Option<Mend> {
    let report = world.report(ProfileName::Standards);
    report.finding(id).unwrap().mend.clone()
}

fn record(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

#[test]
fn spf_is_mended_from_the_domains_own_record() {
    for (spf, action, value) in SPF {
        let world = domain(Mail::Exchange, &[(DOMAIN, spf), WELL]);
        let expected = ((*action).to_owned(), record(value));
        assert_eq!(advice(&world, CheckId::Spf), expected, "{spf:?}");
    }
}

/// The mail exchanges of a host receive; what sends for the domain nobody here knows.
#[test]
fn anothers_mail_exchanges_are_not_named_as_senders() {
    for (spf, ..) in SPF {
        let world = domain(Mail::Hosted, &[(DOMAIN, spf), WELL]);
        let named = |value: &str| value.split([' ', ';']).any(|term| term == "mx");
        let (_, value) = advice(&world, CheckId::Spf);
        assert!(
            !value.is_some_and(|value| named(&value)) || named(spf),
            "{spf:?}"
        );
    }
    let nothing = domain(Mail::Hosted, &[WELL]);
    assert_eq!(advice(&nothing, CheckId::Spf), ("publish_spf".into(), None));
}

/// A provider's servers may send for its customers; nothing is handed over that its record does not back.
#[test]
fn a_known_provider_is_named_as_the_first_sender() {
    let hosted = |exchange: &str, texts: &[(&str, &str)]| {
        let world = World::new(DOMAIN, Mail::Hosted, texts).at(exchange);
        advice(&world, CheckId::Spf)
    };
    let google = ("_spf.google.com", "v=spf1 ip4:1.0.0.0/24 ~all");
    let record = Some("v=spf1 include:_spf.google.com ~all".to_owned());
    let code = "publish_provider_spf".to_owned();
    assert_eq!(
        hosted("aspmx.l.google.com", &[google]),
        (code.clone(), record)
    );
    assert_eq!(hosted("aspmx.l.google.com", &[]), (code, None));
    let unknown = ("publish_spf".to_owned(), None);
    assert_eq!(hosted("mx.host.example", &[google]), unknown);
}

/// Where no record can be handed over, the terms that cost most are named.
#[test]
fn costly_terms_are_named() {
    let spf = "v=spf1 mx include:six.example include:seven.example -all";
    let world = domain(Mail::Exchange, &[(DOMAIN, spf), WELL]);
    let action = serde_json::to_value(&mend(&world, CheckId::Spf).unwrap().action).unwrap();
    let costly = serde_json::json!([
        {"term": "include:six.example", "lookups": 6},
        {"term": "include:seven.example", "lookups": 6},
        {"term": "mx", "lookups": 1},
    ]);
    assert_eq!(action["costly"], costly);
}

#[test]
fn a_logo_is_named_so_that_receivers_find_it() {
    let bimi = |text| {
        let logo = ("default._bimi.example.org", text);
        let world = domain(Mail::Exchange, &[STRICT, WELL, logo]);
        advice(&world, CheckId::Bimi)
    };
    let corrected = |value| ("correct_bimi".to_owned(), record(value));
    for (text, value) in [
        (
            "v=bimi1; l=https://example.org/a.svg",
            "v=BIMI1; l=https://example.org/a.svg",
        ),
        (
            "v=BIMI1; l=http://example.org/a.svg; x",
            "v=BIMI1; l=https://example.org/a.svg",
        ),
        ("v=BIMI1; l=https://example.org/a.png", ""),
        ("v=BIMI1", ""),
    ] {
        assert_eq!(bimi(text), corrected(value), "{text}");
    }
}

#[test]
fn what_steers_a_terminal_is_not_handed_over() {
    let dmarc = "v=DMARC1; p=none; x=\u{1b}]0;owned\u{7}; rua=mailto:a@example.org";
    let world = domain(Mail::Exchange, &[STRICT, (POLICY, dmarc)]);
    let advised = advice(&world, CheckId::Dmarc);
    assert_eq!(advised, ("enforce_dmarc".into(), None));
}

#[test]
fn what_stands_at_the_wrong_name_is_moved() {
    for (records, id, action, value) in MISPLACED {
        let world = domain(Mail::Exchange, records);
        let expected = ((*action).to_owned(), record(value));
        assert_eq!(advice(&world, *id), expected, "{records:?}");
    }
}

#[test]
fn dmarc_is_mended_step_by_step() {
    for (dmarc, action, value) in DMARC {
        let world = domain(Mail::Exchange, &[STRICT, (POLICY, dmarc)]);
        let expected = ((*action).to_owned(), record(value));
        assert_eq!(advice(&world, CheckId::Dmarc), expected, "{dmarc:?}");
    }
}

#[test]
fn only_a_domain_that_says_it_takes_no_mail_is_told_to_disown_all() {
    let nothing = |mail| domain(mail, &[]);
    let disowned = |code: &str, value: &str| (code.to_owned(), Some(value.to_owned()));
    assert_eq!(
        advice(&nothing(Mail::Null), CheckId::Spf),
        disowned("disown_spf", "v=spf1 -all")
    );
    assert_eq!(
        advice(&nothing(Mail::Null), CheckId::Dmarc),
        disowned("disown_dmarc", "v=DMARC1; p=reject; sp=reject; np=reject")
    );
    for mail in [Mail::Failed, Mail::None] {
        let world = nothing(mail);
        assert_eq!(advice(&world, CheckId::Spf), ("publish_spf".into(), None));
        assert_eq!(
            advice(&world, CheckId::Dmarc),
            ("publish_dmarc".into(), None)
        );
    }
    // It takes none, but names a server that sends.
    let sends = domain(Mail::Null, &[(DOMAIN, "v=spf1 include:good.example -all")]);
    assert_eq!(
        advice(&sends, CheckId::Dmarc),
        ("publish_dmarc".into(), None)
    );
}

#[test]
fn nobody_is_given_a_mailbox_that_takes_no_mail() {
    for mail in [Mail::Null, Mail::None, Mail::Failed] {
        for (dmarc, ..) in DMARC {
            let world = domain(mail, &[STRICT, (POLICY, dmarc)]);
            let value = mend(&world, CheckId::Dmarc).and_then(|mend| mend.publish);
            let postmaster = value.is_some_and(|publish| publish.value.contains("postmaster@"));
            assert!(!postmaster, "{world:?}");
        }
    }
}

#[test]
fn what_a_parent_says_is_raised_where_it_says_it_and_never_lowered() {
    let world = subdomain(&[(
        POLICY,
        "v=DMARC1; p=reject; sp=none; rua=mailto:a@example.org",
    )]);
    let mend = mend(&world, CheckId::Dmarc).unwrap();
    let publish = mend.publish.unwrap();
    assert_eq!(publish.name.to_string(), POLICY);
    assert_eq!(
        publish.value,
        "v=DMARC1; p=reject; sp=quarantine; rua=mailto:a@example.org"
    );
}

#[test]
fn a_parents_policy_for_itself_is_left_alone() {
    let publish = |record| {
        let world = subdomain(&[STRICT, (POLICY, record)]);
        let publish = mend(&world, CheckId::Dmarc).unwrap().publish;
        publish.map(|publish| (publish.name.to_string(), publish.value))
    };
    let at = |name: &str, value: &str| Some((name.to_owned(), value.to_owned()));
    assert_eq!(
        publish("v=DMARC1; p=none; rua=mailto:a@example.org"),
        at(
            POLICY,
            "v=DMARC1; p=none; rua=mailto:a@example.org; sp=quarantine"
        )
    );
    assert_eq!(
        publish("v=DMARC1; p=quarantine; t=y"),
        at(
            "_dmarc.sub.example.org",
            "v=DMARC1; p=quarantine; t=y; rua=mailto:postmaster@sub.example.org"
        )
    );
    assert_eq!(publish("v=DMARC1; p=rejct; rua=mailto:a@example.org"), None);
}

#[test]
fn subdomains_are_put_in_quarantine_before_they_are_refused() {
    let record = "v=DMARC1; p=reject; sp=none; rua=mailto:a@example.org";
    let world = domain(Mail::Exchange, &[STRICT, (POLICY, record)]);
    let (_, value) = advice(&world, CheckId::Spoofing);
    assert_eq!(
        value.unwrap(),
        "v=DMARC1; p=reject; sp=quarantine; rua=mailto:a@example.org"
    );
}

#[test]
fn of_several_records_one_is_kept_and_none_is_added() {
    let several = [
        (POLICY, "v=DMARC1; p=reject; rua=mailto:a@example.org"),
        (POLICY, "v=DMARC1; p=none"),
    ];
    let world = domain(Mail::Exchange, &several);
    // None was in force: what comes into force now must not refuse honest mail at once.
    let kept = Some(several[1].1.to_owned());
    assert_eq!(
        advice(&world, CheckId::Dmarc),
        ("keep_one_dmarc".into(), kept)
    );
    let several = [
        (DOMAIN, "v=spf1 mx -all"),
        (DOMAIN, "v=spf1 ip4:192.0.2.7 ~all"),
    ];
    let merged = Some("v=spf1 ip4:192.0.2.7 mx ~all".to_owned());
    let (action, value) = advice(&domain(Mail::Exchange, &several), CheckId::Spf);
    assert_eq!(action, "keep_one_spf");
    let words = |text: Option<String>| {
        let text = text.unwrap();
        let mut words: Vec<_> = text.split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    assert_eq!(words(value), words(merged));
    // Hidden behind the parent's policy, the domain's own are still two.
    let world = subdomain(&[
        (POLICY, "v=DMARC1; p=quarantine; rua=mailto:a@example.org"),
        (
            "_dmarc.sub.example.org",
            "v=DMARC1; p=reject; rua=mailto:a@example.org",
        ),
        (
            "_dmarc.sub.example.org",
            "v=DMARC1; p=reject; rua=mailto:b@example.org",
        ),
    ]);
    let mend = mend(&world, CheckId::Dmarc).unwrap();
    assert_eq!(
        mend.publish.unwrap().name.to_string(),
        "_dmarc.sub.example.org"
    );
}

#[test]
fn subdomains_are_covered_by_the_record_and_the_tag_that_decide() {
    let own = |record| domain(Mail::Exchange, &[STRICT, (POLICY, record)]);
    for (before, after) in [
        (
            "v=DMARC1; p=reject; t=y; sp=quarantine; rua=mailto:a@example.org",
            "v=DMARC1; p=reject; t=y; sp=reject; rua=mailto:a@example.org",
        ),
        (
            "v=DMARC1; p=quarantine; sp=none; np=none; rua=mailto:a@example.org",
            "v=DMARC1; p=quarantine; sp=quarantine; np=quarantine; rua=mailto:a@example.org",
        ),
    ] {
        let expected = ("cover_subdomains".to_owned(), Some(after.to_owned()));
        assert_eq!(
            advice(&own(before), CheckId::Spoofing),
            expected,
            "{before}"
        );
    }
    // A record in between covers its own name only: what is below follows the organizational domain.
    let world = subdomain(&[
        ("sub.example.org", "v=spf1 mx -all"),
        (POLICY, "v=DMARC1; p=none; rua=mailto:a@example.org"),
        (
            "_dmarc.sub.example.org",
            "v=DMARC1; p=reject; rua=mailto:a@example.org",
        ),
    ]);
    let publish = mend(&world, CheckId::Spoofing).unwrap().publish.unwrap();
    assert_eq!(publish.name.to_string(), POLICY);
    assert_eq!(
        publish.value,
        "v=DMARC1; p=none; rua=mailto:a@example.org; sp=quarantine"
    );
}

#[test]
fn consent_is_asked_of_the_host_that_has_not_given_it() {
    let world = domain(
        Mail::Exchange,
        &[
            STRICT,
            (
                POLICY,
                "v=DMARC1; p=reject; rua=mailto:a@agreed.example,mailto:a@closed.example",
            ),
        ],
    );
    let mend = mend(&world, CheckId::Dmarc).unwrap();
    assert_eq!(mend.owner, Owner::ReportReceiver);
    let publish = mend.publish.unwrap();
    assert_eq!(
        (publish.name.to_string(), publish.value.as_str()),
        (
            "example.org._report._dmarc.closed.example".to_owned(),
            "v=DMARC1"
        )
    );
}

/// The key is the signer's; around it the record is the domain's own, and handed over where it is at fault.
#[test]
fn a_key_stays_and_its_record_is_put_right() {
    for tags in KEY_TAGS {
        let world = signing(tags, STRICT.1);
        let report = world.report(ProfileName::Standards);
        let dkim = |report: &Report| report.finding(CheckId::Dkim).unwrap().clone();
        let mend = dkim(&report).mend.unwrap();
        let at = mend.publish.as_ref().unwrap().name.as_str();
        assert_eq!(at, SIGNER, "{tags}");
        let mended = world.following(&mend).unwrap();
        let mended = mended.report(ProfileName::Standards);
        assert_eq!(dkim(&mended).status, Status::Pass, "{tags}");
    }
    let sound = signing("v=DKIM1; ", STRICT.1).report(ProfileName::Standards);
    assert_eq!(sound.finding(CheckId::Dkim).unwrap().mend, None);
}
