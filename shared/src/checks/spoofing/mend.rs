//! What would help against forgery.

use super::super::dmarc::{Dmarc, mend as dmarc_mend};
use super::super::spf::Spf;
use super::super::{Check, Scene};
use super::Row;
use crate::dmarc::{self, EffectivePolicy, PolicyScope};
use crate::gather::Gather;
use crate::report::{Action, Identity, Mend, Owner, Protection, Stranger};

/// What would help is what the DMARC or the SPF row asks for; what is special here is a policy that leaves
/// subdomains out.
pub(super) fn mend(scene: &Scene<'_>, rows: &[Row]) -> Option<Mend> {
    let exact = rows.iter().find(|row| row.identity == Identity::Exact)?;
    let enforced = exact.enforces();
    match exact.protection {
        Some(Protection::Protected) => cover_subdomains(scene),
        Some(Protection::Open) if enforced != Some(true) => {
            let dmarc = Dmarc.assess(scene).mend;
            let open = exact.stranger == Some(Stranger::Pass);
            dmarc.or_else(|| open.then(|| Spf.assess(scene).mend).flatten())
        }
        Some(Protection::Open | Protection::DmarcOnly) => Spf.assess(scene).mend,
        None => None,
    }
}

/// The record that decides about subdomains, with its policy for them no weaker than that for itself.
fn cover_subdomains(scene: &Scene<'_>) -> Option<Mend> {
    let discovery = scene.dmarc()?;
    let policies = dmarc::effective_policies(discovery, true);
    let below = [
        &policies.existing_subdomain,
        &policies.non_existent_subdomain,
    ];
    let weak: Vec<&EffectivePolicy> = below
        .into_iter()
        .filter_map(|policy| policy.known()?.as_ref())
        .filter(|policy| !policy.is_enforcing())
        .gather();
    let mend = Mend::new(Action::CoverSubdomains, Owner::Dns);
    let Some(source) = weak.first().map(|policy| &policy.source) else {
        return Some(mend);
    };
    let published = discovery.published_at(&source.domain)?;
    let own = source.domain == *scene.evidence.domain().name();
    if !dmarc_mend::is_watched(published) {
        // Reports first: nobody knows yet which mail of the subdomains is honest.
        return if own {
            Dmarc.assess(scene).mend
        } else {
            Some(mend)
        };
    }
    if source.scope == PolicyScope::PublicSuffix && !own {
        return Some(mend);
    }
    Some(dmarc_mend::cover_subdomains(
        &source.domain,
        published,
        &weak,
    ))
}
