//! What a change of a record would come to.

use leptos::prelude::*;
use postern_shared::wording::Language;

use crate::components::pieces::{h2, section, text};
use crate::components::{Editor, PageLink, SenderTest, outcome, spf_tree, spoken, spoof_table};
use crate::i18n::texts;
use crate::model::query::View;
use crate::state::{App, use_app};

/// The page.
#[component]
pub fn TryChange(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let domain = move || app.scan.domain.get().map(|domain| domain.to_string());
    let spoken = move || {
        let (was, trial) = (app.scan.report.get(), app.what_if.trial.get());
        let said = was
            .zip(trial)
            .map(|(was, trial)| spoken(language, &was, &trial));
        said.unwrap_or_default()
    };
    view! {
        <div class="try">
            <header class="try__head">
                <h1 class="try__title">{t.try_change} " " <bdi class="try__domain" dir="ltr">{domain}</bdi></h1>
                <p class="try__lead">{t.try_lead}</p>
                <PageLink view=View::Scan class="try__back" name=t.to_report />
            </header>
            <Editor language />
            {move || consequences(app, language)}
            <SenderTest language />
            <p class="visually-hidden" role="status">{spoken}</p>
        </div>
    }
}

/// Everything that follows from the texts that are tried.
fn consequences(app: App, language: Language) -> Vec<AnyView> {
    let (Some(was), Some(trial)) = (app.scan.report.get(), app.what_if.trial.get()) else {
        return Vec::new();
    };
    let edited = app.what_if.change.with(|change| !change.tried.is_empty());
    let tree = trial.tree.as_ref();
    let tree = tree.and_then(|tree| spf_tree(language, tree));
    let mut shown = vec![
        outcome(language, &was, &trial, edited),
        spoof_table(language, &was, &trial.report),
    ];
    shown.extend(tree.map(|tree| {
        let heading = h2("try__heading", [text(texts(language).tree_title)]);
        section("", [heading, tree])
    }));
    shown
}
