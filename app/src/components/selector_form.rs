//! "Which keys do you sign with?": a selector, or a message that has one. It is read here, and sent nowhere.

use leptos::ev::{DragEvent, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use postern_shared::wording::{self, Language};
use web_sys::{Blob, FileList};

use super::words;
use crate::i18n::texts;
use crate::net::browser;
use crate::state::{App, use_app};

/// The field for a selector or a message's header, and the one for a file. Nothing typed is lost.
#[component]
pub fn SelectorForm(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let naming = app.naming;
    let file = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        name(app);
    };
    // A file that falls on the form is read instead of opened.
    let drop = move |event: DragEvent| {
        if let Some(files) = event.data_transfer().and_then(|dropped| dropped.files())
            && files.length() > 0
        {
            event.prevent_default();
            read(app, Some(files));
        }
    };
    let error = move || {
        naming.with(|naming| {
            let why = naming.wrong.as_ref()?;
            Some(words(wording::not_named(language, why)))
        })
    };
    let text = naming.with_untracked(|naming| naming.text.clone());
    view! {
        <form class="selectors" novalidate on:submit=submit on:drop=drop
            on:dragover=move |event: DragEvent| event.prevent_default()>
            <label class="sender__label" for="selector">{t.selector}</label>
            <textarea class="editor__text" id="selector" dir="ltr" rows="2" spellcheck="false" autocomplete="off"
                autocapitalize="none" placeholder="s2026" aria-describedby="selector-hint selector-error"
                aria-invalid=move || naming.with(|naming| naming.wrong.is_some()).then_some("true")
                prop:value=text
                on:input:target=move |event| {
                    let text = event.target().value();
                    naming.update_untracked(|naming| naming.text = text);
                }></textarea>
            <p class="sender__error" id="selector-error" role="alert">{error}</p>
            <p class="selectors__row">
                <button class="button" type="submit">{t.look_for_key}</button>
                <label class="button selectors__file">
                    {t.message_file}
                    <input class="visually-hidden" type="file" accept=".eml,message/rfc822,text/plain" node_ref=file
                        on:change=move |_| read(app, file.get_untracked().and_then(|file| file.files())) />
                </label>
            </p>
            <p class="sender__label" id="selector-hint">{t.selector_hint}</p>
        </form>
    }
}

fn name(app: App) {
    if !app.name_selector() {
        super::focus("selector");
    }
}

/// Reads the first file, as much of it as a header can be.
fn read(app: App, files: Option<FileList>) {
    let Some(file) = files.and_then(|files| files.get(0)) else {
        return;
    };
    let file: Blob = file.into();
    spawn_local(async move {
        if let Some(text) = browser::beginning(&file).await {
            app.naming.update_untracked(|naming| naming.text = text);
            name(app);
        }
    });
}
