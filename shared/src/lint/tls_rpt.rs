//! TLS-RPT records (RFC 8460 §3).

use super::{Code, RecordKind, Remark, none, remark};
use crate::tls_rpt::read;

/// Everything that shows in the record.
pub(super) fn remarks(text: &str) -> Vec<Remark> {
    match read(text) {
        Err(near_miss) => none(RecordKind::TlsRpt, text, near_miss),
        Ok(published) => published
            .diagnostics
            .into_iter()
            .map(|found| remark(found.span, found.code.level(), Code::TlsRpt(found.code)))
            .collect(),
    }
}
