use super::*;
use crate::checks::transit::world::{World, without_starttls};
use crate::evidence::{
    Chosen, DialogueKind, FailedHandshake, Hello, HelloAnswer, Offer, ProbeOutcome, SmtpEvent,
    TlsFact, Trust,
};
use crate::report::{CapCause, Grade};
use crate::tls::{Group, Suite};

const OLD: [u16; 4] = [0x000a, 0x002f, 0xc009, 0xc013];

fn hello(version: Version, answer: HelloAnswer) -> SmtpEvent {
    let offer = Offer {
        version,
        suites: OLD.iter().map(|code| Suite(*code)).gather(),
        groups: vec![Group(0x0017)],
        fallback: false,
    };
    SmtpEvent::Hello(Box::new(Hello { offer, answer }))
}

fn chose(version: Version) -> HelloAnswer {
    HelloAnswer::Chosen(Box::new(Chosen {
        version,
        suite: Suite(0x002f),
        group: None,
        prime_bits: None,
        signature: None,
        compression: false,
        secure_renegotiation: true,
        extended_master_secret: true,
        chain: None,
    }))
}

fn secured(version: &str) -> SmtpEvent {
    SmtpEvent::Secured(TlsFact {
        version: version.into(),
        suite: "TLS_AES_256_GCM_SHA384".into(),
        group: None,
        server_name: "mx.example.org".into(),
        trust: Trust::Trusted,
        chain: None,
    })
}

fn failed() -> SmtpEvent {
    SmtpEvent::NotSecured(FailedHandshake {
        detail: "peer is incompatible".into(),
        ..FailedHandshake::default()
    })
}

/// The world where this was seen.
fn world(events: Vec<SmtpEvent>) -> World {
    let kind = |event: &SmtpEvent| match event {
        SmtpEvent::Hello(_) => DialogueKind::Hello,
        _ => DialogueKind::Relay,
    };
    events.into_iter().fold(World::new(&[]), |world, event| {
        world.seen(kind(&event), event)
    })
}

fn told(events: Vec<SmtpEvent>) -> (Status, Vec<String>, Option<String>) {
    world(events).told(CheckId::TlsVersions)
}

fn word(status: Status, reasons: &[&str], action: &str) -> (Status, Vec<String>, Option<String>) {
    let reasons = reasons.iter().map(|code| format!("tls_{code}"));
    let action = (!action.is_empty()).then(|| action.to_owned());
    (status, reasons.gather(), action)
}

#[test]
fn the_word_on_each_shape() {
    use HelloAnswer::{Alert, Closed, Ssl2};
    use Status::{Fail, Pass, Unknown, Warn};
    use Version::{Ssl3, Tls10, Tls11, Tls12};
    let no_old = || hello(Tls11, Alert(70));
    for (events, expected) in [
        (
            vec![secured("TLS 1.3"), no_old()],
            word(Pass, &["versions_new_only"], ""),
        ),
        (
            vec![secured("TLS 1.2"), no_old()],
            word(Pass, &["versions_new_only", "versions_no_tls13"], ""),
        ),
        (
            vec![secured("TLS 1.3"), hello(Tls11, chose(Tls11))],
            word(Warn, &["versions_old_too"], "end_old_tls"),
        ),
        (
            vec![
                secured("TLS 1.3"),
                hello(Tls11, chose(Tls11)),
                hello(Ssl3, chose(Ssl3)),
            ],
            word(Fail, &["versions_ssl"], "end_old_tls"),
        ),
        (
            vec![
                secured("TLS 1.3"),
                hello(Version::Ssl2, Ssl2 { ciphers: 1 }),
            ],
            word(Fail, &["versions_ssl"], "end_old_tls"),
        ),
        (
            vec![failed(), hello(Tls11, chose(Tls10))],
            word(Fail, &["versions_old_only"], "offer_new_tls"),
        ),
        (
            vec![hello(Tls12, chose(Tls10))],
            word(Fail, &["versions_old_only"], "offer_new_tls"),
        ),
        (
            vec![failed(), hello(Tls11, chose(Ssl3))],
            word(
                Fail,
                &["versions_old_only", "versions_ssl"],
                "offer_new_tls",
            ),
        ),
        (
            vec![hello(Tls11, chose(Tls11))],
            word(Warn, &["versions_old_too"], "end_old_tls"),
        ),
        (
            vec![secured("TLS 1.3"), hello(Tls11, Closed)],
            word(Unknown, &["versions_old_not_asked"], ""),
        ),
        (
            vec![secured("TLS 1.3")],
            word(Unknown, &["versions_old_not_asked"], ""),
        ),
        (vec![failed()], word(Unknown, &["not_secured"], "")),
        (
            vec![hello(Tls11, Alert(80))],
            word(Unknown, &["not_secured"], ""),
        ),
        (
            vec![without_starttls()],
            word(Status::Na, &["not_offered"], ""),
        ),
    ] {
        assert_eq!(told(events.clone()), expected, "{events:?}");
    }
}

#[test]
fn nothing_but_old_versions_is_no_better_than_c() {
    let capped = |events| {
        let caps = world(events).report().caps;
        let cap = caps.into_iter().find(|cap| cap.cause == CapCause::OldTls);
        cap.map(|cap| cap.grade)
    };
    let old = || hello(Version::Tls11, chose(Version::Tls11));
    assert_eq!(capped(vec![failed(), old()]), Some(Grade::C));
    assert_eq!(capped(vec![secured("TLS 1.2"), old()]), None);
}

#[test]
fn a_pass_waits_until_all_has_been_asked() {
    let asked = vec![
        secured("TLS 1.3"),
        hello(Version::Tls11, HelloAnswer::Alert(70)),
    ];
    let pending = (Status::Unknown, vec!["pending".to_owned()], None);
    let unfinished = |events| world(events).probed(None);
    assert_eq!(
        unfinished(asked.clone()).told(CheckId::TlsVersions),
        pending
    );
    let injected = unfinished(asked).seen(DialogueKind::Injection, SmtpEvent::Connected);
    let status = injected.probed(None).told(CheckId::TlsVersions).0;
    assert_eq!(status, Status::Pass, "the injection comes last");
    let ssl = vec![hello(Version::Ssl3, chose(Version::Ssl3))];
    assert_eq!(unfinished(ssl).told(CheckId::TlsVersions).0, Status::Fail);
}

#[test]
fn proof_is_what_told() {
    let events = vec![
        secured("TLS 1.3"),
        hello(Version::Tls11, HelloAnswer::Alert(70)),
        hello(Version::Tls12, HelloAnswer::TimedOut),
    ];
    let finding = world(events).finding(CheckId::TlsVersions);
    let proof: Vec<&str> = finding.proof.iter().map(|id| id.as_str()).gather();
    assert_eq!(
        proof,
        ["smtp/192.0.2.1:25/hello/001", "smtp/192.0.2.1:25/relay/000"]
    );
    let refused = world(vec![without_starttls()])
        .probed(Some(ProbeOutcome::Cut))
        .finding(CheckId::TlsVersions);
    assert_eq!(refused.proof.len(), 1);
}
