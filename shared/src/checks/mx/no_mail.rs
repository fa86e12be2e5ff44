//! Domains without mail exchanges: those that say so, and those that say nothing.

use super::super::route::addresses;
use super::super::{Lookup, Scene};
use crate::dmarc::{self, Determination, Disposition};
use crate::gather::Gather;
use crate::report::{MxReason, Reason, Status, Stranger};

/// A null MX: right by itself; worth its while when SPF and DMARC disown what is sent too.
pub(super) fn null(scene: &Scene<'_>) -> (Status, Vec<Reason>) {
    let pending = (Status::Unknown, vec![Reason::Pending]);
    if scene.spf_tree().is_none() {
        return pending;
    }
    if scene.names_servers() == Some(true) {
        return (
            Status::Warn,
            vec![MxReason::NullSends.into(), Reason::NullMx],
        );
    }
    let mut reasons = vec![Reason::NullMx];
    match is_disowned(scene) {
        Some(Some(true)) => reasons.push(MxReason::Parked.into()),
        Some(Some(false)) => reasons.push(MxReason::NotDisowned.into()),
        Some(None) => {}
        None => return pending,
    }
    (Status::Pass, reasons)
}

/// Whether SPF and DMARC disown all mail in the domain's name and below it; the inner nothing where that
/// cannot be known, the outer while answers are wanted.
fn is_disowned(scene: &Scene<'_>) -> Option<Option<bool>> {
    let (word, discovery) = (scene.spf_word()?, scene.dmarc()?);
    let policies = dmarc::effective_policies(discovery, true);
    let rejects = [
        policies.exact,
        policies.existing_subdomain,
        policies.non_existent_subdomain,
    ]
    .map(|policy| match policy {
        Determination::Known(policy) => {
            Some(policy.is_some_and(|p| p.disposition == Some(Disposition::Reject)))
        }
        Determination::Failed(..) => None,
    });
    let spf = word.stranger.map(|stranger| stranger == Stranger::Fail);
    let doors: Vec<Option<bool>> = rejects.into_iter().chain([spf]).gather();
    // One open door decides, whatever else is not known.
    if doors.contains(&Some(false)) {
        return Some(Some(false));
    }
    Some((!doors.contains(&None)).then_some(true))
}

/// No MX record: senders fall back on an address, where there is one (RFC 5321 §5.1).
pub(super) fn none(scene: &Scene<'_>) -> (Status, Vec<Reason>) {
    match addresses(scene.dns, scene.evidence.domain().name()) {
        Lookup::Pending => (Status::Unknown, vec![Reason::Pending]),
        Lookup::Failed(question, failure) => (
            Status::Unknown,
            vec![Reason::DnsFailed { question, failure }],
        ),
        Lookup::Known(found) if found.is_empty() => (Status::Warn, vec![MxReason::Nothing.into()]),
        Lookup::Known(_) => (Status::Warn, vec![Reason::ImplicitMx]),
    }
}
