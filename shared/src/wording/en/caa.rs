//! What is said about CAA records.

use crate::report::CaaReason;
use crate::wording::Sentence;

/// Why a finding about CAA records has its status.
pub(super) fn reason(reason: &CaaReason) -> Sentence {
    match *reason {}
}
