//! Which record counts for a domain, and which domain is its organizational one (RFC 9989 §4.10).

use serde::Serialize;

use super::parse::Published;
use super::record::PublicSuffix;
use super::walk::{Determination, LONG_NAME, WalkFinding, WalkStep, walk, walk_targets};
use crate::dns::{Name, Wanting};

/// What the tree walk found for one author domain.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Discovery {
    /// The author domain: where the walk began.
    pub domain: Name,
    /// The queries in the order of the walk, each with what it found. Behind them, for a domain of eight or
    /// more labels only, those that a walk from below it asks besides.
    pub steps: Vec<WalkStep>,
    /// Where the policy for the domain itself comes from; `None` inside: there is none.
    pub policy: Determination<Option<PolicySource>>,
    /// Where the policy for a name below the domain comes from, when that name has no record of its own. Not
    /// always the same record: below an organizational domain a record in between covers only its own name.
    pub subdomain_policy: Determination<Option<PolicySource>>,
    /// The organizational domain: what relaxed alignment compares.
    pub organizational_domain: Determination<Name>,
}

impl Discovery {
    /// The one record found at `domain`.
    #[must_use]
    pub fn published_at(&self, domain: &Name) -> Option<&Published> {
        self.steps
            .iter()
            .find(|step| step.domain == *domain)
            .and_then(WalkStep::published)
    }

    /// The record that counts for the domain itself; `None` also while nobody knows.
    #[must_use]
    pub fn published(&self) -> Option<&Published> {
        let source = self.policy.known()?.as_ref()?;
        self.published_at(&source.domain)
    }

    /// The names where several records were found and discarded.
    pub fn discarded(&self) -> impl Iterator<Item = &WalkStep> {
        self.steps
            .iter()
            .filter(|step| matches!(step.finding, WalkFinding::Several(_)))
    }
}

/// Where a policy comes from.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct PolicySource {
    /// How that name stands to the author domain.
    pub scope: PolicyScope,
    /// The name that has the record: the policy domain.
    pub domain: Name,
}

/// The three places of a policy, the first found counts (RFC 9989 §4.10.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyScope {
    /// The author domain itself.
    AuthorDomain,
    /// Its organizational domain.
    OrganizationalDomain,
    /// The public suffix above that (`psd=y`).
    PublicSuffix,
}

/// Walks the tree from `domain`; `None` while answers lack, every question noted.
#[must_use]
pub fn discover(dns: &Wanting<'_>, domain: &Name) -> Option<Discovery> {
    let targets = walk_targets(domain);
    let labels = domain.labels().count();
    let mut steps = walk(dns, &targets)?;
    let own = Walk {
        start_labels: labels,
        steps: &steps,
    };
    let policy = own.policy(domain);
    let organizational_domain = own.organizational_domain(domain);
    // From below a name of eight or more labels the walk jumps over that name.
    let above = match targets.split_first() {
        Some((_, above)) if labels >= LONG_NAME => Some(walk(dns, above)?),
        _ => None,
    };
    let below = Walk {
        start_labels: labels + 1,
        steps: above.as_deref().unwrap_or(&steps),
    };
    let subdomain_policy = below.inherited_policy(labels);
    for step in above.into_iter().flatten() {
        if !steps.iter().any(|known| known.domain == step.domain) {
            steps.push(step);
        }
    }
    Some(Discovery {
        domain: domain.clone(),
        steps,
        policy,
        subdomain_policy,
        organizational_domain,
    })
}

/// The steps of one walk, and how deep it began.
struct Walk<'a> {
    start_labels: usize,
    steps: &'a [WalkStep],
}

impl Walk<'_> {
    /// RFC 9989 §4.10.1: the author domain's own record, or else an inherited one.
    fn policy(&self, domain: &Name) -> Determination<Option<PolicySource>> {
        match self.steps.first() {
            Some(step) if step.domain == *domain && step.published().is_some() => {
                Determination::Known(Some(PolicySource {
                    scope: PolicyScope::AuthorDomain,
                    domain: domain.clone(),
                }))
            }
            _ => self.inherited_policy(self.start_labels),
        }
    }

    /// RFC 9989 §4.10.1: the record of the organizational domain, or else of the public suffix.
    ///
    /// `asked_labels` is the depth of the domain asked about: a record there is its own, not inherited.
    fn inherited_policy(&self, asked_labels: usize) -> Determination<Option<PolicySource>> {
        if let Some(failed) = self.failed() {
            return failed;
        }
        let organizational = self.organizational_labels();
        let source = |step: &WalkStep| PolicySource {
            scope: match step.domain.labels().count() {
                own if own == asked_labels => PolicyScope::AuthorDomain,
                depth if depth == organizational => PolicyScope::OrganizationalDomain,
                _ => PolicyScope::PublicSuffix,
            },
            domain: step.domain.clone(),
        };
        Determination::Known(
            self.found()
                .find(|(depth, _, _)| *depth == organizational)
                .or_else(|| self.found().find(|(.., psd)| *psd == PublicSuffix::Yes))
                .map(|(_, step, _)| source(step)),
        )
    }

    /// RFC 9989 §4.10.2.
    fn organizational_domain(&self, domain: &Name) -> Determination<Name> {
        if let Some(failed) = self.failed() {
            return failed;
        }
        let mut name = domain.clone();
        for _ in self.organizational_labels()..self.start_labels {
            name = name.parent().unwrap_or_default();
        }
        Determination::Known(name)
    }

    /// How many labels the organizational domain has (RFC 9989 §4.10.2, its steps in order).
    fn organizational_labels(&self) -> usize {
        for (labels, _, psd) in self.found() {
            match psd {
                PublicSuffix::No => return labels,
                // "other than the one for the domain where the tree walk started"
                PublicSuffix::Yes if labels != self.start_labels => return labels + 1,
                PublicSuffix::Yes | PublicSuffix::Undetermined => {}
            }
        }
        self.found()
            .last()
            .map_or(self.start_labels, |(labels, ..)| labels)
    }

    /// The records found, the longest name first: its labels, its step, its `psd`.
    fn found(&self) -> impl Iterator<Item = (usize, &WalkStep, PublicSuffix)> {
        self.steps.iter().filter_map(|step| {
            let psd = step.published()?.record.public_suffix();
            Some((step.domain.labels().count(), step, psd))
        })
    }

    /// The failure that ended the walk.
    fn failed<T>(&self) -> Option<Determination<T>> {
        let last = self.steps.last()?;
        match last.finding {
            WalkFinding::Failed(failure) => {
                Some(Determination::Failed(last.question.clone(), failure))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
