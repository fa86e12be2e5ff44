//! The editor of a record: its text, and what is wrong with it, each with a caret under the place.

use leptos::html::Textarea;
use leptos::prelude::*;
use postern_shared::diagnostic::Level;
use postern_shared::gather::Gather;
use postern_shared::mta_sts::policy_url;
use postern_shared::what_if::{Editable, Remark, Remarks, remarks};
use postern_shared::wording::{self, Language};

use super::icon;
use super::pieces::{glyph, li, span, text};
use super::{Choice, Segmented, words};
use crate::i18n::texts;
use crate::model::caret::{Excerpt, code_units};
use crate::state::{App, Change, use_app};

/// The choice of a record, and its editor.
#[component]
pub fn Editor(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let choice = |record: Editable| Choice {
        value: record.kind().as_str(),
        label: match record {
            Editable::MtaStsPolicy => t.mta_sts_policy.to_owned(),
            _ => record.kind().name().to_owned(),
        },
        hint: None,
    };
    let change = app.what_if.change;
    let record = move || change.with(|change| change.record);
    let shown = Memo::new(move |_| record());
    // Which tabs hold a change.
    let changed = move || {
        let names = |change: &Change| {
            let tried = change.tried.iter();
            let names: Vec<&str> = tried.map(|(record, _)| record.kind().as_str()).gather();
            names.join(" ")
        };
        change.with(names)
    };
    view! {
        <section class="editor" data-changed=changed>
            <Segmented name="record" label=t.record choices=Editable::ALL.map(choice).to_vec()
                chosen=Signal::derive(move || record().kind().as_str())
                on_choose=Callback::new(move |value: &'static str| {
                    let chosen = Editable::ALL.into_iter().find(|known| known.kind().as_str() == value);
                    change.update(|change| change.record = chosen.unwrap_or_default());
                }) />
            {move || field(app, language, shown.get())}
        </section>
    }
}

/// The text of one record, or of a file.
fn field(app: App, language: Language, record: Editable) -> Option<AnyView> {
    let t = texts(language);
    let field = NodeRef::<Textarea>::new();
    let domain = app.scan.domain.get()?;
    let label = match (record, record.question(&domain)) {
        (_, Some(question)) => {
            (t.record_of)(question.record_type.mnemonic(), question.name.as_str())
        }
        (Editable::MtaStsPolicy, None) => (t.file_at)(&policy_url(domain.name())),
        // The name would be too long for DNS.
        (_, None) => return None,
    };
    // Where nobody fetched a file, nobody knows whether there is one.
    let nothing = match record {
        Editable::MtaStsPolicy => record.kind().beginning(),
        _ => t.no_record,
    };
    let is_wrong = move || {
        let found = found(app, record).1;
        let first = found.told.first();
        first.is_some_and(|remark| remark.level == Level::Error)
    };
    let list = move || {
        let (text, found) = found(app, record);
        list(language, &found, &text, field)
    };
    let undo = move |_| {
        app.type_text(record, None);
        focus(field, None);
    };
    Some(view! {
        <label class="editor__label" for="text">{words(label)}</label>
        <textarea class="editor__text" id="text" name="text" dir="ltr" rows="5" spellcheck="false" autocomplete="off"
            autocapitalize="none" translate="no" node_ref=field placeholder=nothing aria-describedby="remarks"
            aria-invalid=move || is_wrong().then_some("true")
            prop:value=move || app.text_of(record)
            on:input:target=move |event| app.type_text(record, Some(event.target().value()))></textarea>
        <div class="editor__under">
            <ul class="editor__remarks" id="remarks">{list}</ul>
            <button class="button editor__undo" type="button" hidden=move || app.what_if.change.with(|change| change.tried(record).is_none())
                on:click=undo>{t.undo}</button>
        </div>
    }.into_any())
}

/// What stood in the editor at the last painting, and what is to say about it.
fn found(app: App, record: Editable) -> (String, Remarks) {
    let text = app.text_of(record);
    let found = app.what_if.trial.with(|trial| {
        let tree = trial.as_ref().and_then(|trial| trial.tree.as_ref());
        remarks(record, &text, tree)
    });
    (text, found)
}

fn list(
    language: Language,
    found: &Remarks,
    typed: &str,
    field: NodeRef<Textarea>,
) -> Vec<AnyView> {
    let told = found.told.iter();
    let mut items: Vec<AnyView> = told
        .map(|remark| item(language, remark, typed, field))
        .gather();
    if found.more > 0 {
        items.push(li("", [text((texts(language).more_remarks)(found.more))]));
    }
    items
}

/// One remark: a button that leads to its place.
fn item(language: Language, remark: &Remark, typed: &str, field: NodeRef<Textarea>) -> AnyView {
    let (status, shape) = match remark.level {
        Level::Error => ("fail", icon::FAIL),
        Level::Warning => ("warn", icon::WARN),
        Level::Note => ("unknown", icon::NOTICE),
    };
    let place = remark.span;
    let say = wording::edited(language, typed, place, &remark.code);
    let mut said = vec![glyph(status, shape), span("remark__words", [words(say)])];
    let found = Excerpt::of(typed, place);
    let carets = found.carets();
    let Excerpt { before, at, behind } = found;
    let line = view! {
        <span class="remark__place" dir="ltr">
            <code>{before}<mark>{at}</mark>{behind}</code>
            <code aria-hidden="true">{carets}</code>
        </span>
    };
    said.push(line.into_any());
    let units = code_units(typed, place);
    let button = view! {
        <button class="remark" type="button" on:click=move |_| focus(field, Some(units))>{said}</button>
    };
    li("", [button.into_any()])
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
