//! `/dns-query`: DNS over HTTPS (RFC 8484), for clients whose network blocks the public resolvers.

use std::time::Instant;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use data_encoding::BASE64URL_NOPAD;
use postern_shared::dns::wire;
use serde::Deserialize;

use super::AppState;
use super::client::Client;

/// Octets of a query: the longest name with EDNS and padding needs 384.
pub(super) const MAX_QUERY: usize = 512;
/// What RFC 8484 §6 calls a message.
const DNS_MESSAGE: &str = "application/dns-message";
/// Seconds that an answer may be kept: as long as the records in it say.
const KEEP: &str = "max-age=60";

/// The parameters of a GET.
#[derive(Deserialize)]
pub(super) struct Parameters {
    dns: Option<String>,
}

/// `GET /dns-query?dns=…`; any page may read the answer.
pub(super) async fn get(
    State(state): State<AppState>,
    client: Client,
    Query(parameters): Query<Parameters>,
) -> Response {
    let query = parameters
        .dns
        .filter(|text| text.len() <= MAX_QUERY * 4 / 3 + 1)
        // RFC 8484 §6: without padding characters; some clients send them anyway.
        .and_then(|text| {
            BASE64URL_NOPAD
                .decode(text.trim_end_matches('=').as_bytes())
                .ok()
        });
    let mut response = match query {
        Some(query) => answer(&state, client, &query).await,
        None => StatusCode::BAD_REQUEST.into_response(),
    };
    let any = HeaderValue::from_static("*");
    response
        .headers_mut()
        .insert(ACCESS_CONTROL_ALLOW_ORIGIN, any);
    response
}

/// `POST /dns-query`.
pub(super) async fn post(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let typed = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == DNS_MESSAGE);
    if !typed {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    answer(&state, client, &body).await
}

/// Asks the server's resolver what `query` asks.
async fn answer(state: &AppState, client: Client, query: &[u8]) -> Response {
    if let Err(denial) = state.limits.admit_question(client.0, Instant::now()) {
        let wait = denial.retry_after.unwrap_or_default().to_string();
        return (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, wait)]).into_response();
    }
    let Ok(_in_flight) = state.questions.try_acquire() else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "1")]).into_response();
    };
    let message = match wire::decode_query(query) {
        Ok((id, question)) => {
            let fact = state.context.resolver.lookup(&question).await;
            Some(wire::encode_response(id, &question, &fact.answer))
        }
        Err(error) => wire::encode_error(query, error),
    };
    message.map_or_else(
        || StatusCode::BAD_REQUEST.into_response(),
        |message| {
            (
                [(CONTENT_TYPE, DNS_MESSAGE), (CACHE_CONTROL, KEEP)],
                message,
            )
                .into_response()
        },
    )
}
