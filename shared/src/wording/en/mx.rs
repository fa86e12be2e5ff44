//! What is said about MX records.

use crate::report::MxReason;
use crate::wording::Sentence;

/// Why a finding about MX records has its status.
pub(super) fn reason(reason: &MxReason) -> Sentence {
    match *reason {}
}
