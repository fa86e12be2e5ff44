//! Lends a session a socket, a clock and a scan.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes};
use futures_util::{Sink as WriteHalf, SinkExt as _, Stream, StreamExt as _};
use postern_shared::DomainName;
use postern_shared::evidence::Vantage;
use postern_shared::protocol::{self, Limits, RefusalCode};
use postern_shared::time::Millis;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, sleep_until, timeout};

use super::machine::{Input, Output, Session};
use crate::context::Context;
use crate::guard::{Denial, ScanPermit};
use crate::scan::{self, Depth, ScanEvent, Sink};

/// How long a session waits for its client.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// For a domain to scan.
    pub idle: Duration,
    /// For a client to read.
    pub write: Duration,
    /// Between two pings.
    pub ping: Duration,
    /// For any sign of life.
    pub silence: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(120),
            write: Duration::from_secs(30),
            ping: Duration::from_secs(20),
            silence: Duration::from_secs(65),
        }
    }
}

/// What a session is made with.
pub struct Terms<A> {
    /// The welcome, or why there is none.
    pub opening: Result<(Vantage, Limits), RefusalCode>,
    /// Asks the guard.
    pub admit: A,
    /// What scans share.
    pub context: Arc<Context>,
    /// Becomes `true` when the server goes down.
    pub shutdown: watch::Receiver<bool>,
    /// How long it waits.
    pub pace: Pace,
}

/// Runs one session until it is over. When this returns or is dropped, its scan has stopped, and takes leave.
pub async fn run<S, A, E>(socket: S, terms: Terms<A>)
where
    S: Stream<Item = Result<Message, E>> + WriteHalf<Message> + Unpin,
    A: Fn(&DomainName, Depth) -> Result<ScanPermit, Denial>,
{
    let (session, outputs) = Session::open(terms.opening);
    let mut ping = interval(terms.pace.ping);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut pump = Pump {
        socket,
        session,
        admit: terms.admit,
        context: terms.context,
        pace: terms.pace,
        shutdown: terms.shutdown,
        scan: None,
        ping,
        idle_since: Instant::now(),
        heard: Instant::now(),
    };
    // A broken connection ends the session; there is nobody to tell.
    let _ = pump.run(outputs).await;
}

/// The peer is gone, or does not read.
struct Broken;

struct Pump<S, A> {
    socket: S,
    session: Session,
    admit: A,
    context: Arc<Context>,
    pace: Pace,
    shutdown: watch::Receiver<bool>,
    scan: Option<Scan>,
    ping: Interval,
    idle_since: Instant,
    heard: Instant,
}

/// A running scan: its future, what it tells, and how it ended once it has.
struct Scan {
    work: Pin<Box<dyn Future<Output = Result<Millis, RefusalCode>> + Send>>,
    events: mpsc::Receiver<ScanEvent>,
    ended: Option<Result<Millis, RefusalCode>>,
}

/// What woke the pump.
enum Wake {
    Message(Message),
    Gone,
    Event(ScanEvent),
    Ended(Result<Millis, RefusalCode>),
    Ping,
    Idle,
    ShutDown,
}

impl<S, A, E> Pump<S, A>
where
    S: Stream<Item = Result<Message, E>> + WriteHalf<Message> + Unpin,
    A: Fn(&DomainName, Depth) -> Result<ScanPermit, Denial>,
{
    async fn run(&mut self, outputs: Vec<Output>) -> Result<(), Broken> {
        self.perform(outputs).await?;
        while self.session != Session::Over {
            match self.wake().await {
                Wake::Message(Message::Text(text)) => self.take(Input::Text(&text)).await?,
                Wake::Message(Message::Binary(_)) => self.take(Input::NotText).await?,
                Wake::Message(Message::Close(_)) | Wake::Gone => self.take(Input::Gone).await?,
                Wake::Message(Message::Ping(_) | Message::Pong(_)) => {}
                Wake::Event(event) => self.take(Input::Event(event)).await?,
                Wake::Ended(result) => {
                    self.scan = None;
                    self.idle_since = Instant::now();
                    self.take(Input::Ended(result)).await?;
                }
                Wake::Ping => self.ping().await?,
                Wake::Idle => self.take(Input::Idle).await?,
                Wake::ShutDown => self.take(Input::ShutDown).await?,
            }
        }
        Ok(())
    }

    async fn wake(&mut self) -> Wake {
        let idle = self.idle_since + self.pace.idle;
        tokio::select! {
            message = self.socket.next() => {
                self.heard = Instant::now();
                match message {
                    Some(Ok(message)) => Wake::Message(message),
                    Some(Err(_)) | None => Wake::Gone,
                }
            }
            wake = next_of(&mut self.scan) => wake,
            _ = self.ping.tick() => Wake::Ping,
            () = sleep_until(idle), if self.scan.is_none() => Wake::Idle,
            _ = self.shutdown.wait_for(|down| *down) => Wake::ShutDown,
        }
    }

    async fn take(&mut self, input: Input<'_>) -> Result<(), Broken> {
        let (session, outputs) = self.session.handle(input);
        self.session = session;
        self.perform(outputs).await
    }

    async fn perform(&mut self, outputs: Vec<Output>) -> Result<(), Broken> {
        for output in outputs {
            match output {
                Output::Send(message) => {
                    let text = Utf8Bytes::from(protocol::encode(&message));
                    self.send(Message::Text(text)).await?;
                }
                Output::Admit(domain, depth) => Box::pin(self.begin(domain, depth)).await?,
                Output::Stop => self.scan = None,
                Output::Close(code) => self.close(code).await?,
            }
        }
        Ok(())
    }

    async fn begin(&mut self, domain: DomainName, depth: Depth) -> Result<(), Broken> {
        let permit = match (self.admit)(&domain, depth) {
            Ok(permit) => permit,
            Err(denial) => return self.take(Input::Denied(denial)).await,
        };
        let (sink, events) = Sink::new();
        let context = Arc::clone(&self.context);
        self.scan = Some(Scan {
            // The sink goes down with the future: the queue ends when all was told.
            work: Box::pin(async move {
                let result = scan::run(&domain, depth, &context, &sink).await;
                permit.finish();
                result
            }),
            events,
            ended: None,
        });
        self.take(Input::Admitted).await
    }

    async fn ping(&mut self) -> Result<(), Broken> {
        if self.heard.elapsed() > self.pace.silence {
            return Err(Broken);
        }
        self.send(Message::Ping(Vec::new().into())).await
    }

    async fn close(&mut self, code: u16) -> Result<(), Broken> {
        let frame = CloseFrame {
            code,
            reason: Utf8Bytes::from_static(""),
        };
        self.send(Message::Close(Some(frame))).await
    }

    /// Sends, as long as the client reads. While it does not, nothing else is done: the scan pauses.
    async fn send(&mut self, message: Message) -> Result<(), Broken> {
        match timeout(self.pace.write, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Broken),
        }
    }
}

/// What the scan does next; never ready without one.
async fn next_of(scan: &mut Option<Scan>) -> Wake {
    let Some(scan) = scan else {
        return std::future::pending().await;
    };
    loop {
        tokio::select! {
            biased;
            event = scan.events.recv() => match (event, scan.ended) {
                (Some(event), _) => return Wake::Event(event),
                (None, Some(result)) => return Wake::Ended(result),
                // The sink lives as long as the work: this cannot be, and must not spin.
                (None, None) => return Wake::Ended(Err(RefusalCode::Busy)),
            },
            result = &mut scan.work, if scan.ended.is_none() => scan.ended = Some(result),
        }
    }
}
