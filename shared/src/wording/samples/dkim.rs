//! An example of everything that can be said about DKIM keys.

use crate::report::DkimReason;

/// Every reason.
pub(super) fn reasons() -> Vec<DkimReason> {
    Vec::new()
}
