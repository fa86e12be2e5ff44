//! What shows in an SPF record only when everything is known that it leads to.

use super::{Code, Remark, note, remark};
use crate::diagnostic::Level;
use crate::span::Span;
use crate::spf::{Node, Problem, SpfResult, Tree};

/// Adds what the record's `tree` shows and its text does not; `length` is the text's, in characters.
pub(super) fn add(remarks: &mut Vec<Remark>, tree: &Tree, length: usize) {
    let problems = tree.problems.iter();
    let notes = tree.notes.iter();
    let own = notes.filter(|note| note.domain == tree.root.domain);
    let found = problems
        .map(|found| problem(tree, found, length))
        .chain(own.map(|found| note(found.span, found.code.clone(), length)));
    for remark in found {
        // The text alone may have shown it, at a place within.
        let same = |known: &Remark| known.code == remark.code && remark.span.holds(known.span);
        if !remarks.iter().any(same) {
            remarks.push(remark);
        }
    }
}

/// A problem at its place, or at the term that leads to it.
fn problem(tree: &Tree, problem: &Problem, length: usize) -> Remark {
    let level = match problem.cause.result() {
        // It may be over before anything is published.
        SpfResult::TempError => Level::Warning,
        _ => Level::Error,
    };
    let is_own = problem.domain == tree.root.domain;
    let (span, code) = match is_own {
        true => (problem.span, Code::Spf(problem.cause.clone())),
        false => (
            way(&tree.root, &problem.domain),
            Code::SpfBelow(problem.clone()),
        ),
    };
    remark(span.unwrap_or_else(|| Span::new(0, length)), level, code)
}

/// The first term of a record that leads to that of `domain`.
fn way(node: &Node, domain: &str) -> Option<Span> {
    let leads = |child: &Node| child.domain == domain || way(child, domain).is_some();
    let mut terms = node.terms.iter();
    let term = terms.find(|term| term.child.as_ref().is_some_and(leads))?;
    Some(term.span)
}
