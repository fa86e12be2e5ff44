//! What is said about DKIM keys.

use crate::report::DkimReason;
use crate::wording::Sentence;

/// Why a finding about DKIM keys has its status.
pub(super) fn reason(reason: &DkimReason) -> Sentence {
    match *reason {}
}
