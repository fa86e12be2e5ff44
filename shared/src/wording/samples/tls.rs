//! An example of everything that TLS shows.

use crate::evidence::{
    Certificate, Chain, Chosen, Digests, Hello, HelloAnswer, Link, Offer, Path, TlsFact, Trust,
};
use crate::tls::{Group, Level, Suite, Taken, Version};
use crate::wording::TlsLabel;

samples! {
    fn answers() -> HelloAnswer {
        Chosen { 0: Box::new(chosen()) },
        Ssl2 { ciphers: 3 },
        Alert { 0: 40 },
        Closed, TimedOut,
        NotTls { 0: "500 \u{202e}what".into() },
        Malformed, Endless,
    }
    fn labels() -> TlsLabel {
        Versions, Suites, Groups, Certificates, Order, Server, Client, Compression, SecureRenegotiation,
        ExtendedMasterSecret, Injection, Yes, No, Connections, ValidTo, Unreadable,
    }
    fn levels() -> Level { Insufficient, PhaseOut, Sufficient, Good }
    fn taken() -> Taken { Yes, No, NotAsked }
}

/// A completed handshake.
pub(super) fn fact(trust: Trust) -> TlsFact {
    TlsFact {
        version: "TLS 1.3".into(),
        suite: "TLS_AES_256_GCM_SHA384".into(),
        group: Some("X25519".into()),
        server_name: "mx.example.org".into(),
        trust,
        chain: Some(Box::new(chain())),
    }
}

/// A hello that was answered so.
pub(super) fn hello(answer: HelloAnswer) -> Box<Hello> {
    Box::new(Hello {
        offer: Offer {
            version: Version::Tls12,
            suites: vec![Suite(0x000a), Suite(0x0005)],
            groups: vec![Group(0x0017)],
            fallback: false,
        },
        answer,
    })
}

fn chosen() -> Chosen {
    Chosen {
        version: Version::Tls12,
        suite: Suite(0x000a),
        group: Some(Group(0x0017)),
        prime_bits: Some(1024),
        signature: Some(0x0401),
        compression: false,
        secure_renegotiation: true,
        extended_master_secret: true,
        chain: Some(Box::new(chain())),
    }
}

fn chain() -> Chain {
    Chain {
        links: vec![
            Link::Read(Box::new(certificate())),
            Link::Unreadable { octets: 70_000 },
        ],
        left_out: 1,
        path: Path::UnknownIssuer,
        anchors: vec![1],
    }
}

fn certificate() -> Certificate {
    Certificate {
        subject: "CN=mx.example.org".into(),
        issuer: "CN=Example CA".into(),
        names: vec!["mx.example.org".into()],
        not_before: 1_790_000_000,
        not_after: 1_800_000_000,
        key: "RSA".into(),
        key_bits: 2048,
        curve: None,
        signature: "sha256WithRSAEncryption".into(),
        authority: false,
        self_signed: false,
        signed_by_next: Some(true),
        digests: Digests {
            whole_sha256: "00ff".into(),
            whole_sha512: "00ff".into(),
            key_sha256: "00ff".into(),
            key_sha512: "00ff".into(),
        },
        der: "MAA=".into(),
        key_at: (0, 2),
    }
}
