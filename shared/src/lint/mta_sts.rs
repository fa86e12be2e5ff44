//! MTA-STS records and policies (RFC 8461).

use super::{Code, RecordKind, Remark, none, remark};
use crate::mta_sts::{read, read_policy};

/// Everything that shows in the record.
pub(super) fn record_remarks(text: &str) -> Vec<Remark> {
    match read(text) {
        Err(near_miss) => none(RecordKind::MtaSts, text, near_miss),
        Ok(published) => published
            .diagnostics
            .into_iter()
            .map(|found| remark(found.span, found.code.level(), Code::MtaSts(found.code)))
            .collect(),
    }
}

/// Everything that shows in the policy, whatever mail exchanges there are.
pub(super) fn policy_remarks(text: &str) -> Vec<Remark> {
    let found = read_policy(text).diagnostics.into_iter();
    found
        .map(|found| {
            let code = Code::MtaStsPolicy(found.code);
            remark(found.span, found.code.level(), code)
        })
        .collect()
}
