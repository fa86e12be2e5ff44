//! What validation by a real resolver comes to.

use postern_tests::lab::Lab;
use postern_tests::postern::scan;
use serde_json::{Value, json};

/// A row of a report: its status, and the codes of its reasons.
fn row(report: &Value, id: &str) -> (String, Vec<String>) {
    let checks = report["checks"].as_array().expect("a list");
    let check = checks.iter().find(|check| check["id"] == id).expect(id);
    let reasons = check["reasons"].as_array().expect("a list");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let codes = reasons.iter().map(|reason| text(&reason["code"]));
    (text(&check["status"]), codes.collect())
}

#[test]
fn the_states_of_dnssec_and_dane() {
    let Some(lab) = Lab::here() else { return };
    for (domain, dnssec, dane) in [
        (
            "good.test",
            ("pass", "dnssec_secure"),
            ("pass", "dane_fits dane_idle_record"),
        ),
        (
            "tlsonly.test",
            ("pass", "dnssec_secure"),
            ("pass", "dane_fits dane_alone"),
        ),
        (
            "yazd.test",
            ("warn", "dnssec_unsigned"),
            ("fail", "dane_needs_dnssec"),
        ),
        (
            "island.test",
            ("warn", "dnssec_island"),
            ("fail", "dane_needs_dnssec"),
        ),
        (
            "pkix.test",
            ("pass", "dnssec_secure"),
            ("warn", "dane_useless dane_useless_record"),
        ),
        (
            "tlsafail.test",
            ("pass", "dnssec_secure"),
            ("fail", "dane_withheld"),
        ),
        (
            "bogus.test",
            ("fail", "dnssec_bogus dnssec_keys_differ"),
            ("unknown", "dns_failed"),
        ),
        (
            "servfail.test",
            ("unknown", "dns_failed"),
            ("unknown", "dns_failed"),
        ),
    ] {
        let report = scan(&lab, domain, &[]).json();
        for (id, (status, codes)) in [("dnssec", dnssec), ("dane", dane)] {
            let codes = codes.split(' ').map(str::to_owned).collect();
            assert_eq!(
                row(&report, id),
                (status.to_owned(), codes),
                "{domain} {id}"
            );
        }
        assert_eq!(report["wants"], json!([]), "{domain}");
    }
}

/// The mend of `bogus.test` names the key that its zone has; that of another key is what its parent has.
#[test]
fn the_keys_that_differ_are_named() {
    let Some(lab) = Lab::here() else { return };
    let report = scan(&lab, "bogus.test", &[]).json();
    let checks = report["checks"].as_array().expect("a list");
    let check = checks.iter().find(|check| check["id"] == "dnssec");
    let check = check.expect("a row");
    let differ = &check["reasons"][1];
    assert_eq!(check["mend"]["action"]["code"], "replace_ds");
    assert_eq!(check["mend"]["action"]["key_tags"], differ["keys"]);
    assert_ne!(differ["named"], differ["keys"]);
}
