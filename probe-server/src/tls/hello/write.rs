//! The octets of a ClientHello (RFC 8446 §4.1.2; RFC 5246 §7.4.1.2; RFC 6101 §5.6.1.2).

use std::net::IpAddr;

use postern_shared::evidence::Offer;
use postern_shared::tls::Version;

use super::ssl2;

/// Suites that are offered at once: more of them upset some servers.
pub const MAX_SUITES: usize = 60;

/// `TLS_EMPTY_RENEGOTIATION_INFO_SCSV` (RFC 5746 §3.3).
const RENEGOTIATION_INFO: u16 = 0x00ff;
/// `TLS_FALLBACK_SCSV` (RFC 7507 §2).
const FALLBACK: u16 = 0x5600;

/// DEFLATE (RFC 3749) and none; whether the first is still taken is one of the questions.
const COMPRESSIONS: &[u8] = &[1, 0];

/// Signature schemes, the strong ones first. SHA-1 comes last: servers of the time of TLS 1.1 have no other.
const SIGNATURES: &[u16] = &[
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x081a, 0x081b, 0x081c, 0x0804, 0x0805, 0x0806, 0x0809,
    0x080a, 0x080b, 0x0401, 0x0501, 0x0601, 0x0402, 0x0301, 0x0303, 0x0203, 0x0201, 0x0202,
];

/// Lengths of a ClientHello at which servers are known to hang (RFC 7685 §1).
const HANGING: std::ops::Range<usize> = 0x100..0x200;

/// The octets of a ClientHello that offers `offer` to the server that is called `server_name`, the first
/// [`MAX_SUITES`] suites of it.
///
/// The name goes along (SNI, RFC 6066 §3) where it is a host's, not an address.
#[must_use]
pub fn write(offer: &Offer, server_name: &str, random: &[u8; 32]) -> Vec<u8> {
    if offer.version == Version::Ssl2 {
        return ssl2::write(random);
    }
    let mut hello = message(&body(offer, server_name, random, None));
    if HANGING.contains(&hello.len()) {
        // An extension has four octets before its data. Some servers dislike one that is last and empty.
        let padding = HANGING.end.saturating_sub(hello.len() + 4).max(1);
        hello = message(&body(offer, server_name, random, Some(padding)));
    }
    let mut record = vec![22];
    // Servers that look at this version at all want an old one (RFC 8446 §E.1).
    number(&mut record, offer.version.wire().min(Version::Tls10.wire()));
    prefixed(&mut record, 2, |record| record.extend(hello));
    record
}

/// A handshake message of the kind `client_hello`.
fn message(body: &[u8]) -> Vec<u8> {
    let mut message = vec![1];
    prefixed(&mut message, 3, |message| message.extend(body));
    message
}

fn body(offer: &Offer, server_name: &str, random: &[u8; 32], padding: Option<usize>) -> Vec<u8> {
    let mut body = Vec::with_capacity(512);
    // TLS 1.3 says that it is TLS 1.2, and more in an extension.
    number(&mut body, offer.version.wire().min(Version::Tls12.wire()));
    body.extend(random);
    // No session to resume.
    body.push(0);
    prefixed(&mut body, 2, |body| suites(body, offer));
    let compressions = if offer.version == Version::Tls13 {
        &[0]
    } else {
        COMPRESSIONS
    };
    prefixed(&mut body, 1, |body| body.extend(compressions));
    // SSL 3 has no extensions, and servers of its time fail on them.
    if offer.version > Version::Ssl3 {
        prefixed(&mut body, 2, |body| {
            extensions(body, offer, server_name);
            if let Some(padding) = padding {
                extension(body, 21, |body| body.resize(body.len() + padding, 0));
            }
        });
    }
    body
}

fn suites(body: &mut Vec<u8>, offer: &Offer) {
    for suite in offer.suites.iter().take(MAX_SUITES) {
        number(body, suite.0);
    }
    if offer.version < Version::Tls13 {
        number(body, RENEGOTIATION_INFO);
    }
    if offer.fallback {
        number(body, FALLBACK);
    }
}

fn extensions(body: &mut Vec<u8>, offer: &Offer, server_name: &str) {
    if let Some(name) = host_name(server_name) {
        // RFC 6066 §3: a list of names, of which there is one, of the kind `host_name`.
        extension(body, 0, |body| {
            prefixed(body, 2, |body| {
                body.push(0);
                prefixed(body, 2, |body| body.extend(name.as_bytes()));
            });
        });
    }
    if !offer.groups.is_empty() {
        // RFC 8446 §4.2.7.
        extension(body, 10, |body| {
            prefixed(body, 2, |body| {
                offer.groups.iter().for_each(|group| number(body, group.0));
            });
        });
    }
    // RFC 5246 §7.4.1.4.1: not to be sent by those who offer nothing above TLS 1.1.
    if offer.version >= Version::Tls12 {
        extension(body, 13, |body| {
            prefixed(body, 2, |body| {
                SIGNATURES.iter().for_each(|scheme| number(body, *scheme));
            });
        });
    }
    if offer.version == Version::Tls13 {
        // RFC 8446 §4.2.1.
        extension(body, 43, |body| {
            prefixed(body, 1, |body| number(body, Version::Tls13.wire()));
        });
        // RFC 8446 §4.2.8: no key share at all asks for a HelloRetryRequest, which names the group.
        extension(body, 51, |body| number(body, 0));
    } else {
        // RFC 8422 §5.1.2: points are not compressed.
        extension(body, 11, |body| body.extend([1, 0]));
        // RFC 7627 §5.1.
        extension(body, 23, |_| {});
    }
}

/// The name as it stands in SNI: a host's, without the dot at its end.
fn host_name(name: &str) -> Option<&str> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_label = |label: &str| {
        let mut octets = label.bytes();
        (1..=63).contains(&label.len())
            && octets.all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
    };
    let is_host =
        name.len() <= 253 && name.split('.').all(is_label) && name.parse::<IpAddr>().is_err();
    is_host.then_some(name)
}

fn extension(body: &mut Vec<u8>, kind: u16, fill: impl FnOnce(&mut Vec<u8>)) {
    number(body, kind);
    prefixed(body, 2, fill);
}

fn number(out: &mut Vec<u8>, number: u16) {
    out.extend(number.to_be_bytes());
}

/// Appends what `fill` appends, with its length in so many octets in front. All lists here are shorter than that.
fn prefixed(out: &mut Vec<u8>, octets: usize, fill: impl FnOnce(&mut Vec<u8>)) {
    let mut inner = Vec::new();
    fill(&mut inner);
    let length = inner.len().to_be_bytes();
    out.extend(length.iter().skip(length.len().saturating_sub(octets)));
    out.extend(inner);
}
