//! Evaluators, driven as a scan drives them.

use std::collections::BTreeMap;
use std::fmt::Debug;

use postern_shared::dns::{Answer, DnsView, Question, Wanting, Zone};

/// Rounds in which an evaluator must be done when each brings one answer at least: more than it may ask
/// questions.
const MAX_ROUNDS: usize = 600;

/// Answers that have arrived.
#[derive(Default)]
struct Arrived(BTreeMap<Question, Answer>);

impl DnsView for Arrived {
    fn get(&self, question: &Question) -> Option<&Answer> {
        self.0.get(question)
    }
}

impl Arrived {
    fn learn(&mut self, zone: &Zone, question: Question) {
        let answer = zone.get(&question).expect("a zone knows every answer");
        let known = self.0.insert(question, answer.clone());
        assert_eq!(known, None, "asked twice");
    }
}

/// What an evaluator promises about its questions.
#[derive(Clone, Copy)]
pub(super) struct Promise {
    /// Rounds, when all that is wanted is answered in each.
    pub(super) rounds: usize,
    /// Nothing is wanted any more once it is done. One that asks for everything at once cannot promise that.
    pub(super) frugal: bool,
}

impl Promise {
    /// Evaluates with everything known, with all that is wanted round by round, and with part of it in every
    /// round, as the bits of `luck` have it: the outcome is the same. Gives that outcome.
    pub(super) fn hold<T: Debug + PartialEq>(
        self,
        zone: &Zone,
        luck: &[u8],
        evaluate: impl Fn(&Wanting<'_>) -> Option<T>,
    ) -> T {
        let dns = Wanting::new(zone);
        let whole = evaluate(&dns).expect("every answer is known");
        assert_eq!(dns.into_wants(), []);
        let rounds = self.rounds(zone, || true, &evaluate, &whole);
        assert!(rounds <= self.rounds, "{rounds} rounds");
        let bits = luck
            .iter()
            .flat_map(|octet| (0..8).map(move |bit| octet >> bit & 1 == 1));
        let mut bits = bits.cycle();
        self.rounds(zone, || bits.next().unwrap_or(true), &evaluate, &whole);
        whole
    }

    /// Asks until the evaluator is done; how many rounds that took. The last question of a round is always
    /// answered.
    fn rounds<T: Debug + PartialEq>(
        self,
        zone: &Zone,
        mut arrives: impl FnMut() -> bool,
        evaluate: impl Fn(&Wanting<'_>) -> Option<T>,
        expected: &T,
    ) -> usize {
        let mut arrived = Arrived::default();
        for round in 0..MAX_ROUNDS {
            let dns = Wanting::new(&arrived);
            let outcome = evaluate(&dns);
            let mut wants = dns.into_wants();
            if let Some(outcome) = outcome {
                assert!(
                    !self.frugal || wants.is_empty(),
                    "done, and yet wanting {wants:?}"
                );
                assert_eq!(&outcome, expected);
                return round;
            }
            let last = wants.pop().expect("not done, and nothing is wanted");
            wants.retain(|_| arrives());
            for question in wants.into_iter().chain([last]) {
                arrived.learn(zone, question);
            }
        }
        panic!("no end after {MAX_ROUNDS} rounds");
    }
}
