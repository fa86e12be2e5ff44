//! The connections to one port of one address, and the books about them.

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use postern_shared::evidence::HelloAnswer;
use postern_shared::protocol::Progress;

use super::depth::Pace;
use crate::context::Context;
use crate::etiquette::{Ledger, Turn};
use crate::guard::PublicAddr;
use crate::sink::Sink;
use crate::smtp::{self, Identity, Outcome, Plan};
use crate::tls::enumerate::Enumeration;

/// Numbers that each hello has for what happens on its connection, which is less.
const NUMBERS_OF_A_HELLO: u16 = 8;

/// One port of one address, and the books about it.
pub(super) struct Visit<'a> {
    target: PublicAddr,
    pace: Pace,
    context: &'a Context,
    sink: &'a Sink,
    ledger: Ledger,
    hellos: u16,
    /// Whether this is the port of mail between servers.
    is_exchange: bool,
}

impl<'a> Visit<'a> {
    /// No connection made yet.
    pub(super) const fn new(
        target: PublicAddr,
        pace: Pace,
        context: &'a Context,
        sink: &'a Sink,
    ) -> Self {
        Self {
            target,
            pace,
            context,
            sink,
            ledger: Ledger::new(pace.connections),
            hellos: 0,
            is_exchange: true,
        }
    }

    /// No connection made yet, to a port where people hand in mail.
    pub(super) const fn to_submission(
        target: PublicAddr,
        pace: Pace,
        context: &'a Context,
        sink: &'a Sink,
    ) -> Self {
        Self {
            is_exchange: false,
            ..Self::new(target, pace, context, sink)
        }
    }

    /// How many hellos a server that began so may be asked: one connection is kept for the last question.
    pub(super) fn hellos_for(&self, first: &Outcome) -> u8 {
        match self.is_prompt(first) {
            true => self.pace.hellos.min(self.ledger.left().saturating_sub(1)),
            false => 1,
        }
    }

    /// Whether a server greets at once.
    pub(super) fn is_prompt(&self, first: &Outcome) -> bool {
        first.greeted_after < self.context.etiquette.late_greeting
    }

    /// Makes one connection, in its turn and at its distance. `None` when no more are to be made.
    pub(super) async fn dialogue(&mut self, plan: Plan, sequence: &mut u16) -> Option<Outcome> {
        let turn = self.turn().await?;
        if !self.ledger.enter() {
            return None;
        }
        let outcome = self.converse(turn, plan, sequence).await;
        self.note(&outcome).then_some(outcome)
    }

    /// One hello; what came of it. `None` when no more connections are to be made.
    pub(super) async fn hello(&mut self, plan: Plan) -> Option<HelloAnswer> {
        let mut sequence = self.hellos * NUMBERS_OF_A_HELLO;
        self.hellos += 1;
        let outcome = self.dialogue(plan, &mut sequence).await?;
        Some(outcome.heard.unwrap_or(HelloAnswer::Closed))
    }

    /// Finds out everything that the port takes, several hellos at a time.
    pub(super) async fn enumerate(&mut self, identity: &Identity, at_once: bool) {
        let Some(turn) = self.turn().await else {
            return;
        };
        let mut tasks = Enumeration::new();
        let mut running = FuturesUnordered::new();
        loop {
            while running.len() < self.pace.at_once
                && let Some((task, offer)) = tasks.next_offer()
            {
                if !self.ledger.enter() {
                    break;
                }
                let mut sequence = self.hellos * NUMBERS_OF_A_HELLO;
                self.hellos += 1;
                let (target, context, sink) = (self.target, self.context, self.sink);
                let turn = Arc::clone(&turn);
                let plan = Plan::hello(identity, offer.clone(), at_once);
                running.push(async move {
                    let heard =
                        smtp::converse(target, turn, plan, context, sink, &mut sequence).await;
                    (task, offer, heard)
                });
            }
            let Some((task, offer, outcome)) = running.next().await else {
                return;
            };
            if !self.note(&outcome) {
                return;
            }
            let answer = outcome.heard.unwrap_or(HelloAnswer::Closed);
            tasks.heard(task, &offer, &answer);
        }
    }

    async fn converse(&self, turn: Arc<Turn>, plan: Plan, sequence: &mut u16) -> Outcome {
        let (target, context) = (self.target, self.context);
        smtp::converse(target, turn, plan, context, self.sink, sequence).await
    }

    /// Enters what a connection came to; whether more may follow.
    fn note(&mut self, outcome: &Outcome) -> bool {
        if let Some(answered) = outcome.answered.filter(|_| self.is_exchange) {
            self.context.reach.note(answered);
        }
        if outcome.unwelcome {
            let quiet = self.context.etiquette.quiet;
            self.context.visits.hush(self.target.ip(), quiet);
        }
        // A hello at once has no EHLO before it.
        let spoke = outcome.welcomed || outcome.heard.is_some();
        if outcome.unwelcome || !spoke {
            self.ledger.back_off();
        }
        spoke && !outcome.unwelcome
    }

    /// Waits until nobody else is at the door, and until our last visit is long enough ago. `None` where we were
    /// told to go away.
    async fn turn(&self) -> Option<Arc<Turn>> {
        let address = self.target.ip();
        let visits = &self.context.visits;
        if visits.is_quiet(address) || self.ledger.left() == 0 {
            return None;
        }
        let doorsteps = &self.context.doorsteps;
        let pausing = || self.sink.progress(Progress::Pausing { address });
        let turn = match doorsteps.try_turn(address) {
            Some(turn) => turn,
            None => {
                pausing();
                doorsteps.queue(address).await
            }
        };
        let pause = turn.pause(self.pace.spacing);
        if !pause.is_zero() {
            pausing();
            tokio::time::sleep(pause).await;
        }
        // While we waited, it may have told another scan to go away.
        (!visits.is_quiet(address)).then(|| Arc::new(turn))
    }
}
