//! The keys of a zone, and what its parent says of them (RFC 4034).

use crate::dns::{Failure, Name, Octets, Question, RecordData, RecordType, Response, Wanting};
use crate::gather::Gather;
use crate::sorting::sorted;

/// The keys that a zone publishes, and those that its parent names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Keys {
    /// The zone's own that may sign, in order: key tag and algorithm.
    pub published: Vec<(u16, u8)>,
    /// Those named by DS records, in order: key tag, algorithm and digest type; nothing when nobody knows.
    pub delegated: Option<Vec<(u16, u8, u8)>>,
}

impl Keys {
    /// Reads DNSKEY and, where there are keys, DS of a name; nothing while answers are wanted. What validating
    /// resolvers withhold is asked for without validation, to say what is wrong with it.
    ///
    /// A name that is no zone has neither.
    #[must_use]
    pub fn read(dns: &Wanting<'_>, zone: &Name) -> Option<Self> {
        let keys = answer(dns, zone, RecordType::Dnskey)?;
        let published = each_once(keys.records().iter().filter_map(zone_key));
        if published.is_empty() {
            return Some(Self::default());
        }
        let named = answer(dns, zone, RecordType::Ds)?;
        Some(Self {
            published,
            delegated: named
                .is_definite()
                .then(|| each_once(named.records().iter().filter_map(delegation))),
        })
    }

    /// Whether the zone is signed and its parent is proven to know nothing of that.
    #[must_use]
    pub fn is_island(&self) -> bool {
        !self.published.is_empty() && self.delegated.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether the parent names keys, and none that the zone has: nothing in it can then be validated
    /// (RFC 4035 §5.2).
    #[must_use]
    pub fn is_mismatched(&self) -> bool {
        let known = |(tag, algorithm, _): &(u16, u8, u8)| {
            self.published.binary_search(&(*tag, *algorithm)).is_ok()
        };
        !self.published.is_empty()
            && self
                .delegated
                .as_ref()
                .is_some_and(|named| !named.is_empty() && !named.iter().any(known))
    }

    /// The tags of the zone's keys, each once.
    #[must_use]
    pub fn tags(&self) -> Vec<u16> {
        each_once(self.published.iter().map(|(tag, _)| *tag))
    }

    /// The tags of the keys that the parent names, each once.
    #[must_use]
    pub fn delegated_tags(&self) -> Vec<u16> {
        each_once(self.delegated.iter().flatten().map(|(tag, ..)| *tag))
    }

    /// The algorithms in use that are no longer safe, each once.
    #[must_use]
    pub fn weak_algorithms(&self) -> Vec<u8> {
        let own = self.published.iter().map(|(_, algorithm)| *algorithm);
        let named = self.delegated.iter().flatten();
        let all = own.chain(named.map(|(_, algorithm, _)| *algorithm));
        each_once(all.filter(|algorithm| is_weak_algorithm(*algorithm)))
    }

    /// The keys that the parent names by digests alone that are no longer safe: where there is a better one beside
    /// it, validators do not look at SHA-1 (RFC 4509 §3).
    #[must_use]
    pub fn weakly_delegated(&self) -> Vec<u16> {
        let named = self.delegated.as_deref().unwrap_or_default();
        let strong = named.iter().filter(|(.., digest)| !is_weak_digest(*digest));
        let strong = each_once(strong.map(|(tag, ..)| *tag));
        let all = named.iter().map(|(tag, ..)| *tag);
        each_once(all.filter(|tag| strong.binary_search(tag).is_err()))
    }
}

/// The response to a question; without validation where it is withheld with it.
fn answer<'a>(dns: &Wanting<'a>, zone: &Name, record_type: RecordType) -> Option<&'a Response> {
    let question = Question::new(zone.clone(), record_type);
    let response = &dns.answer(&question)?.response;
    match response {
        Response::Failed(Failure::ServFail) => Some(&dns.answer(&question.unchecked())?.response),
        _ => Some(response),
    }
}

