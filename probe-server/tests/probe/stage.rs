//! A server in this process.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use probe_server::guard::{Allowance, Limits, OptOuts, Origins};
use probe_server::http::{self, Bounds, Page, PageSource, QUESTIONS, Server};
use probe_server::session::Pace;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

use crate::world::World;

/// A server and what to stop it with.
pub(crate) struct Stage {
    pub(crate) state: http::AppState,
    pub(crate) down: watch::Sender<bool>,
}

pub(crate) fn stage(world: &World, allowance: Allowance, pace: Pace, page: PageSource) -> Stage {
    let (down, shutdown) = watch::channel(false);
    let state = Arc::new(Server {
        context: Arc::clone(&world.context),
        limits: Limits::new(allowance, OptOuts::default()),
        origins: Origins::new(
            ["https://scan.example".to_owned()],
            ["ours.example".to_owned()],
        ),
        page: Page::open(page).unwrap(),
        contact: Some("postmaster@<example>".to_owned()),
        client_header: Some(header::HeaderName::from_static("x-client")),
        shutdown,
        sessions: Arc::new(Semaphore::new(2)),
        questions: Semaphore::new(QUESTIONS),
        pace,
    });
    Stage { state, down }
}

pub(crate) fn plain(world: &World) -> Stage {
    stage(
        world,
        Allowance::default(),
        Pace::default(),
        PageSource::Own,
    )
}

impl Stage {
    pub(crate) async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = http::app(Arc::clone(&self.state));
        let bounds = Bounds::default();
        tokio::spawn(http::serve(listener, app, bounds, std::future::pending()));
        address
    }

    pub(crate) async fn request(&self, request: Request<Body>) -> Response {
        http::app(Arc::clone(&self.state))
            .oneshot(request)
            .await
            .unwrap()
    }
}
