//! An example of everything that can be said about TLS-RPT.

use crate::report::TlsRptReason;

/// Every reason.
pub(super) fn reasons() -> Vec<TlsRptReason> {
    Vec::new()
}
