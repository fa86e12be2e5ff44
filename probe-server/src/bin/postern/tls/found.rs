//! What a server takes, as a table: its JSON is this.

use std::net::IpAddr;

use postern_shared::checks::judge_chain;
use postern_shared::dns::Name;
use postern_shared::evidence::{
    Certificate, Chain, DialogueKind, Evidence, Fact, Link, SmtpEvent, SmtpFact, Step,
};
use postern_shared::report::{CertificateReason, Reason, Status};
use postern_shared::time::Timestamp;
use postern_shared::tls::{Level, Observed, Order, Taken, Version};
use serde::Serialize;

/// The table.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    /// The server's name.
    pub(super) name: String,
    /// Its address.
    pub(super) address: IpAddr,
    /// Its port.
    pub(super) port: u16,
    /// Connections that it took.
    pub(super) connections: u32,
    /// Each version, the newest first.
    pub(super) versions: Vec<Row>,
    /// The suites that it takes, by version.
    pub(super) suites: Vec<Row>,
    /// The groups that it takes, by version.
    pub(super) groups: Vec<Row>,
    /// Who decides between suites.
    pub(super) order: Option<&'static str>,
    /// Whether it compresses.
    pub(super) compression: Option<bool>,
    /// Whether it renegotiates securely.
    pub(super) secure_renegotiation: Option<bool>,
    /// Whether it binds the master secret to the handshake.
    pub(super) extended_master_secret: Option<bool>,
    /// Whether a command smuggled behind STARTTLS was taken for one from inside TLS.
    pub(super) injection: Option<bool>,
    /// Each chain that it showed, once.
    pub(super) chains: Vec<Shown>,
}

/// A chain, and the word on it of any sender who checks.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    /// The certificates.
    #[serde(flatten)]
    pub(super) chain: Chain,
    /// Whether it holds.
    pub(super) status: Status,
    /// Why, or why not.
    pub(super) reasons: Vec<Reason>,
}

/// A line of the table.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// In which version.
    pub(super) version: Version,
    /// The suite or the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// Whether it is taken.
    #[serde(serialize_with = "taken")]
    pub(super) taken: Taken,
    /// Its level.
    #[serde(serialize_with = "level")]
    pub(super) level: Level,
}

impl Found {
    /// Reads what one port of one address showed.
    pub(super) fn of(evidence: &Evidence, address: IpAddr, port: u16) -> Self {
        let facts: Vec<_> = evidence
            .observations()
            .filter_map(|(_, seen)| match &seen.fact {
                Fact::Smtp(fact) if (fact.address, fact.port) == (address, port) => {
                    Some((seen.at, fact))
                }
                _ => None,
            })
            .collect();
        let events = || facts.iter().map(|(_, fact)| &fact.event);
        let observed = Observed::of(events());
        let connections = events().filter(|event| **event == SmtpEvent::Connected);
        let versions = Version::ALL.into_iter().rev().map(|version| Row {
            version,
            name: None,
            taken: observed.version(version),
            level: version.level(),
        });
        let suites = observed.suites().map(|(version, suite, taken)| Row {
            version,
            name: Some(suite.to_string()),
            taken,
            level: suite.level(),
        });
        let groups = observed.groups().map(|(version, group, taken)| Row {
            version,
            name: Some(group.to_string()),
            taken,
            level: group.level(),
        });
        Self {
            name: evidence.domain().as_str().to_owned(),
            address,
            port,
            connections: u32::try_from(connections.count()).unwrap_or(u32::MAX),
            versions: versions.collect(),
            suites: sorted(suites),
            groups: sorted(groups),
            order: observed.order.map(|order| match order {
                Order::Server => "server",
                Order::Client => "client",
            }),
            compression: observed.compression,
            secure_renegotiation: observed.secure_renegotiation,
            extended_master_secret: observed.extended_master_secret,
            injection: injection(&facts),
            chains: chains(evidence.domain().name(), &facts),
        }
    }

    /// Whether no word on TLS was heard.
    pub(super) fn is_nothing(&self) -> bool {
        self.versions.iter().all(|row| row.taken != Taken::Yes)
    }
}

/// What is taken, the newest version first and the best first in it.
fn sorted(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut rows: Vec<_> = rows.filter(|row| row.taken == Taken::Yes).collect();
    rows.sort_by_key(|row| core::cmp::Reverse((row.version, row.level)));
    rows
}

/// Whether the smuggled command was answered; nothing where that cannot be told.
fn injection(facts: &[(Timestamp, &SmtpFact)]) -> Option<bool> {
    let answers = facts.iter().filter_map(|(_, fact)| match &fact.event {
        SmtpEvent::Replied { step, reply, .. }
            if fact.secure && fact.dialogue == DialogueKind::Injection =>
        {
            Some((step, reply.code))
        }
        _ => None,
    });
    let answers: Vec<_> = answers.collect();
    match answers[..] {
        [(Step::Smuggled, _), ..] => Some(true),
        [(Step::Quit, 221)] => Some(false),
        _ => None,
    }
}

/// The chains that a server of this name showed, each once.
fn chains(host: &Name, facts: &[(Timestamp, &SmtpFact)]) -> Vec<Shown> {
    let mut chains: Vec<Shown> = Vec::new();
    for (at, fact) in facts {
        let known = |chain| chains.iter().any(|known| own(&known.chain) == own(chain));
        let Some(chain) = fact.event.chain().filter(|chain| !known(chain)) else {
            continue;
        };
        let (status, reasons) = match is_without_key(chain, facts) {
            true => {
                let host = host.clone();
                let reason = CertificateReason::KeyMismatch { host };
                (Status::Fail, vec![reason.into()])
            }
            false => judge_chain(chain, host, *at),
        };
        chains.push(Shown {
            chain: chain.clone(),
            status,
            reasons,
        });
    }
    chains
}

/// Whether the server turned out not to have the key of a chain that it showed.
fn is_without_key(chain: &Chain, facts: &[(Timestamp, &SmtpFact)]) -> bool {
    facts.iter().any(|(_, fact)| {
        let shown = fact.event.chain().and_then(own);
        matches!(&fact.event, SmtpEvent::NotSecured(failed) if failed.key_mismatch)
            && shown == own(chain)
    })
}

/// The server's own certificate, by its digest.
fn own(chain: &Chain) -> Option<&str> {
    chain.links.first().and_then(|link| match link {
        Link::Read(own) => Some(digest(own)),
        Link::Unreadable { .. } => None,
    })
}

fn digest(certificate: &Certificate) -> &str {
    &certificate.digests.whole_sha256
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn taken<S: serde::Serializer>(taken: &Taken, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match taken {
        Taken::Yes => "yes",
        Taken::No => "no",
        Taken::NotAsked => "not_asked",
    })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn level<S: serde::Serializer>(level: &Level, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match level {
        Level::Good => "good",
        Level::Sufficient => "sufficient",
        Level::PhaseOut => "phase_out",
        Level::Insufficient => "insufficient",
    })
}
