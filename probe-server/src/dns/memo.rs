//! The look-ups of one scan: each question is asked once, and its answer told once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use postern_shared::dns::{Name, Question, RecordType, Response};
use postern_shared::evidence::Fact;
use tokio::sync::OnceCell;

use super::Resolver;
use crate::sink::Sink;

/// Remembers answers, and tells each as a fact when it comes.
#[derive(Debug)]
pub struct Memo<'a> {
    resolver: &'a Resolver,
    sink: &'a Sink,
    answers: Mutex<HashMap<Question, Arc<OnceCell<Response>>>>,
}

impl<'a> Memo<'a> {
    /// Nothing was asked yet; answers are told to `sink`.
    #[must_use]
    pub fn new(resolver: &'a Resolver, sink: &'a Sink) -> Self {
        Self {
            resolver,
            sink,
            answers: Mutex::default(),
        }
    }

    /// The response for a name and a type.
    pub async fn ask(&self, name: &Name, record_type: RecordType) -> Response {
        self.answer(Question::new(name.clone(), record_type)).await
    }

    /// The response to a question; those who ask it at the same time wait for the same look-up.
    pub async fn answer(&self, question: Question) -> Response {
        let cell = {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(answers.entry(question.clone()).or_default())
        };
        let look_up = async {
            let fact = self.resolver.lookup(&question).await;
            let response = fact.answer.response.clone();
            self.sink.fact(Fact::Dns(fact)).await;
            response
        };
        cell.get_or_init(|| look_up).await.clone()
    }
}
