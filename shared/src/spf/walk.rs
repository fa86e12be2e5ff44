//! All records that a domain's record leads to.

mod characters;
mod coverage;
mod lookups;
mod notes;

pub(crate) use self::characters::Characters;
use self::coverage::Ranges;
pub use self::coverage::{OPEN_IPV4, OPEN_IPV6};
pub use self::notes::notes;
use super::parse::{Reading, read};
use super::select::{Selection, select};
use super::{
    Cause, Modifier, Node, Note, NoteCode, Place, Problem, Qualifier, RecordStatus, Target, Term,
    TermKind, TermNode, Tree,
};
use crate::dns::{Name, Question, RecordType, Response, Wanting};
use crate::sorted::SortedSet;
use crate::span::Span;

/// Follows every `include:` and `redirect=` of `domain`, whoever the client is.
///
/// Gives nothing while answers are missing; `dns` has then noted all that can be seen to be needed.
/// However large the tree, no more is noted than for 100 terms and 400 questions, twelve records deep.
#[must_use]
pub fn walk(dns: &Wanting<'_>, domain: &Name) -> Option<Tree> {
    let mut seen = SortedSet::new();
    seen.insert(domain.clone());
    let mut walk = Walk {
        dns,
        pending: false,
        truncated: false,
        lookups: 0,
        questions: 0,
        terms: 0,
        void_lookups: Voids::default(),
        limit_at: None,
        path: Vec::new(),
        seen,
        problems: Vec::new(),
        notes: Vec::new(),
    };
    let root = walk.root(domain);
    if walk.pending {
        return None;
    }
    Some(Tree {
        lookups: walk.lookups,
        void_lookups_ipv4: walk.void_lookups.ipv4,
        void_lookups_ipv6: walk.void_lookups.ipv6,
        limit_at: walk.limit_at,
        all: root.all,
        ipv4_addresses: root.passing.ipv4_addresses(),
        ipv6_networks: root.passing.ipv6_networks(),
        problems: walk.problems,
        notes: walk.notes,
        truncated: walk.truncated,
        root: root.node,
    })
}

/// Terms with a look-up that are resolved; those beyond are counted only.
const RESOLVED_LIMIT: u32 = 100;

/// Questions in all.
const QUESTION_LIMIT: u32 = 400;

/// Terms that are shown, over all records.
const TERM_LIMIT: u32 = 5_000;

/// Problems, and notes: a record can hold thousands of errors.
const LIST_LIMIT: usize = 500;

/// No evaluation gets deeper than ten records below the first.
const DEPTH_LIMIT: usize = 12;

/// One walk, from the first record to the last.
struct Walk<'a> {
    dns: &'a Wanting<'a>,
    /// An answer is missing: what is built now is thrown away.
    pending: bool,
    truncated: bool,
    lookups: u32,
    questions: u32,
    terms: u32,
    void_lookups: Voids,
    limit_at: Option<Place>,
    /// The domains that led here, the present one last.
    path: Vec<Name>,
    /// All domains met so far.
    seen: SortedSet<Name>,
    problems: Vec<Problem>,
    notes: Vec<Note>,
}

/// Terms whose look-up finds nothing, for a client of either family.
#[derive(Default)]
struct Voids {
    ipv4: u32,
    ipv6: u32,
}

/// A record and what its place in the tree lets it say.
struct Walked {
    node: Node,
    all: Option<Qualifier>,
    passing: Ranges,
}

impl Walked {
    fn without_record(domain: &Name, status: RecordStatus) -> Self {
        Self {
            node: Node {
                domain: domain.to_string(),
                status,
                record: None,
                terms: Vec::new(),
                lookups: 0,
            },
            all: None,
            passing: Ranges::default(),
        }
    }
}

/// A record on the way.
struct Scope<'r> {
    domain: &'r Name,
    text: Characters<'r>,
    /// The first `all`.
    all: Option<Span>,
    /// The domain's own record, or the one that it redirects to: its `all` decides.
    effective: bool,
}

