//! All records that an SPF record leads to, with what each term costs.

use leptos::prelude::*;
use postern_shared::dns::Wanting;
use postern_shared::evidence::Evidence;
use postern_shared::gather::Gather;
use postern_shared::spf::{self, Cause, Node, Place, TermNode, Tree};
use postern_shared::wording::{self, Language, Sentence};

use super::pieces::{code, div, li, p, span, text, ul};
use super::words;
use crate::i18n::texts;

/// Terms that are shown; a hostile tree has thousands.
const MAX_TERMS: usize = 200;
/// Characters of a term that are shown.
const MAX_TEXT: usize = 200;
/// Records below this depth are folded away.
const OPEN_DEPTH: u32 = 2;

/// The tree of the scanned domain; nothing where there is none to follow.
pub fn tree_of(language: Language, evidence: &Evidence) -> Option<AnyView> {
    let tree = spf::walk(&Wanting::new(evidence), evidence.domain().name())?;
    spf_tree(language, &tree)
}

/// The tree as nested lists; nothing where there is no record.
pub fn spf_tree(language: Language, tree: &Tree) -> Option<AnyView> {
    tree.root.record.as_ref()?;
    let mut drawing = Drawing {
        language,
        tree,
        limit: tree.limit_at.as_ref(),
        left: MAX_TERMS,
        more: 0,
    };
    let mut drawn = vec![p(
        "spf-tree__sum",
        [words(wording::spf_tree(language, tree))],
    )];
    drawn.extend(drawing.record(&tree.root, 0));
    if drawing.more > 0 {
        drawn.push(p("", [text((texts(language).tree_more)(drawing.more))]));
    }
    Some(div("spf-tree", drawn))
}

/// What is drawn so far.
struct Drawing<'t> {
    language: Language,
    tree: &'t Tree,
    /// Where the limit of ten falls; told once, though a record may be there twice.
    limit: Option<&'t Place>,
    /// Terms that may still be shown.
    left: usize,
    /// Terms that are not.
    more: usize,
}

impl Drawing<'_> {
    /// A record: its own problems, and its terms.
    fn record(&mut self, node: &Node, depth: u32) -> Vec<AnyView> {
        let language = self.language;
        let whole = self.tree.problems.iter();
        let mut drawn: Vec<AnyView> = whole
            .filter(|problem| problem.span.is_none() && problem.domain == node.domain)
            .map(|problem| wrong(wording::spf_problem(language, problem)))
            .gather();
        let shown = node.terms.len().min(self.left);
        self.left -= shown;
        self.more += node.terms.len() - shown;
        let terms = node.terms.iter().take(shown);
        let terms: Vec<AnyView> = terms.map(|term| self.term(node, term, depth)).gather();
        drawn.push(ul("spf-tree__terms", terms));
        drawn
    }

    fn term(&mut self, node: &Node, term: &TermNode, depth: u32) -> AnyView {
        let line = self.line(node, term);
        let drawn = match &term.child {
            None => line,
            Some(child) => {
                let below = self.record(child, depth + 1);
                let open = depth + 1 < OPEN_DEPTH;
                let record =
                    view! { <details open=open><summary>{line}</summary>{below}</details> };
                vec![record.into_any()]
            }
        };
        li("spf-tree__term", drawn)
    }

    /// The term as written, what it costs, and what is to say about it.
    fn line(&mut self, node: &Node, term: &TermNode) -> Vec<AnyView> {
        let language = self.language;
        let shown: String = term.text.chars().take(MAX_TEXT).collect();
        let class = if term.reached { "" } else { "spf-tree__unread" };
        let mut line = vec![span(class, [code(&shown)])];
        let cost = wording::spf_cost(language, term);
        if !cost.0.is_empty() {
            line.push(span("spf-tree__cost", [text(" "), words(cost)]));
        }
        for problem in self.tree.problems_at(&node.domain, term.span) {
            if problem.cause != Cause::TooManyLookups || self.limit.take().is_some() {
                line.push(wrong(wording::spf_problem(language, problem)));
            }
        }
        for note in self.tree.notes_at(&node.domain, term.span) {
            let said = words(wording::spf_note(language, &note.code));
            line.push(span("spf-tree__clause", [said]));
        }
        line
    }
}

fn wrong(said: Sentence) -> AnyView {
    span("spf-tree__clause spf-tree__clause--wrong", [words(said)])
}
