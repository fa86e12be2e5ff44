//! Would a sender who checks take the certificates of the mail servers? (RFC 5280, RFC 9525, RFC 8461 §4.2)
//!
//! Most senders take any certificate on port 25, for want of a way to know the right name (RFC 7435 §3, RFC 7672
//! §1.3.4), so one that nobody vouches for is a warning. One that is out of date is a failure: somebody has forgotten
//! it. Where an MTA-STS policy is in force senders refuse all of these, and where DANE binds the server's own key none
//! of them counts (RFC 7672 §3.1.1).
//!
//! RSA keys of 2048 bits, which NCSC-NL wants phased out, are a note: they hold (RFC 9325 §4.5), nearly all authorities
//! issue them, and a shop owner who changed the key would win nothing that this year's senders could see.

use super::host::{Word, fold};
use super::tls::{Shown, mend};
use super::{Check, CheckId, Exchange, Scene, dane, transit};
use crate::dns::Name;
use crate::evidence::{Chain, Path};
use crate::gather::Gather;
use crate::report::{CertificateReason, Finding, Reason, Status, TlsReason};
use crate::sorting::sort_by_key;
use crate::time::Timestamp;
use crate::tls::{CertificateWeakness, Fault};

/// Days that are left when a renewal should have happened: authorities advise to renew 30 days before the end.
const SOON: u32 = 14;
/// An RSA key of fewer bits is to be given up by and by.
const LASTING_RSA: u32 = 3072;

/// See the module.
pub(super) struct Certificate;

impl Check for Certificate {
    fn id(&self) -> CheckId {
        CheckId::Certificate
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let shown = match Shown::by(scene, exchange, address) {
                Ok(shown) => shown,
                Err(word) => return word,
            };
            let word = judge(scene, exchange, &shown);
            match shown.is_settled || word.status == Status::Fail {
                true => word,
                false => Word::unknown(Reason::Pending),
            }
        });
        let hosts = mend::hosts(&finding);
        let owner = mend::owner(scene, &finding);
        let action = matches!(finding.status, Status::Warn | Status::Fail)
            .then(|| finding.reasons.first())
            .flatten()
            .and_then(|reason| mend::of_certificate(reason, hosts));
        finding.mended_by(action.map(|action| mend::of_pair(scene, action, owner)))
    }
}

/// The word on all certificates of an address: the worst decides, and each is told.
fn judge(scene: &Scene<'_>, exchange: &Exchange, shown: &Shown<'_>) -> Word {
    let chains = shown.chains();
    if let Some((id, _)) = shown.failure().filter(|(_, failed)| failed.key_mismatch) {
        let host = exchange.name.clone();
        let reason = CertificateReason::KeyMismatch { host };
        return Word::new(Status::Fail, reason.into()).proven_by([id]);
    }
    if chains.is_empty() {
        return match shown.failure() {
            Some((id, failed)) => {
                let detail = Some(failed.detail.clone());
                Word::unknown(TlsReason::NotSecured { detail }.into()).proven_by([id])
            }
            None => Word::unknown(CertificateReason::NotSeen.into()).proven_by(shown.proof()),
        };
    }
    let several = chains.len() > 1;
    let mut judged: Vec<(Status, Vec<Reason>)> = Vec::new();
    for live in &chains {
        match (Judge {
            scene: Some(scene),
            host: &exchange.name,
            chain: live.chain,
            at: live.at,
            several,
        })
        .judge()
        {
            Some(word) => judged.push(word),
            None => return Word::unknown(Reason::Pending),
        }
    }
    sort_by_key(&mut judged, |(status, _)| match status {
        Status::Fail => 0,
        Status::Warn => 1,
        Status::Unknown | Status::Na => 2,
        Status::Pass => 3,
    });
    let status = judged
        .first()
        .map_or(Status::Unknown, |(status, _)| *status);
    let reasons = judged.into_iter().flat_map(|(_, reasons)| reasons);
    Word {
        status,
        reasons: reasons.gather(),
        proof: chains.iter().map(|live| live.id.clone()).gather(),
    }
}

/// Status and reasons of the certificates that `host` showed at a moment, what decides first: the word of any sender who
/// checks, whatever the policies of a domain make of it.
#[must_use]
pub fn judge_chain(chain: &Chain, host: &Name, at: Timestamp) -> (Status, Vec<Reason>) {
    let judge = Judge {
        scene: None,
        host,
        chain,
        at,
        several: false,
    };
    judge.judge().unwrap_or((Status::Unknown, Vec::new()))
}

