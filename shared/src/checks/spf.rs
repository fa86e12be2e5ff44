//! One valid SPF record, evaluated through all its includes, within its limits? (RFC 7208)

mod draft;
mod mend;
mod word;

pub(super) use self::word::Word;
use super::misplaced::{self, Misplaced};
use super::weighing::Weighing;
use super::{Check, CheckId, Route, Scene};
use crate::dns::{Question, RecordType};
use crate::gather::Gather;
use crate::report::{Finding, Reason, Status, Stranger};
use crate::sorting::sorted;
use crate::spf::{Cause, NoteCode, Outcome, Problem, SpfResult, Tree, near_misses};

/// From here on the next include may be the one too many (RFC 7208 §4.6.4 allows ten).
const NEAR_LIMIT: u32 = 9;

/// See the module.
pub(super) struct Spf;

impl Check for Spf {
    fn id(&self) -> CheckId {
        CheckId::Spf
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let domain = scene.evidence.domain().name();
        let finding = |status, reasons| {
            Finding::new(self.id(), status, reasons)
                .proven_by(scene.answered(domain, RecordType::Txt))
        };
        if scene.route == Route::NoSuchDomain {
            return finding(Status::Na, vec![Reason::NoSuchDomain]);
        }
        let (Some(tree), Some(word)) = (scene.spf_tree(), scene.spf_word()) else {
            return finding(Status::Unknown, vec![Reason::Pending]);
        };
        let (status, mut reasons) = judge(tree, &word);
        if reasons.first() == Some(&Reason::SpfMissing) {
            reasons.extend(ignored(scene));
        }
        let misplaced = misplaced::spf(scene).filter(|_| status != Status::Unknown);
        reasons.extend(misplaced.as_ref().map(Misplaced::reason));
        let mend = matches!(status, Status::Fail | Status::Warn)
            .then(|| mend::mend(scene, tree, &reasons))
            .flatten();
        finding(status, reasons)
            .mended_by(mend)
            .proven_by(records_below(scene, tree))
            .proven_by(
                misplaced
                    .into_iter()
                    .flat_map(|m| scene.answered(&m.at, RecordType::Txt)),
            )
    }
}

/// The status by what a stranger gets, then by what the walk noted.
fn judge(tree: &Tree, word: &Word<'_>) -> (Status, Vec<Reason>) {
    let (status, main) = match word.stranger {
        None => return (Status::Unknown, vec![lookup_failure(word.outcome)]),
        Some(Stranger::None) => return (Status::Fail, vec![Reason::SpfMissing]),
        Some(Stranger::PermError) => (Status::Fail, broken(tree, word.outcome)),
        Some(Stranger::Pass) => (Status::Fail, vec![word.opened.clone()]),
        Some(Stranger::Neutral) => (Status::Warn, vec![Reason::SpfNeutral]),
        Some(strangers @ (Stranger::Fail | Stranger::SoftFail)) => {
            let lookups = tree.lookups;
            (Status::Pass, vec![Reason::SpfValid { lookups, strangers }])
        }
    };
    let mut weighing = Weighing::new(status, main);
    for note in &tree.notes {
        let weighs = matches!(
            note.code,
            NoteCode::OpenRanges
                | NoteCode::OversizeRecord { .. }
                | NoteCode::Ptr
                | NoteCode::WideRange { .. }
        );
        // What the first reason says already is not said twice.
        let said = matches!(
            note.code,
            NoteCode::PassAll | NoteCode::NeutralAll | NoteCode::NoAll
        ) || note.code == NoteCode::OpenRanges && word.stranger == Some(Stranger::Pass);
        if !said {
            weighing.add(Reason::SpfNote { note: note.clone() }, weighs);
        }
    }
    if status != Status::Fail && tree.lookups >= NEAR_LIMIT {
        let lookups = tree.lookups;
        weighing.add(Reason::SpfNearLimit { lookups }, false);
    }
    weighing.told()
}

/// Everything that ends an evaluation in permerror; the one that a stranger meets comes first.
fn broken(tree: &Tree, outcome: &Outcome) -> Vec<Reason> {
    let mut problems: Vec<&Problem> = outcome.cause.iter().gather();
    for problem in tree
        .problems
        .iter()
        .filter(|problem| problem.cause.result() == SpfResult::PermError)
    {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    problems
        .into_iter()
        .map(|problem| Reason::SpfBroken {
            problem: problem.clone(),
        })
        .gather()
}

/// The look-up without which nothing can be said.
pub(super) fn lookup_failure(outcome: &Outcome) -> Reason {
    match outcome.cause.as_ref().map(|problem| &problem.cause) {
        Some(Cause::LookupFailed { question, failure }) => Reason::DnsFailed {
            question: question.clone(),
            failure: *failure,
        },
        // `Cause::result` makes temperror of a failed look-up alone.
        _ => Reason::Pending,
    }
}

/// A TXT record that was meant as SPF and is none.
fn ignored(scene: &Scene<'_>) -> Option<Reason> {
    let answer = scene
        .dns
        .ask(scene.evidence.domain().name(), RecordType::Txt)?;
    let first = near_misses(&answer.response).into_iter().next()?;
    Some(Reason::SpfIgnored { text: first.text })
}

/// The observations of the records that the tree was walked through.
fn records_below(scene: &Scene<'_>, tree: &Tree) -> Vec<crate::evidence::ObservationId> {
    let mut found = Vec::new();
    let mut nodes: Vec<_> = tree
        .root
        .terms
        .iter()
        .filter_map(|term| term.child.as_ref())
        .gather();
    while let Some(node) = nodes.pop() {
        nodes.extend(node.terms.iter().filter_map(|term| term.child.as_ref()));
        let Ok(name) = crate::dns::Name::parse(&node.domain) else {
            continue;
        };
        if let Some(id) = scene
            .evidence
            .answer_id(&Question::new(name, RecordType::Txt))
            && !found.contains(id)
        {
            found.push(id.clone());
        }
    }
    sorted(found)
}
