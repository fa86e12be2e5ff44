//! Everything that a page shows of a change.

use super::{Editable, supposing};
use crate::dns::{Question, Wanting};
use crate::evidence::Evidence;
use crate::report::{Profile, Report, assess};
use crate::spf::{self, Outcome, Params, Tree};

/// What a change comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The report as it would be.
    pub report: Report,
    /// The SPF records as they would be; nothing while answers are wanted.
    pub tree: Option<Tree>,
    /// What SPF would say to the sender that was asked about; nothing without one, and while answers are wanted.
    pub outcome: Option<Outcome>,
    /// What is still to be asked.
    pub wants: Vec<Question>,
    /// Whether a text was left out, as nobody can publish it.
    pub left_out: bool,
}

impl Trial {
    /// Reads `seen` and `beside` under `profile` as if each text of `edits` stood in DNS.
    #[must_use]
    pub fn of(
        seen: &Evidence,
        beside: &Evidence,
        edits: &[(Editable, String)],
        profile: &Profile,
        sender: Option<&Params>,
    ) -> Self {
        let supposed = supposing(seen, beside, edits);
        let report = assess(&supposed, profile);
        let dns = Wanting::new(&supposed);
        let tree = spf::walk(&dns, supposed.domain().name());
        let outcome = sender.and_then(|sender| spf::evaluate(&dns, sender));
        let mut wants = dns.into_wants();
        wants.extend(report.wants.iter().cloned());
        Self {
            report,
            tree,
            outcome,
            wants,
            left_out: edits.iter().any(|(record, text)| !record.can_hold(text)),
        }
    }
}
