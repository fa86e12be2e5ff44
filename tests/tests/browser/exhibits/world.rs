//! Evidence of a domain with three addresses: two that are well, and one whose TLS is old and whose certificate is out of
//! date, for another name, and came alone.

use postern_shared::DomainName;
use postern_shared::dns::Name;
use postern_shared::evidence::{
    Certificate, Chain, Chosen, DialogueKind, Digests, Evidence, Fact, FailedHandshake, Hello,
    HelloAnswer, Link, Observation, Offer, Path, ProbeOutcome, SmtpEvent, SmtpFact, Step,
    TargetFact, TargetRuling, TlsFact, Trust,
};
use postern_shared::smtp::{RelayForm, Reply};
use postern_shared::time::{Millis, Timestamp};
use postern_shared::tls::{Group, Suite, Version};
use serde_json::json;

/// Seconds since 1970: 2026-11-22.
const NOW: u32 = 1_795_305_600;
const DAY: i64 = 86_400;

/// The id of the scan, its line in the list, and its evidence.
pub(super) fn saved() -> (String, String, String) {
    let at = u64::from(NOW) * 1000;
    let id = format!("{at:013}-example.org");
    let entry = json!({
        "id": &id, "domain": "example.org", "at": at, "grade": null, "score": 0, "profile": "postern",
    });
    (id, entry.to_string(), evidence().to_json())
}

fn evidence() -> Evidence {
    let mut world = World {
        evidence: Evidence::new(DomainName::parse("example.org").expect("a domain")),
        at: u64::from(NOW) * 1000,
    };
    for (exchange, address) in [
        ("mx1.example.org", "192.0.2.1"),
        ("mx1.example.org", "2001:db8::1"),
        ("mx2.example.org", "192.0.2.2"),
    ] {
        world.add(Fact::Target(TargetFact {
            exchange: Name::parse(exchange).expect("a name"),
            address: address.parse().expect("an address"),
            ruling: TargetRuling::Planned,
        }));
    }
    world.sound("192.0.2.1");
    world.survey("192.0.2.1");
    world.refuses_old("192.0.2.1");
    world.sound("2001:db8::1");
    world.refuses_old("2001:db8::1");
    world.old("192.0.2.2");
    let took = Millis(9_000);
    world.add(Fact::Probe(ProbeOutcome::Finished { took }));
    world.evidence
}

struct World {
    evidence: Evidence,
    /// The clock, in milliseconds.
    at: u64,
}

impl World {
    fn add(&mut self, fact: Fact) {
        let observation = Observation::new(Timestamp(self.at), fact);
        assert!(self.evidence.apply(observation), "it is new");
    }

    /// Events of one dialogue, from a sequence number on: how long each took, whether inside TLS, and what it was.
    fn dialogue(
        &mut self,
        address: &str,
        dialogue: DialogueKind,
        first: u16,
        events: Vec<(u32, bool, SmtpEvent)>,
    ) {
        for (sequence, (took, secure, event)) in (first..).zip(events) {
            self.at += u64::from(took);
            self.add(Fact::Smtp(SmtpFact {
                address: address.parse().expect("an address"),
                port: 25,
                dialogue,
                sequence,
                secure,
                event,
                took: Millis(took),
            }));
        }
        self.at += 1_000;
    }

    /// TLS 1.3, and every relay form refused.
    fn sound(&mut self, address: &str) {
        let mut events = beginning("mx1.example.org");
        events.push((
            80,
            false,
            SmtpEvent::Secured(TlsFact {
                version: "TLS 1.3".into(),
                suite: "TLS_AES_256_GCM_SHA384".into(),
                group: Some("x25519".into()),
                server_name: "mx1.example.org".into(),
                trust: Trust::Trusted,
                chain: Some(Box::new(sound_chain())),
            }),
        ));
        events.push((30, true, ehlo("mx1.example.org")));
        for form in RelayForm::ALL.into_iter().cycle().take(8) {
            let from = Some("MAIL FROM:<>".to_owned());
            let to = Some("RCPT TO:<nobody@example.net>".to_owned());
            let (mail, rcpt) = (Step::MailFrom { form }, Step::RcptTo { form });
            events.push((25, true, replied(mail, from, 250, &["2.1.0 Ok"])));
            events.push((
                40,
                true,
                replied(rcpt, to, 554, &["5.7.1 Relay access denied"]),
            ));
            let rset = Some("RSET".to_owned());
            events.push((20, true, replied(Step::Rset, rset, 250, &["2.0.0 Ok"])));
        }
        events.truncate(29);
        let quit = Some("QUIT".to_owned());
        events.push((20, true, replied(Step::Quit, quit, 221, &["2.0.0 Bye"])));
        self.dialogue(address, DialogueKind::Relay, 0, events);
    }

    fn survey(&mut self, address: &str) {
        let mut events = beginning("mx1.example.org");
        events.truncate(3);
        let vrfy = Step::Vrfy {
            mailbox: "qx7-nobody".into(),
            control: true,
        };
        let sent = Some("VRFY qx7-nobody".to_owned());
        events.push((35, false, replied(vrfy, sent, 252, &["2.0.0 qx7-nobody"])));
        let instead = postern_shared::evidence::NoReply::Closed;
        events.push((
            4_000,
            false,
            SmtpEvent::NotReplied {
                step: Step::Help,
                sent: Some("HELP".into()),
                instead,
            },
        ));
        self.dialogue(address, DialogueKind::Survey, 0, events);
    }

