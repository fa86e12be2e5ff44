//! Lends a dialogue a socket and a clock.

use std::collections::VecDeque;
use std::io;

use postern_shared::evidence::{ConnectFailure, DialogueKind, Fact, SmtpEvent, SmtpFact};
use postern_shared::protocol::Progress;
use tokio::time::{Duration, Instant, timeout_at};

use super::dialogue::{Action, Dialogue, Input, Outcome};
use super::parting::Parting;
use super::plan::Plan;
use super::wire::{READ_BUFFER, Wire};
use crate::clock;
use crate::context::Context;
use crate::etiquette::Turn;
use crate::guard::PublicAddr;
use crate::sink::Sink;

/// Speaks one dialogue with `target` while it is our `turn`, tells `sink` what happens, and says what was
/// learned.
///
/// Opens one connection, which is closed when this returns. When it is dropped, QUIT is said first where
/// that can be, and the turn lasts until then. Facts are numbered from `sequence` on, which is left at the
/// next free number.
pub(crate) async fn converse(
    target: PublicAddr,
    turn: Turn,
    plan: Plan,
    context: &Context,
    sink: &Sink,
    sequence: &mut u16,
) -> Outcome {
    let kind = plan.kind;
    let (dialogue, actions) = Dialogue::new(plan, &context.etiquette);
    let mut pump = Pump {
        target,
        turn: Some(turn),
        context,
        sink,
        sequence,
        kind,
        dialogue,
        actions: actions.into(),
        wire: None,
        started: Instant::now(),
        over: Instant::now() + context.etiquette.dialogue,
    };
    pump.run().await
}

struct Pump<'a> {
    target: PublicAddr,
    turn: Option<Turn>,
    context: &'a Context,
    sink: &'a Sink,
    sequence: &'a mut u16,
    kind: DialogueKind,
    dialogue: Dialogue,
    /// What the dialogue wants done yet.
    actions: VecDeque<Action>,
    wire: Option<Wire>,
    /// When what is awaited was asked for.
    started: Instant,
    /// When the dialogue must be over.
    over: Instant,
}

impl Pump<'_> {
    async fn run(&mut self) -> Outcome {
        let mut buffer = [0; READ_BUFFER];
        let mut awaited = self.started;
        loop {
            while let Some(action) = self.actions.pop_front() {
                match action {
                    Action::Connect => {
                        let input = self.connect().await;
                        self.take(input);
                    }
                    Action::Send(octets) => self.send(&octets).await,
                    Action::Expect(step, patience) => {
                        awaited = self.deadline(patience);
                        let address = self.target.ip();
                        self.sink.progress(Progress::Waiting { address, step });
                    }
                    Action::StartTls(name) => {
                        let input = self.secure(&name).await;
                        self.take(input);
                    }
                    Action::Emit(event, secure) => self.emit(event, secure).await,
                    Action::Close => return self.dialogue.take_outcome(),
                }
            }
            if self.dialogue.is_closed() {
                return self.dialogue.take_outcome();
            }
            let input = match &mut self.wire {
                Some(wire) => wire.receive(&mut buffer, awaited).await,
                None => Input::Eof,
            };
            self.take(input);
        }
    }

    fn take(&mut self, input: Input<'_>) {
        self.actions.extend(self.dialogue.handle(input));
    }

    async fn connect(&mut self) -> Input<'static> {
        let address = self.target.ip();
        self.sink.progress(Progress::Connecting { address });
        self.started = Instant::now();
        let deadline = self.deadline(self.context.etiquette.connect);
        match timeout_at(deadline, self.target.dial()).await {
            Ok(Ok(stream)) => {
                self.wire = Some(Wire::Clear(stream));
                Input::Connected
            }
            Ok(Err(error)) => Input::NotConnected(connect_failure(&error)),
            Err(_) => Input::TimedOut,
        }
    }

    async fn send(&mut self, octets: &[u8]) {
        self.started = Instant::now();
        let deadline = self.deadline(self.context.etiquette.reply);
        // Who is dropped within a line has nothing to say any more: QUIT would be the rest of it.
        if let Some(mut wire) = self.wire.take() {
            wire.send(octets, deadline).await;
            self.wire = Some(wire);
        }
    }

    async fn secure(&mut self, name: &str) -> Input<'static> {
        self.started = Instant::now();
        let Some(Wire::Clear(stream)) = self.wire.take() else {
            return Input::Eof;
        };
        let deadline = self.deadline(self.context.etiquette.handshake);
        let handshake = self.context.tls.handshake(stream, name, self.target);
        match timeout_at(deadline, handshake).await {
            Ok(Ok((stream, fact))) => {
                self.wire = Some(Wire::Secure(Box::new(stream)));
                Input::TlsReady(fact)
            }
            Ok(Err(detail)) => Input::TlsFailed(detail),
            Err(_) => Input::TimedOut,
        }
    }

    async fn emit(&mut self, event: SmtpEvent, secure: bool) {
        let fact = SmtpFact {
            address: self.target.ip(),
            port: self.target.port(),
            dialogue: self.kind,
            sequence: *self.sequence,
            secure,
            event,
            took: clock::millis(self.started.elapsed()),
        };
        *self.sequence = self.sequence.saturating_add(1);
        self.sink.fact(Fact::Smtp(fact)).await;
    }

    /// When to give up waiting: after `patience`, and no later than the whole dialogue may last.
    fn deadline(&self, patience: Duration) -> Instant {
        (Instant::now() + patience).min(self.over)
    }
}

impl Drop for Pump<'_> {
    /// A scan that is stopped is dropped wherever it stands: with answers awaited, or lines not yet sent.
    fn drop(&mut self) {
        let unsent = |action: &Action| matches!(action, Action::Send(_));
        let unsent = self.actions.iter().any(unsent);
        if let (Some(wire), Some((dialogue, actions)), Some(turn)) = (
            self.wire.take(),
            self.dialogue.leave(unsent),
            self.turn.take(),
        ) {
            self.context.partings.begin(Parting {
                dialogue,
                actions,
                wire,
                turn,
            });
        }
    }
}

/// The system's error as a fact.
pub(crate) fn connect_failure(error: &io::Error) -> ConnectFailure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset => {
            ConnectFailure::Refused
        }
        io::ErrorKind::TimedOut => ConnectFailure::TimedOut,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            ConnectFailure::Unreachable
        }
        _ => ConnectFailure::Local,
    }
}
