//! One valid SPF record, evaluated through all its includes, within its limits? (RFC 7208)

use super::{Check, CheckId, Route, Scene};
use crate::dns::{Question, RecordType};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status, Stranger};
use crate::spf::{Cause, NoteCode, Outcome, Problem, SpfResult, Tree, near_misses};

/// Half of all IPv4 addresses: a record that authorizes more says "anybody" in other words.
const HALF_OF_IPV4: u64 = 1 << 31;
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
        let (Some(tree), Some(outcome)) = (scene.spf_tree(), scene.spf_stranger()) else {
            return finding(Status::Unknown, vec![Reason::Pending]);
        };
        let (status, mut reasons) = judge(tree, outcome);
        if reasons.first() == Some(&Reason::SpfMissing) {
            reasons.extend(ignored(scene));
        }
        let mend = matches!(status, Status::Fail | Status::Warn)
            .then(|| mend(scene, tree, &reasons))
            .flatten();
        let mut finding = finding(status, reasons).mended_by(mend);
        finding.proof.extend(records_below(scene, tree));
        finding
    }
}

/// What SPF says to a stranger; nothing while it cannot be known.
pub(super) fn stranger(tree: &Tree, outcome: &Outcome) -> Option<Stranger> {
    if tree.ipv4_addresses >= HALF_OF_IPV4 && outcome.result != SpfResult::PermError {
        return Some(Stranger::Pass);
    }
    match outcome.result {
        SpfResult::None => Some(Stranger::None),
        SpfResult::Neutral => Some(Stranger::Neutral),
        SpfResult::Pass => Some(Stranger::Pass),
        SpfResult::Fail => Some(Stranger::Fail),
        SpfResult::SoftFail => Some(Stranger::SoftFail),
        SpfResult::PermError => Some(Stranger::PermError),
        SpfResult::TempError => None,
    }
}

/// The status by what a stranger gets, then by what the walk noted.
fn judge(tree: &Tree, outcome: &Outcome) -> (Status, Vec<Reason>) {
    let (mut status, mut reasons) = match stranger(tree, outcome) {
        None => return (Status::Unknown, vec![lookup_failure(outcome)]),
        Some(Stranger::None) => return (Status::Fail, vec![Reason::SpfMissing]),
        Some(Stranger::PermError) => (Status::Fail, broken(tree, outcome)),
        Some(Stranger::Pass) => (Status::Fail, vec![Reason::SpfOpen]),
        Some(Stranger::Neutral) => (Status::Warn, vec![Reason::SpfNeutral]),
        Some(strangers @ (Stranger::Fail | Stranger::SoftFail)) => (
            Status::Pass,
            vec![Reason::SpfValid {
                lookups: tree.lookups,
                strangers,
            }],
        ),
    };
    for note in &tree.notes {
        let weighty = matches!(
            note.code,
            NoteCode::Ptr | NoteCode::OversizeRecord { .. } | NoteCode::WideRange { .. }
        );
        // What the first reason says already is not said twice.
        let said = matches!(
            note.code,
            NoteCode::PassAll | NoteCode::NeutralAll | NoteCode::NoAll
        );
        if !said {
            reasons.push(Reason::SpfNote { note: note.clone() });
        }
        if weighty && status == Status::Pass {
            status = Status::Warn;
        }
    }
    if status != Status::Fail && tree.lookups >= NEAR_LIMIT {
        reasons.push(Reason::SpfNearLimit {
            lookups: tree.lookups,
        });
    }
    (status, reasons)
}

/// Everything that ends an evaluation in permerror; the one that a stranger meets comes first.
fn broken(tree: &Tree, outcome: &Outcome) -> Vec<Reason> {
    let mut problems: Vec<&Problem> = outcome.cause.iter().collect();
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
        .collect()
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
        .collect();
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
    found.sort();
    found
}

/// The record to publish, made from the domain's own.
fn mend(scene: &Scene<'_>, tree: &Tree, reasons: &[Reason]) -> Option<Mend> {
    let domain = scene.evidence.domain().name();
    let publish =
        |action, value| Some(Mend::new(action, Owner::Dns).publishing(domain.clone(), value));
    match reasons.first()? {
        Reason::SpfMissing => {
            let sends = matches!(scene.route, Route::Exchanges(_));
            publish(
                Action::PublishSpf,
                if sends {
                    "v=spf1 mx ~all"
                } else {
                    "v=spf1 -all"
                }
                .to_owned(),
            )
        }
        first @ (Reason::SpfNeutral | Reason::SpfOpen) => match closed(tree) {
            Some(value) => publish(Action::CloseSpf, value),
            // It closes at its end and is open before: a term lets in far more than it should.
            None if *first == Reason::SpfOpen => Some(Mend::new(Action::NarrowSpf, Owner::Dns)),
            None => Some(Mend::new(Action::CloseSpf, Owner::Dns)),
        },
        Reason::SpfBroken { problem } => match &problem.cause {
            Cause::SeveralRecords { .. } => Some(Mend::new(Action::KeepOneSpf, Owner::Dns)),
            Cause::IncludeWithoutRecord { .. } => match without(tree, problem) {
                Some(value) => publish(Action::CorrectSpf, value),
                None => Some(Mend::new(Action::CorrectSpf, Owner::Dns)),
            },
            _ => Some(Mend::new(Action::CorrectSpf, Owner::Dns)),
        },
        _ => Some(Mend::new(Action::CorrectSpf, Owner::Dns)),
    }
}

/// The domain's record without the term that a problem points at.
fn without(tree: &Tree, problem: &Problem) -> Option<String> {
    let term = tree
        .root
        .terms
        .iter()
        .find(|term| problem.domain == tree.root.domain && Some(term.span) == problem.span)?;
    rewritten(
        tree,
        |text| (text != term.text).then(|| text.to_owned()),
        None,
    )
}

/// The domain's record with `~all` in place of an `all` that closes nothing, or behind all terms; nothing
/// where the record ends in another's word, or closes already and is open by what stands before.
fn closed(tree: &Tree) -> Option<String> {
    let begins = |text: &str, with: &str| text.to_ascii_lowercase().starts_with(with);
    let open = |text: &str| matches!(text.to_ascii_lowercase().as_str(), "?all" | "+all" | "all");
    let settled =
        |text: &str| begins(text, "redirect=") || begins(text, "-all") || begins(text, "~all");
    if tree.root.terms.iter().any(|term| settled(&term.text)) {
        return None;
    }
    rewritten(
        tree,
        |text| (!open(text)).then(|| text.to_owned()),
        Some("~all"),
    )
}

/// The domain's record, term by term.
fn rewritten(
    tree: &Tree,
    keep: impl Fn(&str) -> Option<String>,
    last: Option<&str>,
) -> Option<String> {
    tree.root.record.as_ref()?;
    let mut terms = vec!["v=spf1".to_owned()];
    terms.extend(tree.root.terms.iter().filter_map(|term| keep(&term.text)));
    terms.extend(last.map(str::to_owned));
    let value = terms.join(" ");
    // Nothing is handed over that our own parser would not take.
    crate::spf::Record::parse(&value).is_ok().then_some(value)
}
