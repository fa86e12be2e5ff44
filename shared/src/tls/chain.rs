//! What is wrong with the certificates that a server shows.

use serde::Serialize;

use crate::dns::{Name, NamePattern};
use crate::evidence::{Certificate, Chain, Link, Path};
use crate::gather::Gather;
use crate::time::Timestamp;

/// Seconds of a day.
const DAY: i64 = 86_400;
/// An RSA key of fewer bits protects nothing that lasts (RFC 9325 §4.5).
const SHORTEST_RSA: u32 = 2048;
/// The smallest field of an elliptic curve with the strength that RFC 9325 §4.1 asks for, 112 bits.
const SMALLEST_CURVE: u32 = 224;

/// Why a sender who checks refuses a chain (RFC 5280 §6.1, RFC 9525 §6). MTA-STS has senders check (RFC 8461 §4.2);
/// without it, and without DANE, they take any certificate (RFC 7435 §3).
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// The server's own certificate cannot be read.
    Unreadable,
    /// It is out of date.
    Expired {
        /// Since how many days.
        days: u32,
    },
    /// It is not valid yet.
    NotYetValid,
    /// It is for other names.
    WrongName {
        /// Which.
        names: Vec<String>,
    },
    /// Nobody but itself vouches for it.
    SelfSigned,
    /// It came alone, and who issued it is no authority that is known.
    IssuerNotSent {
        /// Who.
        issuer: String,
    },
    /// What vouches for the last that came is no authority that is known.
    UnknownIssuer {
        /// Who.
        issuer: String,
    },
    /// One that vouches for it is out of date, or not yet valid.
    IssuerExpired,
    /// A signature does not fit.
    BadSignature,
    /// A signature, or a key, is of a kind that is no longer taken.
    WeakSignature,
    /// One may not vouch for others, or is not for servers.
    Misused,
    /// Something else.
    Other,
}

/// Why a certificate protects too little, whoever vouches for it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "weakness", rename_all = "snake_case")]
pub enum CertificateWeakness {
    /// Its key is too short, or of a kind that is given up.
    Key {
        /// Its algorithm.
        algorithm: String,
        /// Its length in bits.
        bits: u32,
    },
    /// It, or one that vouches for it, is signed by a digest that can be forged.
    Signature {
        /// The algorithm.
        algorithm: String,
    },
}

impl Chain {
    /// The server's own certificate, if it can be read.
    #[must_use]
    pub fn leaf(&self) -> Option<&Certificate> {
        self.at(0)
    }

    /// The certificate at a place, if it can be read.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&Certificate> {
        match self.links.get(place)? {
            Link::Read(certificate) => Some(certificate),
            Link::Unreadable { .. } => None,
        }
    }

    /// Why a sender who checks refuses it at a moment for `host`; nothing where none does, and where this machine has
    /// no roots and nothing else is wrong.
    #[must_use]
    pub fn faults(&self, host: &Name, at: Timestamp) -> Vec<Fault> {
        let Some(leaf) = self.leaf() else {
            return vec![Fault::Unreadable];
        };
        let now = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX);
        let mut faults = Vec::new();
        if leaf.not_after < now {
            let days = days(now.saturating_sub(leaf.not_after));
            faults.push(Fault::Expired { days });
        }
        if leaf.not_before > now {
            faults.push(Fault::NotYetValid);
        }
        let in_date = faults.is_empty();
        if !leaf.is_for(host) {
            let names = leaf.names.clone();
            faults.push(Fault::WrongName { names });
        }
        faults.extend(self.no_path(leaf, in_date));
        faults
    }

    /// Why it leads to no root. Its own dates are told apart.
    fn no_path(&self, leaf: &Certificate, in_date: bool) -> Option<Fault> {
        Some(match self.path {
            Path::Trusted | Path::NoRoots => return None,
            Path::Expired | Path::NotYetValid if in_date => Fault::IssuerExpired,
            Path::Expired | Path::NotYetValid => return None,
            Path::UnknownIssuer if leaf.self_signed => Fault::SelfSigned,
            Path::UnknownIssuer => {
                let issuer = leaf.issuer.clone();
                match self.links.len() {
                    0 | 1 => Fault::IssuerNotSent { issuer },
                    _ => Fault::UnknownIssuer { issuer },
                }
            }
            Path::BadSignature => Fault::BadSignature,
            Path::WeakSignature => Fault::WeakSignature,
            Path::Misused => Fault::Misused,
            Path::Unreadable | Path::Other => Fault::Other,
        })
    }

    /// What is weak about its keys and signatures. A signature by which a certificate vouches for itself protects
    /// nothing, and takes nothing away.
    #[must_use]
    pub fn weaknesses(&self) -> Vec<CertificateWeakness> {
        let leaf = self.leaf();
        let key = leaf.filter(|leaf| leaf.is_weak());
        let mut found: Vec<CertificateWeakness> = key
            .map(|leaf| CertificateWeakness::Key {
                algorithm: leaf.key.clone(),
                bits: leaf.key_bits,
            })
            .into_iter()
            .gather();
        let places = 0..self.links.len();
        let forgeable = places.filter_map(|place| self.at(place)).find(|one| {
            let algorithm = one.signature.to_ascii_lowercase();
            let broken = ["sha1", "sha-1", "md5", "md2"];
            !one.self_signed && broken.iter().any(|digest| algorithm.contains(digest))
        });
        if let Some(certificate) = forgeable {
            let algorithm = certificate.signature.clone();
            found.push(CertificateWeakness::Signature { algorithm });
        }
        found
    }

    /// Whether each certificate that came is vouched for by the next (RFC 5246 §7.4.2). TLS 1.3 lets senders sort them
    /// themselves (RFC 8446 §4.4.2), and older ones do not.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        let places = 0..self.links.len().saturating_sub(1);
        let mut wrong = places.filter_map(|place| self.at(place));
        !wrong.any(|one| one.signed_by_next == Some(false) && !one.self_signed)
    }

    /// Whether the root came along, which senders must have already.
    #[must_use]
    pub fn has_root(&self) -> bool {
        let places = 1..self.links.len();
        let mut above = places.filter_map(|place| self.at(place));
        above.any(|one| one.self_signed)
    }
}

impl Certificate {
    /// Whether it is for `host`: by a DNS name of its own alone, never by its subject (RFC 9525 §6.3, RFC 8461 §4.2).
    #[must_use]
    pub fn is_for(&self, host: &Name) -> bool {
        let mut patterns = self
            .names
            .iter()
            .filter_map(|name| NamePattern::parse(name));
        patterns.any(|pattern| pattern.matches(host))
    }

    /// Whole days for which it stays valid; 0 where it is out of date.
    #[must_use]
    pub fn days_left(&self, at: Timestamp) -> u32 {
        let now = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX);
        days(self.not_after.saturating_sub(now))
    }

    fn is_weak(&self) -> bool {
        match self.key.as_str() {
            "RSA" => self.key_bits < SHORTEST_RSA,
            "EC" => self.key_bits < SMALLEST_CURVE,
            "DSA" => true,
            _ => false,
        }
    }
}

fn days(seconds: i64) -> u32 {
    u32::try_from(seconds.max(0) / DAY).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
