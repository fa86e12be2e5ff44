//! Scans: begun, stopped, kept, opened again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use postern_shared::evidence::{Evidence, ProbeOutcome};
use postern_shared::protocol::RefusalCode;
use postern_shared::{DomainName, DomainNameError};

use super::{App, Naming, Refusal, Rejected};
use crate::lazy;
use crate::model::fallback::Resolvers;
use crate::model::history::{self, Entry};
use crate::model::input;
use crate::model::phase::Phase;
use crate::model::query::View;
use crate::model::resolvers::ResolverChoice;
use crate::model::settings::{HttpUrl, ProbeChoice};
use crate::net::browser;
use crate::net::driver::{self, Plan};
use crate::net::probe::{self, Server};
use crate::persist;

impl App {
    /// Scans the domain in what a person typed: a domain, an e-mail address or a web address.
    ///
    /// # Errors
    /// Says what the text is instead; also in [`App::rejected`]. A scan on the screen stays.
    pub fn submit(&self, text: &str) -> Result<(), DomainNameError> {
        match input::parse(text, browser::to_ascii) {
            Ok(domain) => {
                self.start(domain);
                Ok(())
            }
            Err(error) => {
                self.rejected.set(Some(Rejected {
                    text: text.to_owned(),
                    error,
                }));
                Err(error)
            }
        }
    }

    /// Scans `domain` and puts it into the address.
    pub fn start(&self, domain: DomainName) {
        self.begin_at(domain, false);
    }

    /// Scans the domain on the screen anew, and has everything found out that its servers take.
    pub fn rescan_deeply(&self) {
        if let Some(domain) = self.scan.domain.get_untracked() {
            self.begin_at(domain, true);
        }
    }

    fn begin_at(&self, domain: DomainName, deep: bool) {
        self.view.set(View::Scan);
        self.begin_as(domain, deep);
        self.push_address();
    }

    /// Scans the domain on the screen anew.
    pub fn rescan(&self) {
        if let Some(domain) = self.scan.domain.get_untracked() {
            self.start(domain);
        }
    }

    /// Stops the scan; what was found stays, and is kept.
    pub fn stop(&self) {
        if self.scan.phase.get_untracked().is_running() {
            self.running.set_value(None);
            self.scan.activity.set(None);
            // So that what is kept does not say, years later, that it is still looking.
            let profile = self.profile.get_untracked().profile();
            let judgment = self.judgment.get_untracked();
            self.scan.evidence.update(|evidence| {
                if let (Some(evidence), Some(judgment)) = (evidence, judgment) {
                    (judgment.close)(evidence, profile, ProbeOutcome::Stopped);
                }
            });
            self.scan.phase.set(Phase::Done);
            self.save();
        }
    }

    /// Opens a scan from the history.
    pub fn open_saved(&self, id: &str) {
        self.view.set(View::Scan);
        let domain = self.history.with_untracked(|entries| {
            entries
                .iter()
                .find(|entry| entry.id == id)
                .map(|entry| entry.domain.to_string())
        });
        self.open(id.to_owned(), domain);
        self.push_address();
    }

    /// Deletes a scan from the history; when it is on the screen it stays there.
    pub fn delete_saved(&self, id: &str) {
        let app = *self;
        let id = id.to_owned();
        self.history
            .update(|entries| entries.retain(|entry| entry.id != id));
        spawn_local(async move {
            let store = app.store.get_value();
            store.delete(&id).await;
            app.history_kept.set(store.is_kept());
        });
    }

    /// Scans `domain`; the address is the caller's affair.
    pub(super) fn begin(self, domain: DomainName) {
        self.begin_as(domain, false);
    }

    fn begin_as(self, domain: DomainName, deep: bool) {
        self.reset(&domain, Evidence::new(domain.clone()));
        self.scan.phase.set(Phase::Running {
            asked: 0,
            answered: 0,
        });
        self.scan.started.set(Some(browser::now()));
        spawn_local(lazy::learn_beside(self.language.get_untracked()));
        self.run(self.plan(domain, deep));
    }

