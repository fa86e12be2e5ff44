//! What is said about DANE.

use crate::report::DaneReason;
use crate::wording::Sentence;

/// Why a finding about DANE has its status.
pub(super) fn reason(reason: &DaneReason) -> Sentence {
    match *reason {}
}
