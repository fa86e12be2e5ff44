//! The page and its assets: from this binary or from a folder, precompressed where possible.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::path::PathBuf;

use axum::extract::State;
use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use data_encoding::BASE64;
use ring::digest::{SHA256, digest};

use super::{AppState, PageSource};

/// The document itself.
const INDEX: &str = "index.html";

/// Where assets come from.
#[derive(Debug)]
pub struct Page {
    /// `None` in a binary without the page, when no folder was named.
    store: Option<Store>,
}

#[derive(Debug)]
enum Store {
    Folder(PathBuf),
    #[cfg(feature = "embed")]
    Embedded,
}

impl Page {
    /// Opens the page.
    ///
    /// # Errors
    /// A folder was named that has no `index.html`.
    pub fn open(source: PageSource) -> Result<Self, PageError> {
        let store = match source {
            PageSource::Folder(folder) => Some(Store::Folder(folder)),
            #[cfg(feature = "embed")]
            PageSource::Own => Some(Store::Embedded),
            #[cfg(not(feature = "embed"))]
            PageSource::Own => None,
        };
        match &store {
            Some(Store::Folder(folder)) if !folder.join(INDEX).is_file() => {
                Err(PageError(folder.clone()))
            }
            _ => Ok(Self { store }),
        }
    }
}

impl Store {
    /// The best form of one asset that the client accepts, and its content coding.
    fn represent(
        &self,
        path: &str,
        accepted: impl Fn(&str) -> bool,
    ) -> Option<(Cow<'static, [u8]>, Option<&'static str>)> {
        [("br", "br"), ("gzip", "gz")]
            .into_iter()
            .filter(|(coding, _)| accepted(coding))
            .find_map(|(coding, suffix)| {
                let octets = self.load(&format!("{path}.{suffix}"))?;
                Some((octets, Some(coding)))
            })
            .or_else(|| self.load(path).map(|octets| (octets, None)))
    }

    /// The octets of one asset.
    fn load(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        match self {
            Self::Folder(folder) => fs::read(folder.join(path)).ok().map(Cow::Owned),
            #[cfg(feature = "embed")]
            Self::Embedded => Embedded::get(path).map(|file| file.data),
        }
    }
}

/// The page as it was built.
#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../app/dist"]
struct Embedded;

/// The folder has no page in it.
#[derive(Clone, Debug)]
pub struct PageError(PathBuf);

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {INDEX} in {}", self.0.display())
    }
}

impl core::error::Error for PageError {}

/// Serves the page and its assets; everything that is no other route comes here.
pub(super) async fn serve(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    let path = match uri.path() {
        "/" => INDEX,
        path => path.strip_prefix('/').unwrap_or(path),
    };
    if !is_plain(path) {
        return not_found();
    }
    let path = path.to_owned();
    let looked_up = tokio::task::spawn_blocking(move || find(&state.page, &path, &headers));
    looked_up.await.unwrap_or_else(|_| not_found())
}

fn find(page: &Page, path: &str, headers: &HeaderMap) -> Response {
    let Some(store) = &page.store else {
        let words = "This probe server was built without the page.\n";
        return (StatusCode::NOT_FOUND, words).into_response();
    };
    let accepted = |coding: &str| {
        headers
            .get_all(ACCEPT_ENCODING)
            .iter()
            .any(|h| accepts(h, coding))
    };
    let Some((octets, coding)) = store.represent(path, accepted) else {
        return not_found();
    };
    let tag = entity_tag(&octets);
    if headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| *known == tag)
    {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
    }
    let mut response = octets.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(ETAG, tag);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache_control(path)));
    if let Some(coding) = coding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if path.ends_with(".html") {
        // Of the document as it is now: a folder may be built anew while it is served.
        let document = store.load(path).unwrap_or_default();
        let policy = content_security_policy(&String::from_utf8_lossy(&document));
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "not found\n").into_response()
}

/// Whether a path is made of plain file names: nothing hidden, nothing that climbs, nothing encoded.
fn is_plain(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    path.split('/')
        .all(|name| !name.is_empty() && !name.starts_with('.') && name.chars().all(plain))
}

/// Whether a value of Accept-Encoding takes `coding` (RFC 9110 §12.5.3); `*` is not followed.
fn accepts(value: &HeaderValue, coding: &str) -> bool {
    let value = value.to_str().unwrap_or_default();
    value.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let refused = parts.any(|part| {
            let weight = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
            weight.is_some_and(|q| q.bytes().all(|b| matches!(b, b'0' | b'.')))
        });
        named && !refused
    })
}

/// A strong validator (RFC 9110 §8.8.3): the same octets have the same tag.
fn entity_tag(octets: &[u8]) -> HeaderValue {
    let hash = digest(&SHA256, octets);
    let short = hash.as_ref().get(..12).unwrap_or_default();
    let tag = format!("\"{}\"", BASE64.encode(short));
    HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// Names with a hash in them never change their content; all others are asked about each time, so that
/// no old script ever meets a new document.
fn cache_control(path: &str) -> &'static str {
    let hashed = path
        .split(['-', '.', '_', '/'])
        .any(|part| part.len() >= 12 && part.bytes().all(|b| b.is_ascii_hexdigit()));
    if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The policy: our own files, the inline scripts and styles that the document was built with, and
/// connections to any resolver and probe server, because people choose those.
fn content_security_policy(index: &str) -> HeaderValue {
    let scripts = hashes(index, "script");
    let styles = hashes(index, "style");
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' data:; font-src 'self'; manifest-src 'self'; \
         connect-src 'self' https: http: wss: ws:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// ` 'sha256-…'` for the content of each inline element of this name.
fn hashes(document: &str, element: &str) -> String {
    let lower = document.to_ascii_lowercase();
    let (open, close) = (format!("<{element}"), format!("</{element}"));
    let mut hashes = String::new();
    let mut from = 0;
    while let Some(start) = find_from(&lower, &open, from) {
        let Some(body) = find_from(&lower, ">", start).map(|at| at + 1) else {
            break;
        };
        let Some(end) = find_from(&lower, &close, body) else {
            break;
        };
        let tag = lower.get(start..body).unwrap_or_default();
        if !tag.contains(" src=") {
            let content = document.get(body..end).unwrap_or_default();
            let hash = BASE64.encode(digest(&SHA256, content.as_bytes()).as_ref());
            hashes.push_str(&format!(" 'sha256-{hash}'"));
        }
        from = end;
    }
    hashes
}

fn find_from(text: &str, wanted: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(wanted).map(|at| from + at)
}
