//! One TLSA record (RFC 6698 §2.1).

use core::fmt;

use serde::Serialize;

use crate::dns::{Octets, RecordData};

/// A TLSA record: which certificate or key a server has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Record {
    /// 0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE.
    pub usage: u8,
    /// 0 the certificate, 1 its public key.
    pub selector: u8,
    /// 0 itself, 1 its SHA-256, 2 its SHA-512.
    pub matching: u8,
    /// Certificate, key or digest.
    pub data: Octets,
}

/// Why no sender of mail can use a record. It is then as if it were not there, but that TLS is asked for
/// (RFC 7672 §2.2, §3.1.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unusable {
    /// Usage 0 or 1, which mail does not know: servers have no agreed list of authorities (RFC 7672 §3.1.3).
    PkixUsage,
    /// A usage that no standard defines.
    Usage,
    /// A selector that no standard defines.
    Selector,
    /// A matching type that no standard defines.
    Matching,
    /// A digest of another length than its kind has.
    Length,
    /// In place of a certificate or a key, something that is neither.
    Der,
}

impl Record {
    /// The record in an answer; nothing for data of another type.
    #[must_use]
    pub fn of(data: &RecordData) -> Option<Self> {
        match data {
            RecordData::Tlsa {
                usage,
                selector,
                matching,
                data,
            } => Some(Self {
                usage: *usage,
                selector: *selector,
                matching: *matching,
                data: data.clone(),
            }),
            _ => None,
        }
    }

    /// Why no sender of mail can use the record; nothing where one can.
    #[must_use]
    pub fn unusable(&self) -> Option<Unusable> {
        let length = self.data.0.len();
        match (self.usage, self.selector, self.matching) {
            (0 | 1, ..) => Some(Unusable::PkixUsage),
            (4.., ..) => Some(Unusable::Usage),
            (_, 2.., _) => Some(Unusable::Selector),
            (_, _, 3..) => Some(Unusable::Matching),
            (_, _, 0) => (!is_der_sequence(&self.data.0)).then_some(Unusable::Der),
            (_, _, 1) => (length != 32).then_some(Unusable::Length),
            (_, _, 2) => (length != 64).then_some(Unusable::Length),
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {} {}",
            self.usage, self.selector, self.matching, self.data
        )
    }
}

/// Whether these octets are one SEQUENCE of DER, as certificates and public keys are (RFC 5280 §4.1): the tag, and a
/// length in its shortest form that is that of the rest.
fn is_der_sequence(octets: &[u8]) -> bool {
    let (length, rest) = match octets {
        [0x30, length @ ..=0x7f, rest @ ..] => (usize::from(*length), rest),
        [0x30, 0x81, length @ 0x80..=0xff, rest @ ..] => (usize::from(*length), rest),
        [0x30, 0x82, high @ 1..=0xff, low, rest @ ..] => {
            (usize::from(u16::from_be_bytes([*high, *low])), rest)
        }
        _ => return false,
    };
    rest.len() == length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(usage: u8, selector: u8, matching: u8, data: &[u8]) -> Record {
        Record {
            usage,
            selector,
            matching,
            data: Octets(data.to_vec()),
        }
    }

    #[test]
    fn every_record_that_a_sender_can_use_and_no_other() {
        let sha256 = [7; 32];
        let sha512 = [7; 64];
        let key = [0x30, 2, 5, 0];
        for usage in 0..=255 {
            for selector in 0..=255 {
                for matching in 0..=255 {
                    let data: &[u8] = match matching {
                        0 => &key,
                        2 => &sha512,
                        _ => &sha256,
                    };
                    let usable = matches!((usage, selector, matching), (2 | 3, 0 | 1, 0..=2));
                    let record = record(usage, selector, matching, data);
                    assert_eq!(record.unusable().is_none(), usable, "{record}");
                }
            }
        }
    }

    #[test]
    fn lengths() {
        for length in 0..100 {
            let data = vec![0; length];
            let expected = |right| (length != right).then_some(Unusable::Length);
            assert_eq!(record(3, 1, 1, &data).unusable(), expected(32));
            assert_eq!(record(3, 1, 2, &data).unusable(), expected(64));
        }
    }

    #[test]
    fn a_certificate_is_one_sequence() {
        let sequence = |head: &[u8], length: usize| [head, &vec![0; length]].concat();
        for whole in [
            sequence(&[0x30, 0], 0),
            sequence(&[0x30, 0x7f], 0x7f),
            sequence(&[0x30, 0x81, 0x80], 0x80),
            sequence(&[0x30, 0x82, 1, 0], 0x100),
        ] {
            assert_eq!(record(2, 0, 0, &whole).unusable(), None);
            let cut = whole.split_last().unwrap().1;
            assert_eq!(record(2, 0, 0, cut).unusable(), Some(Unusable::Der));
            let more = sequence(&whole, 1);
            assert_eq!(record(2, 0, 0, &more).unusable(), Some(Unusable::Der));
        }
        // Lengths that are not in their shortest form, and another tag.
        for broken in [&[0x30, 0x81, 0][..], &[0x30, 0x82, 0, 0], &[0x31, 0], &[]] {
            assert_eq!(record(2, 0, 0, broken).unusable(), Some(Unusable::Der));
        }
    }
}
