//! A report, from its first moment on.

use leptos::prelude::*;
use postern_shared::wording::{Group, Language};

use crate::components::{Activity, Mends, Notices, Question, Summary, exhibit};
use crate::lazy::Exhibit;
use crate::state::use_app;

/// The summary, what to mend first, the questions with their rows, and in the end what was said to the servers.
#[component]
pub fn Report(language: Language) -> impl IntoView {
    let app = use_app();
    // The rows are the same for every domain and profile: they are made once, and settle in their places.
    let questions = Group::ALL.map(|group| view! { <Question language group /> });
    let dialogues = move || {
        let ended = !app.scan.phase.get().is_running();
        ended
            .then(|| exhibit(app, language, Exhibit::Dialogues))
            .flatten()
    };
    view! {
        <Summary language />
        <Activity language />
        <Notices language />
        <Mends language />
        {questions}
        {dialogues}
    }
}
