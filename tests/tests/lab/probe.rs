//! `postern scan --probe`: another machine speaks to the mail servers.

use postern_tests::lab::Lab;
use postern_tests::postern::{Printed, run, scan};
use postern_tests::server::ProbeServer;

fn through(lab: &Lab, probe: &str, domain: &str, language: &str) -> Printed {
    run([
        "scan",
        domain,
        "--format",
        "json",
        "--lang",
        language,
        "--dns-server",
        &lab.dns,
        "--probe",
        probe,
    ])
}

#[test]
fn a_probe_server_gives_the_same_report() {
    let Some(lab) = Lab::here() else { return };
    let server = ProbeServer::start(&lab, &[]);
    for domain in ["yazd.test", "quera.test", "tlsonly.test", "relay.test"] {
        let near = scan(&lab, domain, &[]).json();
        let printed = through(&lab, &format!("ws://{}", server.address()), domain, "en");
        assert_eq!(
            (printed.code, printed.stderr.as_str()),
            (Some(0), ""),
            "{domain}"
        );
        let far = printed.json();
        for key in ["grade", "score", "coverage", "caps", "mends"] {
            assert_eq!(near[key], far[key], "{domain} {key}");
        }
        let statuses = |report: &serde_json::Value| {
            let checks = report["checks"].as_array().expect("a list");
            checks
                .iter()
                .map(|check| check["status"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(statuses(&near), statuses(&far), "{domain}");
    }
}

#[test]
fn a_refusal_says_why_and_keeps_what_dns_told() {
    let Some(lab) = Lab::here() else { return };
    let server = ProbeServer::start(&lab, &["--cool-down", "600"]);
    let probe = format!("ws://{}/ws", server.address());
    assert_eq!(through(&lab, &probe, "yazd.test", "en").code, Some(0));
    for (language, words) in [("en", "scanned"), ("fa", "بررسی")] {
        let refused = through(&lab, &probe, "yazd.test", language);
        assert_eq!(refused.code, Some(3), "{refused:?}");
        assert!(refused.stderr.contains(words), "{}", refused.stderr);
        let report = refused.json();
        let status = |id: &str| {
            let checks = report["checks"].as_array().expect("a list");
            checks
                .iter()
                .find(|check| check["id"] == id)
                .map(|check| check["status"].clone())
        };
        assert_eq!(status("dmarc"), Some("pass".into()));
        assert_eq!(status("relay"), Some("unknown".into()));
    }
}

#[test]
fn a_probe_server_that_is_not_there_costs_only_its_own_rows() {
    let Some(lab) = Lab::here() else { return };
    for language in ["en", "fa"] {
        let printed = through(&lab, "ws://127.0.0.1:9", "good.test", language);
        assert_eq!(printed.code, Some(3), "{printed:?}");
        assert!(!printed.stderr.is_empty());
        let report = printed.json();
        let checks = report["checks"].as_array().expect("a list");
        for check in checks {
            let expected = match check["id"].as_str().expect("an id") {
                "spf" | "dmarc" | "spoofing" | "dkim" | "dnssec" | "dane" | "tls_rpt" => "pass",
                "caa" | "bimi" => "na",
                // The lab's addresses are private: only a probe server that goes there knows better.
                "mx" => "fail",
                _ => "unknown",
            };
            assert_eq!(check["status"], expected, "{check}");
            match check["id"].as_str() {
                Some("ptr") => assert_eq!(check["reasons"][0]["code"], "not_public", "{check}"),
                Some("mx") => assert_eq!(check["reasons"][0]["code"], "mx_not_public", "{check}"),
                _ => {}
            }
        }
    }
}
