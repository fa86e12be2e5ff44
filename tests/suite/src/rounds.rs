//! Questions in rounds, as every shell around the core asks them.

use std::collections::BTreeMap;

use postern_shared::dns::{Answer, DnsView, Question, Response, Wanting};

/// Answers that have been fetched so far.
#[derive(Default)]
struct Known(BTreeMap<Question, Answer>);

impl DnsView for Known {
    fn get(&self, question: &Question) -> Option<&Answer> {
        self.0.get(question)
    }
}

/// Fetches what `ask` wants until it is done; gives what it came to, and how many rounds that took.
///
/// # Panics
/// When a question is asked twice, when nothing is wanted and nothing done, or after 64 rounds.
pub fn drive<T>(
    answer: impl Fn(&Question) -> Response,
    mut ask: impl FnMut(&Wanting<'_>) -> Option<T>,
) -> (T, usize) {
    let mut known = Known::default();
    for rounds in 0..64 {
        let dns = Wanting::new(&known);
        let done = ask(&dns);
        let wants = dns.into_wants();
        if let Some(done) = done {
            return (done, rounds);
        }
        assert!(!wants.is_empty(), "not done and nothing wanted");
        for question in wants {
            let response = answer(&question);
            let before = known.0.insert(question, Answer::new(response));
            assert!(before.is_none(), "asked twice");
        }
    }
    panic!("64 rounds and no end");
}
