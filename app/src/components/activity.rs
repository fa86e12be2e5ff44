//! What is being done now, and in the end what it took.

use std::time::Duration;

use leptos::prelude::*;
use postern_shared::wording::{self, Language};

use super::summary::{settled, sum_up};
use super::words;
use crate::i18n::texts;
use crate::model::phase::Phase;
use crate::state::{App, use_app};

/// From this many seconds on a person wonders whether anything happens.
const LONG: u64 = 3;

/// The line under the summary. Those who listen hear how many rows are settled, and the end.
#[component]
pub fn Activity(language: Language) -> impl IntoView {
    let app = use_app();
    let waited = waited(app);
    view! {
        <div class="activity" data-testid="activity">
            {move || match app.scan.phase.get() {
                Phase::Running { asked, answered } => running(app, language, asked, answered, waited).into_any(),
                Phase::Done => ended(app, language).into_any(),
                Phase::Idle => ().into_any(),
            }}
        </div>
        <p class="visually-hidden" role="status">{move || spoken(app, language)}</p>
    }
}

fn running(
    app: App,
    language: Language,
    asked: u32,
    answered: u32,
    waited: RwSignal<u64>,
) -> impl IntoView {
    let t = texts(language);
    let now = move || {
        app.scan
            .activity
            .get()
            .map(|progress| words(wording::progress(language, &progress)))
    };
    let long = move || (waited.get() >= LONG).then(|| format!("· {}", (t.seconds)(waited.get())));
    view! {
        <span class="activity__count">{(t.dns_progress)(answered, asked)}</span>
        <span class="activity__now">{now} " " <span class="number">{long}</span></span>
    }
}

fn ended(app: App, language: Language) -> impl IntoView {
    let effort = app.scan.report.with(|report| {
        report
            .as_ref()
            .filter(|report| report.effort.connections > 0)
            .map(|report| words(wording::effort(language, &report.effort)))
    });
    effort.map(|effort| view! { <span data-testid="effort">{effort}</span> })
}

/// Seconds since the probe server last turned to something else.
fn waited(app: App) -> RwSignal<u64> {
    let seconds = RwSignal::new(0);
    Effect::new(move |_| {
        app.scan.activity.track();
        seconds.set(0);
    });
    let tick = move || {
        if app.scan.activity.with_untracked(Option::is_some) {
            seconds.update(|seconds| *seconds += 1);
        }
    };
    if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
    seconds
}

/// Few words, and only when a row has settled: a voice must not be talked over.
fn spoken(app: App, language: Language) -> Option<String> {
    let running = app.scan.phase.get().is_running();
    app.scan.report.with(|report| {
        let report = report.as_ref()?;
        if running {
            let settled = settled(report);
            return Some((texts(language).scanning)(settled, report.checks.len()));
        }
        let grade = report.grade.map_or_else(String::new, |grade| {
            format!("{} {grade}. ", texts(language).grade)
        });
        Some(grade + &sum_up(language, report, running).plain(language))
    })
}
