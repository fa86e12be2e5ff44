//! The shape of the JSON that other programs read.

use postern_shared::checks::CHECKS;
use postern_shared::report::ProfileName;
use postern_tests::lab::Lab;
use postern_tests::postern::scan;
use serde_json::Value;

const STATUSES: [&str; 5] = ["pass", "warn", "fail", "unknown", "na"];

#[test]
fn a_report_has_what_programs_look_for() {
    let Some(lab) = Lab::here() else { return };
    let printed = scan(&lab, "quera.test", &["--profile", "classic"]);
    assert_eq!(printed.code, Some(0), "{}", printed.stderr);
    let report = printed.json();
    assert_eq!(report["domain"], "quera.test");
    assert_eq!(report["profile"]["name"], "classic");
    assert!(report["profile"]["version"].is_string());
    assert!(report["grade"].is_string());
    assert!(report["score"].is_f64());
    assert!(report["coverage"].is_u64());
    assert!(report["caps"].is_array());
    let checks = report["checks"].as_array().expect("a list");
    let ids: Vec<_> = checks
        .iter()
        .filter_map(|check| check["id"].as_str())
        .collect();
    let classic = ProfileName::Classic.profile();
    let catalogue = CHECKS.iter().map(|check| check.id());
    let catalogue = catalogue.filter(|id| classic.reads(*id));
    let catalogue: Vec<_> = catalogue.map(|id| id.as_str()).collect();
    assert_eq!(ids, catalogue);
    let weights: u64 = checks
        .iter()
        .filter_map(|check| check["weight"].as_u64())
        .sum();
    assert_eq!(weights, 100);
    checks.iter().for_each(assert_is_finding);
    assert_eq!(report["effort"]["connections"], 4);
}

fn assert_is_finding(check: &Value) {
    let status = check["status"].as_str().expect("a status");
    assert!(STATUSES.contains(&status), "{check}");
    let reasons = check["reasons"].as_array().expect("a list");
    assert!(!reasons.is_empty(), "{check}");
    assert!(
        reasons.iter().all(|reason| reason["code"].is_string()),
        "{check}"
    );
    let proof = check["proof"].as_array().expect("a list");
    assert!(
        !proof.is_empty() && proof.iter().all(Value::is_string),
        "{check}"
    );
    // Whatever costs points says how to mend it.
    if matches!(status, "warn" | "fail") {
        assert!(check["mend"]["action"]["code"].is_string(), "{check}");
        assert!(check["mend"]["owner"].is_string(), "{check}");
        assert!(check["mend"]["gain"].is_u64(), "{check}");
    }
}

/// A domain that is typed in Unicode is shown as DNS knows it.
#[test]
fn unicode_is_mapped_before_anything_is_asked() {
    let Some(lab) = Lab::here() else { return };
    for typed in ["نمونه.test", "نمونه.TEST.", "xn--hhbbbed.test"] {
        let report = scan(&lab, typed, &[]).json();
        assert_eq!(report["domain"], "xn--hhbbbed.test", "{typed}");
        assert_eq!(report["grade"], "B-", "{typed}");
    }
}
