//! All records that an SPF record leads to, with what each term costs.

use leptos::prelude::*;
use postern_shared::dns::Wanting;
use postern_shared::evidence::Evidence;
use postern_shared::spf::{self, Cause, Node, Place, TermNode, Tree};
use postern_shared::text::visible;
use postern_shared::wording::{self, Language, Sentence};

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
    (tree.root.record.is_some()).then(|| spf_tree(language, &tree))
}

/// The tree as nested lists.
pub fn spf_tree(language: Language, tree: &Tree) -> AnyView {
    let mut drawing = Drawing {
        language,
        tree,
        limit: tree.limit_at.as_ref(),
        left: MAX_TERMS,
        more: 0,
    };
    let root = drawing.record(&tree.root, 0);
    let more = (drawing.more > 0).then(|| {
        view! { <p class="spf-tree__more">{(texts(language).tree_more)(drawing.more)}</p> }
    });
    view! {
        <div class="spf-tree">
            <p class="spf-tree__sum">{words(wording::spf_tree(language, tree))}</p>
            {root}
            {more}
        </div>
    }
    .into_any()
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
    fn record(&mut self, node: &Node, depth: u32) -> AnyView {
        let language = self.language;
        let whole = self.tree.problems.iter();
        let whole: Vec<AnyView> = whole
            .filter(|problem| problem.span.is_none() && problem.domain == node.domain)
            .map(|problem| clause("fail", wording::spf_problem(language, problem)))
            .collect();
        let shown = node.terms.len().min(self.left);
        self.left -= shown;
        self.more += node.terms.len() - shown;
        let terms = node.terms.iter().take(shown);
        let terms: Vec<AnyView> = terms.map(|term| self.term(node, term, depth)).collect();
        view! { {whole} <ul class="spf-tree__terms">{terms}</ul> }.into_any()
    }

    fn term(&mut self, node: &Node, term: &TermNode, depth: u32) -> AnyView {
        let line = self.line(node, term);
        let Some(child) = &term.child else {
            return view! { <li class="spf-tree__term">{line}</li> }.into_any();
        };
        let below = self.record(child, depth + 1);
        let open = depth + 1 < OPEN_DEPTH;
        view! {
            <li class="spf-tree__term">
                <details open=open><summary>{line}</summary>{below}</details>
            </li>
        }
        .into_any()
    }

    /// The term as written, what it costs, and what is to say about it.
    fn line(&mut self, node: &Node, term: &TermNode) -> AnyView {
        let language = self.language;
        let text: String = term.text.chars().take(MAX_TEXT).collect();
        let cost = (term.lookups > 0).then(|| {
            view! { <span class="spf-tree__cost">{words(wording::spf_cost(language, term.lookups))}</span> }
        });
        let is_limit = |cause: &Cause| *cause == Cause::TooManyLookups;
        let mut clauses = Vec::new();
        for problem in self.tree.problems_at(&node.domain, term.span) {
            if is_limit(&problem.cause) && self.limit.take().is_none() {
                continue;
            }
            clauses.push(clause("fail", wording::spf_problem(language, problem)));
        }
        for note in self.tree.notes_at(&node.domain, term.span) {
            clauses.push(clause("warn", wording::spf_note(language, &note.code)));
        }
        view! {
            <bdi dir="ltr"><code data-unread=(!term.reached).then_some("true")>{visible(&text).into_owned()}</code></bdi>
            {cost}
            {clauses}
        }
        .into_any()
    }
}

fn clause(status: &'static str, said: Sentence) -> AnyView {
    view! { <span class="spf-tree__clause" data-status=status>{words(said)}</span> }.into_any()
}
