//! What is wrong in an SPF record, as a clause.

use super::numbers::number;
use super::scan::dns_failure;
use crate::span::Span;
use crate::spf::{Cause, Note, NoteCode, Problem, SyntaxCode};
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// The cause and its place, without a full stop.
pub(super) fn problem(problem: &Problem) -> Sentence {
    placed(
        cause(&problem.domain, &problem.cause),
        &problem.domain,
        problem.span,
    )
}

/// What is allowed and unwise, and its place, without a full stop.
pub(super) fn note(note: &Note) -> Sentence {
    placed(unwise(&note.code), &note.domain, note.span)
}

/// With the place, counted from 1 as editors do.
fn placed(clause: Sentence, domain: &str, span: Option<Span>) -> Sentence {
    match span {
        Some(span) => say!(
            "{0} (record of {1}, character {2})",
            clause,
            domain,
            number(u64::from(span.start) + 1)
        ),
        None => clause,
    }
}

/// What is wrong in the record of `domain`, without a full stop.
pub(super) fn cause(domain: &str, cause: &Cause) -> Sentence {
    match cause {
        Cause::DomainMalformed => say!("{0} is no domain that mail can come from", domain),
        Cause::DomainMissing => say!("{0} does not exist", domain),
        Cause::IncludeWithoutRecord { target } => {
            say!("`include:` leads to {0}, which has no SPF record", target)
        }
        Cause::Loop { target } => say!("it leads in a circle, back to {0}", target),
        Cause::LookupFailed { question, failure } => say!(
            "asked for {0} of {1}, {2}",
            &question.record_type,
            &question.name,
            dns_failure(*failure)
        ),
        Cause::NoRecord => say!("{0} has no SPF record", domain),
        Cause::RedirectWithoutRecord { target } => {
            say!("`redirect=` leads to {0}, which has no SPF record", target)
        }
        Cause::SeveralRecords { count } => {
            say!(
                "{0} has {1} SPF records, and only one may be there",
                domain,
                number(count)
            )
        }
        Cause::Syntax { code } => syntax(*code),
        Cause::TooManyLookups => say!("it takes more than ten look-ups to evaluate"),
        Cause::TooManyMxHosts { target, count } => {
            say!(
                "`mx` of {0} names {1} mail servers, and ten are the limit",
                target,
                number(count)
            )
        }
        Cause::TooManyVoidLookups => say!("more than two of its look-ups find nothing"),
        Cause::TargetMalformed { target } => say!("{0} is no name that DNS can hold", target),
    }
}

fn syntax(code: SyntaxCode) -> Sentence {
    match code {
        SyntaxCode::BareAddress => say!("an address stands there without `ip4:` or `ip6:`"),
        SyntaxCode::BareDomain => say!("a name stands there without `include:` or `a:`"),
        SyntaxCode::Character => {
            say!("a character that no record can hold; only plain spaces divide the terms")
        }
        SyntaxCode::InvalidDomain => say!("this is no full domain name"),
        SyntaxCode::InvalidIpv4 => say!("this is no IPv4 address"),
        SyntaxCode::InvalidIpv6 => say!("this is no IPv6 address"),
        SyntaxCode::InvalidMacro => say!("`%` begins no macro that is known"),
        SyntaxCode::InvalidPrefix => say!("this is no prefix length"),
        SyntaxCode::Ipv4InIp6 => say!("an IPv4 address stands in `ip6:`"),
        SyntaxCode::Ipv6InIp4 => say!("an IPv6 address stands in `ip4:`"),
        SyntaxCode::MacroInAddress => say!("an address cannot hold a macro"),
        SyntaxCode::MacroOnlyInExplanation => say!("this macro is for explanations only"),
        SyntaxCode::MissingArgument => say!("the term needs a value"),
        SyntaxCode::PrefixOutOfRange => say!("the prefix length is longer than the address"),
        SyntaxCode::QualifierOnModifier => say!("a modifier takes no qualifier"),
        SyntaxCode::RepeatedExp => say!("`exp=` stands there twice"),
        SyntaxCode::RepeatedRedirect => say!("`redirect=` stands there twice"),
        SyntaxCode::SingleLabel => say!("the name has one label only"),
        SyntaxCode::UnexpectedArgument => say!("the term takes no value"),
        SyntaxCode::UnexpectedPrefix => say!("the term takes no prefix length"),
        SyntaxCode::UnknownMechanism => say!("no mechanism has this name"),
        SyntaxCode::Version => say!("the record must begin with `v=spf1` and a space"),
    }
}

/// What is allowed and unwise, without a full stop.
pub(super) fn unwise(code: &NoteCode) -> Sentence {
    match code {
        NoteCode::HostBitsSet => {
            say!("the address has bits behind its prefix length, which are ignored")
        }
        NoteCode::LongRecord { octets } => {
            say!(
                "the record has {0} octets; from 450 on, answers begin to be too long",
                number(octets)
            )
        }
        NoteCode::OversizeRecord { octets } => {
            say!(
                "the record has {0} octets, too long for one plain DNS answer",
                number(octets)
            )
        }
        NoteCode::NeutralAll => say!("`?all` says nothing about strangers"),
        NoteCode::NoAll => {
            say!("neither `all` nor `redirect=` ends it, so it says nothing about strangers")
        }
        NoteCode::OpenRanges => {
            say!(
                "ranges such as this let far more addresses pass than any sender has: the record is as open as with `+all`"
            )
        }
        NoteCode::PassAll => say!("`+all` lets everybody pass"),
        NoteCode::Ptr => say!("`ptr` is slow, unreliable, and should no longer be used"),
        NoteCode::PtrMacro => say!(
            "{0} is slow, unreliable, and should not be used",
            Sentence::code("%{p}")
        ),
        NoteCode::RedirectWithAll => say!("`redirect=` beside `all` is never followed"),
        NoteCode::RepeatedInclude { target } => {
            say!(
                "{0} is included again, and each time costs look-ups",
                target
            )
        }
        NoteCode::RepeatedTerm => say!("the same term stands there before"),
        NoteCode::RepeatedVersion => say!("a second `v=spf1` means nothing"),
        NoteCode::SpecialPurposeRange => say!("the address range is not of the public internet"),
        NoteCode::TargetMalformed { target } => {
            say!(
                "{0} is no name that DNS can hold, so the term matches nobody",
                target
            )
        }
        NoteCode::TargetNotHost { target } => {
            say!(
                "no host can be called {0}: its name alone belongs there",
                target
            )
        }
        NoteCode::TermAfterAll => say!("what stands behind `all` is never read"),
        NoteCode::TooManyVoidLookupsIpv6 => {
            say!("for servers on IPv6, more than two of its look-ups find nothing")
        }
        NoteCode::UnknownModifier { name } => {
            say!("the modifier {0} is unknown and has no effect", name)
        }
        NoteCode::VoidLookup => say!("a look-up finds nothing, so the term matches nobody"),
        NoteCode::WideRange { prefix } => {
            say!(
                "one term lets a vast range of addresses pass ({0})",
                Sentence::code(format!("/{prefix}"))
            )
        }
    }
}
