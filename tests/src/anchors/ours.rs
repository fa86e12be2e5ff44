//! `postern tls`, by the evidence that it saves.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use postern_shared::evidence::{Chain, Evidence, Fact, HelloAnswer, Link, SmtpEvent, Step};
use postern_shared::tls::{Group, Suite, Version};

use super::{Findings, Leaf, Scanned, signature, target, timed};
use crate::delay::DelayLine;
use crate::lab::Lab;
use crate::place;

/// How our own scanner is run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ours {
    /// As everybody's servers are.
    Verdict,
    /// As one's own servers are: everything.
    Deep,
}

impl Ours {
    /// Scans what is at the other end of the line, under the name of the server.
    #[must_use]
    pub fn scan(self, lab: &Lab, line: &DelayLine, name: &str) -> Scanned {
        let evidence = place::temporary(&format!("ours.{}", line.address().port()));
        let mut command = Command::new(place::program("postern"));
        command.args(["tls", &target(line.address()), "--name", name]);
        command
            .args(lab.options())
            .arg("--evidence-out")
            .arg(&evidence);
        if self == Self::Deep {
            command.arg("--deep");
        }
        let (took, connections) = timed(&mut command, line);
        let text = std::fs::read_to_string(evidence).expect("evidence");
        let evidence = Evidence::from_json(&text).expect("evidence that loads");
        Scanned {
            findings: read(&evidence),
            took,
            connections,
            round_trips: round_trips(&evidence),
        }
    }
}

/// The round trips of all dialogues, one after another. None of those that look at TLS says two things at once.
fn round_trips(evidence: &Evidence) -> u32 {
    let events = evidence
        .observations()
        .filter_map(|(_, observation)| match &observation.fact {
            Fact::Smtp(fact) => Some(&fact.event),
            _ => None,
        });
    events
        .map(|event| match event {
            // The connection, and what the server says first.
            SmtpEvent::Replied {
                step: Step::Greeting,
                ..
            } => 2,
            // It came with what was said before.
            SmtpEvent::Replied {
                step: Step::Smuggled,
                ..
            } => 0,
            // What follows goes with the client's last words of the handshake.
            SmtpEvent::Secured(tls) if tls.version == Version::Tls13.name() => 1,
            SmtpEvent::Secured(_) => 2,
            SmtpEvent::Replied { .. } | SmtpEvent::NotSecured(_) | SmtpEvent::Hello(_) => 1,
            _ => 0,
        })
        .sum()
}

fn read(evidence: &Evidence) -> Findings {
    let mut suites = BTreeMap::<Version, BTreeSet<Suite>>::new();
    let mut groups = BTreeSet::new();
    let mut certificates = BTreeSet::new();
    for (_, observation) in evidence.observations() {
        let Fact::Smtp(fact) = &observation.fact else {
            continue;
        };
        match &fact.event {
            SmtpEvent::Secured(tls) => {
                let version = Version::named(&tls.version).expect("a version");
                suites
                    .entry(version)
                    .or_default()
                    .extend(Suite::named(&tls.suite));
                groups.extend(tls.group.as_deref().and_then(Group::named));
                certificates.extend(tls.chain.as_deref().and_then(leaf));
            }
            SmtpEvent::NotSecured(failed) => {
                certificates.extend(failed.chain.as_deref().and_then(leaf));
            }
            SmtpEvent::Hello(hello) => match &hello.answer {
                HelloAnswer::Chosen(chosen) => {
                    suites
                        .entry(chosen.version)
                        .or_default()
                        .insert(chosen.suite);
                    groups.extend(chosen.group);
                    certificates.extend(chosen.chain.as_deref().and_then(leaf));
                }
                HelloAnswer::Ssl2 { .. } => {
                    suites.entry(Version::Ssl2).or_default();
                }
                _ => {}
            },
            _ => {}
        }
    }
    Findings {
        suites: Some(suites),
        groups: Some(groups),
        certificates: Some(certificates),
    }
}

/// The server's own certificate; nothing when it cannot be read.
fn leaf(chain: &Chain) -> Option<Leaf> {
    let Link::Read(own) = chain.links.first()? else {
        return None;
    };
    Some(Leaf {
        names: own.names.iter().cloned().collect(),
        not_before: own.not_before / 60,
        not_after: own.not_after / 60,
        key: format!("{} {}", own.key, own.key_bits),
        signature: signature(&own.signature),
        chain: chain.links.len() + chain.left_out as usize,
    })
}
