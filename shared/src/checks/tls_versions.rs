//! Which versions of TLS do the mail servers take? (RFC 8996, RFC 9325 §3.1)
//!
//! On port 25 a sender who gets no TLS delivers in clear (RFC 7435), so an old version beside a new one is better than
//! none for an old sender: it is a warning. It is a failure where nothing newer is taken, and where SSL is, which is
//! broken whoever speaks it (RFC 6176, RFC 7568).

use super::host::{Word, fold};
use super::tls::{Shown, mend};
use super::weighing::Weighing;
use super::{Check, CheckId, Scene};
use crate::gather::Gather;
use crate::report::{Action, Finding, Mend, Reason, Status, TlsReason};
use crate::tls::{Observed, Taken, Version};

/// See the module.
pub(super) struct TlsVersions;

impl Check for TlsVersions {
    fn id(&self) -> CheckId {
        CheckId::TlsVersions
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let shown = match Shown::by(scene, exchange, address) {
                Ok(shown) => shown,
                Err(word) => return word,
            };
            let failure = shown.failure().map(|(_, failed)| failed.detail.as_str());
            let (status, reasons) = read(&shown.observed(), failure);
            if !shown.is_settled && status != Status::Fail {
                return Word::unknown(Reason::Pending);
            }
            Word {
                status,
                reasons,
                proof: shown.proof().cloned().gather(),
            }
        });
        let action = finding.reasons.first().and_then(|reason| match reason {
            Reason::Tls(TlsReason::OldOnly { .. }) => Some(Action::OfferNewTls),
            Reason::Tls(TlsReason::OldToo { .. } | TlsReason::Ssl { .. }) => {
                Some(Action::EndOldTls)
            }
            _ => None,
        });
        let owner = mend::owner(scene, &finding);
        finding.mended_by(action.map(|action| match action {
            Action::EndOldTls => mend::with(scene, Mend::new(action, owner), mend::VERSIONS),
            _ => Mend::new(action, owner),
        }))
    }
}

/// The word on what a server takes; `failure` are the words with which a handshake of TLS 1.2 and 1.3 failed.
fn read(observed: &Observed, failure: Option<&str>) -> (Status, Vec<Reason>) {
    let taken = |wanted: fn(Version) -> bool| -> Vec<Version> {
        let taken = observed.versions();
        let taken = taken.filter(|(version, taken)| *taken == Taken::Yes && wanted(*version));
        taken.map(|(version, _)| version).gather()
    };
    let old = taken(|version| version < Version::Tls12);
    let ssl = taken(|version| version <= Version::Ssl3);
    let is_refused = |version| observed.version(version) == Taken::No;
    let Some(best) = observed.best() else {
        let detail = failure.map(str::to_owned);
        return (
            Status::Unknown,
            vec![TlsReason::NotSecured { detail }.into()],
        );
    };
    if best < Version::Tls12 && (is_refused(Version::Tls12) || failure.is_some()) {
        let only = vec![TlsReason::OldOnly { best }.into()];
        let mut weighing = Weighing::new(Status::Fail, only);
        if !ssl.is_empty() {
            weighing.add(TlsReason::Ssl { versions: ssl }.into(), true);
        }
        return weighing.told();
    }
    if !ssl.is_empty() {
        return (Status::Fail, vec![TlsReason::Ssl { versions: old }.into()]);
    }
    if !old.is_empty() {
        return (
            Status::Warn,
            vec![TlsReason::OldToo { versions: old }.into()],
        );
    }
    let versions = taken(|version| version >= Version::Tls12);
    let mut reasons: Vec<Reason> = Vec::new();
    // SSL 3 and SSL 2 are not asked for where nothing as old as TLS 1.1 is taken.
    let asked = [Version::Tls10, Version::Tls11].into_iter().all(is_refused);
    let status = match asked {
        true => {
            reasons.push(TlsReason::NewOnly { versions }.into());
            Status::Pass
        }
        false => {
            reasons.push(TlsReason::OldNotAsked { versions }.into());
            Status::Unknown
        }
    };
    if is_refused(Version::Tls13) {
        reasons.push(TlsReason::NoTls13.into());
    }
    (status, reasons)
}

#[cfg(test)]
mod tests;
