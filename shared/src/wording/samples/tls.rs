//! An example of everything that TLS shows.

use super::name;
use crate::evidence::{
    Certificate, Chain, Chosen, Digests, Hello, HelloAnswer, Link, Offer, Path, TlsFact, Trust,
};
use crate::report::{CertificateReason, CipherReason, Reason, TlsReason};
use crate::tls::{CertificateWeakness, Fault, Group, Level, Suite, Taken, Version};
use crate::wording::TlsLabel;

samples! {
    fn versions() -> TlsReason {
        NotOffered, Masked,
        NotBegun { reply_code: 454, text: "4.7.0 TLS not available".into() },
        NotSecured { detail: Some("peer is incompatible".into()) },
        NotSecured { detail: None },
        NewOnly { versions: vec![Version::Tls12, Version::Tls13] },
        OldToo { versions: vec![Version::Tls11] },
        OldToo { versions: vec![Version::Tls10, Version::Tls11] },
        OldOnly { best: Version::Tls10 },
        Ssl { versions: vec![Version::Ssl3, Version::Tls10] },
        OldNotAsked { versions: vec![Version::Tls13] },
        NoTls13,
    }
    fn ciphers() -> CipherReason {
        Safe,
        Open { suites: suites() }, Insufficient { suites: suites() }, OnlyInsufficient { suites: suites() },
        PhaseOut { suites: suites() },
        ShortPrime { bits: 1024 }, OwnPrime { bits: 2048 },
        WeakGroups { groups: vec![Group(0x0015)] },
        Compression, InsecureRenegotiation, NoExtendedMasterSecret, ClientOrder,
        PostQuantum { groups: vec![Group(0x11ec)] },
        NotAsked,
    }
    fn certificates() -> CertificateReason {
        Valid { host: host(), key: None, days: 1 },
        Valid { host: host(), key: Some("RSA".into()), days: 60 },
        EndsSoon { host: host(), key: None, days: 3 },
        Refused { host: host(), key: Some("EC".into()), why: Fault::SelfSigned },
        Weak { host: host(), key: None, why: CertificateWeakness::Key { algorithm: "RSA".into(), bits: 1024 } },
        KeyMismatch { host: host() }, Bound { host: host() }, Enforced { host: host() },
        Rsa2048 { host: host(), bits: 2048 },
        Disorder { host: host() }, RootSent { host: host() }, NotSeen, NoRoots,
    }
    fn faults() -> Fault {
        Unreadable,
        Expired { days: 0 }, Expired { days: 1 }, Expired { days: 400 },
        NotYetValid,
        WrongName { names: vec![] },
        WrongName { names: vec!["www.example.org".into(), "*.example.net".into()] },
        SelfSigned,
        IssuerNotSent { issuer: "CN=Example \u{202e}CA".into() },
        UnknownIssuer { issuer: "CN=Example CA".into() },
        IssuerExpired, BadSignature, WeakSignature, Misused, Other,
    }
    fn weaknesses() -> CertificateWeakness {
        Key { algorithm: "DSA".into(), bits: 2048 },
        Signature { algorithm: "sha1WithRSAEncryption".into() },
    }
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

fn host() -> crate::dns::Name {
    name("mx.example.org")
}

fn suites() -> Vec<Suite> {
    vec![Suite(0x0005), Suite(0x002f)]
}

/// Every reason.
pub(super) fn reasons() -> Vec<Reason> {
    let refused = |why| CertificateReason::Refused {
        host: host(),
        key: None,
        why,
    };
    let weak = |why| CertificateReason::Weak {
        host: host(),
        key: Some("RSA".into()),
        why,
    };
    let mut certificates = certificates();
    certificates.extend(faults().into_iter().map(refused));
    certificates.extend(weaknesses().into_iter().map(weak));
    let mut reasons: Vec<Reason> = certificates.into_iter().map(Reason::from).collect();
    reasons.extend(versions().into_iter().map(Reason::from));
    reasons.extend(ciphers().into_iter().map(Reason::from));
    reasons
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