/// Tag and algorithm of a key that may sign the zone: a zone key (bit 7) that is not revoked (bit 8, RFC 5011 §2.1).
fn zone_key(data: &RecordData) -> Option<(u16, u8)> {
    match data {
        RecordData::Dnskey {
            flags,
            protocol: 3,
            algorithm,
            key,
        } if flags & 0x100 != 0 && flags & 0x80 == 0 => {
            Some((key_tag(*flags, *algorithm, key), *algorithm))
        }
        _ => None,
    }
}

const fn delegation(data: &RecordData) -> Option<(u16, u8, u8)> {
    match data {
        RecordData::Ds {
            key_tag,
            algorithm,
            digest_type,
            ..
        } => Some((*key_tag, *algorithm, *digest_type)),
        _ => None,
    }
}

/// In order. A stranger decides how many there are.
fn each_once<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items = sorted(items.gather());
    items.dedup();
    items
}

/// The tag of a DNSKEY of protocol 3 (RFC 4034 appendix B; B.1 for algorithm 1).
#[must_use]
pub fn key_tag(flags: u16, algorithm: u8, key: &Octets) -> u16 {
    if algorithm == 1 {
        return match key.0.as_slice() {
            [.., high, low, _] => u16::from_be_bytes([*high, *low]),
            _ => 0,
        };
    }
    let [high, low] = flags.to_be_bytes();
    let head = [high, low, 3, algorithm];
    let octets = head.iter().chain(&key.0);
    // Record data is at most 65,535 octets, whose sum 32 bits can hold.
    let sum = octets.enumerate().fold(0_u32, |sum, (place, octet)| {
        let octet = u32::from(*octet);
        sum.wrapping_add(if place % 2 == 0 { octet << 8 } else { octet })
    });
    let [_, _, high, low] = sum.wrapping_add(sum >> 16).to_be_bytes();
    u16::from_be_bytes([high, low])
}

/// Whether an algorithm is no longer to be signed with: those of MD5, DSA, SHA-1 and GOST (RFC 8624 §3.1, RFC 9905,
/// RFC 9906).
#[must_use]
pub const fn is_weak_algorithm(algorithm: u8) -> bool {
    matches!(algorithm, 1 | 3 | 5 | 6 | 7 | 12)
}

/// Whether a digest of a DS record is no longer to be used: SHA-1 and GOST (RFC 8624 §3.3, RFC 9905, RFC 9906).
#[must_use]
pub const fn is_weak_digest(digest_type: u8) -> bool {
    matches!(digest_type, 1 | 3)
}

