//! The header: the name, the search, and the way to everything else.

use leptos::prelude::*;

use super::icon::{self, icon};
use super::{PageLink, Search, instead};
use crate::i18n::texts;
use crate::model::query::View;
use crate::model::settings::Theme;
use crate::state::{App, use_app};

const MARK: &str = r#"<path d="M2 25V11.5C2 6.5 6.6 4 11 1.3C15.4 4 20 6.5 20 11.5V25"/><path d="M6.5 25V12.5C6.5 9.5 8.7 8 11 6.6V25z" fill="currentColor" stroke="none"/>"#;

/// The header. The search is in it wherever the page's middle is taken by something else.
#[component]
pub fn Masthead(with_search: Signal<bool>) -> impl IntoView {
    let app = use_app();
    view! {
        <header class="masthead">
            <a class="brand masthead__brand" href=move || app.link(View::Scan)
                on:click=move |event| instead(&event, || app.go_home())>
                <svg class="brand__mark" viewBox="0 0 22 26" aria-hidden="true" fill="none" stroke="currentColor"
                    stroke-width="2.2" inner_html=MARK></svg>
                <bdi dir="ltr">"Postern"</bdi>
            </a>
            {move || with_search.get().then(|| {
                view! { <Search language=app.language.get() class="masthead__search" /> }
            })}
            <nav class="masthead__nav" aria-label=move || texts(app.language.get()).navigation>
                {move || {
                    let t = texts(app.language.get());
                    view! {
                        <PageLink view=View::History class="button button--quiet" name=t.history />
                        <PageLink view=View::Settings class="button button--quiet" name=t.settings />
                    }
                }}
                <LanguageSwitch />
                <ThemeSwitch />
            </nav>
        </header>
    }
}

/// Goes to the other language; says so in that language.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let app = use_app();
    let other = move || app.language.get().other();
    view! {
        <button class="button button--quiet" type="button" lang=move || other().as_str()
            data-testid="switch-language" on:click=move |_| app.set_language(other())>
            {move || other().name()}
        </button>
    }
}

#[component]
fn ThemeSwitch() -> impl IntoView {
    let app = use_app();
    let name = move || texts(app.language.get()).switch_theme;
    view! {
        <button class="button button--quiet button--icon" type="button" aria-label=name title=name
            data-testid="switch-theme" on:click=move |_| switch_theme(app)>
            {icon("button__icon", icon::THEME)}
        </button>
    }
}

/// To what is not seen now, whoever decided that.
fn switch_theme(app: App) {
    let dark = match app.settings.with_untracked(|settings| settings.theme) {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches()),
    };
    app.set_theme(if dark { Theme::Light } else { Theme::Dark });
}
