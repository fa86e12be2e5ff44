//! An example of everything that can be said about MX records.

use crate::report::MxReason;

/// Every reason.
pub(super) fn reasons() -> Vec<MxReason> {
    Vec::new()
}
