//! What proves a row, for people.

use std::collections::BTreeSet;

use postern_shared::evidence::Evidence;
use postern_shared::report::Finding;
use postern_shared::wording;

use super::text::Text;

/// Observations of one row: twenty servers are shown whole.
const MAX_PROOFS: usize = 100;

impl Text {
    /// The observations that a finding points at: what was asked of whom, and the very lines that came back.
    pub(super) fn proof(&self, finding: &Finding, evidence: &Evidence) -> Vec<String> {
        let hosts = finding.hosts.iter().flat_map(|host| &host.proof);
        let ids: BTreeSet<_> = finding.proof.iter().chain(hosts).collect();
        let mut lines = Vec::new();
        let seen = ids.iter().take(MAX_PROOFS);
        for observation in seen.filter_map(|id| evidence.observation(id.as_str())) {
            let words = wording::observation(self.language, &observation.fact);
            lines.push(format!("      · {}", self.plain(&words.label)));
            lines.extend(words.lines.iter().map(|line| format!("        {line}")));
        }
        let more = ids.len().saturating_sub(MAX_PROOFS);
        if let Some(more) = u32::try_from(more).ok().filter(|more| *more > 0) {
            let more = wording::more_proofs(self.language, more);
            lines.push(format!("      · {}", self.plain(&more)));
        }
        lines
    }
}
