//! Are the suites and groups of TLS safe that the mail servers take? (NCSC-NL, IT Security Guidelines for TLS, 2025-05;
//! RFC 9325 §4)
//!
//! The guidelines call all suites insufficient that have no key of their own for each connection (RSA key exchange), or
//! no authenticated encryption with SHA-1. Both keep mail from being read today, and on port 25 a sender who finds no
//! suite delivers in clear (RFC 7435): beside better ones they are a warning here. So is 3DES, whose short blocks leak
//! only after more data than one delivery carries (RFC 9325 §4.1 asks for 112 bits, which it has), and so are anonymous
//! suites: a sender who wants to know the server does not offer them, and others take any certificate. A failure is
//! what does not even keep mail from being read: no encryption, export keys, single DES, RC2 and IDEA (RFC 9325 §4.1, RFC 5469), RC4 (RFC 7465);
//! primes below 2048 bits (RFC 9325 §4.1, Logjam); compression (RFC 9325 §3.3); and a server with nothing better.

use super::host::{Word, fold};
use super::tls::{Shown, mend};
use super::{Check, CheckId, Scene};
use crate::gather::Gather;
use crate::report::{Action, CipherReason, Finding, Mend, Reason, Status, TlsReason};
use crate::tls::{Group, Level, Observed, Order, Suite, Taken, Version, Weakness};

/// Bits of the shortest prime that still holds (RFC 9325 §4.1).
const SHORTEST_PRIME: u32 = 2048;

/// See the module.
pub(super) struct Ciphers;

impl Check for Ciphers {
    fn id(&self) -> CheckId {
        CheckId::Ciphers
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let shown = match Shown::by(scene, exchange, address) {
                Ok(shown) => shown,
                Err(word) => return word,
            };
            let observed = shown.observed();
            let (status, reasons) = match observed.best() {
                Some(_) => read(&observed),
                None => {
                    let detail = shown.failure().map(|(_, failed)| failed.detail.clone());
                    let reason = TlsReason::NotSecured { detail };
                    (Status::Unknown, vec![reason.into()])
                }
            };
            if !shown.is_settled && status != Status::Fail {
                return Word::unknown(Reason::Pending);
            }
            Word {
                status,
                reasons,
                proof: shown.proof().cloned().gather(),
            }
        });
        let owner = mend::owner(scene, &finding);
        let action = matches!(finding.status, Status::Warn | Status::Fail)
            .then(|| finding.reasons.first().and_then(action))
            .flatten();
        finding.mended_by(action.map(|action| match action {
            Action::LimitSuites => mend::with(scene, Mend::new(action, owner), mend::SUITES),
            _ => Mend::new(action, owner),
        }))
    }
}

/// What to do about the first of several faults.
fn action(reason: &Reason) -> Option<Action> {
    let Reason::Ciphers(reason) = reason else {
        return None;
    };
    Some(match reason {
        CipherReason::Open { .. }
        | CipherReason::Insufficient { .. }
        | CipherReason::PhaseOut { .. }
        | CipherReason::ShortPrime { .. }
        | CipherReason::OwnPrime { .. } => Action::LimitSuites,
        CipherReason::OnlyInsufficient { .. } => Action::OfferNewTls,
        CipherReason::WeakGroups { .. } => Action::LimitGroups,
        CipherReason::Compression => Action::EndCompression,
        CipherReason::InsecureRenegotiation => Action::RenewTlsLibrary,
        _ => return None,
    })
}

