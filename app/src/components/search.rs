//! The form that begins a scan.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use postern_shared::wording::{self, Language};

use super::icon::{self, icon};
use super::{to_top, words};
use crate::i18n::texts;
use crate::state::use_app;

/// The field, its button, and what is wrong with what was typed. Nothing typed is ever lost.
#[component]
pub fn Search(
    language: Language,
    /// The variant: `masthead__search`, or `search--large` in the middle of an empty page.
    class: &'static str,
) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let field = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if app.submit(&app.typed.get_untracked()).is_ok() {
            to_top();
        } else if let Some(field) = field.get_untracked() {
            // The person corrects what is there, without another click.
            let _ = field.focus();
        }
    };
    let invalid = move || app.rejected.with(Option::is_some);
    view! {
        <form class=format!("search {class}") class=("search--invalid", invalid) role="search" novalidate
            on:submit=submit>
            <label class="search__label" for="domain">{t.search_label}</label>
            <div class="search__row">
                <input class="search__field" id="domain" name="domain" type="text" inputmode="url" dir="auto"
                    placeholder="example.org" autocomplete="off" autocapitalize="none" spellcheck="false"
                    enterkeyhint="go" node_ref=field
                    aria-invalid=move || invalid().then_some("true")
                    aria-describedby="domain-error"
                    prop:value=move || app.typed.get()
                    on:input:target=move |event| app.typed.set(event.target().value()) />
                <button class="button button--primary search__button" type="submit">{t.scan}</button>
            </div>
            <p class="search__error" id="domain-error" role="alert">
                {move || app.rejected.get().map(|rejected| view! {
                    {icon("status__glyph", icon::FAIL)}
                    <span>{words(wording::domain_name_error(language, &rejected.error))}</span>
                })}
            </p>
        </form>
    }
}
