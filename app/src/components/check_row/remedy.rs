//! How a finding is put right.

use leptos::prelude::*;
use postern_shared::report::{Mend, Publish, Serve};
use postern_shared::what_if::Editable;
use postern_shared::wording::{self, Language};

use crate::components::copy_line::CopyLine;
use crate::components::words;
use crate::i18n::texts;
use crate::state::use_app;

/// What to do, who can, and the lines to take along.
pub fn remedy(language: Language, mend: &Mend) -> Option<AnyView> {
    let t = texts(language);
    let gain = (mend.gain > 0).then(|| {
        view! {
            <span class="mend__gain">{wording::gain(language, mend.gain)}</span>
        }
    });
    let file = mend.serve.as_ref().map(|file| serve(language, file));
    let record = mend
        .publish
        .as_ref()
        .map(|record| publish(language, record, mend.serve.as_ref()));
    let configuration = mend.configuration.iter().map(|known| {
        view! {
            <dt><bdi dir="ltr">{known.software}</bdi></dt>
            <dd><CopyLine language line=known.line.to_owned() whole=true /></dd>
        }
    });
    let configuration = (!mend.configuration.is_empty())
        .then(|| view! { <dl class="check-row__config">{configuration.collect_view()}</dl> });
    Some(
        view! {
            <section class="check-row__section">
                <h4 class="check-row__heading">
                    {t.mend} " · " {wording::owner(language, mend.owner)} " " {gain}
                </h4>
                <p class="check-row__meaning">{words(wording::action(language, &mend.action))}</p>
                {file}
                {record}
                {configuration}
            </section>
        }
        .into_any(),
    )
}

fn serve(language: Language, file: &Serve) -> impl IntoView {
    let at = (texts(language).file_at)(&file.url());
    view! {
        <p class="check-row__record">{words(at)}</p>
        <CopyLine language line=file.text.clone() whole=true />
    }
}

fn publish(language: Language, record: &Publish, file: Option<&Serve>) -> impl IntoView {
    let at = (texts(language).record_at)(record.record_type.mnemonic(), record.name.as_str());
    view! {
        <p class="check-row__record">{words(at)}</p>
        <CopyLine language line=record.value.clone() whole=true />
        {try_it(language, record, file)}
    }
}

/// The way to where the record can be tried, with the file that has to be served before.
fn try_it(
    language: Language,
    record: &Publish,
    file: Option<&Serve>,
) -> Option<impl IntoView + use<>> {
    let app = use_app();
    let domain = app.scan.domain.get_untracked()?;
    let editable = Editable::of(record, &domain)?;
    let value = record.value.clone();
    // A text field has no other ends of lines.
    let policy = file.map(|file| file.text.replace("\r\n", "\n"));
    let try_both = move |_| {
        if policy.is_some() {
            app.type_text(Editable::MtaStsPolicy, policy.clone());
        }
        app.try_record(editable, value.clone());
    };
    Some(view! {
        <p>
            <button class="button" type="button" on:click=try_both>
                {texts(language).try_this}
            </button>
        </p>
    })
}
