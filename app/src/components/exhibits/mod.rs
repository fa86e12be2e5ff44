//! What is drawn of the evidence: tables of TLS, chains of certificates, and every dialogue. Fetched when it is needed,
//! with its words and its style (`lazy.rs`).

mod chain;
mod copy;
mod dialogues;
mod places;
mod sheet;
mod suites;
mod transcript;
mod versions;

use leptos::prelude::*;
use postern_shared::evidence::Evidence;
use postern_shared::gather::Gather;
use postern_shared::report::Status;
use postern_shared::wording::Language;

use super::pieces::{div, section, span, text};
use super::status;
use crate::i18n::exhibit_texts;
use crate::lazy::Exhibit;
use crate::model::exhibits::servers;
use crate::state::use_app;

/// Draws one of them; nothing where the evidence has nothing of it.
pub fn draw(language: Language, exhibit: Exhibit, evidence: &Evidence) -> Option<AnyView> {
    sheet::adopt();
    let servers = servers(evidence);
    match exhibit {
        Exhibit::Versions => versions::versions(language, &servers),
        Exhibit::Suites => suites::suites(language, &servers),
        Exhibit::Chain => chain::chains(language, &servers),
        Exhibit::Dialogues => dialogues::section(language, &servers),
    }
}

/// A heading in an open row, and what stands under it.
fn exhibit(heading: &'static str, drawn: Vec<AnyView>) -> AnyView {
    let heading = view! { <h4 class="check-row__heading">{heading}</h4> };
    let mut whole = vec![heading.into_any()];
    whole.extend(drawn);
    section("check-row__section", whole)
}

/// A status by its glyph, with words of its own.
fn mark(status: Status, words: impl Into<Vec<AnyView>>) -> AnyView {
    let words = words.into();
    let glyph = super::pieces::glyph(status.as_str(), status::glyph(status, false));
    div("exhibit__mark", [glyph, span("", words)])
}

/// A name in IANA's registries, which may be broken where words of it end.
fn name(name: &str) -> AnyView {
    let words = name.split_inclusive('_');
    let words = words.map(|word| view! { {word.to_owned()} <wbr /> }.into_any());
    view! { <bdi dir="ltr"><code>{words.gather()}</code></bdi> }.into_any()
}

/// A column's heading.
fn column(heading: &'static str) -> AnyView {
    view! { <th scope="col">{heading}</th> }.into_any()
}

/// A table: what it is about, the headings of its columns, and its bodies. Where the columns have headings, they say to
/// those who see what it is about.
fn table(caption: &'static str, columns: Vec<AnyView>, bodies: Vec<AnyView>) -> AnyView {
    let class = if columns.is_empty() {
        ""
    } else {
        "visually-hidden"
    };
    let head = (!columns.is_empty()).then(|| view! { <thead><tr>{columns}</tr></thead> });
    view! {
        <table class="tls-table">
            <caption class=class>{caption}</caption>
            {head}
            {bodies}
        </table>
    }
    .into_any()
}

/// What it means that something is not known, and how it can be: by a deep scan, where the probe server makes them.
fn not_known(language: Language) -> AnyView {
    let app = use_app();
    let t = exhibit_texts(language);
    let deeper = move || {
        let offered = app.scan.deep.get() && !app.scan.phase.get().is_running();
        offered.then(|| {
            view! {
                <button class="button exhibit__deeper" type="button" on:click=move |_| app.rescan_deeply()>
                    {t.deeper}
                </button>
            }
        })
    };
    div("", [note(t.not_known), deeper.into_any()])
}

/// A line below a table.
fn note(words: impl Into<String>) -> AnyView {
    super::pieces::p("exhibit__note", [text(words)])
}
