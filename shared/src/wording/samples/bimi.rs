//! An example of everything that can be said about BIMI.

use crate::report::BimiReason;

/// Every reason.
pub(super) fn reasons() -> Vec<BimiReason> {
    Vec::new()
}
