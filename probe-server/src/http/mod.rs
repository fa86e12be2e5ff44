//! What the server speaks over HTTP.

mod about;
mod client;
mod connections;
mod dns_query;
mod page;
mod socket;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use tokio::sync::{Semaphore, watch};

use crate::context::Context;
use crate::guard::{Limits, Origins};
use crate::session::Pace;
pub use connections::{Bounds, serve};
pub use page::{Page, PageError};

/// Sockets open at once before new ones are answered 503.
pub const SESSIONS: usize = 2000;

/// DNS questions in flight before new ones are answered 503.
pub const QUESTIONS: usize = 512;

/// What the routes share.
pub struct Server {
    /// What scans share.
    pub context: Arc<Context>,
    /// Who may ask, and how often.
    pub limits: Limits,
    /// Which pages may open a socket.
    pub origins: Origins,
    /// The page.
    pub page: Page,
    /// Where people who were scanned can write to.
    pub contact: Option<String>,
    /// The header in which a proxy in front of us names the client; `None` without one.
    pub client_header: Option<axum::http::HeaderName>,
    /// Becomes `true` when the server goes down.
    pub shutdown: watch::Receiver<bool>,
    /// A permit for each open socket.
    pub sessions: Arc<Semaphore>,
    /// A permit for each DNS question in flight.
    pub questions: Semaphore,
    /// How long sessions wait for their clients.
    pub pace: Pace,
}

/// The state of the routes.
pub type AppState = Arc<Server>;

/// The routes.
pub fn app(state: AppState) -> Router {
    Router::new()
        .route("/ws", get(socket::open))
        .route(
            "/dns-query",
            get(dns_query::get)
                .post(dns_query::post)
                .layer(DefaultBodyLimit::max(dns_query::MAX_QUERY)),
        )
        .route("/healthz", get(healthz))
        .route("/about-probe", get(about::show))
        .fallback(page::serve)
        .layer(map_response(safe_headers))
        .with_state(state)
}

/// Whether the server answers at all.
async fn healthz() -> (StatusCode, &'static str) {
    (StatusCode::OK, "ok\n")
}

/// What every answer says: take its type as it is written, and tell no other site where you come from.
async fn safe_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Where the page is taken from.
#[derive(Clone, Debug)]
pub enum PageSource {
    /// From this binary, where it was built with the page inside; else there is none.
    Own,
    /// From a folder.
    Folder(PathBuf),
}
