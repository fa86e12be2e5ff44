//! The root component: the frame, and in it what the address asks for.

use leptos::html::Main;
use leptos::prelude::*;
use postern_shared::wording::{self, Language};

use crate::components::open_rows::OpenRows;
use crate::components::{Masthead, PageLink};
use crate::i18n::texts;
use crate::model::query::View;
use crate::pages::{History, Home, Settings};
use crate::state::App;

/// The whole page.
#[component]
pub fn Root() -> impl IntoView {
    let app = App::provide();
    OpenRows::provide();
    let main = NodeRef::<Main>::new();
    let shown = Memo::new(move |_| Shown::of(app));
    follow_with_focus(shown, main);
    // Another language makes the content anew: it is all words. What is open or typed is kept outside of it.
    view! {
        <div class="page" data-view=move || shown.get().name()>
            <a class="skip-link" href="#main">{move || texts(app.language.get()).skip}</a>
            <Masthead with_search=Signal::derive(move || shown.get() != Shown::Home) />
            <main class="page__main" id="main" tabindex="-1" node_ref=main>
                {move || {
                    let language = app.language.get();
                    match shown.get() {
                        Shown::Home => view! { <Home language /> }.into_any(),
                        Shown::Report => match app.judgment.get() {
                            Some(judgment) => (judgment.view)(language),
                            None => awaited(language),
                        },
                        Shown::History => view! { <History language /> }.into_any(),
                        Shown::Settings => view! { <Settings language /> }.into_any(),
                        Shown::Try => match app.what_if.workshop.get() {
                            Some(workshop) => (workshop.view)(language),
                            None => awaited(language),
                        },
                    }
                }}
            </main>
            {move || footer(app.language.get())}
        </div>
    }
}

/// What stands where a view will, while it is fetched.
fn awaited(language: Language) -> AnyView {
    view! {
        <div class="try">
            <p class="try__lead" role="status">{wording::pending(language)}</p>
            <PageLink view=View::Scan class="try__back" name=texts(language).to_report />
        </div>
    }
    .into_any()
}

/// What stands in the middle of the page.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Shown {
    Home,
    Report,
    History,
    Settings,
    Try,
}

impl Shown {
    fn of(app: App) -> Self {
        match app.view.get() {
            View::History => Self::History,
            View::Settings => Self::Settings,
            View::Try | View::Scan if app.scan.domain.with(Option::is_none) => Self::Home,
            View::Try => Self::Try,
            View::Scan => Self::Report,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Report => "report",
            Self::History => "history",
            Self::Settings => "settings",
            Self::Try => "try",
        }
    }
}

/// Takes keyboard and screen reader to what is new; the first content is where they are already.
fn follow_with_focus(shown: Memo<Shown>, main: NodeRef<Main>) {
    Effect::new(move |before: Option<Shown>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now)
            && now != Shown::Home
            && let Some(main) = main.get_untracked()
        {
            // An element with a tabindex takes the focus.
            let _ = main.focus();
        }
        now
    });
}

fn footer(language: Language) -> impl IntoView {
    let t = texts(language);
    view! {
        <footer class="page__footer">
            <div class="page__footer-inner">
                <p>{t.promise}</p>
                <p>{t.license}</p>
            </div>
        </footer>
    }
}
