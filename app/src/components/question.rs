//! One of the questions that a person asks, its answer, and the rows behind it.

use leptos::prelude::*;
use postern_shared::wording::{self, Group, Language};

use super::check_row::CheckRow;
use super::words;
use crate::state::use_app;

/// The question with its rows, which stand in their places from the first moment.
#[component]
pub fn Question(language: Language, group: Group) -> impl IntoView {
    let app = use_app();
    let answer = move || {
        app.scan.report.with(|report| {
            report
                .as_ref()
                .map(|report| words(wording::group_answer(language, group, report)))
        })
    };
    let rows = group
        .checks()
        .iter()
        .map(|id| view! { <CheckRow language id=*id /> })
        .collect_view();
    view! {
        <section class="question">
            <div class="question__head">
                <h2 class="question__title">{wording::group(language, group)}</h2>
                <p class="question__answer">{answer}</p>
            </div>
            <ul>{rows}</ul>
        </section>
    }
}
