//! Lends a dialogue a socket and a clock.

use std::collections::VecDeque;
use std::io;

use std::sync::Arc;

use postern_shared::evidence::{
    ConnectFailure, DialogueKind, Fact, Hello, Offer, SmtpEvent, SmtpFact, Step,
};
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
use crate::random::random_octets;
use crate::sink::Sink;
use crate::tls::hello::{self, Heard};

/// Speaks one dialogue with `target` while it is our `turn`, tells `sink` what happens, and says what was
/// learned.
///
/// Opens one connection, which is closed when this returns. When it is dropped, QUIT is said first where
/// that can be, and the turn, which several connections of a deep scan share, lasts until then. Facts are numbered from `sequence` on, which is left at the
/// next free number.
pub(crate) async fn converse(
    target: PublicAddr,
    turn: Arc<Turn>,
    plan: Plan,
    context: &Context,
    sink: &Sink,
    sequence: &mut u16,
) -> Outcome {
    let kind = plan.kind;
    let server_name = plan.server_name.clone();
    let (dialogue, actions) = Dialogue::new(plan, &context.etiquette);
    let mut pump = Pump {
        target,
        turn: Some(turn),
        context,
        sink,
        sequence,
        kind,
        server_name,
        dialogue,
        actions: actions.into(),
        wire: None,
        started: Instant::now(),
        greeted_after: Duration::ZERO,
        over: Instant::now() + context.etiquette.dialogue,
    };
    pump.run().await
}

struct Pump<'a> {
    target: PublicAddr,
    turn: Option<Arc<Turn>>,
    context: &'a Context,
    sink: &'a Sink,
    sequence: &'a mut u16,
    kind: DialogueKind,
    /// The name in SNI.
    server_name: String,
    dialogue: Dialogue,
    /// What the dialogue wants done yet.
    actions: VecDeque<Action>,
    wire: Option<Wire>,
    /// When what is awaited was asked for.
    started: Instant,
    /// How long the greeting took.
    greeted_after: Duration,
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
                    Action::Hello(offer, name, patience) => {
                        self.send_hello(&offer, &name).await;
                        awaited = self.deadline(patience);
                    }
                    Action::Emit(event, secure) => self.emit(event, secure).await,
                    Action::EmitHello(offer, heard) => self.emit_hello(offer, heard).await,
                    Action::Close => return self.outcome(),
                }
            }
            if self.dialogue.is_closed() {
                return self.outcome();
            }
            let input = match &mut self.wire {
                Some(wire) => wire.receive(&mut buffer, awaited).await,
                None => Input::Eof,
            };
            self.take(input);
        }
    }

    fn outcome(&mut self) -> Outcome {
        Outcome {
            greeted_after: self.greeted_after,
            ..self.dialogue.take_outcome()
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
            Ok(Err(failed)) => Input::TlsFailed(failed),
            Err(_) => Input::TimedOut,
        }
    }

    async fn send_hello(&mut self, offer: &Offer, name: &str) {
        let octets = hello::write(offer, name, &random_octets());
        self.send(&octets).await;
    }

    async fn emit_hello(&mut self, offer: Offer, heard: Heard) {
        let answer = self
            .context
            .tls
            .answer(heard, &self.server_name, self.target);
        let event = SmtpEvent::Hello(Box::new(Hello { offer, answer }));
        self.emit(event, false).await;
    }

    async fn emit(&mut self, event: SmtpEvent, secure: bool) {
        if let SmtpEvent::Replied {
            step: Step::Greeting,
            ..
        } = event
        {
            self.greeted_after = self.started.elapsed();
        }
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
