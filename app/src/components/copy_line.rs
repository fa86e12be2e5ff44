//! A record, a line of configuration or a small file that can be taken along.

use postern_shared::gather::Gather;
use std::time::Duration;

use js_sys::Reflect;
use leptos::html::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;
use postern_shared::text;
use postern_shared::wording::Language;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::icon::{self, icon};
use crate::i18n::texts;

/// How long the button says what it did.
const SAID: Duration = Duration::from_secs(2);

/// The line and its button. What is shown is made visible; what is copied is the line itself.
#[component]
pub fn CopyLine(
    language: Language,
    line: String,
    /// Shown whole, over several lines, rather than in one.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let t = texts(language);
    let said = RwSignal::new(t.copy);
    let shown = NodeRef::<Code>::new();
    // Records of one name, and a file's lines, stand one below the other; any other break is shown as such.
    let lines: Vec<_> = line.lines().map(text::visible).gather();
    let visible = lines.join("\n");
    let copy = move |_| {
        let line = line.clone();
        spawn_local(async move {
            said.set(if write_to_clipboard(&line).await {
                t.copied
            } else {
                t.selected
            });
            if said.get_untracked() == t.selected {
                select(shown);
            }
            set_timeout(move || said.set(t.copy), SAID);
        });
    };
    view! {
        <div class="copy-line" class=("copy-line--whole", whole) dir="ltr">
            <code class="copy-line__text" tabindex="0" node_ref=shown>{visible}</code>
            <button class="copy-line__button" type="button" on:click=copy lang=language.as_str()>
                {icon("copy-line__icon", icon::COPY)}
                <span aria-live="polite">{move || said.get()}</span>
            </button>
        </div>
    }
}

/// Whether the text lies in the clipboard. Pages that were not loaded safely have none.
pub async fn write_to_clipboard(text: &str) -> bool {
    let navigator = window().navigator();
    let known = Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| clipboard.is_object());
    known
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
}

/// Selects the line, so that the keyboard can copy it.
fn select(shown: NodeRef<Code>) {
    if let (Some(code), Ok(Some(selection))) = (shown.get_untracked(), window().get_selection()) {
        // It fails only for an element that is in no document any more.
        let _ = selection.select_all_children(&code);
    }
}
