//! What a server takes and what it does not, concluded from its answers.
//!
//! That something is taken is plain from the choice of it. That something is not, only a word of the server tells: an
//! alert that is about the offer, or the choice of an older version. A connection that is closed, silence and rubbish
//! prove nothing, nor do the alerts that tell of trouble on the server's side (RFC 8446 §6.2: `internal_error`,
//! `unrecognized_name` and the like).

use super::{Group, Suite, Version, Weakness};
use crate::evidence::{Chosen, Hello, HelloAnswer, Offer, SmtpEvent, TlsFact};
use crate::sorted::SortedMap;

/// Alerts that are a word on the offer (RFC 8446 §6.2).
const HANDSHAKE_FAILURE: u8 = 40;
const ILLEGAL_PARAMETER: u8 = 47;
const PROTOCOL_VERSION: u8 = 70;
const INSUFFICIENT_SECURITY: u8 = 71;

/// Entries of a table: IANA's registries are shorter.
const MAX_ENTRIES: usize = 2048;
/// Hellos whose order of suites is compared.
const MAX_COMPARED: usize = 32;

/// Whether a server takes something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Taken {
    /// It chose it.
    Yes,
    /// It was offered, and the server's word proves that it is not taken.
    No,
    /// It was not offered, or the answer proves nothing.
    NotAsked,
}

/// Who decides between suites that both sides know.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Order {
    /// The server, by a list of its own.
    Server,
    /// Whoever connects.
    Client,
}

/// What a server showed on one port.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Observed {
    versions: SortedMap<Version, bool>,
    suites: SortedMap<(Version, Suite), bool>,
    groups: SortedMap<(Version, Group), bool>,
    /// Bits of the shortest prime of a Diffie-Hellman exchange over no named group.
    pub prime_bits: Option<u32>,
    /// Whether it would compress; nothing where no answer tells, as TLS 1.3 has none.
    pub compression: Option<bool>,
    /// Whether every answer of TLS 1.2 or older tells of secure renegotiation (RFC 5746).
    pub secure_renegotiation: Option<bool>,
    /// Whether every answer of TLS 1.0 to 1.2 tells of the extended master secret (RFC 7627).
    pub extended_master_secret: Option<bool>,
    /// Who decides between suites, where two offers of the same in another order show it.
    pub order: Option<Order>,
}

