//! The fold.

use crate::gather::Gather;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{DnsFact, Fact, Observation, ObservationId};
use crate::DomainName;
use crate::dns::{Answer, DnsView, Question};
use crate::json;
use crate::sorted::SortedMap;

/// The version of the saved form.
const FORMAT: u32 = 1;
/// Observations in one body of evidence: twenty times what a large scan makes.
const MAX_OBSERVATIONS: usize = 20_000;
/// Characters of a saved file.
const MAX_SAVED: usize = 16 * 1024 * 1024;

/// Everything seen about one domain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Evidence {
    domain: DomainName,
    observations: SortedMap<ObservationId, Observation>,
    /// For each question the observation whose answer counts.
    answers: SortedMap<Question, ObservationId>,
}

impl Evidence {
    /// Nothing seen yet.
    #[must_use]
    pub const fn new(domain: DomainName) -> Self {
        Self {
            domain,
            observations: SortedMap::new(),
            answers: SortedMap::new(),
        }
    }

    /// The domain it is about.
    #[must_use]
    pub const fn domain(&self) -> &DomainName {
        &self.domain
    }

    /// Takes one observation in; whether anything changed.
    ///
    /// Of two accounts of one event the lesser by order is kept (the earlier, mostly), whichever came
    /// first: so any order of arrival gives the same evidence. Past twenty thousand events new ones are
    /// not taken in (no honest scan makes so many), but for how the probe ended.
    pub fn apply(&mut self, observation: Observation) -> bool {
        let id = observation.fact.id();
        match self.observations.get(id.as_str()) {
            Some(known) if precedence(known) <= precedence(&observation) => return false,
            None if self.is_full() && !matches!(observation.fact, Fact::Probe(_)) => return false,
            _ => {}
        }
        if let Fact::Dns(fact) = &observation.fact {
            let question = fact.question.clone();
            self.observations.insert(id, observation);
            self.choose_answer(question);
        } else {
            self.observations.insert(id, observation);
        }
        true
    }

    fn is_full(&self) -> bool {
        self.observations.len() >= MAX_OBSERVATIONS
    }

    /// What this evidence and that `beside` it would be if `facts` were so: each takes the place of all accounts of the
    /// same event, at the moment of the last observation. Never to be kept: nobody saw it.
    #[must_use]
    pub(crate) fn supposing(&self, beside: &Self, facts: Vec<Fact>) -> Self {
        let mut supposed = Self::new(self.domain.clone());
        let seen = self.observations.values();
        for observation in seen.chain(beside.observations.values()) {
            if !facts.iter().any(|fact| fact.stands_for(&observation.fact)) {
                supposed.apply(observation.clone());
            }
        }
        let last = self.observations.values().map(|seen| seen.at).max();
        for fact in facts {
            supposed.apply(Observation::new(last.unwrap_or_default(), fact));
        }
        supposed
    }

    /// All observations, in the order of their identities.
    pub fn observations(&self) -> impl Iterator<Item = (&ObservationId, &Observation)> {
        self.observations.iter()
    }

    /// The observation of this identity.
    #[must_use]
    pub fn observation(&self, id: &str) -> Option<&Observation> {
        self.observations.get(id)
    }

    /// The observation of this identity, with the identity itself.
    pub(crate) fn entry(&self, id: &str) -> Option<(&ObservationId, &Observation)> {
        self.observations.entry(id)
    }

    /// All observations whose identity begins with `prefix`, in order.
    pub(crate) fn beginning(
        &self,
        prefix: &str,
    ) -> impl Iterator<Item = (&ObservationId, &Observation)> {
        self.observations
            .starting(prefix)
            .take_while(move |(id, _)| id.as_str().starts_with(prefix))
    }

    /// The observation whose answer to `question` counts.
    #[must_use]
    pub fn answer_id(&self, question: &Question) -> Option<&ObservationId> {
        self.answers.get(question)
    }

    /// What each resolver said to `question`.
    pub(crate) fn answers_to(&self, question: &Question) -> Vec<&DnsFact> {
        self.beginning(&ObservationId::answers_to(question))
            .filter_map(|(_, observation)| match &observation.fact {
                // A name may hold the very characters that identities are made with.
                Fact::Dns(fact) if fact.question == *question => Some(fact),
                _ => None,
            })
            .gather()
    }

