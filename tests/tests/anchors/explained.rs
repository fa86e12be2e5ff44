//! Where we and another tool differ, and why.

use postern_tests::anchors::Anchor;
use postern_tests::place;

use crate::compare::{Difference, Whose};

/// A difference, and its reason.
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

pub(crate) const EXPLAINED: [Explained; 0] = [];

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
