//! The page's state: the only place where global signals are made.
//!
//! Facts go one way. Whatever arrives from the network is folded into [`Scan::evidence`] by the driver
//! (`crate::net::driver`) and by nothing else; [`Scan::report`] is computed from it; components read.
//! What a person does comes in through the methods of [`App`].

mod desk;
mod document;
mod exhibits;
mod naming;
mod navigation;
mod scanning;
mod what_if;

pub use naming::Naming;
pub use what_if::{Change, WhatIf};

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use postern_shared::evidence::{Evidence, Fact, ProbeOutcome, Vantage};
use postern_shared::protocol::{Progress, RefusalCode};
use postern_shared::report::{ProfileName, Report};
use postern_shared::time::Timestamp;
use postern_shared::wording::Language;
use postern_shared::{DomainName, DomainNameError};

use crate::lazy::{self, Judgment};
use crate::model::history::Entry;
use crate::model::phase::Phase;
use crate::model::query::View;
use crate::model::resolvers::ResolverChoice;
use crate::model::settings::{ProbeChoice, Settings, Theme};
use crate::net::browser;
use crate::net::driver::Running;
use crate::net::store::Store;

/// Everything, by handle: copy it into closures freely.
#[derive(Clone, Copy)]
pub struct App {
    /// What was chosen; change it by the `set_…` methods, which also keep it.
    pub settings: RwSignal<Settings>,
    /// The language shown: that of the link, else the chosen one, else the browser's.
    pub language: RwSignal<Language>,
    /// The profile that evidence is read with: that of the link, else the chosen one.
    pub profile: RwSignal<ProfileName>,
    /// What the page shows.
    pub view: RwSignal<View>,
    /// The scan on the screen.
    pub scan: Scan,
    /// The change that is tried on it.
    pub what_if: WhatIf,
    /// The selector that is being named for it.
    pub naming: RwSignal<Naming>,
    /// What stands in the field of the form; what was typed before the page was ready is in it already.
    pub typed: RwSignal<String>,
    /// What was last handed in and is no domain: the text as typed, and what is wrong with it.
    pub rejected: RwSignal<Option<Rejected>>,
    /// The id of the saved scan on the screen, when it was opened from the history.
    pub opened: RwSignal<Option<String>>,
    /// What reads the evidence; nothing until somebody has something to scan.
    pub judgment: RwSignal<Option<&'static Judgment>>,
    /// Whether what draws the evidence was fetched.
    pub exhibits: RwSignal<bool>,
    /// The scans made in this browser, the newest first.
    pub history: RwSignal<Vec<Entry>>,
    /// Whether the browser keeps the history; when not (private windows), it lasts as long as the page.
    pub history_kept: RwSignal<bool>,
    /// Where evidence is kept.
    store: StoredValue<Rc<Store>, LocalStorage>,
    /// The scan's work; dropping it stops everything it has under way.
    running: StoredValue<Option<Running>, LocalStorage>,
    /// The work for the change that is tried, likewise.
    beside: StoredValue<Option<Running>, LocalStorage>,
}

/// The scan on the screen: running, finished, or opened from the history.
#[derive(Clone, Copy)]
pub struct Scan {
    /// What is scanned.
    pub domain: RwSignal<Option<DomainName>>,
    /// Everything seen. Written only by the driver.
    pub evidence: RwSignal<Option<Evidence>>,
    /// What the evidence means under the profile; there as soon as what reads it is.
    pub report: Memo<Option<Arc<Report>>>,
    /// Where the scan stands.
    pub phase: RwSignal<Phase>,
    /// What the probe server is doing right now; `None` when it has ended or there is none.
    pub activity: RwSignal<Option<Progress>>,
    /// The probe server's refusal, when it refused.
    pub refusal: RwSignal<Option<Refusal>>,
    /// Whether the probe server says that it makes deep scans.
    pub deep: RwSignal<bool>,
    /// When the scan was started.
    pub started: RwSignal<Option<Timestamp>>,
    /// How the probe ended; `None` while it has not.
    pub probe: Memo<Option<ProbeOutcome>>,
    /// From where the probe server looks; `None` before it said so.
    pub vantage: Memo<Option<Vantage>>,
    /// Whether none of the resolvers that the browser asks can be reached, the probe server's included.
    pub resolvers_fail: RwSignal<bool>,
}

/// A text that is no domain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rejected {
    /// As it was typed, or stood in the link.
    pub text: String,
    /// What is wrong with it.
    pub error: DomainNameError,
}

/// Why a probe server will not scan, and when to come back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// When to come back, by the browser's clock; `None` when it did not say.
    pub retry_at: Option<Timestamp>,
}

