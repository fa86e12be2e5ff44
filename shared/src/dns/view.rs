//! The view over answers, and the list of what it could not answer.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Name, Question, RecordData, RecordType, Response, TxtRecord};
use crate::sorted::SortedSet;

/// Answers that are known by now.
pub trait DnsView {
    /// The answer, or `None` for *not asked yet*.
    fn get(&self, question: &Question) -> Option<&Answer>;
}

/// A view that notes every question it could not answer.
///
/// Evaluators take `&Wanting`: what they ask in vain is what the scan must ask next. Asking for more
/// than is needed at once (all `include:` of a record, say) saves rounds, so an evaluator may also
/// [`Wanting::prefetch`].
pub struct Wanting<'a> {
    view: &'a dyn DnsView,
    wants: RefCell<SortedSet<Question>>,
}

impl<'a> Wanting<'a> {
    /// Nothing is wanted yet.
    #[must_use]
    pub fn new(view: &'a dyn DnsView) -> Self {
        Self {
            view,
            wants: RefCell::default(),
        }
    }

    /// The answer, or `None` after noting the question.
    pub fn ask(&self, name: &Name, record_type: RecordType) -> Option<&'a Answer> {
        self.answer(&Question::new(name.clone(), record_type))
    }

    /// As [`Wanting::ask`], for a question with or without validation.
    pub fn answer(&self, question: &Question) -> Option<&'a Answer> {
        let answer = self.view.get(question);
        if answer.is_none() {
            self.wants.borrow_mut().insert(question.clone());
        }
        answer
    }

    /// As [`Wanting::ask`], for its effect on the list alone.
    pub fn prefetch(&self, name: &Name, record_type: RecordType) {
        let _ = self.ask(name, record_type);
    }

    /// The questions asked in vain, each once, in order.
    #[must_use]
    pub fn into_wants(self) -> Vec<Question> {
        self.wants.into_inner().into_vec()
    }
}

/// A literal zone: what tests and the conformance suites stand on.
///
/// A name that is not in it does not exist; a name that is in it without the type asked for has no data.
#[derive(Clone, Debug, Default)]
pub struct Zone {
    answers: BTreeMap<Question, Answer>,
    names: BTreeSet<Name>,
    no_data: BTreeMap<Name, Answer>,
    nx_domain: Option<Answer>,
}

impl Zone {
    /// A world in which no name exists.
    #[must_use]
    pub fn new() -> Self {
        Self {
            nx_domain: Some(Answer::new(Response::NxDomain)),
            ..Self::default()
        }
    }

    /// Answers `question` with `response`.
    pub fn insert(&mut self, question: Question, response: Response) {
        self.names.insert(question.name.clone());
        self.no_data
            .insert(question.name.clone(), Answer::new(Response::NoData));
        self.answers.insert(question, Answer::new(response));
    }

    /// Adds a record to those of `name`.
    pub fn add(&mut self, name: &Name, record_type: RecordType, data: RecordData) {
        let question = Question::new(name.clone(), record_type);
        let mut records = self
            .answers
            .get(&question)
            .map(|a| a.response.records().to_vec())
            .unwrap_or_default();
        records.push(data);
        self.insert(question, Response::from_records(records));
    }

    /// `name` with one TXT record; builder style, for tests.
    ///
    /// # Panics
    /// When `name` is no name: it is a literal of the test.
    #[must_use]
    #[allow(clippy::expect_used)]
    pub fn txt(mut self, name: &str, text: &str) -> Self {
        let name = Name::parse(name).expect("a literal name");
        self.add(
            &name,
            RecordType::Txt,
            RecordData::Txt(TxtRecord::single(text)),
        );
        self
    }
}

impl DnsView for Zone {
    fn get(&self, question: &Question) -> Option<&Answer> {
        // Data is the same with and without validation, unless a test says otherwise.
        let checked = || Question::new(question.name.clone(), question.record_type);
        self.answers
            .get(question)
            .or_else(|| self.answers.get(&checked()))
            .or_else(|| self.no_data.get(&question.name))
            .or(self.nx_domain.as_ref())
    }
}
