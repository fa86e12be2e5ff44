//! What goes into a dialogue and what comes out of it.

use std::time::Duration;

use postern_shared::evidence::{ConnectFailure, SmtpEvent, Step, TlsFact};

use crate::smtp::Command;

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
    /// The TLS handshake failed; why, safe to show.
    TlsFailed(String),
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
    /// Tell what happened, and whether inside TLS.
    Emit(SmtpEvent, bool),
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
    /// What the server would not answer with 530: perhaps it will inside TLS.
    pub deferred: Vec<Command>,
}
