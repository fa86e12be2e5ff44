//! `/dns-query`: DNS over HTTPS (RFC 8484), for clients whose network blocks the public resolvers.

use std::net::IpAddr;
use std::time::Instant;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, HOST, ORIGIN, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use data_encoding::BASE64URL_NOPAD;
use postern_shared::dns::{self, Failure, RecordData, wire};
use serde::Deserialize;

use super::AppState;
use super::client::Client;
use crate::guard::is_public;

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

/// `GET /dns-query?dns=…`.
pub(super) async fn get(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
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
    match query {
        Some(query) => answer_page(&state, client, &headers, &query).await,
        None => StatusCode::BAD_REQUEST.into_response(),
    }
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
    answer_page(&state, client, &headers, &body).await
}

/// Answers pages that may ask, and lets those of other origins read the answer.
async fn answer_page(
    state: &AppState,
    client: Client,
    headers: &HeaderMap,
    query: &[u8],
) -> Response {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if !state.origins.admit_request(text(ORIGIN), text(HOST)) {
        let words = "This server does not know this page, or itself by this name: see --allow-origin and --public-host.\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    let mut response = answer(state, client, query).await;
    let answered = response.headers_mut();
    answered.insert(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = headers.get(ORIGIN) {
        answered.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    response
}

/// Asks the server's resolver what `query` asks.
async fn answer(state: &AppState, client: Client, query: &[u8]) -> Response {
    let _place = match state.limits.admit_question(client.0, Instant::now()) {
        Ok(place) => place,
        Err(denial) => {
            let wait = denial.retry_after.unwrap_or_default().to_string();
            return (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, wait)]).into_response();
        }
    };
    let Ok(_in_flight) = state.questions.try_acquire() else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "1")]).into_response();
    };
    let message = match wire::decode_query(query) {
        Ok((id, question)) => {
            let resolver = &state.context.resolver;
            let mut answer = resolver.lookup(&question).await.answer;
            if resolver.is_for_strangers() {
                answer.response = without_private(answer.response);
            }
            Some(wire::encode_response(id, &question, &answer))
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

/// The response without addresses that are not public. Where nothing else is in it, it is refused: "no
/// data" would be a lie.
fn without_private(response: dns::Response) -> dns::Response {
    let dns::Response::Records(mut records) = response else {
        return response;
    };
    records.retain(|data| match data {
        RecordData::A(v4) => is_public(IpAddr::V4(*v4)),
        RecordData::Aaaa(v6) => is_public(IpAddr::V6(*v6)),
        _ => true,
    });
    if records.is_empty() {
        dns::Response::Failed(Failure::Refused)
    } else {
        dns::Response::from_records(records)
    }
}
