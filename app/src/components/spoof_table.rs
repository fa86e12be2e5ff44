//! Who could send in the domain's name, now and with a change.

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::report::{Identity, Protection, Reason, Report};
use postern_shared::wording::{self, Language};

use super::icon::{self, icon};
use super::words;
use crate::i18n::texts;
use crate::state::use_app;

const IDENTITIES: [Identity; 3] = [
    Identity::Exact,
    Identity::ExistingSubdomain,
    Identity::NonExistentSubdomain,
];

/// The table: a row for each kind of name.
#[component]
pub fn SpoofTable(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let rows = move || {
        let was = app.scan.report.get();
        let trial = app.what_if.trial.get();
        IDENTITIES.map(|identity| {
            let before = was.as_ref().and_then(|report| of(report, identity));
            let after = trial.as_ref().and_then(|trial| of(&trial.report, identity));
            view! {
                <tr>
                    <th scope="row">{wording::identity(language, identity)}</th>
                    <td>{cell(language, before)}</td>
                    <td data-differs=(before != after).then_some("true")>{cell(language, after)}</td>
                </tr>
            }
        })
    };
    view! {
        <section>
            <h2 class="try__heading" id="spoof-title">{t.spoof_title}</h2>
            <table class="spoof" aria-labelledby="spoof-title">
                <thead>
                    <tr><td></td><th scope="col">{t.as_is}</th><th scope="col">{t.changed}</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// What a report says about one kind of name.
fn of(report: &Report, identity: Identity) -> Option<&Reason> {
    let finding = report.finding(CheckId::Spoofing)?;
    let is_of = |reason: &&Reason| matches!(reason, Reason::Spoofing { identity: known, .. } if *known == identity);
    finding.reasons.iter().find(is_of)
}

fn cell(language: Language, reason: Option<&Reason>) -> AnyView {
    let Some(Reason::Spoofing {
        policy,
        stranger,
        protection,
        ..
    }) = reason
    else {
        return words(wording::policy(
            language,
            postern_shared::report::Policy::Unknown,
        ));
    };
    let (status, glyph) = match protection {
        Protection::Protected => ("pass", icon::PASS),
        Protection::DmarcOnly => ("warn", icon::WARN),
        Protection::Open => ("fail", icon::FAIL),
    };
    let spf = stranger.map(|stranger| {
        view! { <span class="spoof__why">"SPF: " {words(wording::stranger(language, stranger))}</span> }
    });
    view! {
        <span class="status" data-status=status>
            {icon("status__glyph", glyph)} <span>{wording::protection(language, *protection)}</span>
        </span>
        <span class="spoof__why">"DMARC: " {words(wording::policy(language, *policy))}</span>
        {spf}
    }
    .into_any()
}
