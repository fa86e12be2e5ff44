//! Certificates for tests.

use crate::evidence::{Certificate, Chain, Digests, Link, Path};
use crate::gather::Gather;

/// Seconds since 1970 at which these certificates are looked at: 2026-11-22.
pub(crate) const NOW: i64 = 1_795_305_600;
/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// A certificate of 90 days for these names, whose key is known by `id`.
pub(crate) fn certificate(names: &[&str], id: u8) -> Certificate {
    let hex = |kind: u8, octets: usize| format!("{kind:01x}{id:01x}").repeat(octets);
    Certificate {
        subject: format!("CN={}", names.first().unwrap_or(&"nobody")),
        issuer: "CN=Example CA".into(),
        names: names.iter().map(|name| (*name).to_owned()).gather(),
        not_before: NOW - 30 * DAY,
        not_after: NOW + 60 * DAY,
        key: "EC".into(),
        key_bits: 256,
        curve: Some("secp256r1".into()),
        signature: "ecdsa-with-SHA256".into(),
        authority: false,
        self_signed: false,
        signed_by_next: None,
        digests: Digests {
            whole_sha256: hex(1, 32),
            whole_sha512: hex(1, 64),
            key_sha256: hex(2, 32),
            key_sha512: hex(2, 64),
        },
        // 30 04 30 02 05 id: a SEQUENCE, and the key inside it from its third octet on.
        der: ["MAQwAgUA", "MAQwAgUB", "MAQwAgUC", "MAQwAgUD"]
            .into_iter()
            .nth(usize::from(id))
            .unwrap_or_default()
            .into(),
        key_at: (2, 4),
    }
}

/// These certificates, trusted.
pub(crate) fn chain(links: Vec<Certificate>) -> Chain {
    Chain {
        links: links
            .into_iter()
            .map(|one| Link::Read(Box::new(one)))
            .gather(),
        left_out: 0,
        path: Path::Trusted,
        anchors: Vec::new(),
    }
}
