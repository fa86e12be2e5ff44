//! The empty page: what Postern does, who learns what, and what was looked at before.

use leptos::prelude::*;
use postern_shared::gather::Gather;
use postern_shared::wording::{self, Group, Language};

use crate::components::{Face, Gate, HistoryList, Search, words};
use crate::i18n::{Prober, texts};
use crate::model::query::View;
use crate::model::settings::ProbeChoice;
use crate::state::{App, use_app};

/// How many of the latest scans are shown; the rest is a page of its own.
const RECENT: usize = 5;

/// The page.
#[component]
pub fn Home(language: Language) -> impl IntoView {
    let t = texts(language);
    let app = use_app();
    let groups = Group::ALL
        .into_iter()
        .zip(t.group_leads)
        .map(|(group, lead)| {
            view! {
                <div>
                    <h2 class="welcome__question">{wording::group(language, group)}</h2>
                    <p class="welcome__answer">{lead}</p>
                </div>
            }
        });
    view! {
        <div class="welcome">
            <div class="welcome__hero">
                <div class="welcome__words">
                    <h1 class="welcome__title">{t.title}</h1>
                    <p class="welcome__lead">{t.lead}</p>
                    <Search language class="search--large" />
                </div>
                <div class="welcome__picture">
                    <Gate language face=Signal::from(Face::Picture) />
                </div>
            </div>
            <div class="welcome__questions">{groups.collect_view()}</div>
            <p class="welcome__privacy" data-testid="privacy">{move || privacy(app, language)}</p>
            {move || recent(app, language)}
        </div>
    }
}

/// Who learns the domain.
fn privacy(app: App, language: Language) -> AnyView {
    app.settings.with(|settings| {
        let probe = match &settings.probe {
            ProbeChoice::SameOrigin => Prober::ThisSite,
            ProbeChoice::Custom(url) => Prober::Other(url.host()),
            ProbeChoice::None => Prober::Nobody,
        };
        let chain = settings.resolver.chain(None);
        let resolvers: Vec<&str> = chain.iter().map(|endpoint| endpoint.name.as_str()).gather();
        words((texts(language).privacy)(&resolvers, probe))
    })
}

fn recent(app: App, language: Language) -> Option<impl IntoView> {
    let t = texts(language);
    let count = app.history.with(Vec::len);
    let all = (count > RECENT).then(|| view! {
        <button class="button" type="button" on:click=move |_| app.go(View::History)>{t.all_scans}</button>
    });
    (count > 0).then(|| {
        view! {
            <section>
                <h2 class="history__title">{t.recent}</h2>
                <HistoryList language limit=RECENT />
                {all}
            </section>
        }
    })
}
