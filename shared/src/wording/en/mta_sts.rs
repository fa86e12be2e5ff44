//! What is said about MTA-STS.

use crate::report::MtaStsReason;
use crate::wording::Sentence;

/// Why a finding about MTA-STS has its status.
pub(super) fn reason(reason: &MtaStsReason) -> Sentence {
    match *reason {}
}