impl Observed {
    /// Reads what came of handshakes and hellos with one server on one port; passes over all else.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = &'a SmtpEvent>) -> Self {
        let mut observed = Self {
            versions: SortedMap::new(),
            suites: SortedMap::new(),
            groups: SortedMap::new(),
            prime_bits: None,
            compression: None,
            secure_renegotiation: None,
            extended_master_secret: None,
            order: None,
        };
        let mut alerts: Vec<(&Offer, u8)> = Vec::new();
        let mut chosen: Vec<(&Offer, Suite)> = Vec::new();
        for event in events {
            match event {
                SmtpEvent::Secured(fact) => observed.shook_hands(fact),
                SmtpEvent::Hello(hello) => match &**hello {
                    Hello {
                        offer,
                        answer: HelloAnswer::Chosen(choice),
                    } => {
                        observed.chose(offer, choice);
                        chosen.push((offer, choice.suite));
                    }
                    Hello {
                        answer: HelloAnswer::Ssl2 { ciphers: 1.. },
                        ..
                    } => note(&mut observed.versions, Version::Ssl2, true),
                    Hello {
                        offer,
                        answer: HelloAnswer::Alert(alert),
                    } => alerts.push((offer, *alert)),
                    _ => {}
                },
                _ => {}
            }
        }
        // What is not taken can be told once it is known what is.
        for (offer, alert) in alerts {
            observed.refused(offer, alert);
        }
        observed.order = observed.order_of(&chosen);
        observed
    }

    /// Whether it takes a version.
    #[must_use]
    pub fn version(&self, version: Version) -> Taken {
        taken(self.versions.get(&version))
    }

    /// The newest version that it takes.
    #[must_use]
    pub fn best(&self) -> Option<Version> {
        let all = Version::ALL.into_iter().rev();
        all.into_iter()
            .find(|version| self.version(*version) == Taken::Yes)
    }

    /// Each version, the oldest first.
    pub fn versions(&self) -> impl Iterator<Item = (Version, Taken)> + '_ {
        let all = Version::ALL.into_iter();
        all.map(|version| (version, self.version(version)))
    }

    /// Whether it takes a suite in a version.
    #[must_use]
    pub fn suite(&self, version: Version, suite: Suite) -> Taken {
        taken(self.suites.get(&(version, suite)))
    }

    /// The suites on which it gave its word, by version and code.
    pub fn suites(&self) -> impl Iterator<Item = (Version, Suite, Taken)> + '_ {
        let known = self.suites.iter();
        known.map(|((version, suite), is)| (*version, *suite, taken(Some(is))))
    }

    /// The groups on which it gave its word, by version and code.
    pub fn groups(&self) -> impl Iterator<Item = (Version, Group, Taken)> + '_ {
        let known = self.groups.iter();
        known.map(|((version, group), is)| (*version, *group, taken(Some(is))))
    }

    /// A handshake of our own library, which offers TLS 1.3 and 1.2 and whose end is therefore the better of the two
    /// that the server takes.
    fn shook_hands(&mut self, fact: &TlsFact) {
        let Some(version) = Version::named(&fact.version) else {
            return;
        };
        note(&mut self.versions, version, true);
        if version == Version::Tls12 {
            note(&mut self.versions, Version::Tls13, false);
        }
        if let Some(suite) = Suite::named(&fact.suite) {
            note(&mut self.suites, (version, suite), true);
        }
        let group = fact.group.as_deref();
        if let Some(group) = group.and_then(Group::named) {
            note(&mut self.groups, (version, group), true);
        }
    }

    fn chose(&mut self, offer: &Offer, chosen: &Chosen) {
        let version = chosen.version;
        note(&mut self.versions, version, true);
        note(&mut self.suites, (version, chosen.suite), true);
        if let Some(group) = chosen.group {
            note(&mut self.groups, (version, group), true);
        }
        // RFC 5246 §E.1: the highest that both know. SSL 2 and TLS 1.3 are offered alone.
        for older in negotiated(offer.version).filter(|between| *between > version) {
            note(&mut self.versions, older, false);
        }
        if version >= Version::Tls13 {
            return;
        }
        // OpenSSL takes a shorter one where nobody proves to be the server, and export suites had to: of those suites that
        // is the smallest fault.
        let is_worse = [Weakness::NoAuthentication, Weakness::Export];
        let is_worse = is_worse.iter().any(|weakness| chosen.suite.has(*weakness));
        if let Some(bits) = chosen.prime_bits.filter(|_| !is_worse) {
            self.prime_bits = Some(self.prime_bits.map_or(bits, |known| known.min(bits)));
        }
        self.compression = Some(chosen.compression || self.compression == Some(true));
        let all = |known: Option<bool>, new| Some(new && known != Some(false));
        self.secure_renegotiation = all(self.secure_renegotiation, chosen.secure_renegotiation);
        if version > Version::Ssl3 {
            self.extended_master_secret =
                all(self.extended_master_secret, chosen.extended_master_secret);
        }
    }

    fn refused(&mut self, offer: &Offer, alert: u8) {
        let about_version = alert == PROTOCOL_VERSION;
        if !about_version
            && !matches!(
                alert,
                HANDSHAKE_FAILURE | ILLEGAL_PARAMETER | INSUFFICIENT_SECURITY
            )
        {
            return;
        }
        if about_version || is_comprehensive(offer) {
            for version in negotiated(offer.version) {
                note(&mut self.versions, version, false);
            }
        }
        if about_version {
            return;
        }
        let version = offer.version;
        if has_usual_group(offer) {
            for suite in offer.suites.iter().take(MAX_ENTRIES) {
                note(&mut self.suites, (version, *suite), false);
            }
        } else if offer
            .suites
            .iter()
            .take(MAX_ENTRIES)
            .any(|suite| self.suite(version, *suite) == Taken::Yes)
        {
            // The version and a suite would have done, so it is the groups that do not.
            for group in offer.groups.iter().take(MAX_ENTRIES) {
                note(&mut self.groups, (version, *group), false);
            }
        }
    }

    /// Who decides: the same choice from a list and from its reverse is the server's, where it had another.
    fn order_of(&self, chosen: &[(&Offer, Suite)]) -> Option<Order> {
        let compared = || chosen.iter().take(MAX_COMPARED);
        let mut order = None;
        for (one, first) in compared() {
            for (other, second) in compared() {
                let reversed = one.version == other.version
                    && one.suites.len() > 1
                    && one.suites.iter().eq(other.suites.iter().rev());
                if !reversed {
                    continue;
                }
                if first != second {
                    return Some(Order::Client);
                }
                let takes = |suite: &Suite| self.suite(one.version, *suite) == Taken::Yes;
                let choices = one.suites.iter().take(MAX_ENTRIES);
                if choices.filter(|suite| takes(suite)).nth(1).is_some() {
                    order = Some(Order::Server);
                }
            }
        }
        order
    }
}

const fn taken(known: Option<&bool>) -> Taken {
    match known {
        Some(true) => Taken::Yes,
        Some(false) => Taken::No,
        None => Taken::NotAsked,
    }
}

/// Notes a word of the server; that it took something counts more than that it once did not.
fn note<T: Ord>(table: &mut SortedMap<T, bool>, what: T, is_taken: bool) {
    let known = table.get(&what).copied();
    if known.is_none() && table.len() < MAX_ENTRIES || is_taken && known == Some(false) {
        table.insert(what, is_taken);
    }
}

/// The versions among which a server may choose when this is the highest offered.
fn negotiated(highest: Version) -> impl Iterator<Item = Version> {
    let lowest = match highest {
        Version::Ssl2 | Version::Tls13 => highest,
        _ => Version::Ssl3,
    };
    let all = Version::ALL.into_iter();
    all.filter(move |version| (lowest..=highest).contains(version))
}

/// Whether any server of the offered versions would find a suite in it: with RSA keys and with ECDSA keys, with a
/// curve and without (of TLS 1.2 and older, RSA key exchange is what all have; RFC 5246 §9, RFC 8446 §9.1).
fn is_comprehensive(offer: &Offer) -> bool {
    let needed: &[u16] = match offer.version {
        Version::Ssl2 => return true,
        Version::Ssl3 | Version::Tls10 | Version::Tls11 => &[0x000a, 0x002f, 0xc009, 0xc013],
        Version::Tls12 => &[0x002f, 0xc02b, 0xc02f],
        Version::Tls13 => &[0x1301],
    };
    let has = |code: &u16| offer.suites.contains(&Suite(*code));
    has_usual_group(offer) && needed.iter().all(has)
}

/// Whether a group is offered that servers have: one of `secp256r1`, `secp384r1` and `x25519`.
fn has_usual_group(offer: &Offer) -> bool {
    let usual = [0x0017, 0x0018, 0x001d];
    offer.version == Version::Ssl3
        || usual
            .iter()
            .any(|code| offer.groups.contains(&Group(*code)))
}

#[cfg(test)]
mod tests;
