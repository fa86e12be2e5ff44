//! The loop: what the report wants is asked, what is answered is folded, and the report is made anew,
//! until nothing is wanted and the probe has ended.

use postern_shared::gather::Gather;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_util::future::{AbortHandle, Either, LocalBoxFuture, abortable, select};
use futures_util::stream::{LocalBoxStream, StreamExt};
use leptos::task::spawn_local;
use postern_shared::dns::Question;
use postern_shared::evidence::Observation;
use postern_shared::report::not_asked;
use postern_shared::sorted::SortedSet;
use postern_shared::time::Timestamp;

use super::{Event, browser, doh};
use crate::model::fallback::Resolvers;

/// Questions under way at once: more than this public resolvers take for an attack.
const MAX_IN_FLIGHT: usize = 8;
/// Questions of one scan.
const MAX_QUESTIONS: usize = 400;
/// Times that a scan asks on; the deepest honest chain of includes is a dozen.
const MAX_ROUNDS: u32 = 100;
/// Milliseconds between two paintings.
const FRAME: u64 = 16;

/// What a scan works with.
pub struct Plan {
    /// Who is asked.
    pub resolvers: Resolvers,
    /// Who does what a browser cannot; nothing where DNS alone is asked.
    pub probe: Option<LocalBoxStream<'static, Event>>,
    /// Milliseconds before anything is asked.
    pub delay: u32,
}

/// Where what is seen goes, and what is to be asked next.
pub trait Desk {
    /// What the evidence leaves open.
    fn wanted(&self) -> Vec<Question>;

    /// Takes in all that arrived, writing each signal once.
    fn take(&self, events: Vec<Event>);

    /// Shows how many questions were asked and answered, and whether nobody answers any.
    fn show(&self, asked: u32, answered: u32, all_fail: bool);
}

/// A scan under way. Dropping it stops it: requests are aborted, the socket is closed, no signal is
/// written any more.
pub struct Running(AbortHandle);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Begins to ask what `desk` wants, as soon as that can be said, and calls `at_end` unless it is stopped.
pub fn start(
    plan: Plan,
    ready: LocalBoxFuture<'static, ()>,
    desk: Box<dyn Desk>,
    at_end: Box<dyn FnOnce()>,
) -> Running {
    let (work, handle) = abortable(async move {
        ready.await;
        run(plan, &*desk).await;
        at_end();
    });
    spawn_local(async move {
        let _ = work.await;
    });
    Running(handle)
}

async fn run(plan: Plan, desk: &dyn Desk) {
    if plan.delay > 0 {
        browser::sleep(plan.delay).await;
    }
    let mut work = Work::new(plan);
    loop {
        let declined = work.ask(desk.wanted());
        if !declined.is_empty() {
            desk.take(declined.into_iter().map(Event::Observed).gather());
            // A hostile zone could keep this loop busy: the page must live on beside it.
            browser::sleep(0).await;
            continue;
        }
        let all_fail = work.resolvers.borrow().all_fail();
        desk.show(work.asked(), work.answered, all_fail);
        let Some(events) = work.batch().await else {
            break;
        };
        desk.take(events);
    }
}

/// What more rows hang on is asked first, should there be more questions than one scan asks.
fn most_urgent_first(questions: &[Question]) -> impl Iterator<Item = Question> {
    let of_rank = |rank| {
        questions
            .iter()
            .filter(move |question| question.rank() == rank)
    };
    (0..=Question::LAST_RANK).flat_map(of_rank).cloned()
}

/// A look-up under way.
type LookUp = Pin<Box<dyn Future<Output = Vec<Observation>>>>;

/// What is under way for one scan.
struct Work {
    resolvers: Rc<RefCell<Resolvers>>,
    /// Every question ever asked or declined: each once.
    known: SortedSet<Question>,
    asked: usize,
    waiting: VecDeque<Question>,
    in_flight: Vec<LookUp>,
    answered: u32,
    rounds: u32,
    /// `None` when it has ended.
    probe: Option<LocalBoxStream<'static, Event>>,
    painted: Timestamp,
}

impl Work {
    fn new(plan: Plan) -> Self {
        Self {
            resolvers: Rc::new(RefCell::new(plan.resolvers)),
            known: SortedSet::new(),
            asked: 0,
            waiting: VecDeque::new(),
            in_flight: Vec::new(),
            answered: 0,
            rounds: 0,
            probe: plan.probe,
            painted: Timestamp::default(),
        }
    }

    fn asked(&self) -> u32 {
        u32::try_from(self.asked).unwrap_or(u32::MAX)
    }

    /// Asks what was not asked yet. What is over the bounds is declined, by observations that say so.
    fn ask(&mut self, wanted: Vec<Question>) -> Vec<Observation> {
        let mut declined = Vec::new();
        let mut new = wanted;
        // Whatever becomes of it, a question is new but once: an answer may find no room in the evidence.
        new.retain(|question| self.known.insert(question.clone()));
        self.rounds += u32::from(!new.is_empty());
        for question in most_urgent_first(&new) {
            if self.asked < MAX_QUESTIONS && self.rounds <= MAX_ROUNDS {
                self.asked += 1;
                self.waiting.push_back(question);
            } else {
                declined.push(not_asked(browser::now(), question));
            }
        }
        declined
    }

    /// All that arrives until the next painting is due; `None` when nothing is under way any more.
    async fn batch(&mut self) -> Option<Vec<Event>> {
        let mut events = vec![self.next().await?];
        let since = browser::now().0.saturating_sub(self.painted.0);
        let rest = u32::try_from(FRAME.saturating_sub(since)).unwrap_or_default();
        let mut pause = pin!(browser::sleep(rest));
        while let Either::Left((Some(event), _)) = select(pin!(self.next()), &mut pause).await {
            events.push(event);
        }
        self.painted = browser::now();
        Some(events)
    }

    /// The next event. Nothing is lost when this future is dropped.
    async fn next(&mut self) -> Option<Event> {
        poll_fn(|context| self.poll_next(context)).await
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Event>> {
        while self.in_flight.len() < MAX_IN_FLIGHT
            && let Some(question) = self.waiting.pop_front()
        {
            self.in_flight
                .push(Box::pin(doh::ask(Rc::clone(&self.resolvers), question)));
        }
        if let Some(tries) = self.poll_look_ups(context) {
            self.answered += 1;
            return Poll::Ready(Some(Event::Answered(tries)));
        }
        if let Some(probe) = &mut self.probe {
            match probe.poll_next_unpin(context) {
                Poll::Ready(Some(event)) => return Poll::Ready(Some(event)),
                Poll::Ready(None) => self.probe = None,
                Poll::Pending => {}
            }
        }
        if self.in_flight.is_empty() && self.probe.is_none() {
            Poll::Ready(None)
        } else {
            Poll::Pending
        }
    }

    /// The first look-up that is done: they are few, so all are asked each time.
    fn poll_look_ups(&mut self, context: &mut Context<'_>) -> Option<Vec<Observation>> {
        let done = self
            .in_flight
            .iter_mut()
            .enumerate()
            .find_map(|(place, look_up)| match look_up.as_mut().poll(context) {
                Poll::Ready(tries) => Some((place, tries)),
                Poll::Pending => None,
            });
        let (place, tries) = done?;
        drop(self.in_flight.swap_remove(place));
        Some(tries)
    }
}
