//! An example of everything that can be said about TLS between servers, where people hand in mail, and IPv6.

use super::{address, names, words};
use crate::report::{InjectionReason, Ipv6Reason, Reason, StartTlsReason, SubmissionReason};

samples! {
    fn starttls() -> StartTlsReason {
        Works, WorksForSome, Missing, HeloAlone, KeyMismatch,
        Stripped { keyword: "XXXXXXXA".into() },
        Broken { detail: "handshake failure".into() },
        Refused { reply_code: 502, text: "5.5.1 not implemented".into() },
        Deferred { reply_code: 454, text: "4.7.0 TLS not available".into() },
        Partly { hosts: names(1) },
        Partly { hosts: names(2) },
        SomeAddresses { addresses: vec![address()] },
    }

    fn injection() -> InjectionReason {
        Answered { reply_code: 250, text: "2.0.0 Ok".into() },
        Discarded, Refused,
        Deferred { reply_code: 454, text: "4.7.0 TLS not available".into() },
        Inconclusive { reply_code: 502, text: "what?".into() },
        WithoutTls,
    }

    fn submission() -> SubmissionReason {
        Closed, Elsewhere,
        InTls { port: 465 },
        OptionalTls { port: 587, mechanisms: words(&["LOGIN", "PLAIN"]) },
        InClear { port: 587, mechanisms: words(&["PLAIN"]) },
        WithoutTls { port: 587 },
        BrokenTls { port: 465 },
        Deferred { port: 587, reply_code: 454, text: "4.7.0 TLS not available".into() },
        WithoutLogin { port: 587 },
    }

    fn ipv6() -> Ipv6Reason {
        Reachable { hosts: names(1) },
        Reachable { hosts: names(2) },
        OnlySome { hosts: names(1) },
        OnlySome { hosts: names(2) },
        Unreachable { hosts: names(1) },
        Unreachable { hosts: names(2) },
        Absent,
    }
}

/// Every reason.
pub(super) fn reasons() -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    reasons.extend(starttls().into_iter().map(Reason::StartTls));
    reasons.extend(injection().into_iter().map(Reason::Injection));
    reasons.extend(submission().into_iter().map(Reason::Submission));
    reasons.extend(ipv6().into_iter().map(Reason::Ipv6));
    reasons
}
