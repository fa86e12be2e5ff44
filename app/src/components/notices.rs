//! What kept a scan from seeing everything, and what to do about it.

use std::time::Duration;

use leptos::prelude::*;
use postern_shared::evidence::ProbeOutcome;
use postern_shared::wording::{self, Language, Sentence};

use super::icon::{self, icon};
use super::words;
use crate::i18n::texts;
use crate::model::query::View;
use crate::net::browser;
use crate::state::{App, Refusal, use_app};

/// The notices of the scan on the screen; none when all went well.
#[component]
pub fn Notices(language: Language) -> impl IntoView {
    let app = use_app();
    view! {
        {move || app.scan.resolvers_fail.get().then(|| resolvers_fail(language))}
        {move || blocked(app).then(|| problem(language, "probe-blocked", texts(language).probe_blocked, None))}
        {move || outcome(app, language)}
        {move || refusal(app).map(|refusal| view! { <Refused language refusal /> })}
    }
}

fn resolvers_fail(language: Language) -> AnyView {
    problem(
        language,
        "resolvers-fail",
        texts(language).resolvers_fail,
        Some(View::Settings),
    )
}

/// Whether the probe server said that its network holds it back.
fn blocked(app: App) -> bool {
    app.scan.vantage.with(|vantage| {
        vantage
            .as_ref()
            .is_some_and(|vantage| vantage.port25 == Some(false))
    })
}

fn outcome(app: App, language: Language) -> Option<AnyView> {
    let t = texts(language);
    match app.scan.probe.get()? {
        // A refusal stands below, whatever is on the screen.
        ProbeOutcome::Finished { .. } | ProbeOutcome::Refused(_) => None,
        ProbeOutcome::NoServer => Some(notice(
            language,
            "no-probe",
            "",
            Sentence::text(t.no_probe),
            Some(View::Settings),
        )),
        ProbeOutcome::Unreachable => Some(problem(
            language,
            "probe-unreachable",
            t.probe_unreachable,
            Some(View::Settings),
        )),
        ProbeOutcome::Stopped => Some(notice(
            language,
            "stopped",
            "",
            Sentence::text(t.stopped),
            None,
        )),
        ProbeOutcome::Cut => Some(problem(language, "probe-cut", t.probe_cut, None)),
    }
}

/// The refusal that stands beside the scan; one that is only kept in a saved scan says no more when to come back.
fn refusal(app: App) -> Option<Refusal> {
    let kept = || match app.scan.probe.get()? {
        ProbeOutcome::Refused(code) => Some(Refusal {
            code,
            retry_at: None,
        }),
        _ => None,
    };
    app.scan.refusal.get().or_else(kept)
}

/// A refusal counts down to the moment when it is worth asking again.
#[component]
fn Refused(language: Language, refusal: Refusal) -> impl IntoView {
    let left = move || refusal.retry_at.and_then(|at| seconds_until(at.0));
    let remaining = RwSignal::new(left());
    if let Ok(timer) =
        set_interval_with_handle(move || remaining.set(left()), Duration::from_secs(1))
    {
        on_cleanup(move || timer.clear());
    }
    move || {
        notice(
            language,
            "refused",
            "notice--problem",
            wording::refusal(language, refusal.code, remaining.get()),
            None,
        )
    }
}

/// Whole seconds until a moment; `None` when it has come.
fn seconds_until(moment: u64) -> Option<u32> {
    let left = moment.checked_sub(browser::now().0)?;
    u32::try_from(left.div_ceil(1000))
        .ok()
        .filter(|left| *left > 0)
}

fn problem(
    language: Language,
    kind: &'static str,
    text: &'static str,
    to: Option<View>,
) -> AnyView {
    notice(language, kind, "notice--problem", Sentence::text(text), to)
}

/// One notice: what is the matter, and the way to where it can be changed.
fn notice(
    language: Language,
    kind: &'static str,
    class: &'static str,
    text: Sentence,
    to: Option<View>,
) -> AnyView {
    let app = use_app();
    let way = to.map(|view| {
        view! {
            <button class="button notice__action" type="button" on:click=move |_| app.go(view)>
                {texts(language).to_settings}
            </button>
        }
    });
    view! {
        <div class=format!("notice {class}") data-notice=kind>
            {icon("notice__icon", icon::NOTICE)}
            <p class="notice__text">{words(text)}</p>
            {way}
        </div>
    }
    .into_any()
}
