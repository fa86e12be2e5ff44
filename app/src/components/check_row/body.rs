//! An open row.

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::gather::Gather;
use postern_shared::report::{Finding, Reason, Report};
use postern_shared::wording::{self, Language};

use super::hosts::host_list;
use super::proof::Proof;
use super::remedy::remedy;
use crate::components::pieces::{div, section, text};
use crate::components::{SelectorForm, exhibit, exhibit_of, tree_of, words};
use crate::i18n::texts;
use crate::state::use_app;

/// What the check means, what was found at each host, the proof, the mend, and where it is written.
#[component]
pub fn Body(language: Language, id: CheckId, finding: Memo<Option<Finding>>) -> impl IntoView {
    let t = texts(language);
    let further = move || finding.with(|finding| further(language, finding.as_ref()?));
    let hosts = move || finding.with(|finding| host_list(language, finding.as_ref()?));
    let mend = move || finding.with(|finding| remedy(language, finding.as_ref()?.mend.as_ref()?));
    let app = use_app();
    let tree = move || {
        finding.track();
        if id != CheckId::Spf {
            return None;
        }
        let seen = app.scan.evidence.read_untracked();
        let tree = tree_of(language, seen.as_ref()?)?;
        let heading = div("check-row__heading", [text(t.tree_title)]);
        Some(section("check-row__section", [heading, tree]))
    };
    let ways = move || {
        finding.track();
        (id == CheckId::StartTls)
            .then(|| {
                app.scan
                    .report
                    .with_untracked(|report| ways(language, report.as_ref()?))
            })
            .flatten()
    };
    let drawn = exhibit_of(id).map(|what| {
        move || {
            finding.track();
            exhibit(app, language, what)
        }
    });
    let standards = wording::standards(id).iter().map(|standard| view! {
        <a href=standard.url() target="_blank" rel="noopener noreferrer"><bdi dir="ltr">{standard.label()}</bdi></a>
    });
    view! {
        <div class="check-row__body">
            {further}
            <p class="check-row__meaning">{words(wording::check(language, id).meaning)}</p>
            {hosts}
            {ways}
            {mend}
            {tree}
            {drawn}
            {(id == CheckId::Dkim).then(|| view! { <SelectorForm language /> })}
            <Proof language finding />
            <section class="check-row__section">
                <h4 class="check-row__heading">{t.standards}</h4>
                <p class="check-row__standards">{standards.collect_view()}</p>
            </section>
        </div>
    }
}

/// What somebody in between can do to mail on its way to each mail server.
fn ways(language: Language, report: &Report) -> Option<AnyView> {
    let told = wording::passages(language, report.downgrade.as_ref()?);
    if told.is_empty() {
        return None;
    }
    let heading = div("check-row__heading", [text(texts(language).in_between)]);
    let told = told
        .into_iter()
        .map(|sentence| view! { <li>{words(sentence)}</li> });
    let list =
        view! { <ul class="check-row__reasons" data-testid="ways">{told.collect_view()}</ul> };
    Some(section("check-row__section", [heading, list.into_any()]))
}

/// The reasons after the first, which stands in the row's head.
fn further(language: Language, finding: &Finding) -> Option<AnyView> {
    let reasons: Vec<&Reason> = finding.reasons.iter().skip(1).gather();
    if reasons.is_empty() || finding.is_pending() {
        return None;
    }
    let items = reasons
        .into_iter()
        .map(|reason| view! { <li>{words(wording::reason(language, reason))}</li> });
    Some(view! { <ul class="check-row__reasons">{items.collect_view()}</ul> }.into_any())
}
