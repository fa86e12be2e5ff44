//! MTA-STS policies, fetched from a real web server.

use postern_tests::lab::Lab;
use postern_tests::postern::{assess, evidence};
use serde_json::Value;

#[test]
fn a_policy_is_judged_by_what_senders_get() {
    let Some(lab) = Lab::here() else { return };
    for (domain, status, code) in [
        ("good.test", "pass", "mta_sts_enforces"),
        ("stsmiss.test", "fail", "mta_sts_uncovered"),
        ("stscert.test", "fail", "mta_sts_not_fetched"),
        ("stsmoved.test", "fail", "mta_sts_not_fetched"),
        ("stsgone.test", "fail", "mta_sts_not_fetched"),
        ("yazd.test", "fail", "mta_sts_absent"),
        ("nullmx.test", "na", "null_mx"),
    ] {
        let finding = mta_sts(&lab, domain);
        assert_eq!(finding["status"], status, "{domain}: {finding}");
        assert_eq!(finding["reasons"][0]["code"], code, "{domain}: {finding}");
    }
}

/// What the TLS and HTTP libraries saw is told as it was.
#[test]
fn why_a_policy_cannot_be_fetched_is_said() {
    let Some(lab) = Lab::here() else { return };
    let why = |domain| mta_sts(&lab, domain)["reasons"][0]["why"].clone();
    let detail = why("stscert.test")["untrusted"]["detail"].to_string();
    assert!(detail.contains("mta-sts.stscert.test"), "{detail}");
    let moved = why("stsmoved.test")["status"].clone();
    assert_eq!(moved["status"], 301);
    assert_eq!(
        moved["location"],
        "https://mta-sts.good.test/.well-known/mta-sts.txt"
    );
    assert_eq!(why("stsgone.test")["status"]["status"], 404);
}

#[test]
fn a_policy_that_keeps_all_mail_out_bounds_the_letter() {
    let Some(lab) = Lab::here() else { return };
    let report = assess(&evidence(&lab, "stsmiss.test"), "standards");
    assert_eq!(report["grade"], "D", "{report}");
    assert_eq!(report["caps"][0]["cause"], "mta_sts_refuses");
}

fn mta_sts(lab: &Lab, domain: &str) -> Value {
    let report = assess(&evidence(lab, domain), "standards");
    let checks = report["checks"].as_array().expect("a list of checks");
    let finding = checks.iter().find(|finding| finding["id"] == "mta_sts");
    finding.expect("the check").clone()
}
