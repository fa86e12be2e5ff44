//! The scans made in this browser.

use leptos::prelude::*;
use postern_shared::gather::Gather;
use postern_shared::wording::Language;

use super::icon::{self, icon};
use super::{to_top, tone};
use crate::i18n::{moment, texts};
use crate::model::history::Entry;
use crate::state::{App, use_app};

/// The newest scans, at most `limit`.
#[component]
pub fn HistoryList(
    language: Language,
    #[prop(default = usize::MAX)] limit: usize,
) -> impl IntoView {
    let app = use_app();
    view! {
        <ul class="history__list" data-testid="history">
            {move || rows(app, language, limit)}
        </ul>
    }
}

/// Not `<For>`: the list is short and changes seldom, and its diff would be 3 kB for every first visit.
fn rows(app: App, language: Language, limit: usize) -> Vec<AnyView> {
    app.history.with(|entries| {
        let shown = entries.iter().take(limit);
        shown
            .map(|entry| row(app, language, entry.clone()).into_any())
            .gather()
    })
}

fn row(app: App, language: Language, entry: Entry) -> impl IntoView {
    let t = texts(language);
    let domain = entry.domain.to_string();
    let label = |verb: &str| format!("{verb} \u{2066}{domain}\u{2069}");
    let (open_label, delete_label) = (label(t.open), label(t.delete));
    let shown = domain.clone();
    let (to_open, to_scan, to_delete) = (entry.id.clone(), entry.domain.clone(), entry.id.clone());
    view! {
        <li class="history__scan" data-domain=domain>
            <bdi class="history__grade" dir="ltr" data-tone=tone_of(&entry)>{letter(&entry)}</bdi>
            <button class="history__domain" type="button" aria-label=open_label
                on:click=move |_| {
                    to_top();
                    app.open_saved(&to_open);
                }>
                <bdi dir="ltr">{shown}</bdi>
            </button>
            <time class="history__when">{moment(language, entry.at)}</time>
            <span class="history__actions">
                <button class="button button--quiet" type="button" on:click=move |_| {
                    to_top();
                    app.start(to_scan.clone());
                }>
                    {t.scan_again}
                </button>
                <button class="button button--quiet button--icon" type="button"
                    aria-label=delete_label
                    on:click=move |_| app.delete_saved(&to_delete)>
                    {icon("button__icon", icon::DELETE)}
                </button>
            </span>
        </li>
    }
}

fn letter(entry: &Entry) -> String {
    entry.grade.clone().unwrap_or_else(|| "–".to_owned())
}

/// The letter is kept as it was written: the color hangs on its first sign.
fn tone_of(entry: &Entry) -> Option<&'static str> {
    use postern_shared::report::Grade;
    match entry.grade.as_deref()?.chars().next()? {
        'A' => Some(tone(Grade::A)),
        'B' => Some(tone(Grade::B)),
        'C' => Some(tone(Grade::C)),
        'D' => Some(tone(Grade::D)),
        _ => Some(tone(Grade::F)),
    }
}
