//! What is said about MX records.

use super::numbers::number;
use crate::mx::{Diagnostic, DiagnosticCode};
use crate::report::MxReason;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about MX records has its status.
pub(super) fn reason(reason: &MxReason) -> Sentence {
    match reason {
        MxReason::Valid { exchanges: 1 } => {
            say!("The MX record names a server with an address.")
        }
        MxReason::Valid { exchanges } => say!(
            "All {0} MX records name servers with addresses.",
            number(exchanges)
        ),
        MxReason::NullBesideOthers => say!(
            "One MX record says that the domain takes no mail (`0 .`), the others say that it does. Senders may believe either."
        ),
        MxReason::Parked => say!(
            "SPF and DMARC disown all mail in its name too: that is how a domain without mail should be."
        ),
        MxReason::NotDisowned => say!(
            "But SPF or DMARC do not disown all mail in its name, so strangers can still use it."
        ),
        MxReason::NullSends => say!(
            "The domain says that it takes no mail, but its SPF record names servers that send. No answer can come back, and receivers may refuse such mail (`RFC 7505 §4.2`)."
        ),
        MxReason::Nothing => say!(
            "The domain has neither an MX record nor an address: mail for it cannot be delivered, and nothing says that this is meant."
        ),
        MxReason::Alias { exchange, alias_of } => say!(
            "The MX record says {0}, which is an alias of {1}. Only a host's real name may stand there (`RFC 2181 §10.3`); some senders do not follow.",
            exchange,
            alias_of
        ),
        MxReason::Dangling {
            exchange,
            foreign: true,
        } => say!(
            "The MX record says {0}, and that name does not exist. It lies in another's domain: whoever gets hold of it gets your mail.",
            exchange
        ),
        MxReason::Dangling { exchange, .. } => say!(
            "The MX record says {0}, and that name does not exist, so mail cannot be delivered there.",
            exchange
        ),
        MxReason::NotPublic { exchange, address } => say!(
            "{0} has no address that can be reached from outside, only such as {1}.",
            exchange,
            address
        ),
        MxReason::Ipv6Only => say!(
            "No mail server of the domain has an IPv4 address. Senders without IPv6, and there are many, cannot deliver."
        ),
        MxReason::OneAddress { address } => say!(
            "All mail servers are at one address, {0}: when it is down, no other takes over.",
            address
        ),
    }
}

/// A remark about a place in lines of MX records.
pub(in crate::wording) fn diagnostic(text: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(text, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::MissingPreference => {
            say!("In front of {0} a number is missing, such as `10`.", at)
        }
        DiagnosticCode::InvalidPreference => {
            say!("{0} is no number from `0` to `65535`.", at)
        }
        DiagnosticCode::MissingExchange => say!("Behind {0} the name of a host is missing.", at),
        DiagnosticCode::InvalidName => say!("{0} is no name that DNS can hold.", at),
        DiagnosticCode::IsAddress => {
            say!(
                "{0} holds an address; only the name of a host may stand there.",
                at
            )
        }
        DiagnosticCode::NotAHost => say!(
            "{0} is no name that a host can have: letters, digits and hyphens make one.",
            at
        ),
        DiagnosticCode::IsLocalhost => say!(
            "{0} names the very machine that sends, so the mail never comes to you.",
            at
        ),
        DiagnosticCode::IsLocal => {
            say!(
                "{0} holds a name that leads nowhere from outside. Write it whole, with the domain.",
                at
            )
        }
        DiagnosticCode::NullBesideOthers => say!(
            "{0} says that the domain takes no mail; it may stand alone only.",
            at
        ),
        DiagnosticCode::NullPreference => say!(
            "{0} says that the domain takes no mail; the usual preference for that is `0`.",
            at
        ),
        DiagnosticCode::Repeated => say!("{0} names a host that is there already.", at),
        DiagnosticCode::TrailingText => say!("{0} is more than a record has.", at),
        DiagnosticCode::TooMany => {
            say!("From {0} on nothing was read: so many are never asked.", at)
        }
    }
}
