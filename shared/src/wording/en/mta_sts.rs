//! What is said about MTA-STS.

use super::numbers::{count, list, number};
use super::scan::{connect_failure, dns_failure};
use super::version_tag::{field, near_miss};
use crate::evidence::NoPolicy;
use crate::mta_sts::{Diagnostic, DiagnosticCode, Mode, PolicyDiagnosticCode as Code, PolicyField};
use crate::report::MtaStsReason;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

const DAY: u32 = 86_400;

/// Why a finding about MTA-STS has its status.
pub(super) fn reason(reason: &MtaStsReason) -> Sentence {
    match reason {
        MtaStsReason::Absent => say!(
            "There is no MTA-STS policy: whoever stands between the servers can strip the encryption of mail to you."
        ),
        MtaStsReason::Needless => {
            say!("There is no MTA-STS policy that counts, and DANE already does its work.")
        }
        MtaStsReason::Several { count } => {
            say!(
                "There are {0} MTA-STS records, so none counts.",
                number(count)
            )
        }
        MtaStsReason::Ignored {
            text,
            near_miss: miss,
        } => say!(
            "{0} was meant as an MTA-STS record, but senders ignore it: {1}.",
            text,
            near_miss(*miss, "v=STSv1;")
        ),
        MtaStsReason::Record {
            text,
            diagnostic: remark,
        } => diagnostic(text, remark),
        MtaStsReason::NotFetched { host, why } if why.is_ours() => {
            say!(
                "We could not look at the policy on {0}: {1}.",
                host,
                no_policy(why)
            )
        }
        MtaStsReason::NotFetched { host, why } => say!(
            "Senders cannot fetch the policy from {0}: {1}. It protects nothing.",
            host,
            no_policy(why)
        ),
        MtaStsReason::Policy {
            line,
            text,
            diagnostic,
        } => {
            say!(
                "Line {0} of the policy: {1}.",
                number(line),
                policy_remark(text, *diagnostic)
            )
        }
        MtaStsReason::MediaType {
            media_type: Some(kind),
        } => say!(
            "The policy is served as {0}. Senders may refuse what is not `text/plain`.",
            kind
        ),
        MtaStsReason::MediaType { media_type: None } => say!(
            "The web server does not say that the policy is `text/plain`, so senders may refuse it."
        ),
        MtaStsReason::Uncovered {
            exchanges,
            all: true,
            mode: Mode::Enforce,
        } => say!(
            "Senders that follow the policy cannot deliver to you: it names none of your mail servers ({0}).",
            list(exchanges)
        ),
        MtaStsReason::Uncovered {
            exchanges,
            mode: Mode::Enforce,
            ..
        } => say!(
            "Senders that follow the policy never deliver to {0}, which it does not name.",
            list(exchanges)
        ),
        MtaStsReason::Uncovered { exchanges, .. } => say!(
            "The policy does not name {0}: were it in force, senders would not deliver there.",
            list(exchanges)
        ),
        MtaStsReason::CertificateRefused {
            exchanges,
            mode: Mode::Enforce,
            ..
        } => say!(
            "Senders that follow the policy cannot deliver to {0}, as the certificate there is not valid.",
            list(exchanges)
        ),
        MtaStsReason::CertificateRefused { exchanges, .. } => say!(
            "The certificate of {0} is not valid: were the policy in force, senders would not deliver there.",
            list(exchanges)
        ),
        MtaStsReason::Bare {
            exchanges,
            mode: Mode::Enforce,
            ..
        } => say!(
            "Senders that follow the policy cannot deliver to {0}, as no encryption is offered there.",
            list(exchanges)
        ),
        MtaStsReason::Bare { exchanges, .. } => say!(
            "No encryption is offered by {0}: were the policy in force, senders would not deliver there.",
            list(exchanges)
        ),
        MtaStsReason::Enforces { max_age } if *max_age < DAY => {
            say!("The policy is in force and names every mail server.")
        }
        MtaStsReason::Enforces { max_age } => say!(
            "The policy is in force and names every mail server. Senders remember it for {0}.",
            count(max_age / DAY, "day", "days")
        ),
        MtaStsReason::Testing => say!(
            "The policy is on trial (`mode: testing`): senders report what goes wrong and deliver all the same."
        ),
        MtaStsReason::Withdrawn => {
            say!("The policy is withdrawn (`mode: none`), so nothing insists on encryption.")
        }
    }
}

