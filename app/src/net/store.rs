//! Where scans are kept: IndexedDB, or memory where the browser refuses it.

use std::cell::RefCell;

use js_sys::Promise;
use postern_shared::json;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use crate::model::history::Entry;

const DATABASE: &str = "postern";
const VERSION: u32 = 1;
/// The lines of the list, by id; small, so that all are read at once.
const ENTRIES: &str = "entries";
/// The evidence, by the same ids; large.
const EVIDENCE: &str = "evidence";

/// The scans made in this browser: lines of a list, and evidence, both JSON.
#[derive(Default)]
pub struct Store {
    /// Set once the browser refused: from then on what is put stays here, as it was put.
    memory: RefCell<Option<Vec<(Entry, String)>>>,
}

impl Store {
    /// Whether the browser keeps what is put here longer than this page lasts.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.memory.borrow().is_none()
    }

    /// All lines, the newest first. Lines that cannot be read (of a newer version) are passed over.
    pub async fn list(&self) -> Vec<Entry> {
        match entries().await {
            Ok(entries) => entries,
            Err(_) => self.remember(|_| Vec::new()),
        }
    }

    /// The evidence of one scan.
    pub async fn evidence(&self, id: &str) -> Option<String> {
        match self.remembered(id) {
            Some(evidence) => Some(evidence),
            None => read_evidence(id).await.ok()?,
        }
    }

    /// Keeps a scan.
    pub async fn put(&self, entry: Entry, evidence: String) {
        let kept = self.is_kept() && write(&entry, &evidence).await.is_ok();
        if !kept {
            self.remember(|memory| memory.push((entry, evidence)));
        }
    }

    /// Forgets a scan.
    pub async fn delete(&self, id: &str) {
        if let Some(memory) = self.memory.borrow_mut().as_mut() {
            memory.retain(|(entry, _)| entry.id != id);
        }
        // Where the browser keeps nothing there is nothing to forget.
        let _ = forget(id).await;
    }

    fn remembered(&self, id: &str) -> Option<String> {
        let memory = self.memory.borrow();
        let (_, evidence) = memory.as_ref()?.iter().find(|(entry, _)| entry.id == id)?;
        Some(evidence.clone())
    }

    fn remember<T>(&self, change: impl FnOnce(&mut Vec<(Entry, String)>) -> T) -> T {
        change(self.memory.borrow_mut().get_or_insert_default())
    }
}

/// The newest first: the browser gives them in the order of their ids.
async fn entries() -> Result<Vec<Entry>, JsValue> {
    let (entries, _) = stores(IdbTransactionMode::Readonly).await?;
    let lines = js_sys::Array::from(&done(&entries.get_all()?).await?);
    let mut entries = Vec::new();
    for index in (0..lines.length()).rev() {
        let line = lines.get(index).as_string().unwrap_or_default();
        entries.extend(json::read::<Entry>(&line));
    }
    Ok(entries)
}

async fn read_evidence(id: &str) -> Result<Option<String>, JsValue> {
    let (_, evidence) = stores(IdbTransactionMode::Readonly).await?;
    Ok(done(&evidence.get(&JsValue::from_str(id))?)
        .await?
        .as_string())
}

async fn write(entry: &Entry, text: &str) -> Result<(), JsValue> {
    let line = serde_json::to_string(entry).map_err(|_| JsValue::NULL)?;
    let (entries, evidence) = stores(IdbTransactionMode::Readwrite).await?;
    let id = JsValue::from_str(&entry.id);
    let first = evidence.put_with_key(&JsValue::from_str(text), &id)?;
    let second = entries.put_with_key(&JsValue::from_str(&line), &id)?;
    done(&first).await?;
    done(&second).await?;
    Ok(())
}

async fn forget(id: &str) -> Result<(), JsValue> {
    let (entries, evidence) = stores(IdbTransactionMode::Readwrite).await?;
    let id = JsValue::from_str(id);
    let first = entries.delete(&id)?;
    let second = evidence.delete(&id)?;
    done(&first).await?;
    done(&second).await?;
    Ok(())
}

/// Lines and evidence, in one transaction. It lives only as long as requests follow each other.
async fn stores(mode: IdbTransactionMode) -> Result<(IdbObjectStore, IdbObjectStore), JsValue> {
    let database = open().await?;
    let names = js_sys::Array::of2(&JsValue::from_str(ENTRIES), &JsValue::from_str(EVIDENCE));
    let transaction = database.transaction_with_str_sequence_and_mode(&names, mode)?;
    Ok((
        transaction.object_store(ENTRIES)?,
        transaction.object_store(EVIDENCE)?,
    ))
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = web_sys::window()
        .ok_or(JsValue::NULL)?
        .indexed_db()?
        .ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(DATABASE, VERSION)?;
    let upgrading = request.clone();
    let upgrade = Closure::once_into_js(move || make_stores(&upgrading));
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    done(&request).await?.dyn_into()
}

/// Makes the stores of [`VERSION`], where there are none.
fn make_stores(request: &IdbOpenDbRequest) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.dyn_into()?;
    database.create_object_store(ENTRIES)?;
    database.create_object_store(EVIDENCE)?;
    Ok(())
}

/// Waits for a request; what it gave.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}
