//! What TLS shows, for the frozen forms.

use postern_shared::evidence::{
    Certificate, Chain, Chosen, Digests, FailedHandshake, Hello, HelloAnswer, Link, Offer, Path,
    SmtpEvent, TlsFact, Trust,
};
use postern_shared::tls::{Group, Suite, Version};

use crate::samples::samples;

samples! {
    fn answers() -> HelloAnswer {
        Chosen(Box::new(bare())),
        Chosen(Box::new(full())),
        Ssl2 { ciphers: 3 },
        Alert(40),
        Closed,
        TimedOut,
        NotTls("500 what".into()),
        Malformed,
        Endless,
    }
    fn versions() -> Version { Ssl2, Ssl3, Tls10, Tls11, Tls12, Tls13 }
    fn paths() -> Path {
        Trusted, UnknownIssuer, Expired, NotYetValid, BadSignature, WeakSignature, Misused, Unreadable, Other, NoRoots,
    }
    fn links() -> Link { Read(Box::new(certificate())), Unreadable { octets: 70_000 } }
}

/// A hello without an answer.
pub(crate) fn hello() -> Box<Hello> {
    let answer = HelloAnswer::Closed;
    let offer = offer(Version::Tls13);
    Box::new(Hello { offer, answer })
}

/// Every event about TLS but a plain handshake.
pub(crate) fn events() -> Vec<SmtpEvent> {
    let hello = |offer, answer| SmtpEvent::Hello(Box::new(Hello { offer, answer }));
    let mut events: Vec<_> = answers()
        .into_iter()
        .map(|answer| hello(offer(Version::Tls12), answer))
        .collect();
    let versions = versions().into_iter();
    events.extend(versions.map(|version| hello(offer(version), HelloAnswer::Closed)));
    events.push(hello(
        Offer {
            version: Version::Ssl2,
            suites: Vec::new(),
            groups: Vec::new(),
            fallback: true,
        },
        HelloAnswer::Closed,
    ));
    events.extend(paths().into_iter().map(|path| {
        SmtpEvent::Secured(TlsFact {
            version: "TLS 1.2".into(),
            suite: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384".into(),
            group: None,
            server_name: "mx.example.org".into(),
            trust: Trust::Trusted,
            chain: Some(Box::new(chain(path))),
        })
    }));
    events.push(SmtpEvent::NotSecured(FailedHandshake {
        detail: "received fatal alert: HandshakeFailure".into(),
        chain: Some(Box::new(chain(Path::Trusted))),
        ..FailedHandshake::default()
    }));
    events.push(SmtpEvent::NotSecured(FailedHandshake {
        detail: "invalid peer certificate: BadSignature".into(),
        key_mismatch: true,
        chain: None,
    }));
    events
}

fn offer(version: Version) -> Offer {
    Offer {
        version,
        suites: vec![Suite(0x000a), Suite(0xc02b)],
        groups: vec![Group(0x0017), Group(0x001d)],
        fallback: false,
    }
}

fn bare() -> Chosen {
    Chosen {
        version: Version::Tls10,
        suite: Suite(0x000a),
        group: None,
        prime_bits: None,
        signature: None,
        compression: false,
        secure_renegotiation: false,
        extended_master_secret: false,
        chain: None,
    }
}

fn full() -> Chosen {
    Chosen {
        version: Version::Tls12,
        suite: Suite(0x009e),
        group: Some(Group(0x0100)),
        prime_bits: Some(1024),
        signature: Some(0x0201),
        compression: true,
        secure_renegotiation: true,
        extended_master_secret: true,
        chain: Some(Box::new(chain(Path::UnknownIssuer))),
    }
}

fn chain(path: Path) -> Chain {
    Chain {
        links: links(),
        left_out: 90,
        path,
        anchors: vec![1],
    }
}

fn certificate() -> Certificate {
    Certificate {
        subject: "CN=mx.example.org".into(),
        issuer: "CN=Example CA".into(),
        names: vec!["mx.example.org".into(), "*.example.org".into()],
        not_before: -1,
        not_after: 1_800_000_000,
        key: "EC".into(),
        key_bits: 256,
        curve: Some("secp256r1".into()),
        signature: "ecdsa-with-SHA256".into(),
        authority: true,
        self_signed: true,
        signed_by_next: Some(false),
        digests: Digests {
            whole_sha256: "00ff".into(),
            whole_sha512: "01ff".into(),
            key_sha256: "02ff".into(),
            key_sha512: "03ff".into(),
        },
        der: "MAA=".into(),
        key_at: (1, 2),
    }
}