/// One certificate of one address.
struct Judge<'a, 's> {
    /// Where policies are looked up; nothing where none is to count.
    scene: Option<&'a Scene<'s>>,
    host: &'a Name,
    chain: &'a Chain,
    at: Timestamp,
    /// Whether there are others, from which its key tells it apart.
    several: bool,
}

impl Judge<'_, '_> {
    /// Status and reasons, what decides first; nothing while answers are wanted.
    fn judge(&self) -> Option<(Status, Vec<Reason>)> {
        let Self { chain, at, .. } = *self;
        let host = || self.host.clone();
        let mut faults = chain.faults(self.host, at);
        sort_by_key(&mut faults, |fault| !is_neglect(fault));
        let weaknesses = chain.weaknesses();
        let days = chain.leaf().map_or(0, |leaf| leaf.days_left(at));
        let ends_soon = faults.is_empty() && days < SOON;
        let unknown = chain.path == Path::NoRoots && faults.is_empty();
        let sound = faults.is_empty() && weaknesses.is_empty() && !ends_soon && !unknown;
        let enforced = !faults.is_empty() && self.is_enforced()?;
        let bound = !sound && self.is_bound()?;
        let neglected = faults.iter().any(is_neglect);
        // Who goes by the key alone reads no signature.
        let weak = |weakness: &CertificateWeakness| {
            !bound || matches!(weakness, CertificateWeakness::Key { .. })
        };
        let status = match () {
            () if weaknesses.iter().any(weak) || enforced => Status::Fail,
            () if bound => Status::Pass,
            () if neglected => Status::Fail,
            () if !faults.is_empty() || ends_soon => Status::Warn,
            () if unknown => Status::Unknown,
            () => Status::Pass,
        };
        let mut told: Vec<CertificateReason> = Vec::new();
        let spared = bound && status == Status::Pass;
        told.extend(spared.then(|| CertificateReason::Bound { host: host() }));
        let (heavy, light): (Vec<_>, Vec<_>) = weaknesses.into_iter().partition(weak);
        told.extend(heavy.into_iter().map(|why| self.weak(why)));
        told.extend(faults.into_iter().map(|why| CertificateReason::Refused {
            host: host(),
            key: self.key(),
            why,
        }));
        told.extend(light.into_iter().map(|why| self.weak(why)));
        told.extend(enforced.then(|| CertificateReason::Enforced { host: host() }));
        told.extend((bound && !spared).then(|| CertificateReason::Bound { host: host() }));
        told.extend(ends_soon.then(|| CertificateReason::EndsSoon {
            host: host(),
            key: self.key(),
            days,
        }));
        told.extend(unknown.then_some(CertificateReason::NoRoots));
        told.extend(sound.then(|| CertificateReason::Valid {
            host: host(),
            key: self.key(),
            days,
        }));
        told.extend(self.notes());
        Some((status, told.into_iter().map(Reason::from).gather()))
    }

    fn is_enforced(&self) -> Option<bool> {
        self.scene
            .map_or(Some(false), |scene| transit::enforces(scene, self.host))
    }

    fn is_bound(&self) -> Option<bool> {
        self.scene.map_or(Some(false), |scene| {
            dane::binds(scene, self.host, self.chain)
        })
    }

    fn weak(&self, why: CertificateWeakness) -> CertificateReason {
        CertificateReason::Weak {
            host: self.host.clone(),
            key: self.key(),
            why,
        }
    }

    /// What costs nothing.
    fn notes(&self) -> impl Iterator<Item = CertificateReason> {
        let chain = self.chain;
        let host = || self.host.clone();
        let short = chain.leaf().filter(|leaf| {
            leaf.key == "RSA" && leaf.key_bits < LASTING_RSA && chain.weaknesses().is_empty()
        });
        let short = short.map(|leaf| CertificateReason::Rsa2048 {
            host: host(),
            bits: leaf.key_bits,
        });
        let disorder = (!chain.is_in_order()).then(|| CertificateReason::Disorder { host: host() });
        let root = chain
            .has_root()
            .then(|| CertificateReason::RootSent { host: host() });
        short.into_iter().chain(disorder).chain(root)
    }

    fn key(&self) -> Option<String> {
        let leaf = self.chain.leaf().filter(|_| self.several)?;
        Some(leaf.key.clone())
    }
}

/// Whether a fault comes of neglect, whatever senders make of it.
const fn is_neglect(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Unreadable | Fault::Expired { .. } | Fault::NotYetValid | Fault::IssuerExpired
    )
}

#[cfg(test)]
mod tests;
