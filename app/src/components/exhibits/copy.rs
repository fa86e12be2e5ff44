//! A text to take along that is too long to be shown.

use leptos::prelude::*;
use leptos::task::spawn_local;
use postern_shared::wording::Language;

use crate::components::copy_line::write_to_clipboard;
use crate::i18n::texts;

/// A button that copies a text, which is made when it is asked for. Without a clipboard the text is shown below.
pub fn copy_button(
    language: Language,
    label: &'static str,
    text: impl Fn() -> String + Copy + 'static,
) -> AnyView {
    let said = RwSignal::new(label);
    let shown = RwSignal::new(None::<String>);
    let copy = move |_| {
        let text = text();
        spawn_local(async move {
            if write_to_clipboard(&text).await {
                said.set(texts(language).copied);
            } else {
                shown.set(Some(text));
            }
        });
    };
    view! {
        <p class="dialogues__copy">
            <button class="button" type="button" on:click=copy>
                <span aria-live="polite">{move || said.get()}</span>
            </button>
        </p>
        {move || shown.get().map(|text| view! {
            <textarea class="dialogues__text" dir="ltr" readonly=true aria-label=label rows="12">{text}</textarea>
        })}
    }
    .into_any()
}
