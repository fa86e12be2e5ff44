//! ServerHello and HelloRetryRequest (RFC 8446 §4.1.3, RFC 5246 §7.4.1.3).

use postern_shared::evidence::{Chosen, Offer};
use postern_shared::tls::{Group, Suite, Version};

use super::cursor::Cursor;
use super::offered;

/// The random of a ServerHello that is a HelloRetryRequest.
const RETRY: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// What a ServerHello chose; nothing where it cannot be read, or chose what was not offered.
pub(super) fn read(offer: &Offer, message: Cursor<'_>) -> Option<Chosen> {
    let chosen = fields(message)?;
    let fits = offered::version(offer, chosen.version)
        && offered::suite(offer, chosen.suite)
        && chosen
            .group
            .is_none_or(|group| offered::group(offer, group));
    // TLS 1.3 does not compress, and was not offered it.
    let compresses = chosen.compression && chosen.version == Version::Tls13;
    (fits && !compresses).then_some(chosen)
}

fn fields(mut message: Cursor<'_>) -> Option<Chosen> {
    let legacy = message.u16()?;
    let retry = message.take(RETRY.len())? == RETRY;
    let session = message.field(1)?;
    let suite = Suite(message.u16()?);
    let compression = match message.u8()? {
        0 => false,
        1 => true,
        _ => return None,
    };
    let extensions = Extensions::read(message, retry)?;
    let version = Version::from_wire(extensions.version.unwrap_or(legacy))?;
    (session.0.len() <= 32).then_some(Chosen {
        version,
        suite,
        group: extensions.group.filter(|_| version == Version::Tls13),
        prime_bits: None,
        signature: None,
        compression,
        secure_renegotiation: extensions.secure_renegotiation,
        extended_master_secret: extensions.extended_master_secret,
        chain: None,
    })
}

/// What is wanted of the extensions.
#[derive(Default)]
struct Extensions {
    version: Option<u16>,
    group: Option<Group>,
    secure_renegotiation: bool,
    extended_master_secret: bool,
}

impl Extensions {
    /// Reads them, of which there may be none at all, to the end of the message.
    fn read(mut message: Cursor<'_>, retry: bool) -> Option<Self> {
        let mut found = Self::default();
        if message.is_empty() {
            return Some(found);
        }
        let mut extensions = message.field(2)?;
        if !message.is_empty() {
            return None;
        }
        while !extensions.is_empty() {
            let kind = extensions.u16()?;
            let mut data = extensions.field(2)?;
            match kind {
                23 => found.extended_master_secret = true,
                43 => found.version = Some(data.u16()?),
                51 => {
                    found.group = Some(Group(data.u16()?));
                    // A HelloRetryRequest names the group only; a ServerHello has a key behind it.
                    if retry != data.is_empty() {
                        return None;
                    }
                }
                0xff01 => found.secure_renegotiation = true,
                _ => {}
            }
        }
        Some(found)
    }
}
