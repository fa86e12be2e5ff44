//! What is said about BIMI.

use crate::report::BimiReason;
use crate::wording::Sentence;

/// Why a finding about BIMI has its status.
pub(super) fn reason(reason: &BimiReason) -> Sentence {
    match *reason {}
}