    /// Works on the scan until nothing is wanted, then keeps it.
    pub(super) fn run(self, plan: Plan) {
        let at_end = move || {
            self.scan.activity.set(None);
            self.scan.phase.set(Phase::Done);
            self.save();
            self.ask_beside(0);
        };
        let ready = Box::pin(self.learn_to_judge());
        let running = driver::start(plan, ready, Box::new(self.scan), Box::new(at_end));
        self.running.set_value(Some(running));
    }

    /// Has what reads the evidence fetched as soon as somebody types, or a link names a domain.
    pub(super) fn fetch_judgment(self) {
        Effect::new(move |begun: Option<bool>| {
            let wanted = self.typed.with(|typed| !typed.is_empty())
                || self.scan.domain.with(Option::is_some);
            let begun = begun.unwrap_or(false);
            if wanted && !begun {
                spawn_local(self.learn_to_judge());
            }
            begun || wanted
        });
    }

    async fn learn_to_judge(self) {
        if self.judgment.get_untracked().is_none() {
            let judgment = persist(lazy::judgment).await;
            if self.judgment.get_untracked().is_none() {
                self.judgment.set(Some(judgment));
            }
        }
    }

    /// Shows nothing.
    pub(super) fn clear(self) {
        self.stop();
        self.beside.set_value(None);
        self.what_if.reset(None);
        self.rejected.set(None);
        self.opened.set(None);
        self.scan.domain.set(None);
        self.scan.evidence.set(None);
        self.scan.phase.set(Phase::Idle);
        self.scan.refusal.set(None);
        self.scan.resolvers_fail.set(false);
    }

    /// Opens the saved scan `id`; where it is not kept (the link was made in another browser), scans what
    /// the link says instead.
    pub(super) fn open(self, id: String, domain: Option<String>) {
        self.open_beside(None, id, domain);
    }

    /// The same, with a refusal that stays on the screen.
    fn open_beside(self, refusal: Option<Refusal>, id: String, domain: Option<String>) {
        self.stop();
        // At once, so that the address has it; and a later click is not overtaken by this one.
        self.opened.set(Some(id.clone()));
        spawn_local(async move {
            let text = self.store.get_value().evidence(&id).await;
            if self.opened.get_untracked().as_ref() != Some(&id) {
                return;
            }
            match text.as_deref().map(Evidence::from_json) {
                Some(Ok(evidence)) => {
                    self.show(id, evidence);
                    self.scan.refusal.set(refusal);
                }
                _ => {
                    self.opened.set(None);
                    self.history
                        .update(|entries| entries.retain(|entry| entry.id != id));
                    if let Some(domain) =
                        domain.and_then(|text| input::parse(&text, browser::to_ascii).ok())
                    {
                        self.begin(domain);
                    }
                    self.replace_address();
                }
            }
        });
    }

    pub(super) fn load_history(self) {
        spawn_local(async move {
            let store = self.store.get_value();
            let entries = store.list().await;
            self.history.set(entries);
            self.history_kept.set(store.is_kept());
        });
    }

    fn show(self, id: String, evidence: Evidence) {
        let domain = evidence.domain().clone();
        self.reset(&domain, evidence);
        self.scan.started.set(history::made_at(&id));
        self.opened.set(Some(id));
        self.scan.phase.set(Phase::Done);
        // Now that the domain is known, it stands in the address too: for a browser without this history.
        self.replace_address();
    }

    /// Puts another scan in the place of the one on the screen.
    fn reset(self, domain: &DomainName, evidence: Evidence) {
        self.stop();
        self.beside.set_value(None);
        self.what_if.reset(Some(domain));
        self.naming.set(Naming::default());
        self.rejected.set(None);
        self.opened.set(None);
        self.typed.set(domain.to_string());
        self.scan.activity.set(None);
        self.scan.refusal.set(None);
        self.scan.resolvers_fail.set(false);
        self.scan.domain.set(Some(domain.clone()));
        self.scan.evidence.set(Some(evidence));
    }

