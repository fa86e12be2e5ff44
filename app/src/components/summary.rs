//! The first screen of a report: the letter, the domain, what it comes down to.

use leptos::prelude::*;
use postern_shared::report::{ProfileName, Report};
use postern_shared::wording::{self, Language, Sentence};

use super::{Choice, Face, Gate, PageLink, Segmented, unicode, words};
use crate::i18n::{moment, percent_tenths, texts};
use crate::model::query::View;
use crate::state::{App, use_app};

/// Gate, domain, verdict, and under which conditions it was reached.
#[component]
pub fn Summary(language: Language) -> impl IntoView {
    let app = use_app();
    view! {
        <section class="summary" aria-labelledby="summary-domain">
            <Gate language face=Signal::derive(move || face(app)) />
            <div class="summary__words">
                <h1 class="summary__domain" id="summary-domain">{move || domain(app)}</h1>
                <p class="summary__verdict">{move || verdict(app, language)}</p>
                <div class="summary__facts">{move || facts(app, language)}</div>
                <Controls language />
            </div>
        </section>
    }
}

/// What the gate shows now.
fn face(app: App) -> Face {
    let running = app.scan.phase.get().is_running();
    app.scan.report.with(|report| match report {
        None => Face::Ungraded,
        Some(report) if running => Face::Waiting {
            settled: settled(report),
            total: report.checks.len(),
        },
        Some(report) => match report.grade {
            Some(grade) => Face::Graded {
                grade,
                tenths: report.score.tenths(),
                provisional: report.provisional,
            },
            None => Face::Ungraded,
        },
    })
}

/// The domain as its owner writes it; beside it as DNS has it, where that differs.
fn domain(app: App) -> impl IntoView {
    app.scan.domain.get().map(|domain| {
        let name = domain.as_str().to_owned();
        let (shown, ascii) = match unicode::of(&name) {
            Some(unicode) => (unicode, Some(name)),
            None => (name, None),
        };
        let ascii =
            ascii.map(|ascii| view! { " " <bdi class="summary__ascii" dir="ltr">{ascii}</bdi> });
        view! { <bdi dir="ltr">{shown}</bdi> {ascii} }
    })
}

/// Said once, at the end: a sentence that changes with every answer is read by nobody, and jumps.
fn verdict(app: App, language: Language) -> impl IntoView {
    let running = app.scan.phase.get().is_running();
    app.scan.report.with(|report| {
        report
            .as_ref()
            .filter(|_| !running)
            .map(|report| words(sum_up(language, report, running)))
    })
}

/// What it comes down to. A scan that ended with open questions, as its evidence was full, looks no more.
pub fn sum_up(language: Language, report: &Report, running: bool) -> Sentence {
    if running || !report.is_pending() {
        wording::verdict(language, report)
    } else {
        Sentence::text(texts(language).stopped)
    }
}

/// How many rows will not change any more.
pub fn settled(report: &Report) -> usize {
    report
        .checks
        .iter()
        .filter(|finding| !finding.is_pending())
        .count()
}

/// Score, time, coverage, whose words grow as the scan goes on and push nothing aside, and what bounds the letter.
fn facts(app: App, language: Language) -> impl IntoView {
    let t = texts(language);
    let report = app.scan.report.get()?;
    let running = app.scan.phase.get().is_running();
    // Its place is taken from the first moment: what comes later must not push what is there.
    let score = match report.grade.filter(|_| !running) {
        Some(_) => percent_tenths(language, report.score.tenths()),
        None => "–".to_owned(),
    };
    let score = view! {
        <span class="summary__fact"><span class="summary__fact-name">{t.score}</span>
            <b class="number summary__score" data-testid="score">{score}</b></span>
    };
    let seen = report.measured.map(|(_, at)| {
        view! {
            <span class="summary__fact"><span class="summary__fact-name">{t.updated}</span>
                <time data-testid="updated">{moment(language, at)}</time></span>
            <span>{words(wording::coverage(language, &report))}</span>
        }
    });
    Some(view! {
        {score}
        {seen}
        {(!running).then(|| bounds(&report, language))}
    })
}

/// Why the letter is not what the score alone would give.
fn bounds(report: &Report, language: Language) -> impl IntoView + use<> {
    let provisional = (report.grade.is_some() && report.provisional).then(
        || view! { <span class="summary__provisional">{wording::provisional(language)}</span> },
    );
    let caps = report.caps.iter().filter(|cap| cap.bit).map(|cap| {
        view! { <span>{words(wording::cap(language, cap))}</span> }
    });
    view! { {provisional} {caps.collect_view()} }
}

/// By which profile the evidence is read, and the button that begins or stops.
#[component]
fn Controls(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let running = Memo::new(move |_| app.scan.phase.get().is_running());
    view! {
        <div class="summary__facts summary__controls">
            <Segmented name="profile" label=t.profile choices=profiles(language)
                chosen=Signal::derive(move || app.profile.get().as_str())
                on_choose=Callback::new(move |value: &'static str| {
                    app.set_profile(value.parse().unwrap_or_default());
                }) />
            {move || if running.get() {
                view! { <button class="button" type="button" on:click=move |_| app.stop()>{t.stop}</button> }.into_any()
            } else {
                view! {
                    <button class="button" type="button" on:click=move |_| app.rescan()>{t.scan_again}</button>
                }.into_any()
            }}
            <PageLink view=View::Try class="button" name=t.try_change />
        </div>
    }
}

/// The profiles with their versions: a letter means nothing without them.
pub fn profiles(language: Language) -> Vec<Choice> {
    let choice = |name: ProfileName| {
        let text = wording::profile(language, name);
        Choice {
            value: name.as_str(),
            label: format!("{} \u{2066}{}\u{2069}", text.name, name.profile().version),
            hint: Some(text.description),
        }
    };
    ProfileName::ALL.map(choice).to_vec()
}
