//! The editor of a record: its text, and what is wrong with it, each with a caret under the place.

use leptos::html::Textarea;
use leptos::prelude::*;
use postern_shared::diagnostic::Level;
use postern_shared::what_if::{Editable, Remark, Remarks, remarks};
use postern_shared::wording::{self, Language};

use super::icon::{self, icon};
use super::{Choice, Segmented, words};
use crate::i18n::texts;
use crate::model::caret::{Excerpt, code_units};
use crate::state::{App, use_app};

/// The choice of a record, and its editor.
#[component]
pub fn Editor(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let choice = |record: Editable| Choice {
        value: record.as_str(),
        label: record.name().to_owned(),
        hint: None,
    };
    let record = app.what_if.record;
    view! {
        <section class="editor">
            <Segmented name="record" label=t.record choices=Editable::ALL.map(choice).to_vec()
                chosen=Signal::derive(move || record.get().as_str())
                on_choose=Callback::new(move |value: &'static str| {
                    let chosen = Editable::ALL.into_iter().find(|known| known.as_str() == value);
                    record.set(chosen.unwrap_or(Editable::Spf));
                }) />
            {move || view! { <Field language record=record.get() /> }}
        </section>
    }
}

/// The text of one record.
#[component]
fn Field(language: Language, record: Editable) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let field = NodeRef::<Textarea>::new();
    let text = Memo::new(move |_| text_of(app, record));
    let found = Memo::new(move |_| found(app, record));
    let typed = move || app.what_if.typed(record);
    let label = move || {
        let domain = app.scan.domain.get()?;
        let question = record.question(&domain)?;
        let (kind, name) = (question.record_type.mnemonic(), question.name);
        Some(words((t.record_of)(kind, name.as_str())))
    };
    let is_wrong = move || {
        found.with(|found| {
            let first = found.told.first();
            first.is_some_and(|remark| remark.level == Level::Error)
        })
    };
    view! {
        <label class="editor__label" for="text">{label}</label>
        <textarea class="editor__text" id="text" name="text" dir="ltr" rows="5" spellcheck="false" autocomplete="off"
            autocapitalize="none" translate="no" node_ref=field placeholder=t.no_record aria-describedby="remarks"
            aria-invalid=move || is_wrong().then_some("true")
            prop:value=move || text.get()
            on:input:target=move |event| app.type_text(record, Some(event.target().value()))></textarea>
        <div class="editor__under" id="remarks">
            <ul class="editor__remarks">
                {move || found.with(|found| list(language, found, &text.get_untracked(), field))}
            </ul>
            <button class="button editor__undo" type="button" hidden=move || typed().is_none()
                on:click=move |_| {
                    app.type_text(record, None);
                    focus(field, None);
                }>
                {t.undo}
            </button>
        </div>
    }
}

/// What stands in the editor.
fn text_of(app: App, record: Editable) -> String {
    let typed = app.what_if.typed(record);
    typed.unwrap_or_else(|| app.published(record))
}

/// What is to say about what was in the editor at the last painting.
fn found(app: App, record: Editable) -> Remarks {
    let tried = app.what_if.edits.with(|edits| {
        let tried = edits.iter().find(|(known, _)| *known == record);
        tried.map(|(_, text)| text.clone())
    });
    let text = tried.unwrap_or_else(|| app.published(record));
    app.what_if.trial.with(|trial| {
        let tree = trial.as_ref().and_then(|trial| trial.tree.as_ref());
        remarks(record, &text, tree)
    })
}

fn list(language: Language, found: &Remarks, text: &str, field: NodeRef<Textarea>) -> Vec<AnyView> {
    let mut items: Vec<AnyView> = found
        .told
        .iter()
        .map(|remark| item(language, remark, text, field))
        .collect();
    if found.more > 0 {
        let more = (texts(language).more_remarks)(found.more);
        items.push(view! { <li>{more}</li> }.into_any());
    }
    items
}

/// One remark; where it has a place, a button that leads there.
fn item(language: Language, remark: &Remark, text: &str, field: NodeRef<Textarea>) -> AnyView {
    let (status, glyph) = match remark.level {
        Level::Error => ("fail", icon::FAIL),
        Level::Warning => ("warn", icon::WARN),
        Level::Note => ("unknown", icon::NOTICE),
    };
    let said = view! {
        <span class="status" data-status=status>{icon("status__glyph", glyph)}</span>
        <span class="remark__words">{words(wording::remark(language, &remark.what))}</span>
    };
    let Some(span) = remark.span else {
        return view! { <li><p class="remark">{said}</p></li> }.into_any();
    };
    let Excerpt { before, at, behind } = &Excerpt::of(text, span);
    let carets = Excerpt::of(text, span).carets();
    let place = view! {
        <span class="remark__place" dir="ltr">
            <code>{before.clone()}<mark>{at.clone()}</mark>{behind.clone()}</code>
            <code aria-hidden="true">{carets}</code>
        </span>
    };
    let units = code_units(text, span);
    view! {
        <li>
            <button class="remark" type="button" data-span=format!("{}-{}", span.start, span.end)
                on:click=move |_| focus(field, Some(units))>
                {said} {place}
            </button>
        </li>
    }
    .into_any()
}

/// Takes the keyboard to the field, with a place in it selected.
fn focus(field: NodeRef<Textarea>, place: Option<(u32, u32)>) {
    if let Some(field) = field.get_untracked() {
        // A text field takes the focus, and any range.
        let _ = field.focus();
        if let Some((start, end)) = place {
            let _ = field.set_selection_range(start, end);
        }
    }
}
