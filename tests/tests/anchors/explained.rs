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
        "good.test",
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

/// Where an old version is taken beside a newer one, we find that it is, and the suite that is chosen first: all of it is
/// insufficient, whatever else there is. Others list its suites again.
const OLDER: &[(&str, &str)] = &[
    ("anon.test", "TLS 1.1 TLS_"),
    ("anon.test", "TLS 1.0 TLS_"),
    ("eximold.test", "TLS 1.1 TLS_"),
    ("eximold.test", "TLS 1.0 TLS_"),
    ("good.test", "TLS 1.1 TLS_"),
    ("good.test", "TLS 1.0 TLS_"),
    ("legacy.test", "TLS 1.1 TLS_"),
    ("legacy.test", "TLS 1.0 TLS_"),
    // Its newest is TLS 1.1. Without TLS 1.2 we ask for no group after group.
    ("old.test", "TLS 1.0 TLS_"),
    ("old.test", "group "),
    ("ssl3.test", "TLS 1.1 TLS_"),
    ("ssl3.test", "TLS 1.0 TLS_"),
    ("ssl3.test", "SSL 3 TLS_"),
];

/// Every difference that has a reason.
fn all() -> Vec<Explained> {
    let older = OLDER.iter().flat_map(|(domain, what)| {
        let anchors = [Anchor::Sslyze, Anchor::Nmap, Anchor::Sslscan].into_iter();
        let tells = anchors.filter(|anchor| {
            !matches!(
                (anchor, *what),
                (Anchor::Nmap, "group ") | (Anchor::Sslscan, "SSL 3 TLS_")
            )
        });
        tells.map(|anchor| Explained {
            whose: Whose::Theirs,
            ..alone(
                domain,
                anchor,
                what,
                "we list the suites of the newest version, and what is chosen first in older ones",
            )
        })
    });
    EXPLAINED.iter().copied().chain(older).collect()
}

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
    let all = all();
    let explained = || all.iter().filter(|explained| explained.test == test);
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