impl App {
    /// Makes the state, puts it into the context, reads the settings and the address, and begins the
    /// scan that a link asks for. Called once, by the root component.
    pub fn provide() -> Self {
        let settings = Settings::load(browser::kept);
        let profile = RwSignal::new(settings.profile);
        let judgment = RwSignal::new(None::<&'static Judgment>);
        let scan = Scan::new(profile, judgment);
        let app = Self {
            language: RwSignal::new(browser::spoken()),
            settings: RwSignal::new(settings),
            profile,
            view: RwSignal::default(),
            scan,
            what_if: WhatIf::new(scan, profile),
            naming: RwSignal::default(),
            typed: RwSignal::new(browser::typed_early()),
            rejected: RwSignal::default(),
            opened: RwSignal::default(),
            judgment,
            exhibits: RwSignal::new(false),
            history: RwSignal::default(),
            history_kept: RwSignal::new(true),
            store: StoredValue::new_local(Rc::default()),
            running: StoredValue::new_local(None),
            beside: StoredValue::new_local(None),
        };
        provide_context(app);
        app.keep_document();
        app.what_if.open_workshop(app.view);
        app.fetch_judgment();
        app.load_history();
        app.recall_earlier();
        app.follow_address();
        app
    }

    /// Remembers `language`, and shows it as soon as its words are here.
    pub fn set_language(&self, language: Language) {
        self.change(|settings| settings.language = Some(language));
        let app = *self;
        self.speak(language, move || app.replace_address());
    }

    /// Shows `language` as soon as its words are here, unless another has been chosen meanwhile.
    fn speak(self, language: Language, then: impl FnOnce() + 'static) {
        if lazy::knows(language) {
            self.language.set(language);
            return then();
        }
        let chosen = move || self.settings.with_untracked(|settings| settings.language);
        let before = chosen();
        spawn_local(async move {
            if lazy::learn(language).await && chosen() == before {
                self.language.set(language);
                then();
            }
        });
    }

    /// Reads the evidence with `profile` from now on; the report changes at once.
    pub fn set_profile(&self, profile: ProfileName) {
        self.profile.set(profile);
        self.change(|settings| settings.profile = profile);
        self.replace_address();
    }

    /// Light, dark, or as the system has it.
    pub fn set_theme(&self, theme: Theme) {
        self.change(|settings| settings.theme = theme);
    }

    /// Whom the next scan asks first.
    pub fn set_resolver(&self, resolver: ResolverChoice) {
        self.change(|settings| settings.resolver = resolver);
    }

    /// Which probe server the next scan uses.
    pub fn set_probe(&self, probe: ProbeChoice) {
        self.change(|settings| settings.probe = probe);
    }

    fn change(&self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        for (key, value) in self.settings.with_untracked(Settings::pairs) {
            browser::keep(key, &value);
        }
    }
}

/// The state, from the context of any component below the root.
///
/// # Panics
/// Outside of the root component: a mistake of the page's own, seen at the first look.
#[must_use]
pub fn use_app() -> App {
    expect_context()
}

impl Scan {
    fn new(profile: RwSignal<ProfileName>, judgment: RwSignal<Option<&'static Judgment>>) -> Self {
        let evidence = RwSignal::<Option<Evidence>>::default();
        Self {
            domain: RwSignal::default(),
            evidence,
            report: Memo::new(move |_| {
                let profile = profile.get().profile();
                let assess = judgment.get()?.assess;
                evidence.with(|seen| seen.as_ref().map(|seen| Arc::new(assess(seen, profile))))
            }),
            phase: RwSignal::default(),
            activity: RwSignal::default(),
            refusal: RwSignal::default(),
            deep: RwSignal::default(),
            started: RwSignal::default(),
            probe: seen(evidence, |seen| {
                facts(seen).find_map(|fact| match fact {
                    Fact::Probe(outcome) => Some(outcome.clone()),
                    _ => None,
                })
            }),
            vantage: seen(evidence, |seen| {
                facts(seen).find_map(|fact| match fact {
                    Fact::Vantage(vantage) => Some(vantage.clone()),
                    _ => None,
                })
            }),
            resolvers_fail: RwSignal::default(),
        }
    }
}

/// What `read` makes of the evidence; nothing of none.
fn seen<T>(evidence: RwSignal<Option<Evidence>>, read: fn(&Evidence) -> T) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| evidence.with(|seen| seen.as_ref().map(read).unwrap_or_default()))
}

fn facts(evidence: &Evidence) -> impl Iterator<Item = &Fact> {
    evidence
        .observations()
        .map(|(_, observation)| &observation.fact)
}
