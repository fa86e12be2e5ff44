//! Consent of those who are to get reports.

use super::super::parse::Published;
use super::*;
use crate::dns::Zone;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn record(text: &str) -> Record {
    match parse(text) {
        Parsed::Record(published) => {
            let Published { record, .. } = *published;
            record
        }
        other => panic!("{other:?}"),
    }
}

fn statuses(zone: &Zone, tags: &str) -> Vec<DestinationStatus> {
    let record = record(&format!("v=DMARC1; p=none; {tags}"));
    let dns = Wanting::new(zone);
    verify(&dns, &name("example.org"), &record)
        .unwrap()
        .into_iter()
        .map(|destination| destination.status)
        .collect()
}

/// `example.org` has a record; nothing else exists.
fn zone() -> Zone {
    Zone::new().txt("_dmarc.example.org", "v=DMARC1; p=none")
}

const CONSENT: &str = "example.org._report._dmarc.reports.example.net";

#[test]
fn hosts_of_the_organization_need_no_consent() {
    assert_eq!(
        statuses(
            &zone(),
            "rua=mailto:a@example.org, mailto:a@mail.example.org"
        ),
        [DestinationStatus::Internal, DestinationStatus::Internal]
    );
    // Below `psd=n` another organization begins.
    let split = zone().txt("_dmarc.own.example.org", "v=DMARC1; p=none; psd=n");
    assert_eq!(
        statuses(&split, "rua=mailto:a@own.example.org"),
        [DestinationStatus::Unauthorized]
    );
}

#[test]
fn others_publish_their_consent() {
    let tags = "ruf=mailto:a@reports.example.net";
    assert_eq!(statuses(&zone(), tags), [DestinationStatus::Unauthorized]);
    for text in [
        "v=DMARC1",
        "v=DMARC1;",
        "v=DMARC1; rua=mailto:b@reports.example.net",
    ] {
        assert_eq!(
            statuses(&zone().txt(CONSENT, text), tags),
            [DestinationStatus::Authorized],
            "{text}"
        );
    }
    for text in ["v=spf1 -all", "v=dmarc1", "\"v=DMARC1\""] {
        assert_eq!(
            statuses(&zone().txt(CONSENT, text), tags),
            [DestinationStatus::Unauthorized],
            "{text}"
        );
    }
    let several = zone()
        .txt(CONSENT, "v=DMARC1; p=none")
        .txt(CONSENT, "v=DMARC1");
    assert_eq!(statuses(&several, tags), [DestinationStatus::Authorized]);
}

#[test]
fn an_override_must_keep_the_host() {
    let zone = zone().txt(CONSENT, "v=DMARC1; rua=mailto:a@elsewhere.example");
    assert_eq!(
        statuses(
            &zone,
            "rua=mailto:a@reports.example.net; ruf=mailto:a@reports.example.net"
        ),
        [
            DestinationStatus::VoidOverride,
            DestinationStatus::Authorized
        ]
    );
}

#[test]
fn an_override_of_failure_reports_leaves_aggregate_reports_alone() {
    let zone = zone().txt(CONSENT, "v=DMARC1; ruf=mailto:a@elsewhere.example");
    assert_eq!(
        statuses(
            &zone,
            "rua=mailto:a@reports.example.net; ruf=mailto:a@reports.example.net"
        ),
        [
            DestinationStatus::Authorized,
            DestinationStatus::VoidOverride
        ]
    );
}

#[test]
fn a_failed_look_up_is_unknown() {
    let question = |text: &str| Question::new(name(text), RecordType::Txt);
    let mut zone = zone();
    zone.insert(question(CONSENT), Response::Failed(Failure::ServFail));
    assert_eq!(
        statuses(&zone, "rua=mailto:a@reports.example.net"),
        [DestinationStatus::Unknown(
            question(CONSENT),
            Failure::ServFail
        )]
    );
    // Nobody knows whether this host belongs to the organization; consent would settle it.
    zone.insert(
        question("_dmarc.other.org"),
        Response::Failed(Failure::TimedOut),
    );
    assert_eq!(
        statuses(&zone, "rua=mailto:a@other.org"),
        [DestinationStatus::Unknown(
            question("_dmarc.other.org"),
            Failure::TimedOut
        )]
    );
    let zone = zone.txt("example.org._report._dmarc.other.org", "v=DMARC1");
    assert_eq!(
        statuses(&zone, "rua=mailto:a@other.org"),
        [DestinationStatus::Authorized]
    );
}

#[test]
fn one_round_asks_for_everything() {
    struct Nothing;
    impl crate::dns::DnsView for Nothing {
        fn get(&self, _: &Question) -> Option<&crate::dns::Answer> {
            None
        }
    }
    let record =
        record("v=DMARC1; p=none; rua=mailto:a@b.org, mailto:a@c.example; ruf=mailto:d@b.org");
    let dns = Wanting::new(&Nothing);
    assert_eq!(verify(&dns, &name("example.org"), &record), None);
    let wanted: Vec<_> = dns
        .into_wants()
        .iter()
        .map(|q| q.name.to_string())
        .collect();
    assert_eq!(
        wanted,
        [
            "_dmarc.b.org",
            "_dmarc.example.org",
            "_dmarc.org",
            "example.org._report._dmarc.b.org",
            "example.org._report._dmarc.c.example",
        ]
    );
}

#[test]
fn strangers_records_do_not_make_us_ask_without_end() {
    let uris: Vec<_> = (0..1_000)
        .map(|n| format!("mailto:a@h{n}.example"))
        .collect();
    let found = statuses(&zone(), &format!("rua={}", uris.join(",")));
    assert_eq!(found.len(), 1_000);
    let unchecked = found
        .iter()
        .filter(|s| **s == DestinationStatus::Unchecked)
        .count();
    assert_eq!(unchecked, 1_000 - MAX_HOSTS);
    // The same host again costs nothing.
    let same = vec!["mailto:a@h.example"; 100].join(",");
    assert!(!statuses(&zone(), &format!("rua={same}")).contains(&DestinationStatus::Unchecked));
}

#[test]
fn a_name_too_long_to_ask_is_no_consent() {
    let host = format!(
        "{}.{}.{}.{}.net",
        "a".repeat(60),
        "b".repeat(60),
        "c".repeat(60),
        "d".repeat(50)
    );
    assert_eq!(
        statuses(&zone(), &format!("rua=mailto:a@{host}")),
        [DestinationStatus::Unauthorized]
    );
}

#[test]
fn only_mail_addresses_are_destinations() {
    assert_eq!(
        statuses(&zone(), "rua=https://x.example/, a@b.example, mailto:x"),
        []
    );
}
