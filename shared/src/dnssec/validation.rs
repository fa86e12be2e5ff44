//! What validation came to, told from the answers of one or more resolvers.

use crate::dns::{Failure, Name, Question, RecordType, Response, Wanting};
use crate::evidence::{DnsFact, Evidence, Fact};

/// What validation came to for one question (RFC 4035 §4.3; what is broken is told apart from what is bogus).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// A chain of signatures leads from the root to the answer, or to its denial.
    Secure,
    /// A zone on the way is proven to be unsigned.
    Insecure,
    /// There is an answer, and resolvers that validate withhold it.
    Bogus,
    /// No resolver that validates has said anything.
    Indeterminate,
    /// There is no answer, with validation or without.
    Broken(Failure),
}

/// The answer that tells whether a resolver validates: the root is signed, so who does not vouch for its keys
/// vouches for nothing.
#[must_use]
pub fn control() -> Question {
    Question::new(Name::root(), RecordType::Dnskey)
}

/// The answers, and the resolvers among those who gave them that validate.
pub struct Validation<'a> {
    evidence: &'a Evidence,
    dns: &'a Wanting<'a>,
    /// Those that have vouched for anything: for the root at least.
    validating: Vec<&'a str>,
}

impl<'a> Validation<'a> {
    /// Reads who validates; takes time linear in the evidence.
    #[must_use]
    pub fn new(evidence: &'a Evidence, dns: &'a Wanting<'a>) -> Self {
        let mut validating: Vec<&str> = Vec::new();
        for (_, observation) in evidence.observations() {
            if let Fact::Dns(fact) = &observation.fact
                && fact.answer.authenticated
                && !validating.contains(&fact.resolver.as_str())
            {
                validating.push(&fact.resolver);
            }
        }
        Self {
            evidence,
            dns,
            validating,
        }
    }

    /// The state of an answer; nothing while an answer is wanted that it hangs on.
    ///
    /// Two more questions are asked, each only where nothing can be said without it: the same without validation
    /// after SERVFAIL, and [`control`] where nobody has vouched for anything.
    #[must_use]
    pub fn state(&self, question: &Question) -> Option<State> {
        self.dns.answer(question)?;
        let mut answered = false;
        let mut unsigned = false;
        let mut withheld = None;
        let mut failure = None;
        for fact in self.evidence.answers_to(question) {
            // What is tried would be asked of those who answered the rest.
            let validates = match fact.resolver.as_str() {
                DnsFact::SUPPOSED => !self.validating.is_empty(),
                resolver => self.validating.contains(&resolver),
            };
            match fact.answer.response {
                Response::Failed(Failure::ServFail) => {
                    withheld = Some(withheld == Some(true) || validates);
                }
                Response::Failed(other) => failure = failure.or(Some(other)),
                _ if fact.answer.authenticated => return Some(State::Secure),
                _ => {
                    answered = true;
                    unsigned |= validates;
                }
            }
        }
        if unsigned {
            return Some(State::Insecure);
        }
        match withheld {
            Some(validates) => self.withheld(question, validates, answered),
            None if answered => {
                self.dns.answer(&control())?;
                Some(State::Indeterminate)
            }
            None => Some(failure.map_or(State::Indeterminate, State::Broken)),
        }
    }

