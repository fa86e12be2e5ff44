//! Evidence for tests, made event by event.

use std::collections::BTreeMap;

use postern_shared::DomainName;
use postern_shared::dns::Name;
use postern_shared::evidence::{
    Certificate, Chain, Chosen, DialogueKind, Digests, Evidence, Fact, Hello, HelloAnswer, Link,
    Observation, Offer, Path, SmtpEvent, SmtpFact, Step, TargetFact, TargetRuling, TlsFact, Trust,
};
use postern_shared::smtp::Reply;
use postern_shared::time::{Millis, Timestamp};
use postern_shared::tls::{Group, Suite, Version};

/// Seconds since 1970 at which all of it was seen: 2026-11-22.
pub(crate) const NOW: i64 = 1_795_305_600;

/// What was seen of `example.org`.
pub(crate) struct World {
    evidence: Evidence,
    /// The next sequence number of each dialogue.
    next: BTreeMap<(String, u16, &'static str), u16>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            evidence: Evidence::new(DomainName::parse("example.org").unwrap()),
            next: BTreeMap::new(),
        }
    }

    pub(crate) fn evidence(self) -> Evidence {
        self.evidence
    }

    pub(crate) fn target(mut self, exchange: &str, address: &str) -> Self {
        let fact = Fact::Target(TargetFact {
            exchange: Name::parse(exchange).unwrap(),
            address: address.parse().unwrap(),
            ruling: TargetRuling::Planned,
        });
        assert!(self.evidence.apply(Observation::new(now(), fact)));
        self
    }

    /// An event at its place in a dialogue, seen at `at`, after `took`, both in milliseconds.
    pub(crate) fn event(
        mut self,
        address: &str,
        port: u16,
        (dialogue, sequence): (DialogueKind, u16),
        (at, took): (u64, u32),
        event: SmtpEvent,
    ) -> Self {
        let fact = Fact::Smtp(SmtpFact {
            address: address.parse().unwrap(),
            port,
            dialogue,
            sequence,
            secure: false,
            event,
            took: Millis(took),
        });
        assert!(self.evidence.apply(Observation::new(Timestamp(at), fact)));
        self
    }

    /// The next event of a dialogue.
    fn next(
        mut self,
        address: &str,
        port: u16,
        dialogue: DialogueKind,
        step: u16,
        event: SmtpEvent,
    ) -> Self {
        let next = self
            .next
            .entry((address.to_owned(), port, dialogue.name()))
            .or_default();
        let sequence = *next;
        *next += step;
        self.event(address, port, (dialogue, sequence), (now().0, 10), event)
    }

    pub(crate) fn connected(self, address: &str, port: u16) -> Self {
        self.next(address, port, DialogueKind::Relay, 1, SmtpEvent::Connected)
    }

    /// A handshake that ended with TLS 1.3 and this chain.
    pub(crate) fn secured(self, address: &str, port: u16, chain: Chain) -> Self {
        let event = SmtpEvent::Secured(TlsFact {
            version: "TLS 1.3".into(),
            suite: "TLS_AES_256_GCM_SHA384".into(),
            group: Some("x25519".into()),
            server_name: "mx1.example.org".into(),
            trust: Trust::Trusted,
            chain: Some(Box::new(chain)),
        });
        self.next(address, port, DialogueKind::StartTls, 1, event)
    }

    pub(crate) fn hello_event(version: Version, suites: &[u16], answer: HelloAnswer) -> SmtpEvent {
        let offer = Offer {
            version,
            suites: suites.iter().copied().map(Suite).collect(),
            groups: vec![Group(0x0017)],
            fallback: false,
        };
        SmtpEvent::Hello(Box::new(Hello { offer, answer }))
    }

    /// A hello of our own, and what came of it.
    pub(crate) fn hello(
        self,
        address: &str,
        port: u16,
        version: Version,
        suites: &[u16],
        answer: HelloAnswer,
    ) -> Self {
        let event = Self::hello_event(version, suites, answer);
        self.next(address, port, DialogueKind::Hello, 8, event)
    }

    /// A hello to port 25 that was answered with a suite of it.
    pub(crate) fn chose(
        self,
        address: &str,
        version: Version,
        suites: &[u16],
        chosen: u16,
    ) -> Self {
        let chosen = Chosen {
            version,
            suite: Suite(chosen),
            group: None,
            prime_bits: None,
            signature: None,
            compression: false,
            secure_renegotiation: true,
            extended_master_secret: true,
            chain: None,
        };
        self.hello(
            address,
            25,
            version,
            suites,
            HelloAnswer::Chosen(Box::new(chosen)),
        )
    }

    /// A greeting.
    pub(crate) fn greeted(text: &str) -> SmtpEvent {
        SmtpEvent::Replied {
            step: Step::Greeting,
            sent: None,
            reply: Reply {
                code: 220,
                lines: vec![text.to_owned()],
            },
        }
    }

    /// The chain of a server of this name: its own certificate, and its issuer's.
    pub(crate) fn chain(name: &str) -> Chain {
        let leaf = Certificate {
            subject: format!("CN={name}"),
            issuer: "CN=Example CA".into(),
            names: vec![name.to_owned()],
            not_before: NOW - 30 * 86_400,
            not_after: NOW + 60 * 86_400,
            key: "EC".into(),
            key_bits: 256,
            curve: Some("secp256r1".into()),
            signature: "ecdsa-with-SHA256".into(),
            authority: false,
            self_signed: false,
            signed_by_next: Some(true),
            digests: Digests {
                whole_sha256: String::new(),
                whole_sha512: String::new(),
                key_sha256: String::new(),
                key_sha512: String::new(),
            },
            der: String::new(),
            key_at: (0, 0),
        };
        let issuer = Certificate {
            subject: "CN=Example CA".into(),
            issuer: "CN=Example Root".into(),
            names: Vec::new(),
            authority: true,
            signed_by_next: None,
            ..leaf.clone()
        };
        Chain {
            links: vec![Link::Read(Box::new(leaf)), Link::Read(Box::new(issuer))],
            left_out: 0,
            path: Path::Trusted,
            anchors: Vec::new(),
        }
    }
}

fn now() -> Timestamp {
    Timestamp(u64::try_from(NOW).unwrap() * 1000)
}