impl<'a> Walk<'a> {
    fn root(&mut self, domain: &Name) -> Walked {
        let Some(response) = self.ask(domain, RecordType::Txt) else {
            return Walked::without_record(domain, RecordStatus::None);
        };
        let cause = match select(response) {
            Selection::One(text) => return self.record(domain, &text, true),
            Selection::None => Cause::NoRecord,
            Selection::NxDomain => Cause::DomainMissing,
            Selection::Many(count) => Cause::SeveralRecords { count },
            Selection::Failed(failure) => Cause::LookupFailed {
                question: Question::new(domain.clone(), RecordType::Txt),
                failure,
            },
        };
        self.add_problem(Problem::of(domain.as_str(), cause));
        Walked::without_record(domain, status(response))
    }

    fn record(&mut self, domain: &Name, text: &str, effective: bool) -> Walked {
        let reading = read(text);
        let scope = Scope {
            domain,
            text: Characters::of(text),
            all: reading.record.all().map(|(term, _)| term.span),
            effective,
        };
        self.path.push(domain.clone());
        self.note_record(&scope, &reading.record);
        self.report_errors(&scope, &reading);
        let mut walked = self.terms(&scope, &reading);
        self.path.pop();
        walked.node.record = Some(text.to_owned());
        walked
    }

    fn report_errors(&mut self, scope: &Scope<'_>, reading: &Reading) {
        for error in &reading.errors {
            let cause = Cause::Syntax { code: error.code };
            self.problem(scope, error.span, cause);
        }
    }

    /// Walks the terms in the order of their evaluation and gives them in the order written.
    fn terms(&mut self, scope: &Scope<'_>, reading: &Reading) -> Walked {
        let mut walked = Walked::without_record(scope.domain, RecordStatus::One);
        walked.all = reading.record.all().map(|(_, qualifier)| qualifier);
        let terms = &reading.record.terms;
        let (last, first): (Vec<&Term>, Vec<&Term>) = terms.iter().partition(|t| is_redirect(t));
        for terms in [first, last] {
            let mut nodes = Vec::new();
            for term in terms {
                if self.term_limit_reached() {
                    break;
                }
                let (term, below) = self.term(scope, term);
                walked.node.lookups += term.lookups;
                nodes.push(term);
                walked.passing.extend(below.passing);
                walked.all = walked.all.or(below.all);
            }
            walked.node.terms = in_order(walked.node.terms, nodes);
        }
        let mut unread = Vec::new();
        for error in &reading.errors {
            if self.term_limit_reached() {
                break;
            }
            unread.push(scope.term_node(error.term, false));
        }
        walked.node.terms = in_order(walked.node.terms, unread);
        walked
    }

    fn term_limit_reached(&mut self) -> bool {
        self.terms += 1;
        self.truncated |= self.terms > TERM_LIMIT;
        self.terms > TERM_LIMIT
    }

    /// One term, and what it hands up: its addresses, and the `all` that a `redirect=` leads to.
    fn term(&mut self, scope: &Scope<'_>, term: &Term) -> (TermNode, Below) {
        let reached = match scope.all {
            Some(all) => all >= term.span && !is_redirect(term),
            None => true,
        };
        let mut node = scope.term_node(term.span, reached);
        let mut below = Below::default();
        if reached {
            if term.causes_lookup() {
                self.count_lookup(scope, term);
                node.lookups = 1;
            }
            match &term.kind {
                TermKind::Directive(directive) => {
                    below.passing = self.mechanism(scope, term, directive, &mut node);
                }
                TermKind::Modifier(Modifier::Redirect(_, target)) => {
                    below = self.child(scope, term, target, &mut node);
                }
                TermKind::Modifier(_) => {}
            }
            self.count_voids(scope, &node);
            node.ipv4_addresses = below.passing.ipv4_addresses();
            node.ipv6_networks = below.passing.ipv6_networks();
        }
        (node, below)
    }

