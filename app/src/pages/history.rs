//! The list of scans made in this browser.

use leptos::prelude::*;
use postern_shared::wording::Language;

use crate::components::HistoryList;
use crate::i18n::texts;
use crate::state::use_app;

/// The page.
#[component]
pub fn History(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let none = move || {
        app.history
            .with(Vec::is_empty)
            .then(|| view! { <p class="history__none">{t.no_history}</p> })
    };
    let lost = move || {
        (!app.history_kept.get()).then(|| view! {
        <p class="notice" data-notice="history-not-kept"><span class="notice__text">{t.history_not_kept}</span></p>
    })
    };
    view! {
        <section class="history">
            <h1 class="history__title">{t.recent}</h1>
            {lost}
            {none}
            <HistoryList language />
        </section>
    }
}
