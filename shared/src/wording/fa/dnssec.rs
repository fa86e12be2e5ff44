//! What is said about DNSSEC.

use crate::report::DnssecReason;
use crate::wording::Sentence;

/// Why a finding about DNSSEC has its status.
pub(super) fn reason(reason: &DnssecReason) -> Sentence {
    match *reason {}
}
