//! SPF trees, and one sender against a record.

use super::cause::{cause, problem, unwise};
use super::numbers::{count, number};
use crate::spf::{Cause, NoteCode, Outcome, Problem, SpfResult, TermNode, TraceEvent, Tree};
use crate::wording::sentence::say;
use crate::wording::{Sentence, grouped};

/// What an SPF tree comes to.
pub(in crate::wording) fn spf_tree(tree: &Tree) -> Sentence {
    let mut said = say!(
        "It takes {0} of at most ten.",
        count(tree.lookups, "look-up", "look-ups")
    );
    if tree.void_lookups_ipv4 > 0 {
        said = said.then(say!(
            "Look-ups that find nothing, of at most two: {0}.",
            number(tree.void_lookups_ipv4)
        ));
    }
    said = said.then(spf_passing(tree));
    if tree.truncated {
        said = said.then(say!(
            "The tree is larger than anybody evaluates: not all of it was followed."
        ));
    }
    said
}

/// How many addresses and networks an SPF tree lets pass.
pub(in crate::wording) fn spf_passing(tree: &Tree) -> Sentence {
    let ipv4 = Sentence::text(grouped(tree.ipv4_addresses));
    let said = if tree.is_cut_off() {
        say!(
            "IPv4 addresses that pass, as far as we could look: {0}.",
            ipv4
        )
    } else {
        say!("IPv4 addresses that pass: {0}.", ipv4)
    };
    if tree.ipv6_networks == 0 {
        return said;
    }
    let ipv6 = Sentence::text(grouped(tree.ipv6_networks));
    said.then(say!("IPv6 networks (`/64`) that pass: {0}.", ipv6))
}

/// What a term costs and lets pass, with what is below it.
pub(in crate::wording) fn spf_cost(term: &TermNode) -> Sentence {
    let words = [
        [" look-up", " look-ups"],
        [" IPv4 address", " IPv4 addresses"],
        [" IPv6 network", " IPv6 networks"],
    ];
    let mut said = Sentence::default();
    for (n, [one, many]) in term.figures().into_iter().zip(words) {
        if n > 0 {
            said.append(Sentence::text(if said.0.is_empty() { "" } else { ", " }));
            said.append(Sentence::text(grouped(n)));
            said.append(Sentence::text(if n == 1 { one } else { many }));
        }
    }
    said
}

/// What ends an evaluation at a term, or below it, as a clause.
pub(in crate::wording) fn spf_problem(problem: &Problem) -> Sentence {
    match &problem.cause {
        Cause::TooManyLookups => say!(
            "the eleventh look-up stands here: whoever matched nothing before gets an error (`permerror`)"
        ),
        other => cause(&problem.domain, other),
    }
}

/// What is unwise about a term, as a clause.
pub(in crate::wording) fn spf_note(code: &NoteCode) -> Sentence {
    unwise(code)
}

/// Whether the sender may send, and why no term decided where none did.
pub(in crate::wording) fn spf_outcome(outcome: &Outcome) -> Sentence {
    let said = match outcome.result {
        SpfResult::Pass => say!("Yes (`pass`): the record lets this server send."),
        SpfResult::Fail => say!("No (`fail`): the record disowns this server."),
        SpfResult::SoftFail => say!("Probably not (`softfail`): the record doubts this server."),
        SpfResult::Neutral => say!("The record says nothing about this server (`neutral`)."),
        SpfResult::None => say!("There is no record to go by (`none`)."),
        SpfResult::TempError => say!("This could not be looked at now (`temperror`)."),
        SpfResult::PermError => {
            say!("Receivers cannot make sense of the record (`permerror`).")
        }
    };
    match &outcome.cause {
        Some(why) => said.then(say!("The reason: {0}.", problem(why))),
        None => said,
    }
}

/// What came of a term, as a clause.
pub(in crate::wording) fn spf_event(event: TraceEvent) -> Sentence {
    let word = |result: SpfResult| Sentence::code(result.as_str());
    match event {
        TraceEvent::Matched { result } => say!("matches: {0}", word(result)),
        TraceEvent::NotMatched => say!("does not match"),
        TraceEvent::Void => say!("finds nothing"),
        TraceEvent::Included { result } => {
            say!("the included record says {0}: no match", word(result))
        }
        TraceEvent::Redirected { result } => say!("the record there decides: {0}", word(result)),
        TraceEvent::Stopped => say!("the evaluation ends here"),
    }
}