    /// None of SSL 3 to TLS 1.1 is taken.
    fn refuses_old(&mut self, address: &str) {
        let suites = [0x000a, 0x002f, 0xc009, 0xc013];
        let answer = HelloAnswer::Alert(70);
        self.hello(address, 0, Version::Tls11, &suites, answer);
    }

    /// TLS 1.2 and 1.1, weak suites, and a certificate that nobody believes.
    fn old(&mut self, address: &str) {
        let mut events = beginning("mx2.example.org");
        events.push((
            90,
            false,
            SmtpEvent::NotSecured(FailedHandshake {
                detail: "invalid peer certificate: Expired".into(),
                chain: Some(Box::new(bad_chain())),
                ..FailedHandshake::default()
            }),
        ));
        self.dialogue(address, DialogueKind::Relay, 0, events);
        let weak = [0x000a, 0x002f, 0xc02f];
        let mut place = 0;
        for (version, offered, chosen) in [
            (Version::Tls11, &weak[..2], 0x002f),
            (Version::Tls12, &weak[..], 0x000a),
            (Version::Tls12, &weak[1..2], 0x002f),
            (Version::Tls12, &weak[2..], 0xc02f),
        ] {
            self.hello(address, place, version, offered, chose(version, chosen));
            place += 8;
        }
        let answer = HelloAnswer::Alert(70);
        let suites = [0x1301, 0x1302];
        self.hello(address, place, Version::Tls13, &suites, answer);
    }

    fn hello(
        &mut self,
        address: &str,
        place: u16,
        version: Version,
        suites: &[u16],
        answer: HelloAnswer,
    ) {
        let offer = Offer {
            version,
            suites: suites.iter().copied().map(Suite).collect(),
            groups: vec![Group(0x0017), Group(0x001d)],
            fallback: false,
        };
        let mut events = beginning("mx.example.org");
        events.push((
            60,
            false,
            SmtpEvent::Hello(Box::new(Hello { offer, answer })),
        ));
        self.dialogue(address, DialogueKind::Hello, place, events);
    }
}

/// Up to the answer to STARTTLS.
fn beginning(name: &str) -> Vec<(u32, bool, SmtpEvent)> {
    let greeting = format!("{name} ESMTP");
    let starttls = Some("STARTTLS".to_owned());
    vec![
        (20, false, SmtpEvent::Connected),
        (250, false, replied(Step::Greeting, None, 220, &[&greeting])),
        (30, false, ehlo(name)),
        (
            30,
            false,
            replied(Step::StartTls, starttls, 220, &["2.0.0 Ready"]),
        ),
    ]
}

fn ehlo(name: &str) -> SmtpEvent {
    let sent = Some("EHLO probe.example.net".to_owned());
    replied(Step::Ehlo, sent, 250, &[name, "STARTTLS"])
}

fn replied(step: Step, sent: Option<String>, code: u16, lines: &[&str]) -> SmtpEvent {
    let lines = lines.iter().map(|line| (*line).to_owned()).collect();
    SmtpEvent::Replied {
        step,
        sent,
        reply: Reply { code, lines },
    }
}

fn chose(version: Version, suite: u16) -> HelloAnswer {
    HelloAnswer::Chosen(Box::new(Chosen {
        version,
        suite: Suite(suite),
        group: (suite == 0xc02f).then_some(Group(0x0017)),
        prime_bits: None,
        signature: None,
        compression: false,
        secure_renegotiation: true,
        extended_master_secret: false,
        chain: None,
    }))
}

/// In date from 30 days ago, for 90 days.
fn certificate(subject: &str, issuer: &str) -> Certificate {
    let now = i64::from(NOW);
    Certificate {
        subject: format!("CN={subject}"),
        issuer: format!("CN={issuer}"),
        names: vec![subject.to_owned(), "mx.example.org".into()],
        not_before: now - 30 * DAY,
        not_after: now + 60 * DAY,
        key: "EC".into(),
        key_bits: 256,
        curve: Some("secp256r1".into()),
        signature: "ecdsa-with-SHA256".into(),
        authority: false,
        self_signed: false,
        signed_by_next: Some(true),
        digests: Digests {
            whole_sha256: "0".repeat(64),
            whole_sha512: "0".repeat(128),
            key_sha256: "0".repeat(64),
            key_sha512: "0".repeat(128),
        },
        der: String::new(),
        key_at: (0, 0),
    }
}

fn chain(certificates: Vec<Certificate>, path: Path) -> Chain {
    Chain {
        links: certificates
            .into_iter()
            .map(|one| Link::Read(Box::new(one)))
            .collect(),
        left_out: 0,
        path,
        anchors: Vec::new(),
    }
}

fn sound_chain() -> Chain {
    let issuer = Certificate {
        names: Vec::new(),
        authority: true,
        signed_by_next: None,
        key: "RSA".into(),
        key_bits: 2048,
        curve: None,
        signature: "sha256WithRSAEncryption".into(),
        ..certificate("Example CA", "Example Root")
    };
    chain(
        vec![certificate("mx1.example.org", "Example CA"), issuer],
        Path::Trusted,
    )
}

fn bad_chain() -> Chain {
    let leaf = Certificate {
        not_after: i64::from(NOW) - 3 * DAY,
        signed_by_next: None,
        names: vec!["old.example.org".into()],
        key: "RSA".into(),
        key_bits: 1024,
        curve: None,
        signature: "sha1WithRSAEncryption".into(),
        ..certificate("old.example.org", "Example CA")
    };
    chain(vec![leaf], Path::UnknownIssuer)
}
