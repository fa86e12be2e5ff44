//! What would be if a record were another one.
//!
//! A person edits the text of a record; [`supposing`] gives the evidence that a scan would have made if that
//! text stood in DNS. The whole of [`crate::report::assess`] reads it unchanged, and wants the questions that
//! the edited record leads to; their answers go into evidence of their own, beside the scan's, which stays as
//! it was seen. [`remarks`] says what is wrong with the text, and where.

mod editable;
mod remarks;
mod replace;
mod trial;

pub use editable::Editable;
pub use remarks::{Remark, Remarks, remarks};
pub(crate) use replace::{is_spf, with};
pub use trial::Trial;

use crate::checks::CheckId;
use crate::evidence::Evidence;
use crate::gather::Gather;
use crate::report::{Finding, Report};

/// The evidence of `seen` and `beside` as it would be if each text stood in DNS in the place of the domain's own
/// record. A text that nobody can publish changes nothing.
#[must_use]
pub fn supposing(seen: &Evidence, beside: &Evidence, edits: &[(Editable, String)]) -> Evidence {
    let facts = edits
        .iter()
        .filter(|(record, text)| record.can_hold(text))
        .filter_map(|(record, text)| record.fact(seen, text));
    seen.supposing(beside, facts.gather())
}

/// The checks whose word a change turns into another: those whose status differs first.
#[must_use]
pub fn changed(before: &Report, after: &Report) -> Vec<CheckId> {
    let differs = |by: fn(&Finding, &Finding) -> bool| {
        let pairs = before
            .checks
            .iter()
            .filter_map(|was| Some((was, after.finding(was.id)?)));
        pairs
            .filter(move |(was, is)| by(was, is))
            .map(|(was, _)| was.id)
    };
    let mut changed: Vec<CheckId> = differs(|was, is| was.status != is.status).gather();
    changed.extend(differs(|was, is| {
        was.status == is.status && was.reasons != is.reasons
    }));
    changed
}

#[cfg(test)]
mod tests;
