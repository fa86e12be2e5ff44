//! What is said about CAA records.

use super::numbers::list;
use crate::report::CaaReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about CAA records has its status.
pub(super) fn reason(reason: &CaaReason) -> Sentence {
    match reason {
        CaaReason::Absent => say!(
            "Any authority may issue certificates for the domain's mail servers: no CAA record says otherwise."
        ),
        CaaReason::Issuers { at, issuers } => say!(
            "Only {0} may issue certificates, says {1}.",
            list(issuers),
            at
        ),
        CaaReason::Nobody { at } => say!(
            "{0} says that nobody may issue certificates: the next renewal for a mail server will fail.",
            at
        ),
        CaaReason::Critical { at, tag } => say!(
            "{0} marks {1} as critical, which authorities do not know: none of them may issue a certificate.",
            at,
            tag
        ),
        CaaReason::NoOwnHosts => say!(
            "No mail server has a name in the domain, so their certificates are not its affair."
        ),
    }
}
