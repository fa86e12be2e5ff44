//! What we find at the lab's servers, held against what other people's scanners find there.
//!
//! A difference is either a mistake of ours, or stands in `explained.rs` with its reason; a reason that is no
//! longer needed is a failure too. A tool that is not installed shows nothing, and says `SKIPPED`.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::panic)]

mod compare;
mod explained;
mod servers;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use compare::Difference;
use postern_tests::anchors::{Anchor, Asked, Findings, Ours};
use postern_tests::delay::DelayLine;
use postern_tests::lab::Lab;
use postern_tests::place;
use servers::{CERTIFICATES, Server, TRANSPORT};

/// The tools wait more than they compute, but for testssl.sh.
const AT_ONCE: usize = 4;

#[test]
fn certificates_are_read_as_others_read_them() {
    let Some(lab) = Lab::here() else { return };
    let differences = compare_all(&lab, &CERTIFICATES, Ours::Verdict, |findings| Findings {
        certificates: findings.certificates.clone(),
        ..Findings::default()
    });
    explained::assert_explained(&differences, "certificates");
}

#[test]
fn versions_suites_and_groups_are_those_that_others_find() {
    let Some(lab) = Lab::here() else { return };
    let differences = compare_all(&lab, &TRANSPORT, Ours::Deep, Findings::clone);
    explained::assert_explained(&differences, "transport");
}

/// Scans each server with everything that is asked of it, several at once, and gives what differs from ours.
fn compare_all(
    lab: &Lab,
    servers: &[Server],
    ours: Ours,
    told: impl Fn(&Findings) -> Findings + Sync,
) -> Vec<Difference> {
    let mut tasks = Vec::new();
    for server in servers {
        tasks.push((server, None));
        // What takes longest begins first.
        for (anchor, asked) in &server.asked {
            if let Some(asked) = asked {
                tasks.push((server, Some((*anchor, *asked))));
            }
        }
    }
    tasks.sort_by_key(|(server, task)| (server.duration(*task), server.domain));
    let found = run(lab, tasks, ours);
    let mut differences = Vec::new();
    for server in servers {
        let Some(own) = found.get(&(server.domain, None)) else {
            panic!("nothing of ours of {}", server.domain);
        };
        for anchor in Anchor::ALL {
            if let Some(theirs) = found.get(&(server.domain, Some(anchor))) {
                compare::note(
                    server.domain,
                    anchor,
                    &told(own),
                    &told(theirs),
                    &mut differences,
                );
            }
        }
    }
    differences
}

type Task<'a> = (&'a Server, Option<(Anchor, Asked)>);
type Found = BTreeMap<(&'static str, Option<Anchor>), Findings>;

fn run(lab: &Lab, mut tasks: Vec<Task<'_>>, ours: Ours) -> Found {
    let found = Mutex::new(BTreeMap::new());
    // The last one is taken first.
    let queue = Mutex::new(std::mem::take(&mut tasks));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("no thread has failed").pop();
                    let Some((server, task)) = next else { return };
                    let line = DelayLine::start("127.0.0.1", server.address(), Duration::ZERO);
                    let scanned = match task {
                        None => Some(ours.scan(lab, &line, &server.name())),
                        Some((anchor, asked)) => anchor.scan(&line, &server.name(), asked),
                    };
                    let Some(scanned) = scanned else { continue };
                    place::say(&format!(
                        "  {:<16} {:<10} {:>6.1} s {:>4} connections",
                        server.domain,
                        task.map_or("postern", |(anchor, _)| anchor.name()),
                        scanned.took.as_secs_f64(),
                        scanned.connections
                    ));
                    let key = (server.domain, task.map(|(anchor, _)| anchor));
                    let mut found = found.lock().expect("no thread has failed");
                    found.insert(key, scanned.findings);
                }
            });
        }
    });
    found.into_inner().expect("no thread has failed")
}
