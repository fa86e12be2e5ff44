//! The loop of the core: assess, ask what is wanted, take the answers in, assess again.

use std::collections::{BTreeSet, VecDeque};
use std::future::Future;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use postern_shared::dns::Question;
use postern_shared::evidence::{Evidence, Observation};
use postern_shared::report::{Profile, assess, not_asked};
use probe_server::clock;
use probe_server::dns::Memo;
use probe_server::scan::ScanEvent;
use tokio::sync::mpsc::Receiver;

use crate::progress::Progress;

/// Questions of one scan: an honest domain needs a tenth of it.
const MAX_QUESTIONS: usize = 400;
/// Of these, for addresses, their names and guessed keys: what policies say must never starve behind them.
const MAX_ADDRESS_QUESTIONS: usize = 300;
/// Questions under way at once.
const MAX_IN_FLIGHT: usize = 32;

/// Drives a scan to its end, from what is known at its beginning: until nothing is wanted and `probe` has ended.
///
/// `probe` speaks to the mail servers. What it sees, and what `memo` is answered, comes through `events`.
pub(crate) async fn drive(
    mut evidence: Evidence,
    profile: &Profile,
    memo: &Memo<'_>,
    mut events: Receiver<ScanEvent>,
    probe: impl Future<Output = ()>,
    progress: &mut Progress,
) -> Evidence {
    let mut questions = Questions::default();
    let mut lookups = FuturesUnordered::new();
    let mut probing = true;
    tokio::pin!(probe);
    loop {
        let declined = questions.sort(assess(&evidence, profile).wants);
        if !declined.is_empty() {
            let now = clock::now();
            let declined = declined.into_iter();
            declined.for_each(|question| take(&mut evidence, not_asked(now, question)));
            continue;
        }
        while lookups.len() < MAX_IN_FLIGHT
            && let Some(question) = questions.waiting.pop_front()
        {
            lookups.push(memo.answer(question));
        }
        let open = lookups.len() + questions.waiting.len();
        progress.answers(questions.asked - open, questions.asked);
        if lookups.is_empty() && !probing && events.is_empty() {
            progress.end();
            return evidence;
        }
        tokio::select! {
            // The answer itself comes as an event, whoever asked first.
            Some(_) = lookups.next() => {}
            Some(event) = events.recv() => handle(&mut evidence, event, progress),
            () = &mut probe, if probing => probing = false,
        }
        // Whatever else is there already is taken in before the next assessment.
        while let Ok(event) = events.try_recv() {
            handle(&mut evidence, event, progress);
        }
    }
}

/// The questions of one scan, each asked or declined once.
#[derive(Default)]
struct Questions {
    known: BTreeSet<Question>,
    waiting: VecDeque<Question>,
    /// How many were, or will be, asked.
    asked: usize,
}

impl Questions {
    /// Puts what is wanted and new into the queue, the most important first; gives what is over the bounds.
    fn sort(&mut self, wants: Vec<Question>) -> Vec<Question> {
        let mut new: Vec<_> = wants
            .into_iter()
            .filter(|question| self.known.insert(question.clone()))
            .collect();
        new.sort_by_key(Question::rank);
        let mut declined = Vec::new();
        for question in new {
            let room = match question.rank() {
                0 => MAX_QUESTIONS,
                _ => MAX_ADDRESS_QUESTIONS,
            };
            if self.asked < room {
                self.asked += 1;
                self.waiting.push_back(question);
            } else {
                declined.push(question);
            }
        }
        declined
    }
}

fn handle(evidence: &mut Evidence, event: ScanEvent, progress: &mut Progress) {
    match event {
        ScanEvent::Observed(observation) => take(evidence, observation),
        ScanEvent::Progress(step) => progress.probe(&step),
    }
}

fn take(evidence: &mut Evidence, observation: Observation) {
    evidence.apply(observation);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use postern_shared::dns::{Name, RecordType};

    use super::*;

    fn question(number: usize, record_type: RecordType) -> Question {
        let name = Name::parse(&format!("n{number}.example")).unwrap();
        Question::new(name, record_type)
    }

    #[test]
    fn what_is_over_the_bounds_is_declined_once_and_policies_last_longest() {
        let mut questions = Questions::default();
        let mut wants: Vec<_> = (0..500).map(|n| question(n, RecordType::Ptr)).collect();
        wants.push(question(999, RecordType::Txt));
        let declined = questions.sort(wants.clone());
        assert_eq!(questions.waiting[0].record_type, RecordType::Txt);
        assert_eq!((questions.asked, declined.len()), (300, 201));
        assert_eq!(questions.sort(wants), []);
        // However many addresses there are, there is room for SPF.
        let policies = (0..200).map(|n| question(n, RecordType::Txt)).collect();
        assert_eq!(questions.sort(policies).len(), 100);
        assert_eq!(questions.asked, MAX_QUESTIONS);
    }

    #[test]
    fn addresses_before_names() {
        let mut questions = Questions::default();
        let wants = [RecordType::Ptr, RecordType::Aaaa, RecordType::Mx];
        questions.sort(wants.map(|of| question(1, of)).to_vec());
        let order: Vec<_> = questions.waiting.iter().map(|q| q.record_type).collect();
        assert_eq!(order, [RecordType::Mx, RecordType::Aaaa, RecordType::Ptr]);
    }
}
