//! Settings that are one of a few.

use leptos::prelude::*;
use postern_shared::wording::{self, Language};

use crate::components::{Choice, Segmented};
use crate::i18n::texts;
use crate::model::settings::Theme;
use crate::state::use_app;

/// By which profile evidence is read.
#[component]
pub fn ProfileChoice(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let description = move || wording::profile(language, app.profile.get()).description;
    view! {
        <div class="settings__group">
            <h2 class="settings__legend">{t.profile}</h2>
            <div>
                <Segmented name="settings-profile" label=t.profile choices=crate::components::profiles(language)
                    chosen=Signal::derive(move || app.profile.get().as_str())
                    on_choose=Callback::new(move |value: &'static str| {
                        app.set_profile(value.parse().unwrap_or_default());
                    }) />
            </div>
            <p class="settings__hint">{description}</p>
        </div>
    }
}

/// The language of the page.
#[component]
pub fn LanguageChoice(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let choice = |language: Language| Choice {
        value: language.as_str(),
        label: language.name().to_owned(),
        hint: None,
    };
    view! {
        <div class="settings__group">
            <h2 class="settings__legend">{t.language}</h2>
            <div>
                <Segmented name="language" label=t.language choices=Language::ALL.map(choice).to_vec()
                    chosen=Signal::derive(move || app.language.get().as_str())
                    on_choose=Callback::new(move |value: &'static str| {
                        if let Ok(language) = value.parse() {
                            app.set_language(language);
                        }
                    }) />
            </div>
        </div>
    }
}

/// Light or dark.
#[component]
pub fn ThemeChoice(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let themes = [
        (Theme::System, t.theme_system),
        (Theme::Light, t.theme_light),
        (Theme::Dark, t.theme_dark),
    ];
    let value = |theme: Theme| theme.as_str().unwrap_or("system");
    let choices = themes.map(|(theme, label)| Choice {
        value: value(theme),
        label: label.to_owned(),
        hint: None,
    });
    view! {
        <div class="settings__group">
            <h2 class="settings__legend">{t.theme}</h2>
            <div>
                <Segmented name="theme" label=t.theme choices=choices.to_vec()
                    chosen=Signal::derive(move || value(app.settings.with(|settings| settings.theme)))
                    on_choose=Callback::new(move |chosen: &'static str| {
                        if let Some((theme, _)) = themes.into_iter().find(|(theme, _)| value(*theme) == chosen) {
                            app.set_theme(theme);
                        }
                    }) />
            </div>
        </div>
    }
}
