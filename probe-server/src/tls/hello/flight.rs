//! What follows the ServerHello up to TLS 1.2: Certificate and ServerKeyExchange (RFC 5246 §7.4.2, §7.4.3).

use postern_shared::evidence::{Chain, Chosen, Offer};
use postern_shared::tls::{Authentication, Group, KeyExchange, Version};

use super::MAX_CERTIFICATE;
use super::cursor::Cursor;
use super::{offered, primes};

/// The certificates that came.
#[derive(Debug, Default)]
pub(super) struct Certificates {
    pub(super) kept: Vec<Vec<u8>>,
    pub(super) left_out: u32,
}

impl Certificates {
    /// Reads a Certificate message; nothing where it cannot be read.
    pub(super) fn read(mut message: Cursor<'_>) -> Option<Self> {
        let mut found = Self::default();
        let mut list = message.field(3)?;
        while !list.is_empty() {
            found.add(list.field(3)?.0);
        }
        message.is_empty().then_some(found)
    }

    /// Keeps a certificate, if there is room and all before it were kept.
    pub(super) fn add(&mut self, certificate: &[u8]) {
        let room = self.left_out == 0 && self.kept.len() < Chain::MAX;
        if room && certificate.len() <= MAX_CERTIFICATE {
            self.kept.push(certificate.to_vec());
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }
}

/// Adds to `chosen` what a ServerKeyExchange tells; nothing where it cannot be read, or has what was not offered.
pub(super) fn key_exchange(
    offer: &Offer,
    chosen: &mut Chosen,
    mut message: Cursor<'_>,
) -> Option<()> {
    match chosen.suite.key_exchange() {
        KeyExchange::Ecdhe => chosen.group = curve(offer, &mut message)?,
        KeyExchange::Dhe => prime(chosen, &mut message)?,
        // The short RSA keys of export suites; nothing of it is wanted.
        _ => return Some(()),
    }
    if chosen.suite.authentication() == Some(Authentication::None) {
        return Some(());
    }
    // Before TLS 1.2 the hashes were fixed.
    if chosen.version == Version::Tls12 {
        chosen.signature = Some(message.u16()?);
    }
    message.field(2)?;
    message.is_empty().then_some(())
}

/// `ECParameters` and `ECPoint` (RFC 8422 §5.4); no group where the curve is described instead of named.
#[expect(clippy::option_option, reason = "unreadable, or without a name")]
fn curve(offer: &Offer, message: &mut Cursor<'_>) -> Option<Option<Group>> {
    let named = match message.u8()? {
        3 => Group(message.u16()?),
        kind @ (1 | 2) => return described(kind, message).map(|()| None),
        _ => return None,
    };
    message.field(1)?;
    offered::group(offer, named).then_some(Some(named))
}

/// A curve over a prime field or one of characteristic two, by its numbers (RFC 4492 §5.4).
fn described(kind: u8, message: &mut Cursor<'_>) -> Option<()> {
    if kind == 1 {
        message.field(1)?;
    } else {
        message.take(2)?;
        let terms = match message.u8()? {
            1 => 1,
            2 => 3,
            _ => return None,
        };
        for _ in 0..terms {
            message.field(1)?;
        }
    }
    // The two numbers of the curve, its base point, order and cofactor; then the public point.
    for _ in 0..6 {
        message.field(1)?;
    }
    Some(())
}

/// `ServerDHParams`: the prime, the generator, the public key.
fn prime(chosen: &mut Chosen, message: &mut Cursor<'_>) -> Option<()> {
    let prime = message.field(2)?.0;
    message.field(2)?;
    message.field(2)?;
    let zeros = prime.iter().take_while(|octet| **octet == 0).count();
    let prime = prime.get(zeros..)?;
    match primes::group_of(prime) {
        Some(group) => chosen.group = Some(group),
        None => chosen.prime_bits = Some(primes::bits_of(prime)),
    }
    Some(())
}
