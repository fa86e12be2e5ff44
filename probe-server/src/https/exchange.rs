//! One request and its answer.

use std::future::poll_fn;
use std::pin::Pin;

use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderValue, LOCATION, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use postern_shared::evidence::{NoPolicy, PolicyFile};
use postern_shared::mta_sts::{MAX_POLICY, POLICY_PATH};
use postern_shared::text;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use crate::etiquette::Etiquette;

/// Octets of the head of an answer.
const MAX_HEAD: usize = 16 * 1024;
/// Fields in it.
const MAX_FIELDS: usize = 64;
/// Characters kept of a field, and of what the HTTP library says.
const MAX_SHOWN: usize = 300;

/// Who asks.
const AGENT: &str = concat!("Postern/", env!("CARGO_PKG_VERSION"));

/// Asks `host` for its policy over `stream`, once. Nothing is followed, nothing is cached.
pub(super) async fn get(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    host: &str,
    etiquette: &Etiquette,
) -> Result<PolicyFile, NoPolicy> {
    let request = Request::get(POLICY_PATH)
        .header(HOST, host)
        .header(USER_AGENT, AGENT)
        .header(CONNECTION, "close")
        .body(String::new())
        .map_err(|error| not_http(&error))?;
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_FIELDS)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| not_http(&error))?;
    let asked = async {
        let head = timeout(etiquette.policy_head, sender.send_request(request)).await;
        let answer = head.map_err(|_| NoPolicy::TimedOut)?;
        let answer = answer.map_err(|error| not_http(&error))?;
        let read = timeout(etiquette.policy_body, read(answer)).await;
        read.map_err(|_| NoPolicy::TimedOut)?
    };
    tokio::pin!(connection, asked);
    tokio::select! {
        biased;
        outcome = &mut asked => return outcome,
        // Whether it ended well is known to who reads from it.
        _ = &mut connection => {}
    }
    asked.await
}

/// The file in an answer of status 200, at most as much as a policy may have.
async fn read(answer: Response<Incoming>) -> Result<PolicyFile, NoPolicy> {
    let field = |value: &HeaderValue| text::from_octets(value.as_bytes(), MAX_SHOWN);
    let status = answer.status();
    if status != StatusCode::OK {
        let location = answer.headers().get(LOCATION);
        return Err(NoPolicy::Status {
            status: status.as_u16(),
            location: location.filter(|_| status.is_redirection()).map(field),
        });
    }
    let media_type = answer.headers().get(CONTENT_TYPE).map(field);
    let mut body = answer.into_body();
    let mut octets = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|error| not_http(&error))?;
        // What is no data is a trailer.
        let Some(data) = frame.data_ref() else {
            continue;
        };
        if octets.len() + data.len() > MAX_POLICY {
            return Err(NoPolicy::TooLarge);
        }
        octets.extend_from_slice(data);
    }
    Ok(PolicyFile {
        media_type,
        body: String::from_utf8_lossy(&octets).into_owned(),
    })
}

/// The library's words, with those of what it stumbled over.
fn not_http(error: &dyn std::error::Error) -> NoPolicy {
    let mut detail = error.to_string();
    if let Some(cause) = error.source() {
        detail = format!("{detail}: {cause}");
    }
    NoPolicy::NotHttp {
        detail: text::from_octets(detail.as_bytes(), MAX_SHOWN),
    }
}
