//! Without `--allow-private-targets` nothing that is not public is spoken to.

use postern_tests::lab::{Lab, visits};
use postern_tests::postern::run;

#[test]
fn addresses_that_are_not_public_are_refused() {
    let Some(lab) = Lab::here() else { return };
    // All servers of the lab are on loopback addresses, so each of them stands for a private one. This one is
    // told apart from the scans of other tests by a name that is said nowhere else.
    let name = "guarded.lab.test";
    for domain in ["private.test", "relay.test"] {
        let printed = run([
            "scan",
            domain,
            "--format",
            "json",
            "--dns-server",
            &lab.dns,
            "--ehlo-name",
            name,
        ]);
        assert_eq!(printed.code, Some(0), "{printed:?}");
        let report = printed.json();
        for check in report["checks"].as_array().expect("a list") {
            if ["help", "vrfy", "expn", "relay", "auth"]
                .iter()
                .any(|id| check["id"] == *id)
            {
                assert_eq!(check["status"], "unknown", "{domain}: {check}");
                assert_eq!(
                    check["reasons"][0]["code"], "not_public",
                    "{domain}: {check}"
                );
            }
        }
        assert_eq!(report["effort"]["connections"], 0, "{domain}");
    }
    let visited = visits(&lab.log, "127.25.0.13");
    assert!(
        visited
            .iter()
            .all(|visit| !visit.ehlo.contains(&name.to_owned()))
    );
}