    fn count_lookup(&mut self, scope: &Scope<'_>, term: &Term) {
        self.lookups += 1;
        if self.lookups == super::evaluate::LOOKUP_LIMIT + 1 {
            self.limit_at = Some(Place {
                domain: scope.domain.to_string(),
                span: term.span,
            });
            self.problem(scope, term.span, Cause::TooManyLookups);
        }
    }

    fn count_voids(&mut self, scope: &Scope<'_>, node: &TermNode) {
        let over = super::evaluate::VOID_LOOKUP_LIMIT + 1;
        self.void_lookups.ipv4 += u32::from(node.void_ipv4);
        self.void_lookups.ipv6 += u32::from(node.void_ipv6);
        if node.void_ipv4 && self.void_lookups.ipv4 == over {
            self.problem(scope, node.span, Cause::TooManyVoidLookups);
        } else if node.void_ipv6 && self.void_lookups.ipv6 == over {
            // A sender on IPv6 whom nothing matches gets `permerror` where others get `fail`.
            self.note(scope, node.span, NoteCode::TooManyVoidLookupsIpv6);
        }
    }

    fn problem(&mut self, scope: &Scope<'_>, span: Span, cause: Cause) {
        self.add_problem(Problem::at(scope.domain.as_str(), span, cause));
    }

    /// A record that is included twice has its problems once.
    fn add_problem(&mut self, problem: Problem) {
        if self.problems.len() >= LIST_LIMIT {
            self.truncated = true;
        } else if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn note(&mut self, scope: &Scope<'_>, span: Span, code: NoteCode) {
        self.add_note(scope, Some(span), code);
    }

    fn add_note(&mut self, scope: &Scope<'_>, span: Option<Span>, code: NoteCode) {
        let domain = scope.domain.to_string();
        let note = Note { domain, span, code };
        if self.notes.len() >= LIST_LIMIT {
            self.truncated = true;
        } else if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The answer; nothing when it is missing, or when enough has been asked.
    fn ask(&mut self, name: &Name, record_type: RecordType) -> Option<&'a Response> {
        if self.questions >= QUESTION_LIMIT {
            self.truncated = true;
            return None;
        }
        self.questions += 1;
        let answer = self.dns.ask(name, record_type);
        self.pending |= answer.is_none();
        answer.map(|answer| &answer.response)
    }
}

/// What a term hands up to its record.
#[derive(Default)]
struct Below {
    all: Option<Qualifier>,
    passing: Ranges,
}

impl Scope<'_> {
    fn term_node(&self, span: Span, reached: bool) -> TermNode {
        TermNode {
            span,
            text: self.text.get(span),
            reached,
            target: Target::None,
            lookups: 0,
            void_ipv4: false,
            void_ipv6: false,
            ipv4_addresses: 0,
            ipv6_networks: 0,
            child: None,
        }
    }
}

/// Two lists in the order of the text as one, in time that grows with their length.
fn in_order(one: Vec<TermNode>, other: Vec<TermNode>) -> Vec<TermNode> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    let mut one = one.into_iter().peekable();
    for term in other {
        while let Some(earlier) = one.next_if(|earlier| earlier.span < term.span) {
            merged.push(earlier);
        }
        merged.push(term);
    }
    merged.extend(one);
    merged
}

const fn is_redirect(term: &Term) -> bool {
    matches!(term.kind, TermKind::Modifier(Modifier::Redirect(..)))
}

fn status(response: &Response) -> RecordStatus {
    match select(response) {
        Selection::None => RecordStatus::None,
        Selection::NxDomain => RecordStatus::NxDomain,
        Selection::One(_) => RecordStatus::One,
        Selection::Many(count) => RecordStatus::Several(count),
        Selection::Failed(failure) => RecordStatus::Failed(failure),
    }
}

#[cfg(test)]
mod tests;
