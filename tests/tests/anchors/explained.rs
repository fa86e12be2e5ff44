//! Where we and another tool differ, and why.

use postern_tests::anchors::Anchor;
use postern_tests::place;

use crate::compare::{Difference, Whose};

/// A difference, and its reason.
#[derive(Clone, Copy)]
pub(crate) struct Explained {
    /// The test that meets it.
    test: &'static str,
    domain: &'static str,
    anchor: Anchor,
    /// What it begins with.
    what: &'static str,
    whose: Whose,
    why: &'static str,
}

const EXPLAINED: &[Explained] = &[
    alone(
        "legacy.test",
        Anchor::Sslyze,
        "TLS 1.2 TLS_DH_anon_WITH_CAMELLIA_",
        "it has no anonymous suites of Camellia with SHA-256 in its list",
    ),
    alone(
        "exim.test",
        Anchor::Sslyze,
        "group ffdhe",
        "it asks for curves only",
    ),
    alone(
        "eximold.test",
        Anchor::Sslyze,
        "group ffdhe",
        "it asks for curves only",
    ),
    alone(
        "eximold.test",
        Anchor::Sslscan,
        "group ffdhe",
        "it asks for groups of RFC 7919 in TLS 1.3 only",
    ),
    alone(
        "hybrid.test",
        Anchor::Sslyze,
        "group ffdhe",
        "it asks for curves only",
    ),
    alone(
        "hybrid.test",
        Anchor::Sslyze,
        "group X25519MLKEM768",
        "it asks for curves only",
    ),
    alone(
        "export.test",
        Anchor::Nmap,
        "SSL 2",
        "its script asks for SSL 3 and newer",
    ),
    alone(
        "hybrid.test",
        Anchor::Sslscan,
        "group X25519MLKEM768",
        "it knows no hybrid groups",
    ),
    alone(
        "anon.test",
        Anchor::Sslyze,
        "group ",
        "it asks for curves with suites that need a certificate",
    ),
    alone(
        "anon.test",
        Anchor::Sslscan,
        "group ",
        "it asks for groups with suites that need a certificate",
    ),
];

/// What the other does not look for.
const fn alone(
    domain: &'static str,
    anchor: Anchor,
    what: &'static str,
    why: &'static str,
) -> Explained {
    Explained {
        test: "transport",
        domain,
        anchor,
        what,
        whose: Whose::Ours,
        why,
    }
}

impl Explained {
    fn explains(&self, difference: &Difference) -> bool {
        self.domain == difference.domain
            && self.anchor == difference.anchor
            && self.whose == difference.whose
            && difference.what.starts_with(self.what)
    }
}

/// Fails on what is not explained, and on what is explained and not there.
pub(crate) fn assert_explained(differences: &[Difference], test: &str) {
    let explained = || EXPLAINED.iter().filter(|explained| explained.test == test);
    let unexplained: Vec<_> = differences
        .iter()
        .filter(|difference| !explained().any(|explained| explained.explains(difference)))
        .map(ToString::to_string)
        .collect();
    assert!(
        unexplained.is_empty(),
        "not explained:\n{}",
        unexplained.join("\n")
    );
    for explained in explained() {
        place::say(&format!(
            "  {} {}: {}: {}",
            explained.domain,
            explained.anchor.name(),
            explained.what,
            explained.why
        ));
        // Without the tool nothing can differ.
        if explained.anchor.program().is_some() {
            assert!(
                differences
                    .iter()
                    .any(|difference| explained.explains(difference)),
                "no longer so: {} {} {}",
                explained.domain,
                explained.anchor.name(),
                explained.what
            );
        }
    }
}
