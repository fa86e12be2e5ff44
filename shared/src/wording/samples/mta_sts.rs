//! An example of everything that can be said about MTA-STS.

use crate::report::MtaStsReason;

/// Every reason.
pub(super) fn reasons() -> Vec<MtaStsReason> {
    Vec::new()
}
