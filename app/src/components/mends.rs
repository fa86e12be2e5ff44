//! The three mends that win most.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::gather::Gather;
use postern_shared::report::{Finding, Mend};
use postern_shared::wording::{self, Language, Sentence};

use super::check_row::head_id;
use super::copy_line::CopyLine;
use super::icon::{self, icon};
use super::open_rows::OpenRows;
use super::{focus, words};
use crate::i18n::texts;
use crate::state::{App, use_app};

/// How many are shown; their places are kept while the scan runs.
const SHOWN: usize = 3;

/// The list, most valuable first.
#[component]
pub fn Mends(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let mends = Memo::new(move |_| findings(app));
    let running = Memo::new(move |_| app.scan.phase.get().is_running());
    view! {
        <section class="mends" aria-labelledby="mends-title">
            <h2 class="mends__title" id="mends-title">{t.mend_first}</h2>
            <ol class="mends__list">
                {(0..SHOWN).map(|place| view! { <Place language place mends running /> }).collect_view()}
            </ol>
        </section>
    }
}

/// What to mend first is known at the end: until then the places are kept.
fn findings(app: App) -> Vec<Finding> {
    if app.scan.phase.get().is_running() {
        return Vec::new();
    }
    app.scan.report.with(|report| {
        report.as_ref().map_or_else(Vec::new, |report| {
            report
                .mends
                .iter()
                .take(SHOWN)
                .filter_map(|id| report.finding(*id).cloned())
                .gather()
        })
    })
}

/// One of the places, which stays where it is whatever stands in it.
#[component]
fn Place(
    language: Language,
    place: usize,
    mends: Memo<Vec<Finding>>,
    running: Memo<bool>,
) -> impl IntoView {
    let t = texts(language);
    let finding = Memo::new(move |_| mends.with(|mends| mends.get(place).cloned()));
    let app = use_app();
    let whole = Memo::new(move |_| {
        app.scan.report.with(|report| {
            report
                .as_ref()
                .is_some_and(|r| r.grade.is_some() && r.coverage == 100)
        })
    });
    let none = Memo::new(move |_| mends.with(Vec::is_empty) && !running.get());
    move || match finding.get() {
        Some(finding) => card(language, finding),
        None if running.get() => view! {
            <li class="mend mend--empty"><p class="mend__head">{t.mend_awaited}</p></li>
        }
        .into_any(),
        None if none.get() && place == 0 => nothing(language, whole.get()),
        None => ().into_any(),
    }
}

/// Praise only where everything was looked at.
fn nothing(language: Language, whole: bool) -> AnyView {
    let t = texts(language);
    let (status, glyph, text) = if whole {
        ("pass", icon::PASS, t.nothing_to_mend)
    } else {
        ("na", icon::NA, t.nothing_seen_to_mend)
    };
    view! {
        <li class="mend mend--none">
            <p class="status" data-status=status>{icon("status__glyph", glyph)} <span>{text}</span></p>
        </li>
    }
    .into_any()
}

fn card(language: Language, finding: Finding) -> AnyView {
    let id = finding.id;
    let Some(mend) = finding.mend else {
        return ().into_any();
    };
    let rows = OpenRows::get();
    let show = move |event: MouseEvent| {
        event.prevent_default();
        rows.open(id);
        go_to_row(id);
    };
    let owner = wording::owner(language, mend.owner);
    let gain = (mend.gain > 0).then(|| wording::gain(language, mend.gain));
    let line = line(language, &mend).map(|(place, line)| {
        view! {
            <p class="mend__place">{words(place)}</p>
            <CopyLine language line />
        }
    });
    view! {
        <li class="mend" data-mend=id.as_str()>
            <div class="mend__head"><span class="mend__owner">{owner}</span><span class="mend__gain">{gain}</span></div>
            <p class="mend__action">
                <a href=format!("#{}", head_id(id)) on:click=show>{words(wording::action(language, &mend.action))}</a>
            </p>
            {line}
        </li>
    }
    .into_any()
}

/// What is copied, and where it belongs: a record's text under its name, or a server's line. A file that has to be
/// served before its record is published is more than a card holds: its row has both.
fn line(language: Language, mend: &Mend) -> Option<(Sentence, String)> {
    if mend.serve.is_some() {
        return None;
    }
    if let Some(record) = &mend.publish {
        let at = (texts(language).record_at)(record.record_type.mnemonic(), record.name.as_str());
        return Some((at, record.value.clone()));
    }
    let known = mend.configuration.first()?;
    Some((Sentence::code(known.software), known.line.to_owned()))
}

/// Takes the eye and the keyboard to the row.
fn go_to_row(id: CheckId) {
    let id = head_id(id);
    if let Some(head) = document().get_element_by_id(&id) {
        head.scroll_into_view();
    }
    focus(&id);
}
