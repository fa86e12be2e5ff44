//! An example of everything that can be said about CAA records.

use crate::report::CaaReason;

/// Every reason.
pub(super) fn reasons() -> Vec<CaaReason> {
    Vec::new()
}
