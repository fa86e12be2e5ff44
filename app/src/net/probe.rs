//! The socket of the probe server (RFC 6455), as a stream of what it tells.

use std::future::poll_fn;
use std::pin::pin;

use futures_util::future::{Either, select};
use futures_util::stream::{LocalBoxStream, unfold};
use futures_util::{SinkExt, StreamExt};
use gloo_net::http::Request;
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, State as WebSocketState};
use postern_shared::DomainName;
use postern_shared::evidence::{Fact, ProbeOutcome};
use postern_shared::protocol::{
    self, ClientMessage, MAX_SERVER_MESSAGE, SUBPROTOCOL, ServerMessage,
};
use postern_shared::time::Timestamp;

use super::{Event, browser, seen_now};
use crate::model::settings::HttpUrl;
use crate::state::Refusal;

/// Milliseconds until the first message: a server says at once what it is.
const WELCOME_TIMEOUT: u32 = 10_000;
/// Milliseconds between two messages: the longest step of a dialogue is shorter.
const SILENCE_TIMEOUT: u32 = 120_000;
/// Messages of one scan: no honest scan makes so many.
const MAX_MESSAGES: u32 = 20_000;

/// The probe server of one scan.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its base address.
    pub base: HttpUrl,
    /// Whether it is the one that serves the page: then there may be none at all.
    pub own: bool,
}

/// Has `server` scan `domain`, deeply where that is wanted. The last event is how that ended; dropping the stream closes the socket,
/// which stops the server's work.
#[must_use]
pub fn scan(
    domain: DomainName,
    deep: bool,
    server: Option<Server>,
) -> LocalBoxStream<'static, Event> {
    let state = match server {
        Some(server) => State::Calling(ClientMessage::Scan { domain, deep }, server),
        None => State::Ending(ProbeOutcome::NoServer),
    };
    unfold(state, State::step).boxed_local()
}

/// Where the conversation stands.
enum State {
    Calling(ClientMessage, Server),
    Listening(Box<Line>),
    Ending(ProbeOutcome),
    Ended,
}

/// An open line.
struct Line {
    socket: WebSocket,
    server: Server,
    /// Messages heard.
    heard: u32,
}

impl State {
    /// The next event and the state behind it; nothing after the end.
    async fn step(mut self) -> Option<(Event, Self)> {
        loop {
            self = match self {
                Self::Calling(wish, server) => call(&wish, server).await,
                Self::Listening(line) => match listen(line).await {
                    Ok((message, line)) => return Some(understand(message, line)),
                    Err(outcome) => Self::Ending(outcome),
                },
                Self::Ending(outcome) => {
                    return Some((Event::Observed(seen_now(Fact::Probe(outcome))), Self::Ended));
                }
                Self::Ended => return None,
            };
        }
    }
}

/// Opens the socket and says what is wanted.
async fn call(wish: &ClientMessage, server: Server) -> State {
    let url = server.base.join("ws").socket();
    let Ok(mut socket) = WebSocket::open_with_protocol(&url, SUBPROTOCOL) else {
        return State::Ending(ProbeOutcome::Unreachable);
    };
    let wish = protocol::encode(wish);
    let opened = poll_fn(|context| socket.poll_ready_unpin(context));
    match select(opened, pin!(browser::sleep(WELCOME_TIMEOUT))).await {
        Either::Left(_) => {}
        Either::Right(_) => return State::Ending(ProbeOutcome::Unreachable),
    }
    // A socket that did not open is ready too; it says so where the first message would come.
    if matches!(socket.state(), WebSocketState::Open) {
        let _ = socket.start_send_unpin(Message::Text(wish));
    }
    State::Listening(Box::new(Line {
        socket,
        server,
        heard: 0,
    }))
}

/// Waits for the next message.
async fn listen(mut line: Box<Line>) -> Result<(ServerMessage, Box<Line>), ProbeOutcome> {
    let timeout = if line.heard == 0 {
        WELCOME_TIMEOUT
    } else {
        SILENCE_TIMEOUT
    };
    let heard = match select(line.socket.next(), pin!(browser::sleep(timeout))).await {
        Either::Left((Some(Ok(Message::Text(text))), _)) => Some(text),
        Either::Left(_) | Either::Right(_) => None,
    };
    let message = heard
        .filter(|text| text.len() <= MAX_SERVER_MESSAGE && line.heard < MAX_MESSAGES)
        .and_then(|text| protocol::decode(&text).ok());
    match message {
        Some(message) => {
            line.heard += 1;
            Ok((message, line))
        }
        None if line.heard > 0 => Err(ProbeOutcome::Cut),
        None if line.server.own && is_static_host(&line.server.base).await => {
            Err(ProbeOutcome::NoServer)
        }
        None => Err(ProbeOutcome::Unreachable),
    }
}

/// What a message means for the scan, and for the conversation.
fn understand(message: ServerMessage, line: Box<Line>) -> (Event, State) {
    match message {
        ServerMessage::Welcome { vantage, limits } => (
            Event::Welcomed(seen_now(Fact::Vantage(vantage)), limits.deep),
            State::Listening(line),
        ),
        ServerMessage::Observed(observation) => {
            (Event::Observed(observation), State::Listening(line))
        }
        ServerMessage::Progress(progress) => (Event::Doing(progress), State::Listening(line)),
        ServerMessage::Finished { took } => (
            Event::Observed(seen_now(Fact::Probe(ProbeOutcome::Finished { took }))),
            State::Ended,
        ),
        ServerMessage::Refused { code, retry_after } => {
            let retry_at =
                retry_after.map(|seconds| Timestamp(browser::now().0 + u64::from(seconds) * 1000));
            (
                Event::Refused(Refusal { code, retry_at }),
                State::Ending(ProbeOutcome::Refused(code)),
            )
        }
    }
}

/// Whether the page comes from a host that only has files: then nobody has set a probe server, and
/// none has failed.
async fn is_static_host(base: &HttpUrl) -> bool {
    let url = base.join("healthz");
    let request = Request::get(url.as_str()).send();
    match select(pin!(request), pin!(browser::sleep(WELCOME_TIMEOUT))).await {
        Either::Left((Ok(response), _)) => match response.status() {
            // Hosts of single pages answer every path with the page.
            200..=299 => response
                .headers()
                .get("content-type")
                .is_some_and(|kind| kind.starts_with("text/html")),
            status => status < 500,
        },
        Either::Left((Err(_), _)) | Either::Right(_) => false,
    }
}
