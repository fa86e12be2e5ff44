//! What differs between two tools' findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use postern_shared::tls::{Suite, Version};
use postern_tests::anchors::{Anchor, Findings};

/// One thing that one of the two found alone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Difference {
    pub(crate) domain: &'static str,
    pub(crate) anchor: Anchor,
    /// `TLS 1.2 TLS_RSA_WITH_AES_128_CBC_SHA`, `group x448`, or a certificate.
    pub(crate) what: String,
    pub(crate) whose: Whose,
}

/// Who found it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Whose {
    Ours,
    Theirs,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose = match self.whose {
            Whose::Ours => "postern",
            Whose::Theirs => self.anchor.name(),
        };
        write!(
            f,
            "{} {}: {} (only {whose})",
            self.domain,
            self.anchor.name(),
            self.what
        )
    }
}

/// Adds what differs, of that which both tell.
pub(crate) fn note(
    domain: &'static str,
    anchor: Anchor,
    ours: &Findings,
    theirs: &Findings,
    differences: &mut Vec<Difference>,
) {
    let mut differ = |ours: BTreeSet<String>, theirs: BTreeSet<String>| {
        for (whose, alone) in [
            (Whose::Ours, ours.difference(&theirs)),
            (Whose::Theirs, theirs.difference(&ours)),
        ] {
            differences.extend(alone.map(|what| Difference {
                domain,
                anchor,
                what: what.clone(),
                whose,
            }));
        }
    };
    if let (Some(ours), Some(theirs)) = (&ours.suites, &theirs.suites) {
        differ(lines(ours, theirs), lines(theirs, ours));
    }
    if let (Some(ours), Some(theirs)) = (&ours.groups, &theirs.groups) {
        let lines = |groups: &BTreeSet<_>| {
            groups
                .iter()
                .map(|group| format!("group {group}"))
                .collect()
        };
        differ(lines(ours), lines(theirs));
    }
    if let (Some(ours), Some(theirs)) = (&ours.certificates, &theirs.certificates) {
        let lines = |leaves: &BTreeSet<_>| leaves.iter().map(|leaf| format!("{leaf:?}")).collect();
        differ(lines(ours), lines(theirs));
    }
}

type Suites = BTreeMap<Version, BTreeSet<Suite>>;

/// Each version, and each of its suites. Where the other tells of no suite of a version that it found, it does not list
/// them.
fn lines(suites: &Suites, other: &Suites) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (version, suites) in suites {
        lines.insert(version.to_string());
        if other.get(version).is_none_or(|other| !other.is_empty()) {
            lines.extend(suites.iter().map(|suite| format!("{version} {suite}")));
        }
    }
    lines
}
