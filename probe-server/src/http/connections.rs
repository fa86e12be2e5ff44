//! Connections of clients: each with deadlines of its own, all of them bounded.
//!
//! Who speaks slowly, or not at all, takes only what is meant for one client, and not for long. A connection
//! that became a WebSocket is no longer counted here: sessions have bounds of their own.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::guard::{Place, Tally};

/// How much connections may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Connections at once: half of the descriptors that a process commonly may have, as scans need some too.
    pub connections: u32,
    /// Connections of one client at once; `None` where all of them come from one proxy.
    pub per_client: Option<usize>,
    /// Until the head of a request is there, whole; also between two requests.
    pub head: Duration,
    /// From its beginning until no more requests are taken.
    pub requests: Duration,
    /// For the last request and its answer: long enough for the page over a slow line.
    pub last: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 512,
            per_client: Some(64),
            head: Duration::from_secs(10),
            requests: Duration::from_secs(60),
            last: Duration::from_secs(120),
        }
    }
}

/// Serves `app` on `listener` until `stop`; then until every request that has begun is answered.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    bounds: Bounds,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(bounds.connections as usize));
    let (down, going_down) = watch::channel(false);
    let doorman = Doorman {
        places: Arc::clone(&places),
        clients: Tally::default(),
        app,
        bounds,
        going_down,
    };
    tokio::select! {
        () = doorman.admit_all(&listener) => {}
        () = stop => {}
    }
    drop(listener);
    let _ = down.send(true);
    let _ = places.acquire_many(bounds.connections).await;
}

/// Who lets connections in.
struct Doorman {
    places: Arc<Semaphore>,
    clients: Tally,
    app: Router,
    bounds: Bounds,
    going_down: watch::Receiver<bool>,
}

/// What a connection gives back when it is over.
type Places = (OwnedSemaphorePermit, Option<Place>);

impl Doorman {
    /// Lets connections in as long as there is room. Those that find none wait where the system keeps them.
    async fn admit_all(&self, listener: &TcpListener) {
        while let Ok(place) = Arc::clone(&self.places).acquire_owned().await {
            let (stream, peer) = accept(listener).await;
            let Some(share) = self.share(peer) else {
                // Closed without a word: it has many others.
                continue;
            };
            // Observations are small and each is wanted at once.
            let _ = stream.set_nodelay(true);
            tokio::spawn(self.attend(stream, peer, (place, share)));
        }
    }

    /// The client's own place, where clients are told apart by their addresses.
    fn share(&self, peer: SocketAddr) -> Option<Option<Place>> {
        match self.bounds.per_client {
            Some(most) => self.clients.take(peer.ip(), most).map(Some),
            None => Some(None),
        }
    }

    /// Answers the requests of one connection.
    fn attend(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        places: Places,
    ) -> impl Future<Output = ()> + Send + use<> {
        let routes = TowerToHyperService::new(self.app.clone());
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            routes.call(request)
        });
        let bounds = self.bounds;
        let mut going_down = self.going_down.clone();
        async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(bounds.head)
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades();
            let mut connection = pin!(connection);
            // How it ends is the client's business.
            tokio::select! {
                _ = connection.as_mut() => return,
                _ = going_down.wait_for(|down| *down) => {}
                () = sleep(bounds.requests) => {}
            }
            connection.as_mut().graceful_shutdown();
            let _ = timeout(bounds.last, connection).await;
            drop(places);
        }
    }
}

/// The next connection.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_the_peer(&error) => {}
            Err(error) => {
                // Most likely there are no descriptors left; trying again at once would only burn time.
                tracing::error!(%error, "cannot accept connections");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Whether only the connection that was to be accepted is gone.
fn is_of_the_peer(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}
