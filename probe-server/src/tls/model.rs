//! A server that says what it was made to say: what plans and enumerations are tried on.

use std::cell::Cell;

use postern_shared::evidence::{Chosen, HelloAnswer, Offer};
use postern_shared::tls::{Group, KeyExchange, Suite, Version};

/// A server.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    /// The suites that it takes, those first that it likes best, in each version.
    pub(super) suites: Vec<(Version, Vec<Suite>)>,
    /// The curves that it takes up to TLS 1.2.
    pub(super) curves: Vec<Group>,
    /// The groups that it takes in TLS 1.3.
    pub(super) groups: Vec<Group>,
    /// Whether its order of suites counts, not the client's.
    pub(super) has_order: bool,
    /// The same of groups.
    pub(super) has_group_order: bool,
    /// Whether it knows RFC 7507.
    pub(super) knows_fallback: bool,
    /// Ciphers of SSL 2.
    pub(super) ssl2: u32,
    /// Whether it closes the connection instead of saying no.
    pub(super) is_curt: bool,
    /// How often it was asked.
    pub(super) asked: Cell<usize>,
}

impl Model {
    /// What it answers.
    pub(super) fn answer(&self, offer: &Offer) -> HelloAnswer {
        self.asked.set(self.asked.get() + 1);
        match self.choose(offer) {
            Err(_) if self.is_curt => HelloAnswer::Closed,
            Err(alert) => HelloAnswer::Alert(alert),
            Ok(answer) => answer,
        }
    }

    pub(super) fn suites_of(&self, version: Version) -> &[Suite] {
        let suites = self.suites.iter().find(|(it, _)| *it == version);
        suites.map_or(&[], |(_, suites)| suites)
    }

    fn choose(&self, offer: &Offer) -> Result<HelloAnswer, u8> {
        if offer.version == Version::Ssl2 {
            let ciphers = self.ssl2;
            return (ciphers > 0)
                .then_some(HelloAnswer::Ssl2 { ciphers })
                .ok_or(70);
        }
        let versions = || self.suites.iter().map(|(version, _)| *version);
        let fits = |version: &Version| match offer.version {
            Version::Tls13 => *version == Version::Tls13,
            highest => *version <= highest,
        };
        let version = versions().filter(fits).max().ok_or(70)?;
        if offer.fallback && self.knows_fallback && versions().max() > Some(version) {
            return Err(86);
        }
        let groups = if version == Version::Tls13 {
            &self.groups
        } else {
            &self.curves
        };
        let group = if offer.groups.is_empty() {
            // RFC 8422 §4: then it may take what it likes.
            groups.first().copied()
        } else {
            pick(groups, &offer.groups, self.has_group_order)
        };
        let needs_group = |suite: &Suite| {
            matches!(
                suite.key_exchange(),
                KeyExchange::Ecdhe | KeyExchange::Apart
            )
        };
        let mut suites = self.suites_of(version).to_vec();
        suites.retain(|suite| group.is_some() || !needs_group(suite));
        let suite = pick(&suites, &offer.suites, self.has_order).ok_or(40)?;
        Ok(HelloAnswer::Chosen(Box::new(Chosen {
            version,
            suite,
            group: group.filter(|_| needs_group(&suite)),
            prime_bits: None,
            signature: None,
            compression: false,
            secure_renegotiation: true,
            extended_master_secret: true,
            chain: None,
        })))
    }
}

fn pick<T: Copy + PartialEq>(taken: &[T], offered: &[T], by_taker: bool) -> Option<T> {
    let (first, second) = if by_taker {
        (taken, offered)
    } else {
        (offered, taken)
    };
    first.iter().find(|it| second.contains(it)).copied()
}

/// Suites by their codes.
pub(super) fn suites(codes: &[u16]) -> Vec<Suite> {
    codes.iter().copied().map(Suite).collect()
}

/// Groups by their codes.
pub(super) fn groups(codes: &[u16]) -> Vec<Group> {
    codes.iter().copied().map(Group).collect()
}

/// OpenSSL 3.0 as it comes, behind an RSA certificate, without the suites that are no longer good.
pub(super) fn modern() -> Model {
    Model {
        suites: vec![
            (Version::Tls13, suites(&[0x1302, 0x1303, 0x1301])),
            (
                Version::Tls12,
                suites(&[0xc030, 0xcca8, 0xc02f, 0xc028, 0xc027]),
            ),
        ],
        curves: groups(&[0x1d, 0x17, 0x1e, 0x19, 0x18]),
        groups: groups(&[0x1d, 0x17, 0x1e, 0x19, 0x18, 0x100, 0x101, 0x102]),
        knows_fallback: true,
        ..Model::default()
    }
}

/// OpenSSL 3.0 with all that it still has at its lowest security level.
pub(super) fn legacy() -> Model {
    let old = [0xc014, 0x0039, 0xc013, 0x0033, 0x0035, 0x002f];
    let new = [
        0xc030, 0x009f, 0xcca8, 0xccaa, 0xc02f, 0x009e, 0xc028, 0x006b, 0xc027, 0x0067, 0x009d,
        0x009c, 0x003d, 0x003c, 0xc09f, 0xc09e, 0xc061,
    ];
    let modern = modern();
    Model {
        suites: vec![
            (
                Version::Tls13,
                suites(&[0x1302, 0x1303, 0x1301, 0x1304, 0x1305]),
            ),
            (Version::Tls12, suites(&[&new[..], &old].concat())),
            (Version::Tls11, suites(&old)),
            (Version::Tls10, suites(&old)),
        ],
        ..modern
    }
}
