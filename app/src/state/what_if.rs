//! A change that is tried: texts in the place of the domain's records, and a sender to judge by them.

use std::sync::Arc;

use leptos::prelude::*;
use postern_shared::DomainName;
use postern_shared::evidence::Evidence;
use postern_shared::report::ProfileName;
use postern_shared::spf::Params;
use postern_shared::what_if::{Editable, Trial};

use super::{App, Scan};
use crate::model::query::View;
use crate::model::sender::Typed;
use crate::net::driver;

/// Milliseconds after the last key before DNS is asked.
const PAUSE: u32 = 300;

/// By handle. It lasts as long as its domain is on the screen, through every view and language.
#[derive(Clone, Copy)]
pub struct WhatIf {
    /// Which record stands in the editor.
    pub record: RwSignal<Editable>,
    /// What a person has typed, by record; nothing where it is as published.
    pub texts: RwSignal<Vec<(Editable, String)>>,
    /// The texts that are tried: those typed by the last painting.
    pub edits: RwSignal<Vec<(Editable, String)>>,
    /// Who may send, as typed.
    pub sender: RwSignal<Typed>,
    /// The sender that was asked about.
    pub params: RwSignal<Option<Params>>,
    /// What it all comes to; nothing without a scan.
    pub trial: Memo<Option<Arc<Trial>>>,
    /// Answers that only a change asked for.
    pub(super) beside: RwSignal<Option<Evidence>>,
}

impl WhatIf {
    pub(super) fn new(scan: Scan, profile: RwSignal<ProfileName>) -> Self {
        let edits = RwSignal::<Vec<(Editable, String)>>::default();
        let params = RwSignal::<Option<Params>>::default();
        let beside = RwSignal::<Option<Evidence>>::default();
        let trial = Memo::new(move |_| {
            let profile = profile.get().profile();
            let (seen, beside) = (scan.evidence.read(), beside.read());
            let (edits, sender) = (edits.read(), params.read());
            let (seen, beside) = (seen.as_ref()?, beside.as_ref()?);
            let sender = sender.as_ref();
            Some(Arc::new(Trial::of(seen, beside, &edits, profile, sender)))
        });
        Self {
            record: RwSignal::new(Editable::Spf),
            texts: RwSignal::default(),
            edits,
            sender: RwSignal::default(),
            params,
            trial,
            beside,
        }
    }

    /// Begins anew, with another domain or none.
    pub(super) fn reset(self, domain: Option<&DomainName>) {
        self.texts.update(Vec::clear);
        self.edits.update(Vec::clear);
        self.sender.set(Typed::default());
        self.params.set(None);
        self.beside.set(domain.cloned().map(Evidence::new));
    }

    /// The text in the editor of a record, as it was typed; nothing where it is as published. Reactive.
    #[must_use]
    pub fn typed(self, record: Editable) -> Option<String> {
        self.texts.with(|texts| {
            let typed = texts.iter().find(|(known, _)| *known == record);
            typed.map(|(_, text)| text.clone())
        })
    }
}

impl App {
    /// The text of a record as DNS has it. Reactive.
    #[must_use]
    pub fn published(&self, record: Editable) -> String {
        self.scan.evidence.with(|seen| {
            seen.as_ref()
                .map_or_else(String::new, |seen| record.published(seen))
        })
    }

    /// Shows what a change comes to, with `text` in the editor of `record` where there is one.
    pub fn try_record(&self, record: Editable, text: Option<String>) {
        self.what_if.record.set(record);
        if let Some(text) = text {
            self.type_text(record, Some(text));
        }
        self.go(View::Try);
    }

    /// Tries `text`, or nothing in the place of what is published. However fast somebody types, it is read
    /// once a painting.
    pub fn type_text(&self, record: Editable, text: Option<String>) {
        let what_if = self.what_if;
        let text = text.filter(|text| *text != untrack(|| self.published(record)));
        let before = what_if.texts.get_untracked();
        what_if.texts.update(|texts| {
            texts.retain(|(known, _)| *known != record);
            texts.extend(text.map(|text| (record, text)));
        });
        // Where the texts differ from what is tried already, a painting is on its way.
        if before == what_if.edits.get_untracked() {
            let app = *self;
            request_animation_frame(move || app.read_texts());
        }
    }

    fn read_texts(self) {
        self.what_if.edits.set(self.what_if.texts.get_untracked());
        self.ask_beside(PAUSE);
    }

    /// Asks about a sender.
    pub fn judge_sender(&self, params: Params) {
        self.what_if.params.set(Some(params));
        self.ask_beside(0);
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
        let running = driver::start(plan, Box::new(self.what_if), Box::new(|| {}));
        self.beside.set_value(Some(running));
    }
}
