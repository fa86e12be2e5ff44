//! Lends a dialogue a socket and a clock.

use std::io;

use postern_shared::evidence::{ConnectFailure, DialogueKind, Fact, SmtpEvent, SmtpFact};
use postern_shared::protocol::Progress;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Duration, Instant, timeout_at};
use tokio_rustls::client::TlsStream;

use super::dialogue::{Action, Dialogue, Input, Outcome};
use super::plan::Plan;
use crate::clock;
use crate::etiquette::Etiquette;
use crate::guard::PublicAddr;
use crate::sink::Sink;
use crate::tls::Tls;

/// Octets read at once.
const READ_BUFFER: usize = 4096;

/// Speaks one dialogue with `target`, tells `sink` what happens, and says what was learned.
///
/// Opens one connection, which is closed when this returns or is dropped. Facts are numbered from
/// `sequence` on, which is left at the next free number.
pub(crate) async fn converse(
    target: PublicAddr,
    plan: Plan,
    etiquette: &Etiquette,
    tls: &Tls,
    sink: &Sink,
    sequence: &mut u16,
) -> Outcome {
    let kind = plan.kind;
    let (dialogue, actions) = Dialogue::new(plan, etiquette);
    let mut pump = Pump {
        target,
        etiquette,
        tls,
        sink,
        sequence,
        kind,
        wire: None,
        started: Instant::now(),
        over: Instant::now() + etiquette.dialogue,
    };
    pump.run(dialogue, actions).await
}

struct Pump<'a> {
    target: PublicAddr,
    etiquette: &'a Etiquette,
    tls: &'a Tls,
    sink: &'a Sink,
    sequence: &'a mut u16,
    kind: DialogueKind,
    wire: Option<Wire>,
    /// When what is awaited was asked for.
    started: Instant,
    /// When the dialogue must be over.
    over: Instant,
}

/// The connection, in clear or not.
enum Wire {
    Clear(TcpStream),
    Secure(Box<TlsStream<TcpStream>>),
}

impl Wire {
    async fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        match self {
            Self::Clear(stream) => stream.write_all(octets).await,
            Self::Secure(stream) => {
                stream.write_all(octets).await?;
                stream.flush().await
            }
        }
    }

    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Clear(stream) => stream.read(buffer).await,
            Self::Secure(stream) => stream.read(buffer).await,
        }
    }
}

impl Pump<'_> {
    async fn run(&mut self, mut dialogue: Dialogue, mut actions: Vec<Action>) -> Outcome {
        let mut buffer = [0; READ_BUFFER];
        let mut awaited = self.started;
        loop {
            let mut next = Vec::new();
            for action in actions {
                match action {
                    Action::Connect => next = dialogue.handle(self.connect().await),
                    Action::Send(octets) => self.send(&octets).await,
                    Action::Expect(step, patience) => {
                        awaited = self.deadline(patience);
                        let address = self.target.ip();
                        self.sink.progress(Progress::Waiting { address, step });
                    }
                    Action::StartTls(name) => next = dialogue.handle(self.secure(&name).await),
                    Action::Emit(event, secure) => self.emit(event, secure).await,
                    Action::Close => return dialogue.into_outcome(),
                }
            }
            actions = if next.is_empty() && !dialogue.is_closed() {
                let input = self.read(&mut buffer, awaited).await;
                dialogue.handle(input)
            } else if next.is_empty() {
                return dialogue.into_outcome();
            } else {
                next
            };
        }
    }

    async fn connect(&mut self) -> Input<'static> {
        let address = self.target.ip();
        self.sink.progress(Progress::Connecting { address });
        self.started = Instant::now();
        let deadline = self.deadline(self.etiquette.connect);
        match timeout_at(deadline, self.target.dial()).await {
            Ok(Ok(stream)) => {
                self.wire = Some(Wire::Clear(stream));
                Input::Connected
            }
            Ok(Err(error)) => Input::NotConnected(connect_failure(&error)),
            Err(_) => Input::TimedOut,
        }
    }

    /// Sends; what goes wrong shows when the answer is read.
    async fn send(&mut self, octets: &[u8]) {
        self.started = Instant::now();
        let deadline = self.deadline(self.etiquette.reply);
        if let Some(wire) = &mut self.wire {
            let _ = timeout_at(deadline, wire.write(octets)).await;
        }
    }

    async fn read<'b>(&mut self, buffer: &'b mut [u8], deadline: Instant) -> Input<'b> {
        let Some(wire) = &mut self.wire else {
            return Input::Eof;
        };
        match timeout_at(deadline, wire.read(buffer)).await {
            Ok(Ok(length)) if length > 0 => Input::Bytes(buffer.get(..length).unwrap_or_default()),
            Ok(_) => Input::Eof,
            Err(_) => Input::TimedOut,
        }
    }

    async fn secure(&mut self, name: &str) -> Input<'static> {
        self.started = Instant::now();
        let Some(Wire::Clear(stream)) = self.wire.take() else {
            return Input::Eof;
        };
        let deadline = self.deadline(self.etiquette.handshake);
        let handshake = self.tls.handshake(stream, name, self.target);
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

/// The system's error as a fact.
fn connect_failure(error: &io::Error) -> ConnectFailure {
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