    /// SERVFAIL: bogus where a resolver that validates says it and there is an answer without validation.
    fn withheld(&self, question: &Question, validates: bool, answered: bool) -> Option<State> {
        let unchecked = self.dns.answer(&question.clone().unchecked())?;
        if !answered && !unchecked.response.is_definite() {
            return Some(State::Broken(Failure::ServFail));
        }
        if !validates {
            self.dns.answer(&control())?;
            return Some(State::Indeterminate);
        }
        Some(State::Bogus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DomainName;
    use crate::dns::Answer;
    use crate::evidence::Observation;
    use crate::time::{Millis, Timestamp};

    const SERVFAIL: Response = Response::Failed(Failure::ServFail);
    const LOST: Response = Response::Failed(Failure::TimedOut);

    fn question() -> Question {
        Question::new(Name::parse("example.org").unwrap(), RecordType::Mx)
    }

    /// What the state is when resolvers have said this, with AD or without; and what else is wanted.
    fn state(said: &[(Question, &str, Response, bool)]) -> (Option<State>, Vec<Question>) {
        let mut evidence = Evidence::new(DomainName::parse("example.org").unwrap());
        for (question, resolver, response, authenticated) in said {
            let answer = Answer {
                authenticated: *authenticated,
                ..Answer::new(response.clone())
            };
            let fact = Fact::Dns(DnsFact {
                question: question.clone(),
                answer,
                resolver: (*resolver).to_owned(),
                took: Millis(1),
            });
            evidence.apply(Observation::new(Timestamp(1), fact));
        }
        let dns = Wanting::new(&evidence);
        let state = Validation::new(&evidence, &dns).state(&question());
        (state, dns.into_wants())
    }

    #[test]
    fn one_resolver() {
        let (mx, cd) = (question(), question().unchecked());
        let is = |state| (Some(state), vec![]);
        assert_eq!(state(&[]), (None, vec![mx.clone()]));
        // Who vouches is not asked whether he validates.
        let secure = (mx.clone(), "a", Response::NoData, true);
        assert_eq!(state(&[secure]), is(State::Secure));
        let plain = (mx.clone(), "a", Response::NoData, false);
        assert_eq!(state(std::slice::from_ref(&plain)), (None, vec![control()]));
        let root = |vouched| (control(), "a", Response::NoData, vouched);
        assert_eq!(state(&[plain.clone(), root(true)]), is(State::Insecure));
        assert_eq!(state(&[plain, root(false)]), is(State::Indeterminate));
        let withheld = (mx.clone(), "a", SERVFAIL, false);
        assert_eq!(
            state(std::slice::from_ref(&withheld)),
            (None, vec![cd.clone()])
        );
        let broken = (cd.clone(), "a", SERVFAIL, false);
        let failed = is(State::Broken(Failure::ServFail));
        assert_eq!(state(&[withheld.clone(), broken]), failed);
        let there = (cd, "a", Response::NoData, false);
        assert_eq!(
            state(&[withheld.clone(), there.clone()]),
            (None, vec![control()])
        );
        let with_root = |vouched| state(&[withheld.clone(), there.clone(), root(vouched)]);
        assert_eq!(with_root(true), is(State::Bogus));
        // A resolver that validates nothing withholds nothing for that.
        assert_eq!(with_root(false), is(State::Indeterminate));
        let lost = (mx, "a", LOST, false);
        assert_eq!(state(&[lost]), is(State::Broken(Failure::TimedOut)));
    }

    #[test]
    fn resolvers_that_differ() {
        let mx = question();
        let root = (control(), "a", Response::NoData, true);
        let plain = (mx.clone(), "b", Response::NoData, false);
        // The one that does not validate proves nothing, and hides nothing.
        assert_eq!(
            state(&[root.clone(), plain.clone()]),
            (Some(State::Indeterminate), vec![])
        );
        let withheld = (mx.clone(), "a", SERVFAIL, false);
        let unchecked = (mx.clone().unchecked(), "a", LOST, false);
        assert_eq!(
            state(&[root.clone(), plain.clone(), withheld, unchecked]).0,
            Some(State::Bogus)
        );
        let lost = (mx.clone(), "a", LOST, false);
        assert_eq!(
            state(&[root, lost, plain.clone()]).0,
            Some(State::Indeterminate)
        );
        let secure = (mx, "a", Response::NoData, true);
        assert_eq!(state(&[plain, secure]).0, Some(State::Secure));
    }

    #[test]
    fn what_is_tried_is_asked_of_the_same_resolvers() {
        let tried = (question(), DnsFact::SUPPOSED, Response::NoData, false);
        let root = |vouched| (control(), "a", Response::NoData, vouched);
        let state = |vouched| state(&[tried.clone(), root(vouched)]).0;
        assert_eq!(state(true), Some(State::Insecure));
        assert_eq!(state(false), Some(State::Indeterminate));
    }
}
