//! `GET /ws`: the upgrade, and who is turned away before it or right after.

use std::sync::{Arc, Once};
use std::time::Instant;

use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::header::{HOST, ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use postern_shared::protocol::{self, Limits, MAX_CLIENT_MESSAGE, RefusalCode, SUBPROTOCOL};

use super::AppState;
use super::client::Client;
use crate::session::{self, Terms};

/// Octets of the read buffer: it is allocated for every socket, and clients say little.
const READ_BUFFER: usize = 4096;

/// Opens a session.
///
/// A browser does not show a page why an upgrade failed, so who must not scan is let in to be told.
pub(super) async fn open(
    State(state): State<AppState>,
    Client(client): Client,
    headers: HeaderMap,
    mut upgrade: WebSocketUpgrade,
) -> Response {
    let Ok(place) = Arc::clone(&state.sessions).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let permit = state.limits.admit_socket(client);
    let refusal = permit
        .as_ref()
        .err()
        .map(|denial| denial.code)
        .or_else(|| refusal(&state, &headers));
    if let Some(protocol) = first_protocol(&headers) {
        upgrade.set_selected_protocol(protocol);
    }
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * protocol::MAX_SERVER_MESSAGE)
        .max_message_size(MAX_CLIENT_MESSAGE)
        .max_frame_size(MAX_CLIENT_MESSAGE)
        .on_upgrade(move |socket: WebSocket| async move {
            let limits = limits(&state);
            let terms = Terms {
                opening: refusal.map_or_else(|| Ok((state.context.vantage(), limits)), Err),
                admit: |domain: &_, depth| {
                    state.limits.admit_depth(depth)?;
                    state.limits.admit_scan(client, domain, Instant::now())
                },
                context: Arc::clone(&state.context),
                shutdown: state.shutdown.clone(),
                pace: state.pace,
            };
            session::run(socket, terms).await;
            drop((permit, place));
        })
}

/// The limits as a client is told them.
fn limits(state: &AppState) -> Limits {
    let allowance = state.limits.allowance();
    Limits {
        connections_per_address: state.context.etiquette.connections_per_address,
        scans_per_minute: allowance.scans_per_minute,
        cool_down: u32::try_from(allowance.cool_down.as_secs()).unwrap_or(u32::MAX),
        deep: allowance.deep_scans,
    }
}

/// Why this client must not scan, if it must not.
fn refusal(state: &AppState, headers: &HeaderMap) -> Option<RefusalCode> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if *state.shutdown.borrow() {
        return Some(RefusalCode::ShuttingDown);
    }
    if !state.origins.admit(text(ORIGIN), text(HOST)) {
        hint(text(ORIGIN), text(HOST));
        return Some(RefusalCode::ForeignOrigin);
    }
    let ours = first_protocol(headers).is_some_and(|protocol| protocol == SUBPROTOCOL);
    (!ours).then_some(RefusalCode::UnknownVersion)
}

/// Tells the operator, once, how a page of this very server can be turned away. The name in question is a
/// stranger's word and stays out of the log.
fn hint(origin: Option<&str>, host: Option<&str>) {
    static ONCE: Once = Once::new();
    let authority = origin.and_then(|origin| origin.split_once("://"));
    if authority.is_some_and(|(_, authority)| Some(authority) == host) {
        ONCE.call_once(|| {
            tracing::warn!(
                "a page was turned away: it was opened under a name that is not known to be ours; name it with --public-host"
            );
        });
    }
}

/// Our subprotocol where it was offered, else the first that was: a browser wants one of its own chosen
/// before it lets a page read the refusal.
fn first_protocol(headers: &HeaderMap) -> Option<HeaderValue> {
    let offered: Vec<_> = headers
        .get_all(SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|protocol| !protocol.is_empty())
        .collect();
    let ours = offered.iter().find(|protocol| **protocol == SUBPROTOCOL);
    let chosen = ours.or_else(|| offered.first())?;
    HeaderValue::from_str(chosen).ok()
}
