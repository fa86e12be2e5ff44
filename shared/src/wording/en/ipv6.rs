//! What is said about IPv6.

use super::numbers::{agree, list};
use crate::report::Ipv6Reason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about IPv6 has its status.
pub(super) fn reason(reason: &Ipv6Reason) -> Sentence {
    match reason {
        Ipv6Reason::Reachable { hosts } => say!(
            "{0} {1} over IPv6.",
            list(hosts),
            agree(hosts, "answers", "answer")
        ),
        Ipv6Reason::OnlySome { hosts } => say!(
            "{0} {1} no IPv6 address.",
            list(hosts),
            agree(hosts, "has", "have")
        ),
        Ipv6Reason::Unreachable { hosts } => say!(
            "{0} {1} an IPv6 address, but nothing answers there, and senders lose time on it.",
            list(hosts),
            agree(hosts, "has", "have each")
        ),
        Ipv6Reason::Absent => say!(
            "No mail server has an IPv6 address. Mail arrives over IPv4 all the same; some networks would rather use IPv6."
        ),
    }
}
