//! Who is asked next when a resolver does not work, and for how long that is remembered.

use postern_shared::dns::{Failure, Response};
use postern_shared::gather::Gather;

/// One place to ask.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Endpoint {
    /// Its name in observations.
    pub name: String,
    /// Where.
    pub url: String,
}

/// Failures in a row after which a resolver that had answered before is left alone.
const PATIENCE: u8 = 3;

/// Those who are asked in one scan, and who of them works.
#[derive(Clone, Debug, Default)]
pub struct Resolvers(Vec<Candidate>);

#[derive(Clone, Debug)]
struct Candidate {
    endpoint: Endpoint,
    answered: bool,
    failures: u8,
}

impl Resolvers {
    /// Whom to ask after those already `tried`, and its number. One that does not work is passed over;
    /// when none works, only the first is asked: a scan without a network is to end soon.
    #[must_use]
    pub fn next(&self, tried: &[usize]) -> Option<(usize, Endpoint)> {
        let first_of_the_broken = if tried.is_empty() {
            self.0.first().map(|first| (0, first))
        } else {
            None
        };
        self.0
            .iter()
            .enumerate()
            .find(|(number, candidate)| !tried.contains(number) && !candidate.is_broken())
            .or(first_of_the_broken)
            .map(|(number, candidate)| (number, candidate.endpoint.clone()))
    }

    /// Whether none of them works, as far as was tried; nobody to ask is as bad.
    #[must_use]
    pub fn all_fail(&self) -> bool {
        self.0.iter().all(Candidate::is_broken)
    }

    /// Takes note of what number `number` said.
    pub fn note(&mut self, number: usize, response: &Response) {
        let Some(candidate) = self.0.get_mut(number) else {
            return;
        };
        match response {
            // The domain's fault, or that of its name servers: the resolver did its work.
            Response::Records(_)
            | Response::NoData
            | Response::NxDomain
            | Response::Failed(Failure::ServFail) => {
                candidate.answered = true;
                candidate.failures = 0;
            }
            Response::Failed(_) => candidate.failures = candidate.failures.saturating_add(1),
        }
    }
}

impl FromIterator<Endpoint> for Resolvers {
    fn from_iter<I: IntoIterator<Item = Endpoint>>(endpoints: I) -> Self {
        let candidate = |endpoint| Candidate {
            endpoint,
            answered: false,
            failures: 0,
        };
        Self(endpoints.into_iter().map(candidate).gather())
    }
}

impl Candidate {
    const fn is_broken(&self) -> bool {
        self.failures >= if self.answered { PATIENCE } else { 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks one question; `says` gives each resolver's word by its number. Who was asked.
    fn ask(resolvers: &mut Resolvers, says: &dyn Fn(usize) -> Response) -> Vec<usize> {
        let mut tried = Vec::new();
        while let Some((number, _)) = resolvers.next(&tried) {
            let response = says(number);
            resolvers.note(number, &response);
            tried.push(number);
            if response.is_definite() {
                break;
            }
        }
        tried
    }

    fn three() -> Resolvers {
        let endpoint = |name: &str| Endpoint {
            name: name.to_owned(),
            url: String::new(),
        };
        ["first", "second", "probe"]
            .map(endpoint)
            .into_iter()
            .collect()
    }

    #[test]
    fn who_works_is_remembered() {
        let mut resolvers = three();
        let blocked = |number| {
            if number == 0 {
                Response::Failed(Failure::Unreachable)
            } else {
                Response::NoData
            }
        };
        assert_eq!(ask(&mut resolvers, &blocked), [0, 1]);
        assert_eq!(ask(&mut resolvers, &blocked), [1]);
        assert!(!resolvers.all_fail());
    }

    #[test]
    fn a_broken_domain_does_not_break_its_resolver() {
        let mut resolvers = three();
        assert_eq!(
            ask(&mut resolvers, &|_| Response::Failed(Failure::ServFail)),
            [0, 1, 2]
        );
        assert_eq!(ask(&mut resolvers, &|_| Response::NxDomain), [0]);
        // One slow answer of a resolver that works is no reason to leave it; a row of them is.
        let slow = |number| {
            if number == 0 {
                Response::Failed(Failure::TimedOut)
            } else {
                Response::NoData
            }
        };
        for _ in 0..3 {
            assert_eq!(ask(&mut resolvers, &slow), [0, 1]);
        }
        assert_eq!(ask(&mut resolvers, &slow), [1]);
    }

    #[test]
    fn without_a_network_one_try_is_enough() {
        let mut resolvers = three();
        let offline = |_| Response::Failed(Failure::Unreachable);
        assert!(!resolvers.all_fail());
        assert_eq!(ask(&mut resolvers, &offline), [0, 1, 2]);
        assert!(resolvers.all_fail());
        assert_eq!(ask(&mut resolvers, &offline), [0]);
        assert!(ask(&mut Resolvers::default(), &offline).is_empty());
    }
}
