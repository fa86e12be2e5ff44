//! What is said about TLS-RPT.

use crate::report::TlsRptReason;
use crate::wording::Sentence;

/// Why a finding about TLS-RPT has its status.
pub(super) fn reason(reason: &TlsRptReason) -> Sentence {
    match *reason {}
}
