//! Record data that holds numbers and octets but no names: it is never compressed (RFC 3597 §4), so it can be
//! read where it lies.

use crate::dns::{Octets, RecordData, RecordType};

/// Reads the data of a CAA, DNSKEY, DS or TLSA record; `None` when it breaks off, or for another type.
pub(super) fn decode(record_type: RecordType, data: &[u8]) -> Option<RecordData> {
    Some(match (record_type, data) {
        (RecordType::Caa, &[flags, length, ref rest @ ..]) => {
            let (tag, value) = rest.split_at_checked(usize::from(length))?;
            RecordData::Caa {
                flags,
                tag: latin(tag).to_ascii_lowercase(),
                value: latin(value),
            }
        }
        (RecordType::Dnskey, &[high, low, protocol, algorithm, ref key @ ..]) => {
            RecordData::Dnskey {
                flags: u16::from_be_bytes([high, low]),
                protocol,
                algorithm,
                key: Octets(key.to_vec()),
            }
        }
        (RecordType::Ds, &[high, low, algorithm, digest_type, ref digest @ ..]) => RecordData::Ds {
            key_tag: u16::from_be_bytes([high, low]),
            algorithm,
            digest_type,
            digest: Octets(digest.to_vec()),
        },
        (RecordType::Tlsa, &[usage, selector, matching, ref data @ ..]) => RecordData::Tlsa {
            usage,
            selector,
            matching,
            data: Octets(data.to_vec()),
        },
        _ => return None,
    })
}

/// The data of such a record as a message holds it; `None` for another type, or for a tag that is too long.
pub(super) fn encode(data: &RecordData) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    match data {
        RecordData::Caa { flags, tag, value } => {
            let tag = super::latin(tag);
            octets.extend([*flags, u8::try_from(tag.len()).ok()?]);
            octets.extend(tag);
            octets.extend(super::latin(value));
        }
        RecordData::Dnskey {
            flags,
            protocol,
            algorithm,
            key,
        } => {
            octets.extend(flags.to_be_bytes());
            octets.extend([*protocol, *algorithm]);
            octets.extend(&key.0);
        }
        RecordData::Ds {
            key_tag,
            algorithm,
            digest_type,
            digest,
        } => {
            octets.extend(key_tag.to_be_bytes());
            octets.extend([*algorithm, *digest_type]);
            octets.extend(&digest.0);
        }
        RecordData::Tlsa {
            usage,
            selector,
            matching,
            data,
        } => {
            octets.extend([*usage, *selector, *matching]);
            octets.extend(&data.0);
        }
        _ => return None,
    }
    Some(octets)
}

/// Octets as the characters U+0000 to U+00FF, as in [`crate::dns::TxtRecord`].
fn latin(octets: &[u8]) -> String {
    octets.iter().map(|&octet| char::from(octet)).collect()
}
