//! What goes into a dialogue and what comes out of it.

use std::time::Duration;

use postern_shared::evidence::{
    ConnectFailure, FailedHandshake, HelloAnswer, Offer, SmtpEvent, Step, TlsFact,
};

use crate::smtp::Command;
use crate::tls::hello::Heard;

/// What happened to the socket.
#[derive(Debug)]
pub enum Input<'a> {
    /// The connection stands.
    Connected,
    /// It does not.
    NotConnected(ConnectFailure),
    /// Octets came.
    Bytes(&'a [u8]),
    /// The TLS handshake was completed.
    TlsReady(TlsFact),
    /// The TLS handshake failed.
    TlsFailed(FailedHandshake),
    /// The peer closed the connection.
    Eof,
    /// What was expected did not come in time.
    TimedOut,
}

/// What to do with the socket, in this order.
#[derive(Debug, Eq, PartialEq)]
pub enum Action {
    /// Open it.
    Connect,
    /// Send these octets.
    Send(Vec<u8>),
    /// Wait for a whole reply to this step, this long.
    Expect(Step, Duration),
    /// Begin a TLS handshake with this name in SNI.
    StartTls(String),
    /// Send this hello, with this name in SNI, and wait for its answer, this long.
    Hello(Offer, String, Duration),
    /// Tell what happened, and whether inside TLS.
    Emit(SmtpEvent, bool),
    /// Tell what came of the hello.
    EmitHello(Offer, Heard),
    /// Close it; nothing follows.
    Close,
}

/// What the dialogue taught, for planning the next.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outcome {
    /// Whether the address answered our connection at all; `None` when that says nothing about it.
    pub answered: Option<bool>,
    /// The server greeted us and took our EHLO or HELO.
    pub welcomed: bool,
    /// The server said 421 or would not greet us: it is not to be bothered again.
    pub unwelcome: bool,
    /// STARTTLS was announced.
    pub offers_starttls: bool,
    /// The handshake that was completed.
    pub secured: Option<TlsFact>,
    /// A handshake was begun and not completed.
    pub insecure: bool,
    /// What came of the hello.
    pub heard: Option<HelloAnswer>,
    /// How long the greeting took; nothing is known of it where there was none.
    pub greeted_after: Duration,
    /// What the server would not answer with 530: perhaps it will inside TLS.
    pub deferred: Vec<Command>,
}

impl Outcome {
    /// Whether the server goes over to TLS, however that ends. Who does not is not asked what it takes.
    #[must_use]
    pub const fn begins_tls(&self) -> bool {
        self.secured.is_some() || self.insecure
    }
}
