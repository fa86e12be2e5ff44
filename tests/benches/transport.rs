//! What it costs to find out all that a mail server's TLS takes, ours beside testssl.sh, sslyze, nmap and sslscan: wall
//! time and TCP connections, on a server of today and one of yesterday, at once and over a path of 50 ms. It prints
//! ratios, and fails when one is over its bar; of a tool that is not installed nothing is shown. Names behind `--`, as in
//! `-- legacy nmap`, leave the other servers, or the other tools, out.

// A benchmark fails as a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use postern_tests::anchors::{Anchor, Asked, Ours, Scanned};
use postern_tests::delay::DelayLine;
use postern_tests::lab::Lab;
use postern_tests::place;

/// In turns; of a tool that takes minutes, one.
const ROUNDS: usize = 5;
const LONG: Duration = Duration::from_secs(30);

const SERVERS: [(&str, &str); 2] = [
    ("mail.modern.test", "127.25.1.11:25"),
    ("mail.legacy.test", "127.25.1.12:25"),
];
const PATH: Duration = Duration::from_millis(50);

/// Time of a deep scan over the path, in times of each tool's.
const TIMES: [(Anchor, f64); 4] = [
    (Anchor::Nmap, 0.5),
    (Anchor::Sslscan, 0.15),
    (Anchor::Sslyze, 0.15),
    (Anchor::Testssl, 0.05),
];
/// Connections of a deep scan, in times of nmap's.
const CONNECTIONS: f64 = 0.5;
/// Time of an ordinary scan over the path, in times of what its round trips take.
const FLOOR: f64 = 1.1;

fn main() -> ExitCode {
    println!("\nload average: {}", place::load());
    let Some(lab) = Lab::here() else {
        return ExitCode::SUCCESS;
    };
    let mut met = true;
    for (name, address) in SERVERS {
        if !is_wanted(name, &SERVERS.map(|(name, _)| name)) {
            continue;
        }
        for round_trip in [Duration::ZERO, PATH] {
            let ms = round_trip.as_millis();
            println!("\n{name}, {ms} ms, median of {ROUNDS}: seconds, TCP connections");
            let address = address.parse().expect("an address");
            met &= side_by_side(&lab, name, address, round_trip);
        }
    }
    println!("\nload average: {}", place::load());
    ExitCode::from(u8::from(!met))
}

/// One server over one path: everybody in turns, then who needed what.
fn side_by_side(lab: &Lab, name: &str, address: SocketAddr, round_trip: Duration) -> bool {
    let line = DelayLine::start("127.0.0.1", address, round_trip);
    let mut deep = Vec::new();
    let mut ordinary = Vec::new();
    let mut anchors: Vec<(Anchor, Vec<Scanned>)> = Vec::new();
    for round in 0..ROUNDS {
        deep.push(Ours::Deep.scan(lab, &line, name));
        ordinary.push(Ours::Verdict.scan(lab, &line, name));
        let tools = Anchor::ALL.map(Anchor::name);
        for anchor in Anchor::ALL {
            if !is_wanted(anchor.name(), &tools) {
                continue;
            }
            match anchors.iter_mut().find(|(other, _)| *other == anchor) {
                None if round == 0 => {
                    let scanned = anchor.scan(&line, name, Asked::Whole);
                    anchors.extend(scanned.map(|scanned| (anchor, vec![scanned])));
                }
                Some((_, scans)) if scans[0].took < LONG => {
                    scans.extend(anchor.scan(&line, name, Asked::Whole));
                }
                _ => {}
            }
        }
    }
    let ours = row("postern --deep", &deep);
    let plain = row("postern", &ordinary);
    let mut met = true;
    for (anchor, scans) in &anchors {
        let theirs = row(anchor.name(), scans);
        if round_trip.is_zero() {
            continue;
        }
        for (_, bar) in TIMES.iter().filter(|(other, _)| other == anchor) {
            met &= within("--deep, time", ours.0 / theirs.0, *bar);
        }
        if *anchor == Anchor::Nmap {
            met &= within("--deep, connections", ours.1 / theirs.1, CONNECTIONS);
        }
    }
    if !round_trip.is_zero() {
        let floor = f64::from(ordinary[0].round_trips) * round_trip.as_secs_f64();
        met &= within("ordinary, time / round trips", plain.0 / floor, FLOOR);
    }
    met
}

/// Whether one of these names was asked for, or none of them.
fn is_wanted(name: &str, names: &[&str]) -> bool {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let is_asked = |name: &str| asked.iter().any(|part| name.contains(part.as_str()));
    is_asked(name) || !names.iter().any(|name| is_asked(name))
}

/// Prints the medians of time and connections, and gives them.
fn row(name: &str, scans: &[Scanned]) -> (f64, f64) {
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let seconds = median(scans.iter().map(|scan| scan.took.as_secs_f64()).collect());
    let connections = scans
        .iter()
        .map(|scan| f64::from(scan.connections))
        .collect();
    let connections = median(connections);
    let once = if scans.len() > 1 { "" } else { "   (once)" };
    println!("  {name:<15} {seconds:>8.2} {connections:>6.0}{once}");
    (seconds, connections)
}

fn within(what: &str, ratio: f64, bar: f64) -> bool {
    let verdict = if ratio <= bar { "within" } else { "OVER" };
    println!("      {what:<28} {ratio:>6.3}   {verdict} {bar}");
    ratio <= bar
}
