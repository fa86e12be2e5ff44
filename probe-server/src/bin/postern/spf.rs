//! `postern spf`.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use postern_shared::dns::{Answer, DnsView, Question, Wanting};
use postern_shared::spf::{Outcome, Params, TraceEvent, evaluate};
use postern_shared::text::visible;
use probe_server::clock;
use probe_server::dns::Resolver;

use crate::Failed;
use crate::args::{Format, SpfArgs};
use crate::output;

/// Answers by question.
#[derive(Default)]
struct Answers(BTreeMap<Question, Answer>);

impl DnsView for Answers {
    fn get(&self, question: &Question) -> Option<&Answer> {
        self.0.get(question)
    }
}

/// Evaluates and prints.
///
/// # Errors
/// The system's resolver cannot be used.
pub(crate) async fn run(args: SpfArgs) -> Result<(), Failed> {
    let resolver = Resolver::new(args.dns_server).map_err(Failed::Misuse)?;
    let params = Params {
        ip: args.ip,
        mail_from: args.mail_from,
        helo: args.helo,
        receiver: "unknown".to_owned(),
        now: clock::now().0 / 1000,
    };
    let outcome = resolve(&resolver, &params).await;
    match args.format {
        Format::Json => output::json(&outcome),
        Format::Text => output::write(&text(&outcome)),
    }
}

/// Asks what the evaluation wants, round by round; every round answers something that was wanted.
async fn resolve(resolver: &Resolver, params: &Params) -> Outcome {
    let mut answers = Answers::default();
    loop {
        let wanting = Wanting::new(&answers);
        if let Some(outcome) = evaluate(&wanting, params) {
            return outcome;
        }
        let wants = wanting.into_wants();
        let facts = join_all(wants.iter().map(|question| resolver.lookup(question))).await;
        answers
            .0
            .extend(facts.into_iter().map(|fact| (fact.question, fact.answer)));
    }
}

fn text(outcome: &Outcome) -> String {
    let mut lines = vec![format!("result: {}", outcome.result)];
    if let Some(explanation) = &outcome.explanation {
        lines.push(format!("explanation: {}", visible(explanation)));
    }
    lines.push(format!("lookups: {}", outcome.lookups));
    lines.push(format!("void_lookups: {}", outcome.void_lookups));
    for step in &outcome.trace {
        let indent = "  ".repeat(usize::try_from(step.record.depth).unwrap_or(0) + 1);
        lines.push(format!(
            "{indent}{} in {}: {}",
            visible(step.term()),
            visible(&step.record.domain),
            event(step.event)
        ));
    }
    lines.join("\n")
}

/// What came of a term, in the standard's words.
fn event(event: TraceEvent) -> String {
    match event {
        TraceEvent::Matched { result } => format!("matched, {result}"),
        TraceEvent::NotMatched => "not matched".to_owned(),
        TraceEvent::Void => "not matched, void lookup".to_owned(),
        TraceEvent::Included { result } => {
            format!("not matched, the included record gives {result}")
        }
        TraceEvent::Redirected { result } => format!("redirected, {result}"),
        TraceEvent::Stopped => "the evaluation ended here".to_owned(),
    }
}
