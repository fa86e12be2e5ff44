//! "Is this address allowed to send?"

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use postern_shared::gather::Gather;
use postern_shared::spf::{Outcome, SpfResult, TraceStep};
use postern_shared::wording::{self, Language};

use super::pieces::{code, div, h2, li, ol, p, span, text};
use super::words;
use crate::i18n::texts;
use crate::model::sender::{Typed, Wrong};
use crate::state::{App, use_app};

/// Steps that are shown.
const MAX_STEPS: usize = 100;
/// Includes within includes that are set in.
const MAX_DEPTH: usize = 6;

/// The form, and the answer under it.
#[component]
pub fn SenderTest(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        judge(app);
    };
    let domain = app.scan.domain.get_untracked();
    let domain = domain.map(|domain| domain.to_string()).unwrap_or_default();
    let fields = [
        Field {
            id: "sender-ip",
            label: t.ip,
            example: "192.0.2.1".to_owned(),
            error: t.bad_ip,
            of: |typed| &mut typed.ip,
            is_wrong: |wrong| wrong.ip,
        },
        Field {
            id: "sender-from",
            label: t.sender,
            example: format!("postmaster@{domain}"),
            error: t.bad_sender,
            of: |typed| &mut typed.sender,
            is_wrong: |wrong| wrong.sender,
        },
        Field {
            id: "sender-helo",
            label: t.helo,
            example: domain,
            error: t.bad_helo,
            of: |typed| &mut typed.helo,
            is_wrong: |wrong| wrong.helo,
        },
    ];
    let fields: Vec<AnyView> = fields.into_iter().map(|known| field(app, known)).gather();
    view! {
        <section>
            {h2("try__heading", [text(t.sender_title)])}
            <form class="sender" novalidate on:submit=submit>
                {fields}
                <button class="button button--primary sender__button" type="submit">{t.judge}</button>
            </form>
            <div class="sender__answer" role="status">{move || answer(app, language)}</div>
        </section>
    }
}

/// What is typed in one place.
struct Field {
    id: &'static str,
    label: &'static str,
    example: String,
    error: &'static str,
    of: fn(&mut Typed) -> &mut String,
    is_wrong: fn(&Wrong) -> bool,
}

/// Asks; a field that cannot be read takes the keyboard.
fn judge(app: App) {
    match app.judge_sender() {
        Wrong { ip: true, .. } => super::focus("sender-ip"),
        Wrong { sender: true, .. } => super::focus("sender-from"),
        Wrong { helo: true, .. } => super::focus("sender-helo"),
        Wrong { .. } => {}
    }
}

/// One field, and what is wrong with it.
fn field(app: App, field: Field) -> AnyView {
    let Field {
        id,
        label,
        example,
        error,
        of,
        is_wrong,
    } = field;
    let change = app.what_if.change;
    let error_id = format!("{id}-error");
    let wrong = move || change.with(|change| is_wrong(&change.sender.wrong));
    let mut typed = change.with_untracked(|change| change.sender.clone());
    let text = core::mem::take(of(&mut typed));
    view! {
        <div class="sender__item">
            <label class="sender__label" for=id>{label}</label>
            <input class="settings__field sender__field" type="text" dir="ltr" id=id placeholder=example
                autocomplete="off" autocapitalize="none" spellcheck="false"
                aria-invalid=move || wrong().then_some("true") aria-describedby=error_id.clone()
                prop:value=text
                on:input:target=move |event| {
                    let text = event.target().value();
                    // The answer was to another question.
                    let asked = change.try_update_untracked(|change| {
                        *of(&mut change.sender) = text;
                        change.params.take().is_some()
                    });
                    if asked == Some(true) {
                        change.notify();
                    }
                } />
            <p class="sender__error" id=error_id role="alert">{move || wrong().then_some(error)}</p>
        </div>
    }
    .into_any()
}

fn answer(app: App, language: Language) -> Vec<AnyView> {
    let asked = app.what_if.change.with(|change| change.params.is_some());
    let trial = app.what_if.trial.get().filter(|_| asked);
    match trial.as_ref().map(|trial| trial.outcome.as_ref()) {
        None => Vec::new(),
        Some(None) => vec![p("", [text(texts(language).asking)])],
        Some(Some(outcome)) => told(language, outcome),
    }
}

/// The result, and how it came about.
fn told(language: Language, outcome: &Outcome) -> Vec<AnyView> {
    let class = match outcome.result {
        SpfResult::Pass => "sender__result sender__result--pass",
        SpfResult::Fail | SpfResult::PermError => "sender__result sender__result--fail",
        _ => "sender__result",
    };
    let steps = outcome.trace.iter().take(MAX_STEPS);
    let steps: Vec<AnyView> = steps.map(|done| step(language, done)).gather();
    let mut said = vec![
        p(class, [words(wording::spf_outcome(language, outcome))]),
        ol("trace", steps),
    ];
    let more = outcome.trace.len().saturating_sub(MAX_STEPS);
    if more > 0 {
        said.push(p("", [text((texts(language).tree_more)(more))]));
    }
    said
}

/// One term and what came of it, set in under the terms that led to it.
fn step(language: Language, step: &TraceStep) -> AnyView {
    let mut said = vec![code(step.term()), text(" ")];
    // The name that macros made, where the term does not show it.
    if let Some(name) = step
        .target
        .as_ref()
        .filter(|name| !step.term().contains(name.as_str()))
    {
        said.push(code(name));
        said.push(text(" "));
    }
    said.push(span(
        "trace__event",
        [words(wording::spf_event(language, step.event))],
    ));
    let depth = usize::try_from(step.record.depth)
        .unwrap_or(usize::MAX)
        .min(MAX_DEPTH);
    let set_in = (0..depth).fold(div("", said), |inner, _| div("trace__below", [inner]));
    li("", [set_in])
}
