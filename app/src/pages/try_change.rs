//! What a change of a record would come to.

use leptos::prelude::*;
use postern_shared::wording::Language;

use crate::components::{Editor, Outcome, PageLink, SenderTest, SpoofTable, spf_tree};
use crate::i18n::texts;
use crate::model::query::View;
use crate::state::use_app;

/// The page.
#[component]
pub fn TryChange(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let domain = move || app.scan.domain.get().map(|domain| domain.to_string());
    let tree = Memo::new(move |_| app.what_if.trial.get()?.tree.clone());
    let tree = move || {
        tree.with(|tree| {
            tree.as_ref()
                .filter(|tree| tree.root.record.is_some())
                .map(|tree| spf_tree(language, tree))
        })
    };
    view! {
        <div class="try">
            <header class="try__head">
                <h1 class="try__title">{t.try_change} " " <bdi class="try__domain" dir="ltr">{domain}</bdi></h1>
                <p class="try__lead">{t.try_lead}</p>
                <PageLink view=View::Scan class="try__back" name=t.to_report />
            </header>
            <Editor language />
            <Outcome language />
            <SpoofTable language />
            <section>
                <h2 class="try__heading">{t.tree_title}</h2>
                {tree}
            </section>
            <SenderTest language />
        </div>
    }
}
