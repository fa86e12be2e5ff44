//! The browser itself: its address bar, its clock, what it keeps.
//!
//! Whatever it refuses (private windows, embedded pages) is passed over: the page works without.

use js_sys::Promise;
use postern_shared::time::Timestamp;
use postern_shared::wording::Language;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Document, History, HtmlInputElement, Storage, Url, Window};

use crate::model::query::Query;

/// The moment, by the browser's clock.
#[must_use]
pub fn now() -> Timestamp {
    // Milliseconds since 1970 fit a u64 for any clock; one set before it is 0.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Timestamp(js_sys::Date::now() as u64)
}

/// Waits, without holding anything up.
pub async fn sleep(milliseconds: u32) {
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window().map(|w| {
            w.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
        });
    });
    let _ = JsFuture::from(promise).await;
}

/// The language in which `boot.js` began the document: that of the link, else the chosen one, else the browser's.
#[must_use]
pub fn spoken() -> Language {
    let root = document().and_then(|d| d.document_element());
    let spoken = root.and_then(|root| root.get_attribute("lang"));
    spoken
        .and_then(|spoken| spoken.parse().ok())
        .unwrap_or(Language::En)
}

/// Maps a host name of any script to A-labels, as the browser itself would go there (UTS 46).
#[must_use]
pub fn to_ascii(host: &str) -> Option<String> {
    let url = Url::new(&format!("http://{host}/")).ok()?;
    Some(url.hostname()).filter(|mapped| !mapped.is_empty())
}

/// What is kept under a setting's key.
#[must_use]
pub fn kept(key: &str) -> Option<String> {
    storage()?.get_item(&storage_key(key)).ok()?
}

/// Keeps `value` under a setting's key.
pub fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&storage_key(key), value);
    }
}

/// Octets of a file that are read: no header of a message is longer.
const MAX_FILE: f64 = 65_536.0;

/// The beginning of a file; nothing when it cannot be read.
pub async fn beginning(file: &Blob) -> Option<String> {
    let start = file.slice_with_f64_and_f64(0.0, MAX_FILE).ok()?;
    JsFuture::from(start.text()).await.ok()?.as_string()
}

/// The query of the address, with its `?`.
#[must_use]
pub fn search() -> String {
    window()
        .and_then(|w| w.location().search().ok())
        .unwrap_or_default()
}

/// The address of this page with another query: its path alone when there is nothing to say.
#[must_use]
pub fn address(query: &Query) -> String {
    let path = window()
        .and_then(|w| w.location().pathname().ok())
        .unwrap_or_default();
    format!("{path}{query}")
}

/// The folder that this page is in, as an address that ends in `/`.
#[must_use]
pub fn folder() -> String {
    let base = window()
        .and_then(|w| w.location().href().ok())
        .unwrap_or_default();
    Url::new_with_base(".", &base)
        .map(|url| url.href())
        .unwrap_or_default()
}

/// Goes to `address` without loading anything.
pub fn push(address: &str) {
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// As [`push`], in the place of the address that is shown.
pub fn replace(address: &str) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Sets or takes off an attribute of the document's element.
pub fn set_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|d| d.document_element()) {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Sets the document's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The element of `index.html` that stands in until the page is ready.
const SKELETON: &str = "#skeleton";

/// What a person has typed into the form of the skeleton by now.
#[must_use]
pub fn typed_early() -> String {
    document()
        .and_then(|d| d.query_selector("#skeleton input[name=domain]").ok()?)
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        .map(|field| field.value())
        .unwrap_or_default()
}

/// Takes the skeleton away, now that the page stands.
pub fn remove_skeleton() {
    if let Some(skeleton) = document().and_then(|d| d.query_selector(SKELETON).ok()?) {
        skeleton.remove();
    }
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn history() -> Option<History> {
    window()?.history().ok()
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// Other pages of the same origin may keep things too.
fn storage_key(key: &str) -> String {
    format!("postern.{key}")
}