    /// Who is asked, by the settings.
    fn plan(self, domain: DomainName, deep: bool) -> Plan {
        let server = self.server();
        Plan {
            resolvers: self.resolvers(&domain, server.as_ref()),
            probe: Some(probe::scan(domain, deep, server)),
            delay: 0,
        }
    }

    /// The same resolvers, and nobody else, after so many milliseconds.
    pub(super) fn plan_dns(self, domain: &DomainName, delay: u32) -> Plan {
        Plan {
            resolvers: self.resolvers(domain, self.server().as_ref()),
            probe: None,
            delay,
        }
    }

    /// The probe server, by the settings.
    fn server(self) -> Option<Server> {
        self.settings
            .with_untracked(|settings| match &settings.probe {
                ProbeChoice::SameOrigin => {
                    HttpUrl::parse(&browser::folder()).map(|base| Server { base, own: true })
                }
                ProbeChoice::Custom(url) => Some(Server {
                    base: url.clone(),
                    own: false,
                }),
                ProbeChoice::None => None,
            })
    }

    /// The resolvers, by the settings.
    fn resolvers(self, domain: &DomainName, server: Option<&Server>) -> Resolvers {
        self.settings.with_untracked(|settings| {
            // A public resolver rightly denies a lab's or an intranet's names: the probe's own knows them.
            let resolver = match &settings.resolver {
                ResolverChoice::BuiltIn(_) if domain.is_special_use() && server.is_some() => {
                    &ResolverChoice::Probe
                }
                chosen => chosen,
            };
            let chain = resolver.chain(server.map(|server| &server.base));
            chain.into_iter().collect()
        })
    }

    /// Puts the scan before in the place of one that the probe server refuses because it is made too soon: it
    /// saw more. When to come back stays beside it.
    pub(super) fn recall_earlier(self) {
        Effect::new(move |_| {
            if let Some(id) = self.earlier() {
                let refusal = self.scan.refusal.get_untracked();
                self.open_beside(refusal, id, None);
            }
        });
    }

    /// The newest saved scan of the domain on the screen, where that one was made too soon.
    fn earlier(&self) -> Option<String> {
        let too_soon = ProbeOutcome::Refused(RefusalCode::CoolingDown);
        if self.scan.probe.get() != Some(too_soon) {
            return None;
        }
        let (domain, started) = (self.scan.domain.get()?, self.scan.started.get()?);
        self.history.with(|entries| {
            let before = |entry: &&Entry| entry.domain == domain && entry.at < started;
            entries.iter().find(before).map(|entry| entry.id.clone())
        })
    }

    /// Keeps the scan on the screen, if anything was seen. One that was made too soon saw less than the one
    /// before, and does not stand over it in the list.
    fn save(self) {
        if untrack(|| self.earlier()).is_some() {
            return;
        }
        let Some((entry, evidence)) = self.entry() else {
            return;
        };
        let mut dropped = Vec::new();
        self.history
            .update(|entries| dropped = history::insert(entries, entry.clone()));
        spawn_local(async move {
            let store = self.store.get_value();
            store.put(entry, evidence).await;
            for id in dropped {
                store.delete(&id).await;
            }
            self.history_kept.set(store.is_kept());
        });
    }

    /// The scan on the screen as a line of the history, and its evidence.
    fn entry(self) -> Option<(Entry, String)> {
        let domain = self.scan.domain.get_untracked()?;
        let at = self.scan.started.get_untracked()?;
        let report = self.scan.report.get_untracked()?;
        let evidence = self.scan.evidence.with_untracked(|seen| {
            let seen = seen.as_ref()?;
            seen.observations().next().map(|_| seen.to_json())
        })?;
        let entry = Entry {
            id: history::id(at, &domain),
            domain,
            at,
            grade: report.grade.map(|grade| grade.as_str().to_owned()),
            score: report.score.tenths(),
            profile: self.profile.get_untracked().as_str().to_owned(),
        };
        Some((entry, evidence))
    }
}
