//! The settings. Each is kept as it is chosen.

mod choices;
mod servers;

use leptos::prelude::*;
use postern_shared::wording::Language;

use self::choices::{LanguageChoice, ProfileChoice, ThemeChoice};
use self::servers::{ProbeSetting, ResolverSetting};
use crate::i18n::texts;

/// The page.
#[component]
pub fn Settings(language: Language) -> impl IntoView {
    let t = texts(language);
    view! {
        <div class="settings">
            <div>
                <h1 class="settings__title">{t.settings}</h1>
                <p class="settings__hint">{t.settings_hint}</p>
            </div>
            <ResolverSetting language />
            <ProbeSetting language />
            <ProfileChoice language />
            <LanguageChoice language />
            <ThemeChoice language />
        </div>
    }
}
