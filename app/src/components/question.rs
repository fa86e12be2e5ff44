//! One of the questions that a person asks, its answer, and the rows behind it.

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::report::{Finding, Report};
use postern_shared::wording::{self, Group, Language};

use super::check_row::CheckRow;
use super::words;
use crate::state::use_app;

/// The question with its rows, which stand in their places from the first moment.
#[component]
pub fn Question(language: Language, group: Group) -> impl IntoView {
    let app = use_app();
    let answer = move || {
        let running = app.scan.phase.get().is_running();
        app.scan
            .report
            .with(|report| answer(language, group, report.as_ref()?, running))
    };
    let rows = group
        .checks()
        .iter()
        .map(|id| view! { <CheckRow language id=*id /> })
        .collect_view();
    // A profile may leave a whole question out.
    let left_out = Memo::new(move |_| {
        app.scan.report.with(|report| {
            report.as_ref().is_some_and(|report| {
                let read = |id: &CheckId| report.finding(*id).is_some();
                !group.checks().iter().any(read)
            })
        })
    });
    view! {
        <section class="question" hidden=move || left_out.get()>
            <div class="question__head">
                <h2 class="question__title">{wording::group(language, group)}</h2>
                <p class="question__answer">{answer}</p>
            </div>
            <ul>{rows}</ul>
        </section>
    }
}

/// The answer; of a scan that ended before it had one, none: evidence that is full takes nothing in.
fn answer(language: Language, group: Group, report: &Report, running: bool) -> Option<AnyView> {
    let pending = |id: &CheckId| report.finding(*id).is_some_and(Finding::is_pending);
    (running || !group.checks().iter().any(pending))
        .then(|| words(wording::group_answer(language, group, report)))
}