    /// Chooses among the answers to one question: a definite one before a failure, then by the name of
    /// the resolver, so that the choice hangs on no clock.
    fn choose_answer(&mut self, question: Question) {
        let best = self
            .beginning(&ObservationId::answers_to(&question))
            // A name may hold the very characters that identities are made with.
            .filter(|(_, observation)| matches!(&observation.fact, Fact::Dns(fact) if fact.question == question))
            .min_by_key(|(id, observation)| {
                (answer_of(observation).is_none_or(|a| !a.response.is_definite()), *id)
            })
            .map(|(id, _)| id.clone());
        if let Some(id) = best {
            self.answers.insert(question, id);
        }
    }

    /// The saved form: JSON, the same for the same evidence.
    #[must_use]
    pub fn to_json(&self) -> String {
        let saved = SavedRef {
            postern_evidence: FORMAT,
            domain: &self.domain,
            observations: self.observations.values().gather(),
        };
        // Strings, numbers and lists only: nothing in it can fail to be written.
        serde_json::to_string(&saved).unwrap_or_default()
    }

    /// Loads the saved form.
    ///
    /// # Errors
    /// Says what the text is instead.
    pub fn from_json(text: &str) -> Result<Self, LoadError> {
        if text.len() > MAX_SAVED {
            return Err(LoadError::TooLarge);
        }
        let saved: Saved = json::read(text).map_err(|at| unreadable(text, at))?;
        if saved.postern_evidence != FORMAT {
            return Err(LoadError::Version(saved.postern_evidence));
        }
        let mut evidence = Self::new(saved.domain);
        for observation in saved.observations {
            evidence.apply(observation);
        }
        Ok(evidence)
    }
}

/// Says at which line and column octet `at` of `text` is.
fn unreadable(text: &str, at: usize) -> LoadError {
    let before = text.get(..at).unwrap_or(text);
    LoadError::Unreadable {
        line: before.split('\n').count(),
        column: before
            .rsplit('\n')
            .next()
            .map_or(1, |line| line.chars().count() + 1),
    }
}

/// What decides between two accounts of one event.
///
/// How a probe ended is decided by the end alone (a scan that was cut and then finished has finished), an
/// answer by whether it is one (who asked again after a failure has learnt something); everything else by
/// its time first.
const fn precedence(
    observation: &Observation,
) -> (Option<&super::ProbeOutcome>, bool, &Observation) {
    match &observation.fact {
        Fact::Probe(outcome) => (Some(outcome), false, observation),
        Fact::Dns(fact) => (None, !fact.answer.response.is_definite(), observation),
        _ => (None, false, observation),
    }
}

/// The answer in a DNS observation.
const fn answer_of(observation: &Observation) -> Option<&Answer> {
    match &observation.fact {
        Fact::Dns(fact) => Some(&fact.answer),
        _ => None,
    }
}

impl DnsView for Evidence {
    fn get(&self, question: &Question) -> Option<&Answer> {
        self.answers
            .get(question)
            .and_then(|id| self.observations.get(id.as_str()))
            .and_then(answer_of)
    }
}

/// The saved form, for writing.
#[derive(Serialize)]
struct SavedRef<'a> {
    postern_evidence: u32,
    domain: &'a DomainName,
    observations: Vec<&'a Observation>,
}

/// The saved form, for reading.
#[derive(Deserialize)]
struct Saved {
    postern_evidence: u32,
    domain: DomainName,
    observations: Vec<Observation>,
}

/// Why a text is not saved evidence.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LoadError {
    /// Over 16 MiB.
    TooLarge,
    /// Not JSON, or not of this shape; where reading stopped, counted from 1.
    Unreadable {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Written by a version of Postern that this one does not know.
    Version(u32),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("the file is larger than 16 MiB"),
            Self::Unreadable { line, column } => {
                write!(f, "not saved evidence (line {line}, column {column})")
            }
            Self::Version(version) => write!(f, "saved evidence of the unknown version {version}"),
        }
    }
}

