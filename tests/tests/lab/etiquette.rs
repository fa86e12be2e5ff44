//! What we promise to the servers we knock at, counted by the servers.

use std::time::{Duration, Instant};

use postern_tests::lab::{Lab, Visit, visits};
use postern_tests::postern::run;

/// Connections to one address in one scan.
const CONNECTIONS: usize = 8;
/// Errors in one dialogue after which many servers hang up are ten.
const ERRORS: u32 = 8;

/// Scans once, under a name of its own, and gives the connections that the servers saw of it.
fn seen(lab: &Lab, domain: &str, addresses: &[&str]) -> (serde_json::Value, Vec<Visit>) {
    let name = format!("etiquette-{}.{domain}", std::process::id());
    let mut arguments = vec![
        "scan".to_owned(),
        domain.to_owned(),
        "--format".into(),
        "json".into(),
    ];
    arguments.extend(lab.options());
    let place = arguments
        .iter()
        .position(|word| word == "probe.lab.test")
        .expect("a name");
    arguments[place].clone_from(&name);
    let report = run(arguments).json();
    let ours = || {
        addresses
            .iter()
            .flat_map(|address| visits(&lab.log, address))
            .filter(|visit| visit.ehlo.contains(&name))
            .collect::<Vec<_>>()
    };
    // The servers write their logs when they come to it.
    let deadline = Instant::now() + Duration::from_secs(30);
    let connections = report["effort"]["connections"].as_u64().expect("a number");
    loop {
        let visits = ours();
        let complete =
            visits.len() as u64 >= connections && visits.iter().all(|visit| visit.closed);
        if complete || Instant::now() > deadline {
            return (report, visits);
        }
        std::thread::yield_now();
    }
}

#[test]
fn promises_are_kept_as_the_servers_count() {
    let Some(lab) = Lab::here() else { return };
    for (domain, addresses) in [
        ("yazd.test", &["127.25.0.11"][..]),
        ("quera.test", &["127.25.0.21", "127.25.0.22"]),
        ("relay.test", &["127.25.0.13"]),
        ("tlsonly.test", &["127.25.0.15"]),
        ("grey.test", &["127.25.0.32"]),
        ("slow.test", &["127.25.0.31"]),
        ("legacy.test", &["127.25.1.12"]),
        ("chain.test", &["127.25.2.18"]),
        ("inject.test", &["127.25.3.11"]),
        ("strict.test", &["127.25.3.12"]),
    ] {
        let (report, visits) = seen(&lab, domain, addresses);
        for address in addresses {
            let here = visits
                .iter()
                .filter(|visit| visit.address == *address)
                .count();
            assert!(
                (1..=CONNECTIONS).contains(&here),
                "{domain}: {here} connections to {address}"
            );
        }
        for visit in &visits {
            assert_kind(domain, visit);
        }
        // The count that the report shows is the servers' own.
        let commands: u32 = visits.iter().map(Visit::commands).sum();
        let effort = &report["effort"];
        assert_eq!(effort["connections"], visits.len(), "{domain}: {visits:?}");
        assert_eq!(effort["commands"], commands, "{domain}: {visits:?}");
    }
}

/// One dialogue: nothing before the greeting, no message, no more errors than a server bears, and a farewell.
fn assert_kind(domain: &str, visit: &Visit) {
    assert!(
        !visit.early,
        "{domain}: spoke before the greeting: {visit:?}"
    );
    assert_eq!(
        visit.count("DATA") + visit.count("BDAT"),
        0,
        "{domain}: {visit:?}"
    );
    assert_eq!(visit.count("AUTH"), 0, "{domain}: {visit:?}");
    assert!(visit.errors <= ERRORS, "{domain}: {visit:?}");
    assert!(visit.closed, "{domain}: left open: {visit:?}");
    // Behind STARTTLS, a hello of ours is the last that is said: nobody hears QUIT there.
    let ends_in_hello = visit.count("STARTTLS") == 1 && visit.count("QUIT") == 0;
    if !ends_in_hello {
        let greeted = u32::from(visit.greeted);
        assert_eq!(visit.count("QUIT"), greeted, "{domain}: {visit:?}");
    }
}

/// A server that is too busy is left alone: one connection, and nothing said on it but, at most, farewell.
#[test]
fn a_busy_server_is_left_alone() {
    let Some(lab) = Lab::here() else { return };
    let before = visits(&lab.log, "127.25.0.33").len();
    let report = postern_tests::postern::scan(&lab, "busy.test", &[]).json();
    assert_eq!(report["effort"]["connections"], 1);
    let after = visits(&lab.log, "127.25.0.33");
    assert!(after.len() > before, "nobody came");
    for visit in &after[before..] {
        assert_eq!(visit.commands(), visit.count("QUIT"), "{visit:?}");
    }
}
