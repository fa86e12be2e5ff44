//! `probe-server serve`: binds, serves, and stops without leaving anyone in the middle of a word.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use crate::advice;
use crate::config::Serve;
use crate::context::Context;
use crate::guard::{Limits, Origins};
use crate::http::{self, Bounds, Page, PageSource, QUESTIONS, SESSIONS, Server};
use crate::session::Pace;

/// How long open sockets and requests have to end when the server goes down.
const DRAIN: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// Says which setting cannot be used, or why it cannot listen.
pub async fn serve(config: Serve) -> Result<(), String> {
    let settings = config.settings()?;
    let opt_outs = settings.opt_outs.clone();
    let context = Arc::new(Context::new(settings).map_err(|e| e.to_string())?);
    let source = config
        .page_dir
        .clone()
        .map_or(PageSource::Own, PageSource::Folder);
    let page = Page::open(source).map_err(|e| e.to_string())?;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|e| format!("cannot listen on {}: {e}", config.listen))?;
    let ehlo_name = context.ehlo_name.clone();
    let (down, shutdown) = watch::channel(false);
    let server = Arc::new(Server {
        context,
        limits: Limits::new(config.allowance(), opt_outs),
        // Whoever owns the EHLO name owns this machine.
        origins: Origins::new(
            config.allow_origin,
            config.public_host.into_iter().chain([ehlo_name]),
        ),
        page,
        contact: config.contact,
        client_header: config.client_header,
        shutdown,
        sessions: Arc::new(Semaphore::new(SESSIONS)),
        questions: Semaphore::new(QUESTIONS),
        pace: Pace::default(),
    });
    let stop = stop_signal().map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    tracing::info!(%address, ehlo_name = server.context.ehlo_name, "listening");
    tokio::spawn(advice::give(Arc::clone(&server), address));
    run(listener, server, down, stop).await;
    Ok(())
}

/// Serves on `listener` until `stop`; then gives what is open [`DRAIN`] to end.
async fn run(
    listener: TcpListener,
    server: http::AppState,
    down: watch::Sender<bool>,
    stop: impl Future<Output = ()>,
) {
    let (sessions, context) = (Arc::clone(&server.sessions), Arc::clone(&server.context));
    let mut drained = server.shutdown.clone();
    let mut bounds = Bounds::default();
    if server.client_header.is_some() {
        // All connections come from the proxy, which has its own.
        bounds.per_client = None;
    }
    let served = http::serve(listener, http::app(server), bounds, async move {
        stop.await;
        tracing::info!("going down");
        // Sockets are not seen by the graceful shutdown: they are told here.
        let _ = down.send(true);
    });
    let overdue = async {
        let _ = drained.wait_for(|down| *down).await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        () = served => {}
        () = overdue => tracing::warn!("some connections did not end in time"),
    }
    let all = u32::try_from(SESSIONS).unwrap_or(u32::MAX);
    let _ = timeout(DRAIN, sessions.acquire_many(all)).await;
    context.take_leave().await;
}

/// Listens for the system or a person who asks the process to stop, from now on: it is called before anybody
/// can know that we are there.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}
