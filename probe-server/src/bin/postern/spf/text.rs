//! The outcome of an evaluation, for people.

use postern_shared::dns::{Name, Question, RecordType};
use postern_shared::spf::{Outcome, Problem, Selection, TraceStep, select};
use postern_shared::text::visible;
use postern_shared::wording::{self, Language, Sentence};

use super::Answers;
use crate::excerpt::Excerpts;

/// The result in the standard's word and in words, its cause with its place, and the way there.
pub(super) fn text(language: Language, outcome: &Outcome, answers: &Answers) -> String {
    let mut lines = vec![format!("result: {}", outcome.result)];
    lines.push(wording::spf_outcome(language, outcome).plain(language));
    lines.extend(
        outcome
            .cause
            .as_ref()
            .into_iter()
            .flat_map(|cause| excerpt(cause, answers)),
    );
    if let Some(explanation) = &outcome.explanation {
        lines.push(format!("explanation: {}", visible(explanation)));
    }
    lines.push(format!("lookups: {}", outcome.lookups));
    lines.push(format!("void_lookups: {}", outcome.void_lookups));
    lines.extend(outcome.trace.iter().map(|known| step(language, known)));
    lines.join("\n")
}

/// The record and a caret below the place that ended the evaluation; nothing where no place did.
fn excerpt(cause: &Problem, answers: &Answers) -> Vec<String> {
    let Some((span, domain)) = cause.span.zip(Name::parse(&cause.domain).ok()) else {
        return Vec::new();
    };
    let answer = answers.0.get(&Question::new(domain, RecordType::Txt));
    match answer.map(|answer| select(&answer.response)) {
        Some(Selection::One(record)) => Excerpts::of(&record)
            .show(span)
            .map(|line| format!("  {line}"))
            .to_vec(),
        _ => Vec::new(),
    }
}

/// A term, the domain whose record has it, and what came of it.
fn step(language: Language, step: &TraceStep) -> String {
    let indent = "  ".repeat(usize::try_from(step.record.depth).unwrap_or(0) + 1);
    let code = |text: &str| Sentence::code(text).plain(language);
    format!(
        "{indent}{} ({}): {}",
        code(step.term()),
        code(&step.record.domain),
        wording::spf_event(language, step.event).plain(language)
    )
}
