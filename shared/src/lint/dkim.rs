//! DKIM key records (RFC 6376 §3.6.1).

use super::{Code, RecordKind, Remark, error, remark, whole};
use crate::dkim::{Parsed, parse};

/// Everything that shows in the record and in its key.
pub(super) fn remarks(text: &str) -> Vec<Remark> {
    match parse(text) {
        Parsed::NotDkim => vec![error(whole(text), Code::NotARecord(RecordKind::Dkim))],
        Parsed::Record(published) => published
            .diagnostics
            .into_iter()
            .map(|found| remark(found.span, found.code.level(), Code::Dkim(found.code)))
            .collect(),
    }
}
