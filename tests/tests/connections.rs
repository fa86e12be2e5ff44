//! How often we knock at each server of the lab, by the servers' own count. It is a program of its own, as nobody else may
//! scan meanwhile.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use postern_tests::lab::{Lab, connections, domains};
use postern_tests::{place, postern};
use serde_json::Value;

/// Connections to one address on port 25 in one scan (README, "What the probe does to others").
const PROMISED: usize = 8;
const AT_ONCE: usize = 4;

#[test]
fn no_server_sees_more_than_eight_connections() {
    let Some(lab) = Lab::here() else { return };
    let before = connections(&lab.log);
    let scanned = scan_all(&lab);
    let mut ours = BTreeMap::<String, usize>::new();
    for ((domain, address), count) in &scanned {
        place::say(&format!("  {domain:<16} {address:<12} {count}"));
        assert!(
            *count <= PROMISED,
            "{domain}: {count} connections to {address}"
        );
        *ours.entry(address.clone()).or_default() += count;
    }
    assert!(ours.len() > 40, "only {} servers were met", ours.len());
    // The servers write their logs when they come to it.
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let mut theirs = connections(&lab.log);
        for (address, count) in &before {
            *theirs.entry(address.clone()).or_default() -= count;
        }
        theirs.retain(|_, count| *count > 0);
        if theirs == ours {
            return;
        }
        assert!(
            Instant::now() < deadline,
            "we counted {ours:?}, and the servers {theirs:?}"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Scans every domain, and gives how often we reached each address on port 25.
fn scan_all(lab: &Lab) -> BTreeMap<(String, String), usize> {
    let domains = domains();
    let queue = Mutex::new(domains.iter());
    let counts = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("no thread has failed").next();
                    let Some(domain) = next else { return };
                    for address in reached(lab, domain) {
                        let mut counts = counts.lock().expect("no thread has failed");
                        *counts.entry((domain.clone(), address)).or_default() += 1;
                    }
                }
            });
        }
    });
    counts.into_inner().expect("no thread has failed")
}

/// The address of each connection on port 25 in a scan.
fn reached(lab: &Lab, domain: &str) -> Vec<String> {
    let text = std::fs::read_to_string(postern::evidence(lab, domain)).expect("evidence");
    let evidence: Value = serde_json::from_str(&text).expect("JSON");
    let observations = evidence["observations"].as_array().expect("a list");
    observations
        .iter()
        .map(|observation| &observation["fact"]["smtp"])
        .filter(|smtp| smtp["port"] == 25 && smtp["event"] == "connected")
        .map(|smtp| smtp["address"].as_str().expect("an address").to_owned())
        .collect()
}
