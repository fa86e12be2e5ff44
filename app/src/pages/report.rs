//! A report, from its first moment on.

use leptos::prelude::*;
use postern_shared::wording::{Group, Language};

use crate::components::{Activity, Dialogues, Mends, Notices, Question, Summary};

/// The summary, what to mend first, the questions with their rows, and what was said to the servers.
#[component]
pub fn Report(language: Language) -> impl IntoView {
    // The rows are the same for every domain and profile: they are made once, and settle in their places.
    let questions = Group::ALL.map(|group| view! { <Question language group /> });
    view! {
        <Summary language />
        <Activity language />
        <Notices language />
        <Mends language />
        {questions}
        <Dialogues language />
    }
}
