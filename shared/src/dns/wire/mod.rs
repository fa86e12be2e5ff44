//! The messages of RFC 8484: a question written, an answer read, and the same two for a server.
//!
//! A client calls [`encode_query`] and [`decode_response`], a server [`decode_query`] and then
//! [`encode_response`] or [`encode_error`]. Whatever the other side sends, reading ends: a message is at
//! most 65,535 octets, and each record is visited once.

mod names;
mod opaque;
mod query;
mod response;
#[cfg(test)]
mod tests;

pub use query::{QueryError, decode_query, encode_query};
pub use response::{decode_response, encode_error, encode_response};

use domain::base::Rtype;

use super::RecordType;

/// The largest message there is: its length is a `u16` on every stream (RFC 1035 §4.2.2).
const MAX_MESSAGE: usize = 65_535;

/// The largest UDP response we ask for (the DNS Flag Day value; over HTTPS it bounds nothing).
const UDP_PAYLOAD: u16 = 1232;

/// The code point of a type.
const fn rtype(record_type: RecordType) -> Rtype {
    match record_type {
        RecordType::A => Rtype::A,
        RecordType::Aaaa => Rtype::AAAA,
        RecordType::Caa => Rtype::CAA,
        RecordType::Dnskey => Rtype::DNSKEY,
        RecordType::Ds => Rtype::DS,
        RecordType::Mx => Rtype::MX,
        RecordType::Ptr => Rtype::PTR,
        RecordType::Tlsa => Rtype::TLSA,
        RecordType::Txt => Rtype::TXT,
    }
}

/// The octets that a string's characters stand for.
fn latin(string: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(string.len());
    for character in string.chars() {
        match u8::try_from(character) {
            Ok(octet) => octets.push(octet),
            Err(_) => octets.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    octets
}
