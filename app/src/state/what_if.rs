//! A change that is tried: texts in the place of the domain's records, and a sender to judge by them.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use postern_shared::DomainName;
use postern_shared::evidence::Evidence;
use postern_shared::report::ProfileName;
use postern_shared::spf::Params;
use postern_shared::what_if::{Editable, Trial};

use super::{App, Scan};
use crate::lazy::{self, Workshop};
use crate::model::query::View;
use crate::model::sender::{self, Typed, Wrong};
use crate::net::{browser, driver};
use crate::persist;

/// Milliseconds after the last key before DNS is asked.
const PAUSE: u32 = 300;

/// By handle. It lasts as long as its domain is on the screen, through every view and language.
#[derive(Clone, Copy)]
pub struct WhatIf {
    /// What a person does. One signal for it all: each kind of signal is code that a first visit waits for.
    pub change: RwSignal<Change>,
    /// Where it is tried; nothing until somebody goes there.
    pub workshop: RwSignal<Option<&'static Workshop>>,
    /// What it comes to; nothing without a scan.
    pub trial: Memo<Option<Arc<Trial>>>,
}

/// What a person does.
#[derive(Default)]
pub struct Change {
    /// Which record stands in the editor.
    pub record: Editable,
    /// What was typed, by record, however fast; nothing where it is as published.
    typed: Vec<(Editable, String)>,
    /// The same by the last painting: what is tried.
    pub tried: Vec<(Editable, String)>,
    /// A sender, as typed.
    pub sender: Typed,
    /// The sender that was asked about.
    pub params: Option<Params>,
    /// Answers that only a change asked for; nothing without a scan.
    pub(super) beside: Option<Evidence>,
}

impl Change {
    /// The text that is tried in the place of a record.
    #[must_use]
    pub fn tried(&self, record: Editable) -> Option<&String> {
        let tried = self.tried.iter().find(|(known, _)| *known == record);
        tried.map(|(_, text)| text)
    }
}

impl WhatIf {
    pub(super) fn new(scan: Scan, profile: RwSignal<ProfileName>) -> Self {
        let change = RwSignal::<Change>::default();
        let workshop = RwSignal::new(None::<&'static Workshop>);
        let trial = Memo::new(move |_| {
            let workshop = workshop.get()?;
            let profile = profile.get().profile();
            scan.evidence.with(|seen| {
                change.with(|change| {
                    let (seen, beside) = (seen.as_ref()?, change.beside.as_ref()?);
                    let sender = change.params.as_ref();
                    Some(Arc::new((workshop.trial)(
                        seen,
                        beside,
                        &change.tried,
                        profile,
                        sender,
                    )))
                })
            })
        });
        Self {
            change,
            workshop,
            trial,
        }
    }

    /// Fetches the view, once, when it is first shown.
    pub(super) fn open_workshop(self, view: RwSignal<View>) {
        Effect::new(move |begun: Option<bool>| {
            let begun = begun.unwrap_or_default();
            let wanted = view.get() == View::Try;
            if wanted && !begun {
                spawn_local(async move {
                    let workshop = persist(lazy::workshop).await;
                    self.workshop.set(Some(workshop));
                });
            }
            begun || wanted
        });
    }

    /// Begins anew, with another domain or none.
    pub(super) fn reset(self, domain: Option<&DomainName>) {
        self.change.set(Change {
            beside: domain.cloned().map(Evidence::new),
            ..Change::default()
        });
    }
}

impl App {
    /// The text of a record: what is tried, or what DNS has. Reactive.
    #[must_use]
    pub fn text_of(&self, record: Editable) -> String {
        let tried = self
            .what_if
            .change
            .with(|change| change.tried(record).cloned());
        tried.unwrap_or_else(|| self.published(record))
    }

    fn published(&self, record: Editable) -> String {
        self.scan
            .evidence
            .with(|seen| seen.as_ref().map(|seen| record.published(seen)))
            .unwrap_or_default()
    }

    /// Shows what it comes to when `text` stands in the place of a record.
    pub fn try_record(&self, record: Editable, text: String) {
        self.what_if.change.update(|change| change.record = record);
        self.type_text(record, Some(text));
        self.go(View::Try);
    }

    /// Tries `text`, or nothing in the place of what is published. However fast somebody types, it is read
    /// once a painting.
    pub fn type_text(&self, record: Editable, text: Option<String>) {
        let text = text.filter(|text| *text != untrack(|| self.published(record)));
        let idle = self.what_if.change.try_update_untracked(|change| {
            let idle = change.typed == change.tried;
            change.typed.retain(|(known, _)| *known != record);
            change.typed.extend(text.map(|text| (record, text)));
            idle
        });
        // Where more was typed than is tried, a painting is on its way.
        if idle == Some(true) {
            let app = *self;
            request_animation_frame(move || app.try_typed());
        }
    }

    fn try_typed(self) {
        self.what_if
            .change
            .update(|change| change.tried.clone_from(&change.typed));
        self.ask_beside(PAUSE);
    }

    /// Asks about the sender that was typed; which fields cannot be read, where one cannot.
    pub fn judge_sender(&self) -> Wrong {
        let Some(domain) = self.scan.domain.get_untracked() else {
            return Wrong::default();
        };
        let now = browser::now().0 / 1000;
        let mut wrong = Wrong::default();
        self.what_if.change.update(|change| {
            match sender::read(&change.sender, &domain, now, browser::to_ascii) {
                Ok(params) => change.params = Some(params),
                Err(which) => (change.params, wrong) = (None, which),
            }
            change.sender.wrong = wrong;
        });
        self.ask_beside(0);
        wrong
    }

    /// Asks DNS, and nobody else, what the change leads to; what a former change led to is asked no more. While
    /// the scan runs it asks itself: its end begins this.
    pub(super) fn ask_beside(self, delay: u32) {
        self.beside.set_value(None);
        let domain = self.scan.domain.get_untracked();
        let Some(domain) = domain.filter(|_| !self.scan.phase.get_untracked().is_running()) else {
            return;
        };
        let plan = self.plan_dns(&domain, delay);
        let running = driver::start(
            plan,
            Box::pin(std::future::ready(())),
            Box::new(self.what_if),
            Box::new(|| {}),
        );
        self.beside.set_value(Some(running));
    }
}
