//! An example of everything that can be said about DNSSEC.

use crate::report::DnssecReason;

/// Every reason.
pub(super) fn reasons() -> Vec<DnssecReason> {
    Vec::new()
}
