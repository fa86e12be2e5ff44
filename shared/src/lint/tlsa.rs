//! TLSA records as zone files write them (RFC 6698 §2.2).

use super::{Code, Remark, remark};
use crate::dane::parse;

/// Everything that shows without the certificate.
pub(super) fn remarks(text: &str) -> Vec<Remark> {
    let found = parse(text).diagnostics.into_iter();
    found
        .map(|found| remark(found.span, found.code.level(), Code::Tlsa(found.code)))
        .collect()
}
