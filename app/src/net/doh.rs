//! DNS over HTTPS (RFC 8484): GET, in wire format, so that a page may ask without a preflight.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

use data_encoding::BASE64URL_NOPAD;
use futures_util::future::{Either, select};
use gloo_net::http::{Request, Response};
use js_sys::{Reflect, Uint8Array};
use postern_shared::dns::wire::{decode_response, encode_query};
use postern_shared::dns::{self, Answer, Failure, Question};
use postern_shared::evidence::{DnsFact, Fact, Observation};
use postern_shared::time::Millis;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials,
};

use super::{browser, seen_now};
use crate::model::fallback::{Endpoint, Resolvers};

/// The media type of RFC 8484 §6.
const MEDIA_TYPE: &str = "application/dns-message";
/// Milliseconds before another resolver is asked.
const TIMEOUT: u32 = 4000;
/// Octets of the largest DNS message (RFC 1035 §4.2.2).
const MAX_BODY: usize = 65_535;

/// Who "answers" what nobody was asked.
const NOBODY: &str = "browser";

/// Asks one resolver after another until one gives a definite answer; an observation for each.
pub async fn ask(resolvers: Rc<RefCell<Resolvers>>, question: Question) -> Vec<Observation> {
    let query = encode_query(&question);
    let mut tried = Vec::new();
    let mut observations = Vec::new();
    loop {
        let next = resolvers.borrow().next(&tried);
        let Some((index, endpoint)) = next else { break };
        let asked_at = browser::now();
        let answer = answer(&endpoint, &question, &query).await;
        resolvers.borrow_mut().note(index, &answer.response);
        tried.push(index);
        let definite = answer.response.is_definite();
        let took = u32::try_from(browser::now().0.saturating_sub(asked_at.0)).unwrap_or(u32::MAX);
        observations.push(seen_now(Fact::Dns(DnsFact {
            question: question.clone(),
            answer,
            resolver: endpoint.name,
            took: Millis(took),
        })));
        if definite {
            break;
        }
    }
    if observations.is_empty() {
        observations.push(not_asked(question, Failure::Unreachable));
    }
    observations
}

/// Says that nobody was asked: an evaluation that waited for an answer would wait forever.
fn not_asked(question: Question, why: Failure) -> Observation {
    let answer = Answer::new(dns::Response::Failed(why));
    seen_now(Fact::Dns(DnsFact {
        question,
        answer,
        resolver: NOBODY.to_owned(),
        took: Millis(0),
    }))
}

/// Asks one resolver; every failure is an answer too.
async fn answer(endpoint: &Endpoint, question: &Question, query: &[u8]) -> Answer {
    let url = format!("{}?dns={}", endpoint.url, BASE64URL_NOPAD.encode(query));
    match get(&url).await {
        Ok(octets) => decode_response(question, &octets),
        Err(failure) => Answer::new(dns::Response::Failed(failure)),
    }
}

/// The body behind `url`, in time. Dropping this future aborts the request.
async fn get(url: &str) -> Result<Vec<u8>, Failure> {
    let abort = AbortOnDrop::new();
    let exchange = pin!(exchange(url, abort.signal()));
    match select(exchange, pin!(browser::sleep(TIMEOUT))).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => Err(Failure::TimedOut),
    }
}

async fn exchange(url: &str, signal: Option<AbortSignal>) -> Result<Vec<u8>, Failure> {
    let response = Request::get(url)
        .header("Accept", MEDIA_TYPE)
        // A scan looks again; a resolver's own cache is old news enough.
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(signal.as_ref())
        .send()
        .await
        .map_err(|_| Failure::Unreachable)?;
    match response.status() {
        200..=299 if is_dns_message(&response) => body(&response).await,
        200..=299 => Err(Failure::Malformed),
        403 | 429 => Err(Failure::Refused),
        _ => Err(Failure::Unreachable),
    }
}

fn is_dns_message(response: &Response) -> bool {
    let media_type = response.headers().get("content-type").unwrap_or_default();
    media_type
        .split(';')
        .next()
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case(MEDIA_TYPE))
}

/// Reads piece by piece, so that a body without end is left where it becomes too long.
async fn body(response: &Response) -> Result<Vec<u8>, Failure> {
    let stream = response.body().ok_or(Failure::Malformed)?;
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut octets = Vec::new();
    while let Some(piece) = piece(&reader).await? {
        if octets.len() + piece.length() as usize > MAX_BODY {
            return Err(Failure::Malformed);
        }
        octets.extend(piece.to_vec());
    }
    Ok(octets)
}

/// The next piece of a body; `None` at its end.
async fn piece(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, Failure> {
    let read = JsFuture::from(reader.read())
        .await
        .map_err(|_| Failure::Unreachable)?;
    let value = Reflect::get(&read, &JsValue::from_str("value")).map_err(|_| Failure::Malformed)?;
    Ok(value.dyn_into().ok())
}

/// Aborts its request when it goes out of scope: in time-outs, and when a scan is stopped.
struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
