//! "Is this address allowed to send?"

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use postern_shared::spf::{Outcome, TraceStep};
use postern_shared::text::visible;
use postern_shared::wording::{self, Language};

use super::words;
use crate::i18n::texts;
use crate::model::sender::{self, Typed, Wrong};
use crate::net::browser;
use crate::state::{App, use_app};

/// Steps that are shown.
const MAX_STEPS: usize = 100;
/// Includes within includes that are set in.
const MAX_DEPTH: u32 = 6;

/// The form, and the answer under it.
#[component]
pub fn SenderTest(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        judge(app);
    };
    let domain = move || {
        app.scan
            .domain
            .with(|domain| domain.as_ref().map(ToString::to_string).unwrap_or_default())
    };
    let postmaster = move || format!("postmaster@{}", domain());
    let example = || "192.0.2.1".to_owned();
    view! {
        <section>
            <h2 class="try__heading">{t.sender_title}</h2>
            <form class="sender" novalidate on:submit=submit>
                {field(app, "ip", t.ip, example, t.bad_ip, |typed| &mut typed.ip, |wrong| wrong.ip)}
                {field(app, "sender", t.sender, postmaster, t.bad_sender, |typed| &mut typed.sender, |wrong| wrong.sender)}
                {field(app, "helo", t.helo, domain, t.bad_helo, |typed| &mut typed.helo, |wrong| wrong.helo)}
                <button class="button button--primary sender__button" type="submit">{t.judge}</button>
            </form>
            <div class="sender__answer" role="status">{move || answer(app, language)}</div>
        </section>
    }
}

/// Reads what was typed, and asks; a field that cannot be read takes the keyboard.
fn judge(app: App) {
    let Some(domain) = app.scan.domain.get_untracked() else {
        return;
    };
    let now = browser::now().0 / 1000;
    let read = app
        .what_if
        .sender
        .with_untracked(|typed| sender::read(typed, &domain, now, browser::to_ascii));
    let wrong = read.as_ref().err().copied().unwrap_or_default();
    app.what_if.sender.update(|typed| typed.wrong = wrong);
    match read {
        Ok(params) => app.judge_sender(params),
        Err(Wrong { ip: true, .. }) => super::focus("sender-ip"),
        Err(Wrong { sender: true, .. }) => super::focus("sender-sender"),
        Err(_) => super::focus("sender-helo"),
    }
}

/// One field, and what is wrong with it.
fn field(
    app: App,
    name: &'static str,
    label: &'static str,
    example: impl Fn() -> String + Send + Sync + 'static,
    error: &'static str,
    of: fn(&mut Typed) -> &mut String,
    is_wrong: fn(&Wrong) -> bool,
) -> AnyView {
    let typed = app.what_if.sender;
    let id = format!("sender-{name}");
    let error_id = format!("{id}-error");
    let wrong = move || typed.with(|typed| is_wrong(&typed.wrong));
    let value = move || of(&mut typed.get()).clone();
    view! {
        <div class="sender__item">
            <label class="sender__label" for=id.clone()>{label}</label>
            <input class="settings__field sender__field" type="text" dir="ltr" id=id name=name placeholder=example
                autocomplete="off" autocapitalize="none" spellcheck="false"
                aria-invalid=move || wrong().then_some("true") aria-describedby=error_id.clone()
                prop:value=value
                on:input:target=move |event| {
                    let text = event.target().value();
                    typed.update(|typed| *of(typed) = text);
                } />
            <p class="sender__error" id=error_id role="alert">{move || wrong().then_some(error)}</p>
        </div>
    }
    .into_any()
}

fn answer(app: App, language: Language) -> Option<AnyView> {
    if app.what_if.params.with(Option::is_none) {
        return None;
    }
    let trial = app.what_if.trial.get()?;
    let Some(outcome) = &trial.outcome else {
        return Some(view! { <p>{texts(language).asking}</p> }.into_any());
    };
    Some(told(language, outcome))
}

/// The result, and how it came about.
fn told(language: Language, outcome: &Outcome) -> AnyView {
    let t = texts(language);
    let steps: Vec<AnyView> = outcome
        .trace
        .iter()
        .take(MAX_STEPS)
        .map(|done| step(language, done))
        .collect();
    let more = outcome.trace.len().saturating_sub(MAX_STEPS);
    let more = (more > 0).then(|| view! { <p>{(t.tree_more)(more)}</p> });
    view! {
        <p class="sender__result" data-result=outcome.result.as_str()>{words(wording::spf_outcome(language, outcome))}</p>
        <ol class="trace">{steps}</ol>
        {more}
    }
    .into_any()
}

fn step(language: Language, step: &TraceStep) -> AnyView {
    let term = visible(&step.term).into_owned();
    let depth = format!("--depth: {}", step.depth.min(MAX_DEPTH));
    // The name that macros made, where the term does not show it.
    let target = step
        .target
        .as_ref()
        .filter(|name| !step.term.contains(name.as_str()));
    let target = target.map(|name| {
        view! { " " <bdi dir="ltr"><code>{visible(name).into_owned()}</code></bdi> }
    });
    view! {
        <li class="trace__step" style=depth>
            <bdi dir="ltr"><code>{term}</code></bdi> {target} " "
            <span class="trace__event">{words(wording::spf_event(language, step.event))}</span>
        </li>
    }
    .into_any()
}
