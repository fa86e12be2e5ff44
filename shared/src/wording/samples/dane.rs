//! An example of everything that can be said about DANE.

use crate::report::DaneReason;

/// Every reason.
pub(super) fn reasons() -> Vec<DaneReason> {
    Vec::new()
}