/// The word on what a server takes.
fn read(observed: &Observed) -> (Status, Vec<Reason>) {
    let suites = |wanted: fn(Suite) -> bool| taken(observed, wanted);
    let open = suites(is_open);
    let insufficient = suites(|suite| suite.level() == Level::Insufficient && !is_open(suite));
    let phase_out = suites(|suite| suite.level() == Level::PhaseOut);
    let is_best = suites(|suite| suite.level() > Level::Insufficient).is_empty();
    let groups = groups(observed, |group| group.level() < Level::Sufficient);
    let prime = observed.prime_bits;
    let mut told = Told::default();
    told.add(
        Status::Fail,
        !open.is_empty(),
        CipherReason::Open { suites: open },
    );
    let short = prime.filter(|bits| *bits < SHORTEST_PRIME);
    told.add_some(
        Status::Fail,
        short.map(|bits| CipherReason::ShortPrime { bits }),
    );
    let compresses = observed.compression == Some(true);
    told.add(Status::Fail, compresses, CipherReason::Compression);
    let weak = !insufficient.is_empty();
    told.add(
        if is_best { Status::Fail } else { Status::Warn },
        weak,
        match is_best {
            true => CipherReason::OnlyInsufficient {
                suites: insufficient,
            },
            false => CipherReason::Insufficient {
                suites: insufficient,
            },
        },
    );
    let renegotiates = observed.secure_renegotiation == Some(false);
    told.add(
        Status::Warn,
        renegotiates,
        CipherReason::InsecureRenegotiation,
    );
    told.add(
        Status::Warn,
        !groups.is_empty(),
        CipherReason::WeakGroups { groups },
    );
    let own = prime.filter(|bits| *bits >= SHORTEST_PRIME);
    told.add_some(
        Status::Warn,
        own.map(|bits| CipherReason::OwnPrime { bits }),
    );
    let fading = !phase_out.is_empty();
    told.add(
        Status::Warn,
        fading,
        CipherReason::PhaseOut { suites: phase_out },
    );
    let follows = observed.order == Some(Order::Client) && (weak || fading);
    told.note(follows, CipherReason::ClientOrder);
    note(observed, &mut told);
    told.said(observed)
}

/// Adds what costs nothing and what is good news.
fn note(observed: &Observed, told: &mut Told) {
    let unbound = observed.extended_master_secret == Some(false);
    told.note(unbound, CipherReason::NoExtendedMasterSecret);
    let hybrids = groups(observed, |group| group.level() == Level::Good);
    told.note(
        !hybrids.is_empty(),
        CipherReason::PostQuantum { groups: hybrids },
    );
}

/// Reasons as they are found, the gravest first.
#[derive(Default)]
struct Told {
    status: Option<Status>,
    reasons: Vec<Reason>,
    notes: Vec<Reason>,
}

impl Told {
    fn add(&mut self, status: Status, applies: bool, reason: CipherReason) {
        if applies {
            self.status = self.status.or(Some(status));
            self.reasons.push(reason.into());
        }
    }

    fn add_some(&mut self, status: Status, reason: Option<CipherReason>) {
        if let Some(reason) = reason {
            self.add(status, true, reason);
        }
    }

    fn note(&mut self, applies: bool, reason: CipherReason) {
        if applies {
            self.notes.push(reason.into());
        }
    }

    /// The status and all reasons; a pass only where weak suites were asked for and none is taken.
    fn said(self, observed: &Observed) -> (Status, Vec<Reason>) {
        let Self {
            status,
            mut reasons,
            notes,
        } = self;
        let status = status.unwrap_or_else(|| {
            let asked = observed.version(Version::Tls12) == Taken::No
                || observed.suites().any(|(version, suite, _)| {
                    version == Version::Tls12 && suite.level() < Level::Sufficient
                });
            reasons.push(match asked {
                true => CipherReason::Safe.into(),
                false => CipherReason::NotAsked.into(),
            });
            if asked { Status::Pass } else { Status::Unknown }
        });
        reasons.extend(notes);
        (status, reasons)
    }
}

/// The suites of this kind that are taken in any version, each once.
fn taken(observed: &Observed, wanted: fn(Suite) -> bool) -> Vec<Suite> {
    let mut suites: Vec<Suite> = Vec::new();
    // What came before TLS 1.2 has no better ones: that is said of the version.
    let least = |suite| match is_open(suite) || observed.best() < Some(Version::Tls12) {
        true => Version::Ssl2,
        false => Version::Tls12,
    };
    for (version, suite, taken) in observed.suites() {
        if taken == Taken::Yes
            && wanted(suite)
            && version >= least(suite)
            && !suites.contains(&suite)
        {
            suites.push(suite);
        }
    }
    suites
}

/// The groups of this kind that are taken, each once.
fn groups(observed: &Observed, wanted: fn(Group) -> bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (_, group, taken) in observed.groups() {
        let counts = taken == Taken::Yes && wanted(group);
        if counts && !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// Whether a suite does not keep what is sent from being read: no encryption, keys cut short for export, single DES and
/// its like, RC4.
fn is_open(suite: Suite) -> bool {
    [
        Weakness::NoEncryption,
        Weakness::Export,
        Weakness::OldBlock,
        Weakness::Rc4,
    ]
    .into_iter()
    .any(|weakness| suite.has(weakness))
}

#[cfg(test)]
mod tests;
