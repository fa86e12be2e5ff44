//! What a change comes to: the letter before and after, and which rows change.

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::report::{Finding, Report, Status};
use postern_shared::what_if::changed;
use postern_shared::wording::{self, Language};

use super::icon::{self, icon};
use super::status::status_mark;
use super::{tone, words};
use crate::i18n::{percent_tenths, texts};
use crate::state::{App, use_app};

/// Rows that are shown.
const MAX_ROWS: usize = 12;

/// The letters and the rows. Who listens hears the letters when they change.
#[component]
pub fn Outcome(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let asking = Memo::new(move |_| {
        app.what_if
            .trial
            .with(|trial| trial.as_ref().is_some_and(|trial| !trial.wants.is_empty()))
    });
    let spoken = Memo::new(move |_| reports(app, |was, is| spoken(language, was, is)));
    view! {
        <section class="outcome" data-asking=move || asking.get().then_some("true")>
            <h2 class="try__heading">{t.outcome}</h2>
            <div class="outcome__grades" aria-hidden="true">
                {move || reports(app, |was, is| letters(language, was, is))}
            </div>
            <p class="visually-hidden" role="status">{move || spoken.get()}</p>
            <p class="outcome__word">{move || asking.get().then_some(t.asking)}</p>
            {move || rows(app, language)}
        </section>
    }
}

/// What `read` makes of the report as it is and as it would be.
fn reports<T>(app: App, read: impl FnOnce(&Report, &Report) -> T) -> Option<T> {
    let trial = app.what_if.trial.get()?;
    let was = app.scan.report.get()?;
    Some(read(&was, &trial.report))
}

fn letters(language: Language, was: &Report, is: &Report) -> AnyView {
    let t = texts(language);
    let letter = |label: &'static str, report: &Report| {
        let grade = report.grade.map_or("–", |grade| grade.as_str());
        let score = percent_tenths(language, report.score.tenths());
        view! {
            <p class="outcome__side">
                <span class="outcome__label">{label}</span>
                <bdi class="outcome__grade" dir="ltr" data-tone=report.grade.map(tone)>{grade}</bdi>
                <span class="number">{score}</span>
            </p>
        }
    };
    view! { {letter(t.as_is, was)} {icon("outcome__arrow", icon::CHEVRON)} {letter(t.changed, is)} }
        .into_any()
}

fn spoken(language: Language, was: &Report, is: &Report) -> String {
    let t = texts(language);
    let side = |label: &str, report: &Report| {
        let grade = report.grade.map_or("–", |grade| grade.as_str());
        let score = percent_tenths(language, report.score.tenths());
        format!(
            "{label}: {} \u{2066}{grade}\u{2069}, {} {score}. ",
            t.grade, t.score
        )
    };
    side(t.as_is, was) + &side(t.changed, is)
}

fn rows(app: App, language: Language) -> Option<AnyView> {
    let t = texts(language);
    if app.what_if.edits.with(Vec::is_empty) {
        return Some(view! { <p class="outcome__word">{t.try_unchanged}</p> }.into_any());
    }
    let trial = app.what_if.trial.get()?;
    let was = app.scan.report.get()?;
    let ids = changed(&was, &trial.report);
    if ids.is_empty() {
        return Some(view! { <p class="outcome__word">{t.try_nothing}</p> }.into_any());
    }
    let rows: Vec<AnyView> = ids
        .into_iter()
        .take(MAX_ROWS)
        .filter_map(|id| row(language, id, was.finding(id)?, trial.report.finding(id)?))
        .collect();
    Some(view! { <ul class="outcome__rows">{rows}</ul> }.into_any())
}

fn row(language: Language, id: CheckId, was: &Finding, is: &Finding) -> Option<AnyView> {
    let reason = words(wording::reason(language, is.reasons.first()?));
    let pending = is.is_pending();
    let mark = |status: Status, pending| status_mark(language, status, pending);
    let before = (was.status != is.status).then(|| {
        view! { {mark(was.status, false)} {icon("outcome__arrow", icon::CHEVRON)} }
    });
    let row = view! {
        <li class="outcome__row" data-changed=id.as_str() data-status=is.status.as_str()>
            <p class="outcome__marks">
                <b><bdi>{wording::check(language, id).name}</bdi></b>
                {before} {mark(is.status, pending)}
            </p>
            <p class="outcome__reason">{(!pending).then_some(reason)}</p>
        </li>
    };
    Some(row.into_any())
}
