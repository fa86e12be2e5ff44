//! What is wrong with a text that is tried, and where.

use super::Editable;
use crate::diagnostic::Level;
use crate::gather::Gather;
use crate::lint::{self, EditedCode, edited};
use crate::span::Span;
use crate::spf::Tree;

/// Remarks that are told; a text of 64 KB can hold thousands.
const TOLD: usize = 20;

/// What can be remarked.
pub type Remark = lint::Remark<EditedCode>;

/// What there is to say about a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remarks {
    /// The first of them, errors before all others.
    pub told: Vec<Remark>,
    /// How many more there are.
    pub more: usize,
}

/// What there is to say about `text`; for SPF with what `tree`, once it is known, says about it.
#[must_use]
pub fn remarks(record: Editable, text: &str, tree: Option<&Tree>) -> Remarks {
    let mut found: Vec<Remark> = Vec::new();
    let too_long = lint::too_long(text).filter(|_| record != Editable::MtaStsPolicy);
    if too_long.is_some() {
        found.extend(too_long);
        return told(&found);
    }
    let records = record.records(text);
    if let [_, (second, _), ..] = records.as_slice() {
        found.push(Remark {
            span: Span::new(*second, text.chars().count()),
            level: Level::Error,
            code: EditedCode::Several(records.len()),
        });
    }
    for (at, text) in records {
        let remarks = match record {
            Editable::Spf => edited::spf(text, tree),
            Editable::Dmarc => edited::dmarc(text),
            Editable::MtaSts => edited::mta_sts(text),
            Editable::MtaStsPolicy => edited::mta_sts_policy(text),
            Editable::Mx => edited::mx(text),
        };
        let in_text = |place: u32| at + place as usize;
        found.extend(remarks.into_iter().map(|remark| Remark {
            span: Span::new(in_text(remark.span.start), in_text(remark.span.end)),
            ..remark
        }));
    }
    told(&found)
}

fn told(found: &[Remark]) -> Remarks {
    let levels = [Level::Error, Level::Warning, Level::Note].into_iter();
    let ordered = levels.flat_map(|level| found.iter().filter(move |known| known.level == level));
    Remarks {
        told: ordered.take(TOLD).cloned().gather(),
        more: found.len().saturating_sub(TOLD),
    }
}
