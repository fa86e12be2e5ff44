//! The address: read at the start and when the person goes back, written when something is chosen.

use leptos::ev;
use leptos::prelude::*;

use super::{App, Rejected};
use crate::model::input;
use crate::model::query::{Query, View};
use crate::net::browser;

impl App {
    /// Shows another part of the page; the scan goes on.
    pub fn go(&self, view: View) {
        if self.view.get_untracked() != view {
            self.view.set(view);
            self.push_address();
        }
    }

    /// Ends the scan and shows the empty form.
    pub fn go_home(&self) {
        self.clear();
        self.view.set(View::Scan);
        self.push_address();
    }

    /// The address of `view` with everything else as it is: for links that can be opened in a new tab.
    /// Reactive: it changes with the scan.
    #[must_use]
    pub fn link(&self, view: View) -> String {
        browser::address(&Query {
            view,
            ..self.query()
        })
    }

    pub(super) fn follow_address(self) {
        self.follow(&Query::parse(&browser::search()), false);
        window_event_listener(ev::popstate, move |_| {
            self.follow(&Query::parse(&browser::search()), true);
        });
    }

    pub(super) fn push_address(&self) {
        browser::push(&browser::address(&untrack(|| self.query())));
    }

    pub(super) fn replace_address(&self) {
        browser::replace(&browser::address(&untrack(|| self.query())));
    }

    /// The query that says what is on the screen. Language and profile are in it when they were chosen.
    fn query(&self) -> Query {
        let profile = self.profile.get();
        let chosen = self.settings.with(|settings| settings.language);
        Query {
            domain: self
                .scan
                .domain
                .with(|domain| domain.as_ref().map(ToString::to_string)),
            saved: self.opened.get(),
            view: self.view.get(),
            language: chosen.map(|_| self.language.get()),
            profile: (profile != Default::default()).then_some(profile),
        }
    }

    /// Shows what a query asks for. When the person goes `back`, a scan made before is opened rather than
    /// made again.
    fn follow(self, query: &Query, back: bool) {
        if let Some(language) = query.language {
            self.speak(language, || {});
        }
        if let Some(profile) = query.profile {
            self.profile.set(profile);
        }
        self.view.set(query.view);
        match (&query.saved, &query.domain) {
            (Some(id), _) if self.opened.get_untracked().as_ref() == Some(id) => {}
            (Some(id), domain) => self.open(id.clone(), domain.clone()),
            (None, Some(domain)) => self.follow_domain(domain, back),
            (None, None) => self.clear(),
        }
    }

    fn follow_domain(self, text: &str, back: bool) {
        let domain = match input::parse(text, browser::to_ascii) {
            Ok(domain) => domain,
            Err(error) => {
                self.clear();
                self.typed.set(text.to_owned());
                self.rejected.set(Some(Rejected {
                    text: text.to_owned(),
                    error,
                }));
                return;
            }
        };
        if self
            .scan
            .domain
            .with_untracked(|shown| shown.as_ref() == Some(&domain))
        {
            return;
        }
        let made = self.history.with_untracked(|entries| {
            entries
                .iter()
                .find(|entry| entry.domain == domain)
                .map(|entry| entry.id.clone())
        });
        match made {
            Some(id) if back => self.open(id, Some(text.to_owned())),
            _ => self.begin(domain),
        }
    }
}
