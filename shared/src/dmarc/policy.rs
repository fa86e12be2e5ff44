//! What the policy means for mail in the domain's name and below it.

use serde::Serialize;

use super::discover::{Discovery, PolicyScope, PolicySource};
use super::record::{Disposition, Processing, Record};
use super::tag::{TagName, TagValue};
use super::walk::{Determination, WalkFinding};

/// The three policies that a stranger who forges the domain meets.
///
/// `None` inside: no record covers such a name.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct EffectivePolicies {
    /// For the domain itself.
    pub exact: Determination<Option<EffectivePolicy>>,
    /// For an existing name below it without a record of its own.
    pub existing_subdomain: Determination<Option<EffectivePolicy>>,
    /// For a name below it that does not exist (NXDOMAIN; RFC 9989 §3.2.13).
    pub non_existent_subdomain: Determination<Option<EffectivePolicy>>,
}

/// What a receiver is asked to do, and why.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct EffectivePolicy {
    /// What a receiver of RFC 9989 is asked to do; `None`: the record is such that it does not apply DMARC.
    pub disposition: Option<Disposition>,
    /// What the deciding tag says before `t` lowers it; `None` when no tag decides.
    pub published: Option<Disposition>,
    /// The tag that decides: `p`, `sp` or `np`; `None` when the record is unsound (RFC 9989 §4.10.1).
    pub tag: Option<TagName>,
    /// Whether `t=y` lowers the policy.
    pub testing: bool,
    /// The record that it comes from.
    pub source: PolicySource,
    /// What a receiver of RFC 7489 does, where that is something else.
    pub older: Option<OlderPolicy>,
}

impl EffectivePolicy {
    /// Whether a receiver of RFC 9989 is asked to quarantine or to reject.
    #[must_use]
    pub fn is_enforcing(&self) -> bool {
        self.disposition.is_some_and(Disposition::is_enforcing)
    }
}

/// What a receiver of RFC 7489 does, as far as that can be told without a list of public suffixes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct OlderPolicy {
    /// What it is asked to do; `None`: it does not apply DMARC.
    pub disposition: Option<Disposition>,
    /// To how many messages in a hundred; the others get the next lower policy (RFC 7489 §6.6.4).
    pub percentage: u8,
}

/// Reads the three policies out of what the walk found.
///
/// `author_domain_exists` is whether the domain itself exists; it decides between `sp` and `np` where the
/// domain inherits its policy.
#[must_use]
pub fn effective_policies(discovery: &Discovery, author_domain_exists: bool) -> EffectivePolicies {
    let exact = match scope(&discovery.policy) {
        Some(PolicyScope::AuthorDomain) => Identity::Exact,
        _ if author_domain_exists => Identity::ExistingSubdomain,
        _ => Identity::NonExistentSubdomain,
    };
    let below = &discovery.subdomain_policy;
    let mut policies = EffectivePolicies {
        exact: effective(discovery, &discovery.policy, exact),
        existing_subdomain: effective(discovery, below, Identity::ExistingSubdomain),
        non_existent_subdomain: effective(discovery, below, Identity::NonExistentSubdomain),
    };
    // RFC 7489 §6.6.3: several records at the author domain end the discovery.
    if discovery
        .steps
        .first()
        .is_some_and(|step| matches!(step.finding, WalkFinding::Several(_)))
        && let Determination::Known(Some(policy)) = &mut policies.exact
    {
        policy.older = Some(OlderPolicy::NO_DMARC).filter(|_| policy.disposition.is_some());
    }
    policies
}

/// Whose policy is asked for, as seen from the record.
#[derive(Clone, Copy)]
enum Identity {
    Exact,
    ExistingSubdomain,
    NonExistentSubdomain,
}

fn scope(source: &Determination<Option<PolicySource>>) -> Option<PolicyScope> {
    Some(source.known()?.as_ref()?.scope)
}

fn effective(
    discovery: &Discovery,
    source: &Determination<Option<PolicySource>>,
    identity: Identity,
) -> Determination<Option<EffectivePolicy>> {
    match source {
        Determination::Failed(question, failure) => {
            Determination::Failed(question.clone(), *failure)
        }
        Determination::Known(source) => Determination::Known(source.as_ref().and_then(|source| {
            let published = discovery.published_at(&source.domain)?;
            Some(applied(&published.record, source, identity))
        })),
    }
}

fn applied(record: &Record, source: &PolicySource, identity: Identity) -> EffectivePolicy {
    let (disposition, decided) = match record.processing() {
        Processing::AsPublished => {
            let decided = deciding_tag(record, identity);
            let published = decided.map_or(Disposition::None, |(_, published)| published);
            let lowered = if record.is_testing() {
                published.lowered()
            } else {
                published
            };
            (Some(lowered), decided)
        }
        Processing::AsNone => (Some(Disposition::None), None),
        Processing::Nothing => (None, None),
    };
    let older = OlderPolicy::read(record, source.scope, identity);
    EffectivePolicy {
        disposition,
        published: decided.map(|(_, published)| published),
        tag: decided.map(|(tag, _)| tag),
        testing: decided.is_some() && record.is_testing(),
        source: source.clone(),
        older: Some(older).filter(|older| older.differs_from(disposition)),
    }
}

/// RFC 9989 §4.7: `np` falls back to `sp`, and `sp` to `p`.
fn deciding_tag(record: &Record, identity: Identity) -> Option<(TagName, Disposition)> {
    let named = |name, value: &TagValue<Disposition>| Some((name, *value.valid()?));
    let p = || named(TagName::P, &record.p);
    let sp = || named(TagName::Sp, &record.sp).or_else(p);
    match identity {
        Identity::Exact => p(),
        Identity::ExistingSubdomain => sp(),
        Identity::NonExistentSubdomain => named(TagName::Np, &record.np).or_else(sp),
    }
}

impl OlderPolicy {
    const NO_DMARC: Self = Self {
        disposition: None,
        percentage: 100,
    };

    /// RFC 7489 §6.6.3: knows neither `np` nor `t` nor `psd`.
    fn read(record: &Record, scope: PolicyScope, identity: Identity) -> Self {
        if scope == PolicyScope::PublicSuffix {
            return Self::NO_DMARC;
        }
        let sound = record.p.valid().is_some() && !matches!(record.sp, TagValue::Invalid(_));
        let identity = match identity {
            Identity::NonExistentSubdomain => Identity::ExistingSubdomain,
            other => other,
        };
        let disposition = if sound {
            deciding_tag(record, identity).map(|(_, published)| published)
        } else {
            record
                .rua
                .iter()
                .any(super::ReportUri::is_valid)
                .then_some(Disposition::None)
        };
        Self {
            disposition,
            percentage: record.percentage(),
        }
    }

    /// Whether this is something else than what a receiver of RFC 9989 is asked.
    fn differs_from(self, disposition: Option<Disposition>) -> bool {
        let diluted =
            self.percentage < 100 && self.disposition.is_some_and(Disposition::is_enforcing);
        diluted || self.disposition != disposition
    }
}

#[cfg(test)]
mod tests;
