//! DMARC records (RFC 9989).

use super::{Code, RecordKind, Remark, error, remark, whole};
use crate::dmarc::{Parsed, parse};

/// Everything that shows without a look-up.
pub(super) fn remarks(text: &str) -> Vec<Remark> {
    match parse(text) {
        Parsed::NotDmarc => vec![error(whole(text), Code::NotARecord(RecordKind::Dmarc))],
        Parsed::NearMiss(kind) => vec![error(whole(text), Code::DmarcNearMiss(kind))],
        Parsed::Record(published) => published
            .diagnostics
            .into_iter()
            .map(|found| remark(found.span, found.code.level(), Code::Dmarc(found.code)))
            .collect(),
    }
}
