//! `postern spf`.

mod sender;
mod text;

use std::collections::BTreeMap;

use futures_util::future::join_all;
use postern_shared::dns::{Answer, DnsView, Failure, Question, Response, Wanting};
use postern_shared::spf::{Outcome, Params, evaluate};
use postern_shared::wording;
use probe_server::clock;
use probe_server::dns::Resolver;

use self::sender::Sender;
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

impl Answers {
    /// Why nothing is known, where every question failed.
    fn failure(&self) -> Option<Failure> {
        let mut failures = self.0.values().map(|answer| match answer.response {
            Response::Failed(failure) => Some(failure),
            _ => None,
        });
        let first = failures.next()??;
        failures.all(|failure| failure.is_some()).then_some(first)
    }
}

/// Evaluates and prints.
///
/// # Errors
/// What was typed is no sender, or nothing could be asked.
pub(crate) async fn run(args: SpfArgs) -> Result<(), Failed> {
    let Sender { mail_from, helo } = Sender::read(&args)?;
    let resolver = Resolver::new(args.dns_server).map_err(Failed::Misuse)?;
    let params = Params {
        ip: args.ip,
        mail_from,
        helo,
        receiver: "unknown".to_owned(),
        now: clock::now().0 / 1000,
    };
    let (outcome, answers) = resolve(&resolver, &params).await;
    match args.format {
        Format::Json => output::json(&outcome)?,
        Format::Text => output::write(&text::text(args.lang, &outcome, &answers))?,
    }
    answers.failure().map_or(Ok(()), |failure| {
        let hint = wording::after_dns_failure(args.lang, failure);
        Err(Failed::NotDone(hint.plain(args.lang)))
    })
}

/// Asks what the evaluation wants, round by round; every round answers something that was wanted.
async fn resolve(resolver: &Resolver, params: &Params) -> (Outcome, Answers) {
    let mut answers = Answers::default();
    loop {
        let wanting = Wanting::new(&answers);
        if let Some(outcome) = evaluate(&wanting, params) {
            return (outcome, answers);
        }
        let wants = wanting.into_wants();
        let facts = join_all(wants.iter().map(|question| resolver.lookup(question))).await;
        answers
            .0
            .extend(facts.into_iter().map(|fact| (fact.question, fact.answer)));
    }
}
