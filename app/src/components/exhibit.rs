//! The places of what is drawn of the evidence by a module of its own.

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::wording::Language;

use super::icon::{self, icon};
use super::open_rows::OpenRows;
use crate::i18n::texts;
use crate::lazy::{self, Exhibit};
use crate::state::{App, use_app};

/// What is drawn in the open row of a check.
pub fn exhibit_of(id: CheckId) -> Option<Exhibit> {
    Some(match id.as_str() {
        "tls_versions" => Exhibit::Versions,
        "ciphers" => Exhibit::Suites,
        "certificate" => Exhibit::Chain,
        _ => return None,
    })
}

/// Draws it of the evidence as it is now; nothing until what draws it is here. Reactive to that alone.
pub fn exhibit(app: App, language: Language, exhibit: Exhibit) -> Option<AnyView> {
    app.need_exhibits();
    let exhibits = lazy::exhibits().filter(|_| app.exhibits.get())?;
    let seen = app.scan.evidence.read_untracked();
    (exhibits.draw)(language, exhibit, seen.as_ref()?)
}

/// Every dialogue, at the end of a report that has any; closed until somebody asks.
#[component]
pub fn Dialogues(language: Language) -> impl IntoView {
    let app = use_app();
    let open = OpenRows::get().dialogues;
    let any = Memo::new(move |_| {
        let ended = !app.scan.phase.get().is_running();
        let any = ended
            && app.scan.report.with(|report| {
                report
                    .as_ref()
                    .is_some_and(|report| report.effort.connections > 0)
            });
        if any {
            // On paper, and when the server is gone, it has to be here already.
            app.need_exhibits();
        }
        any
    });
    let drawn = move || {
        let open = any.get() && open.get();
        open.then(|| {
            app.scan.evidence.track();
            exhibit(app, language, Exhibit::Dialogues)
        })
    };
    view! {
        <section class="question dialogues" hidden=move || !any.get()>
            <h2 class="question__title">
                <button class="button" type="button"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.set(!open.get_untracked())>
                    {texts(language).dialogues} {icon("check-row__chevron", icon::CHEVRON)}
                </button>
            </h2>
            {drawn}
        </section>
    }
}