impl core::error::Error for LoadError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{Failure, Name, RecordData, RecordType, Response, TxtRecord};
    use crate::evidence::{DnsFact, ProbeOutcome};
    use crate::time::{Millis, Timestamp};
    use proptest::prelude::*;

    fn evidence() -> Evidence {
        Evidence::new(DomainName::parse("example.org").unwrap())
    }

    fn answer(at: u64, resolver: &str, response: Response) -> Observation {
        let question = Question::new(Name::parse("example.org").unwrap(), RecordType::Txt);
        let fact = DnsFact {
            question,
            answer: Answer::new(response),
            resolver: resolver.into(),
            took: Millis(1),
        };
        Observation::new(Timestamp(at), Fact::Dns(fact))
    }

    fn text(text: &str) -> Response {
        Response::from_records(vec![RecordData::Txt(TxtRecord::single(text))])
    }

    #[test]
    fn a_definite_answer_counts_before_a_failure_whoever_was_first() {
        let failed = answer(1, "a", Response::Failed(Failure::TimedOut));
        let found = answer(2, "b", text("v=spf1 -all"));
        let question = Question::new(Name::parse("example.org").unwrap(), RecordType::Txt);
        for order in [[&failed, &found], [&found, &failed]] {
            let mut evidence = evidence();
            for observation in order {
                assert!(evidence.apply(observation.clone()));
            }
            assert_eq!(
                evidence.get(&question).unwrap().response,
                text("v=spf1 -all")
            );
            assert_eq!(
                evidence.observations().count(),
                2,
                "the failure is kept too: it was seen"
            );
        }
    }

    #[test]
    fn a_resolver_that_answers_when_asked_again_has_answered() {
        let failed = answer(1, "a", Response::Failed(Failure::TimedOut));
        let found = answer(2, "a", text("v=spf1 -all"));
        let question = Question::new(Name::parse("example.org").unwrap(), RecordType::Txt);
        for order in [[&failed, &found], [&found, &failed]] {
            let mut evidence = evidence();
            for observation in order {
                evidence.apply(observation.clone());
            }
            assert_eq!(
                evidence.get(&question).unwrap().response,
                text("v=spf1 -all")
            );
        }
    }

    #[test]
    fn full_evidence_still_takes_in_how_the_probe_ended() {
        let mut evidence = evidence();
        // Each stands before all others: the worst order for a list.
        for n in (0..=MAX_OBSERVATIONS).rev() {
            let mut seen = answer(1, "a", Response::NoData);
            if let Fact::Dns(fact) = &mut seen.fact {
                fact.question.name = Name::parse(&format!("n{n:05}.example.org")).unwrap();
            }
            evidence.apply(seen);
        }
        assert_eq!(evidence.observations().count(), MAX_OBSERVATIONS);
        assert!(evidence.apply(Observation::new(
            Timestamp(1),
            Fact::Probe(ProbeOutcome::Cut),
        )));
    }

    #[test]
    fn a_scan_that_was_cut_and_then_finished_has_finished() {
        let mut evidence = evidence();
        evidence.apply(Observation::new(
            Timestamp(1),
            Fact::Probe(ProbeOutcome::Cut),
        ));
        evidence.apply(Observation::new(
            Timestamp(2),
            Fact::Probe(ProbeOutcome::Finished { took: Millis(9) }),
        ));
        let (_, last) = evidence.observations().last().unwrap();
        assert_eq!(
            last.fact,
            Fact::Probe(ProbeOutcome::Finished { took: Millis(9) })
        );
    }

    #[test]
    fn saved_forms_that_are_none_are_told_apart() {
        assert_eq!(
            Evidence::from_json(&" ".repeat(MAX_SAVED + 1)),
            Err(LoadError::TooLarge)
        );
        assert!(matches!(
            Evidence::from_json("{}"),
            Err(LoadError::Unreadable { line: 1, .. })
        ));
        assert_eq!(
            Evidence::from_json("{\n  x}"),
            Err(LoadError::Unreadable { line: 2, column: 3 })
        );
        let future = evidence()
            .to_json()
            .replace("\"postern_evidence\":1", "\"postern_evidence\":7");
        assert_eq!(Evidence::from_json(&future), Err(LoadError::Version(7)));
    }

    proptest! {
        #[test]
        fn a_damaged_file_is_an_error_and_never_a_panic(place in any::<prop::sample::Index>(), octet in 0x20u8..0x7f) {
            let mut whole = evidence();
            whole.apply(answer(1, "a", text("v=spf1 -all")));
            let mut octets = whole.to_json().into_bytes();
            let place = place.index(octets.len());
            octets[place] = octet;
            let _ = Evidence::from_json(&String::from_utf8(octets).unwrap());
        }
    }
}
