//! Whether records fit the certificates that a server shows (RFC 7671 §5, RFC 7672 §3.1).

use super::Record;
use crate::dkim::base64;
use crate::dns::Name;
use crate::evidence::{Certificate, Chain};

/// Whether a sender that knows DANE takes the chain: one of the records fits that it looks at. `names` are those that a
/// trust anchor's certificate may be for (RFC 7672 §3.2.2); the server's own key needs none (§3.1.1).
#[must_use]
pub fn fits(records: &[Record], chain: &Chain, names: &[&Name]) -> bool {
    // All kinds of record there are, so that the time stays linear.
    let strongest = |usage, selector| {
        let kind = |record: &&Record| (record.usage, record.selector) == (usage, selector);
        let usable = records.iter().filter(|record| record.unusable().is_none());
        usable.filter(kind).map(|record| record.matching).max()
    };
    let strongest = [2, 3].map(|usage| [0, 1].map(|selector| strongest(usage, selector)));
    let is_looked_at = |record: &&Record| {
        let [usage, selector] = [record.usage.wrapping_sub(2), record.selector].map(usize::from);
        let strongest = strongest.get(usage).and_then(|of| of.get(selector));
        // What stands there whole is no digest, and none is stronger (RFC 7671 §9).
        record.unusable().is_none()
            && (record.matching == 0 || strongest == Some(&Some(record.matching)))
    };
    let mut looked_at = records.iter().filter(is_looked_at);
    looked_at.any(|record| record.fits(chain, names))
}

impl Record {
    fn fits(&self, chain: &Chain, names: &[&Name]) -> bool {
        let Some(leaf) = chain.leaf() else {
            return false;
        };
        if self.usage == 3 {
            return self.is_of(leaf);
        }
        let anchors = chain.anchors.iter();
        let mut anchors = anchors.filter_map(|place| chain.at(usize::from(*place)));
        names.iter().any(|name| leaf.is_for(name)) && anchors.any(|anchor| self.is_of(anchor))
    }

    /// Whether this is the certificate, or its key, that the record is of.
    fn is_of(&self, certificate: &Certificate) -> bool {
        let digests = &certificate.digests;
        let digest = match (self.selector, self.matching) {
            (0, 1) => &digests.whole_sha256,
            (0, 2) => &digests.whole_sha512,
            (1, 1) => &digests.key_sha256,
            (1, 2) => &digests.key_sha512,
            (selector @ (0 | 1), 0) => return self.is_whole(certificate, selector == 1),
            _ => return false,
        };
        self.data.to_string() == *digest
    }

    /// Whether the record holds the very octets of the certificate, or of its key.
    fn is_whole(&self, certificate: &Certificate, key_alone: bool) -> bool {
        let Ok(whole) = base64::decode(&certificate.der) else {
            return false;
        };
        let place = match key_alone {
            true => {
                let (start, length) = certificate.key_at;
                let [start, length] =
                    [start, length].map(|n| usize::try_from(n).unwrap_or(usize::MAX));
                start..start.saturating_add(length)
            }
            false => 0..whole.octets.len(),
        };
        !self.data.0.is_empty() && whole.octets.get(place) == Some(&self.data.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dane::parse;
    use crate::evidence::Link;
    use crate::gather::Gather;
    use crate::tls::samples::{certificate, chain};

    /// A server's own certificate, 1, and its issuer's, 2, which may be an anchor.
    fn live() -> Chain {
        let links = vec![certificate(&["mx.example.org"], 1), certificate(&[], 2)];
        Chain {
            anchors: vec![1],
            ..chain(links)
        }
    }

    /// The record of these fields for certificate `id`, as its digests are made up.
    fn record(fields: &str, id: u8) -> Record {
        let certificate = certificate(&[], id);
        let digests = &certificate.digests;
        let data = match fields.get(2..).unwrap_or_default() {
            "0 1" => &digests.whole_sha256,
            "0 2" => &digests.whole_sha512,
            "1 1" => &digests.key_sha256,
            "1 2" => &digests.key_sha512,
            "0 0" => &format!("30043002050{id}"),
            _ => &format!("3002050{id}"),
        };
        parse(&format!("{fields} {data}")).record.unwrap()
    }

    fn taken(records: &[(&str, u8)], name: &str) -> bool {
        let records: Vec<Record> = records.iter().map(|(f, id)| record(f, *id)).gather();
        fits(&records, &live(), &[&Name::parse(name).unwrap()])
    }

    #[test]
    fn the_own_key_needs_no_name_and_an_anchor_needs_one() {
        for kind in ["0 0", "0 1", "0 2", "1 0", "1 1", "1 2"] {
            let (own, anchor) = (format!("3 {kind}"), format!("2 {kind}"));
            for name in ["mx.example.org", "other.example.org"] {
                assert!(taken(&[(&own, 1)], name), "{own}");
                assert!(!taken(&[(&own, 2)], name), "{own} of the issuer");
                assert!(
                    !taken(&[(&anchor, 1)], name),
                    "{anchor} of what is no anchor"
                );
            }
            assert!(taken(&[(&anchor, 2)], "mx.example.org"), "{anchor}");
            assert!(!taken(&[(&anchor, 2)], "other.example.org"), "{anchor}");
        }
        assert!(!taken(&[], "mx.example.org"));
        assert!(!taken(&[("1 1 1", 1), ("0 1 1", 2)], "mx.example.org"));
    }

    #[test]
    fn one_that_fits_is_enough() {
        let next = [("3 1 1", 3), ("3 1 1", 1)];
        assert!(taken(&next, "mx.example.org"), "the key is rolled over");
        let other_kind = [("3 1 1", 3), ("2 1 1", 2)];
        assert!(taken(&other_kind, "mx.example.org"));
    }

    #[test]
    fn senders_look_at_the_strongest_digest_of_a_kind() {
        let stale = [("3 1 1", 1), ("3 1 2", 3)];
        assert!(!taken(&stale, "mx.example.org"));
        let apart = [("3 1 1", 1), ("3 0 2", 3), ("2 1 2", 3)];
        assert!(taken(&apart, "mx.example.org"), "each kind by itself");
        let whole = [("3 1 0", 1), ("3 1 2", 3)];
        assert!(
            taken(&whole, "mx.example.org"),
            "what is whole is no digest"
        );
    }

    #[test]
    fn nothing_fits_what_cannot_be_read() {
        let records = [record("3 1 1", 1)];
        let mut live = live();
        live.links[0] = Link::Unreadable { octets: 1 };
        assert!(!fits(&records, &live, &[]));
        let mut odd = certificate(&[], 1);
        odd.key_at = (u32::MAX, u32::MAX);
        assert!(!fits(&[record("3 1 0", 1)], &chain(vec![odd.clone()]), &[]));
        odd.der = "not base64!".into();
        assert!(!fits(&[record("3 0 0", 1)], &chain(vec![odd]), &[]));
        let far = Chain {
            anchors: vec![200],
            ..chain(vec![certificate(&["mx.example.org"], 1)])
        };
        let name = Name::parse("mx.example.org").unwrap();
        assert!(!fits(&[record("2 1 1", 2)], &far, &[&name]));
    }
}
