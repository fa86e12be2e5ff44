//! Identifier alignment (RFC 9989 §4.4).

use serde::Serialize;

use super::discover::discover;
use super::record::AlignmentMode;
use super::walk::Determination;
use crate::dns::{Name, Wanting};

/// How far an authenticated domain agrees with the author domain.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// The same name: aligned in both modes.
    Strict,
    /// The same organizational domain: aligned in relaxed mode.
    Relaxed,
    /// Neither.
    None,
}

impl Alignment {
    /// Whether this is enough for `mode`.
    #[must_use]
    pub const fn satisfies(self, mode: AlignmentMode) -> bool {
        match mode {
            AlignmentMode::Relaxed => !matches!(self, Self::None),
            AlignmentMode::Strict => matches!(self, Self::Strict),
        }
    }
}

/// Compares the author domain with a domain that SPF or DKIM authenticated; `None` while answers lack.
///
/// Nothing is asked where the names alone decide: equal ones, and those without a common top-level label.
#[must_use]
pub fn align(
    dns: &Wanting<'_>,
    author: &Name,
    identifier: &Name,
) -> Option<Determination<Alignment>> {
    if author == identifier {
        return Some(Determination::Known(Alignment::Strict));
    }
    if author.labels().next_back() != identifier.labels().next_back() {
        return Some(Determination::Known(Alignment::None));
    }
    let (left, right) = (discover(dns, author), discover(dns, identifier));
    let (left, right) = (left?.organizational_domain, right?.organizational_domain);
    Some(match (left, right) {
        (Determination::Known(left), Determination::Known(right)) if left == right => {
            Determination::Known(Alignment::Relaxed)
        }
        (Determination::Known(_), Determination::Known(_)) => Determination::Known(Alignment::None),
        (Determination::Failed(question, failure), _)
        | (_, Determination::Failed(question, failure)) => Determination::Failed(question, failure),
    })
}