/// The registry's name of a weak algorithm.
#[must_use]
pub const fn mnemonic(algorithm: u8) -> &'static str {
    match algorithm {
        1 => "RSAMD5",
        3 => "DSA",
        5 => "RSASHA1",
        6 => "DSA-NSEC3-SHA1",
        7 => "RSASHA1-NSEC3-SHA1",
        12 => "ECC-GOST",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::Zone;

    /// The example of RFC 6605 §6.1.
    const KEY: &str = "1a88c88615d437fbb8bf9e1942a1929f28562706ae6c2bd399e7b1bfb6d1e9e7\
        5b92b4aa42917ae1c61b701ef035c3fe7be3009cbafe5a2f71316c902dcf0d00";

    fn name() -> Name {
        Name::parse("example.org").unwrap()
    }

    fn dnskey(flags: u16, algorithm: u8, key: &[u8]) -> RecordData {
        RecordData::Dnskey {
            flags,
            protocol: 3,
            algorithm,
            key: Octets(key.to_vec()),
        }
    }

    fn ds(key_tag: u16, algorithm: u8, digest_type: u8) -> RecordData {
        RecordData::Ds {
            key_tag,
            algorithm,
            digest_type,
            digest: Octets::default(),
        }
    }

    fn keys(published: &[RecordData], delegated: &[RecordData]) -> Keys {
        let mut zone = Zone::new();
        for data in published {
            zone.add(&name(), RecordType::Dnskey, data.clone());
        }
        for data in delegated {
            zone.add(&name(), RecordType::Ds, data.clone());
        }
        Keys::read(&Wanting::new(&zone), &name()).unwrap()
    }

    #[test]
    fn key_tags() {
        let key = Octets::from_hex(KEY).unwrap();
        assert_eq!(key_tag(257, 13, &key), 55_648);
        assert_eq!(key_tag(257, 1, &Octets(vec![1, 2, 3, 4])), 0x0203);
        assert_eq!(key_tag(257, 1, &Octets(vec![1])), 0);
        assert_eq!(key_tag(0xffff, 0xff, &Octets(vec![0xff; 65_531])), 0x2ff);
    }

    #[test]
    fn a_zone_without_keys_is_not_asked_about_its_parent() {
        let zone = Zone::new();
        let dns = Wanting::new(&zone);
        assert_eq!(Keys::read(&dns, &name()), Some(Keys::default()));
        // Keys that do not sign: no zone key, a revoked one.
        let idle = keys(&[dnskey(1, 13, b"a"), dnskey(0x181, 13, b"b")], &[]);
        assert_eq!(idle, Keys::default());
    }

    #[test]
    fn an_island_a_mismatch_and_a_whole_chain() {
        let key = dnskey(257, 13, b"key");
        let tag = key_tag(257, 13, &Octets(b"key".to_vec()));
        let island = keys(std::slice::from_ref(&key), &[]);
        assert!(island.is_island() && !island.is_mismatched());
        assert_eq!(island.tags(), [tag]);
        let other = tag.wrapping_add(1);
        let wrong = keys(
            std::slice::from_ref(&key),
            &[ds(other, 13, 2), ds(tag, 8, 2)],
        );
        assert!(wrong.is_mismatched() && !wrong.is_island());
        assert_eq!(wrong.delegated_tags(), [tag, other]);
        let whole = keys(&[key], &[ds(other, 13, 2), ds(tag, 13, 2)]);
        assert!(!whole.is_mismatched() && !whole.is_island());
    }

    #[test]
    fn where_the_parent_cannot_be_asked_nothing_is_concluded() {
        let mut zone = Zone::new();
        zone.add(&name(), RecordType::Dnskey, dnskey(257, 13, b"key"));
        let lost = Response::Failed(Failure::TimedOut);
        zone.insert(Question::new(name(), RecordType::Ds), lost);
        let keys = Keys::read(&Wanting::new(&zone), &name()).unwrap();
        assert!(!keys.is_island() && !keys.is_mismatched() && keys.delegated.is_none());
    }

    #[test]
    fn withheld_keys_are_read_without_validation() {
        let mut zone = Zone::new();
        let question = Question::new(name(), RecordType::Dnskey);
        let there = Response::Records(vec![dnskey(257, 13, b"key")]);
        zone.insert(question.clone().unchecked(), there);
        let withheld = Response::Failed(Failure::ServFail);
        zone.insert(question, withheld);
        let keys = Keys::read(&Wanting::new(&zone), &name()).unwrap();
        assert_eq!(keys.published.len(), 1);
    }

    #[test]
    fn what_is_weak() {
        let weak = keys(
            &[
                dnskey(257, 7, b"a"),
                dnskey(256, 7, b"b"),
                dnskey(256, 13, b"c"),
            ],
            &[ds(1, 7, 1), ds(2, 12, 1), ds(2, 12, 2)],
        );
        assert_eq!(weak.weak_algorithms(), [7, 12]);
        assert_eq!(weak.weakly_delegated(), [1]);
        for algorithm in weak.weak_algorithms() {
            assert!(!mnemonic(algorithm).is_empty());
        }
        assert!(
            [8, 10, 13, 14, 15, 16]
                .iter()
                .all(|good| !is_weak_algorithm(*good))
        );
    }
}