/// A remark about a record, with the text that it is about.
pub(in crate::wording) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(record, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::MissingId => {
            say!("The MTA-STS record has no `id`, so senders ignore it.")
        }
        DiagnosticCode::InvalidId if diagnostic.span.start == diagnostic.span.end => say!(
            "The `id` is empty: it takes 1 to 32 letters and digits. Senders ignore the record."
        ),
        DiagnosticCode::InvalidId => say!(
            "{0} is no `id`: it takes 1 to 32 letters and digits. Senders ignore the record.",
            at
        ),
        DiagnosticCode::DuplicateId => say!("{0} is a second `id`; the first counts.", at),
        DiagnosticCode::Field(fault) => field(fault, at),
    }
}

/// A remark about a policy as a clause; `text` is what stands at the place.
pub(in crate::wording) fn policy_remark(text: &str, code: Code) -> Sentence {
    let at = Sentence::code(text);
    match code {
        Code::Missing(field) => say!(
            "{0} is missing, so senders refuse the policy",
            field.as_str()
        ),
        Code::Invalid(field) if text.is_empty() => say!(
            "{0} has no value, so senders refuse the policy",
            field.as_str()
        ),
        Code::Invalid(PolicyField::Version) => {
            say!("{0} is no version; the only one there is is `STSv1`", at)
        }
        Code::Invalid(PolicyField::Mode) => say!(
            "{0} is no mode; there are `enforce`, `testing` and `none`, in small letters",
            at
        ),
        Code::Invalid(PolicyField::MaxAge) => {
            say!("{0} is no number of seconds of at most ten digits", at)
        }
        Code::Invalid(PolicyField::Mx) => say!(
            "{0} names no mail server; a star may stand for the whole first label alone",
            at
        ),
        Code::Duplicate(field) => {
            say!(
                "{0} is there a second time; the first {1} counts",
                at,
                field.as_str()
            )
        }
        Code::MaxAgeTooLong => {
            say!(
                "{0} is more than a year (`31557600` seconds), which is the limit",
                at
            )
        }
        Code::MaxAgeShort => say!(
            "{0} seconds are less than a day: whoever hides the record for so long gets rid of the policy",
            at
        ),
        Code::MaxAgeModest => say!(
            "{0} seconds are less than a week; several weeks are usual",
            at
        ),
        Code::MatchesNothing => say!(
            "{0} fits no mail server: a host has a name of at least two parts, and an address is none",
            at
        ),
        Code::FinalDot => say!("{0} ends in a dot, which no sender expects", at),
        Code::ByteOrderMark => {
            say!(
                "an invisible mark ({0}) stands in front, so the first key is not known",
                at
            )
        }
        Code::NotAField => say!("{0} is no field, which is a key, a colon and a value", at),
        Code::SpaceAtKey => say!("a space stands beside the key ({0})", at),
        Code::EmptyLine => say!(
            "the line is empty, which the standard does not allow: strict senders refuse such a policy"
        ),
        Code::UnknownField => say!(
            "{0} is no key that the standard knows; senders ignore it",
            at
        ),
        Code::VersionNotFirst => say!("{0} is best written first", at),
        Code::TooLong => say!("the policy is longer than 64 KiB, and senders stop reading"),
    }
}

/// Why there is no policy, as a clause.
pub(super) fn no_policy(why: &NoPolicy) -> Sentence {
    match why {
        NoPolicy::Unresolved(failure) => dns_failure(*failure),
        NoPolicy::NoAddress => say!("the name leads to no address"),
        NoPolicy::NotPublic => say!("its address is not a public one"),
        NoPolicy::NoIpv6 => say!("it has IPv6 alone, and the probe server has none"),
        NoPolicy::OptedOut => say!("its people asked not to be probed"),
        NoPolicy::Resting => say!("it was visited often a moment ago, so it was left alone"),
        NoPolicy::NotConnected(failure) => connect_failure(*failure),
        NoPolicy::NoRoots => say!("the probe server knows no certificate authorities"),
        NoPolicy::Untrusted { detail } => {
            say!("its certificate is not valid for this name ({0})", detail)
        }
        NoPolicy::NotSecured { detail } => say!("no TLS came about ({0})", detail),
        NoPolicy::NotHttp { detail } => {
            say!("what came back is no whole answer of HTTP ({0})", detail)
        }
        NoPolicy::Status {
            status,
            location: Some(location),
        } => say!(
            "it redirects to {1} ({0}), and redirects must not be followed",
            http(*status),
            location
        ),
        NoPolicy::Status {
            status,
            location: None,
        } => {
            say!("the web server answers {0}", http(*status))
        }
        NoPolicy::TooLarge => say!("it is larger than 64 KiB"),
        NoPolicy::TimedOut => say!("no answer came in time"),
    }
}

fn http(status: u16) -> Sentence {
    Sentence::code(format!("HTTP {status}"))
}
