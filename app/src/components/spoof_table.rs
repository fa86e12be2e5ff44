//! Who could send in the domain's name, now and with a change.

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::gather::Gather;
use postern_shared::report::{Identity, Policy, Protection, Reason, Report};
use postern_shared::wording::{self, Language};

use super::icon;
use super::pieces::{glyph, h2, section, span, text};
use super::words;
use crate::i18n::texts;

const IDENTITIES: [Identity; 3] = [
    Identity::Exact,
    Identity::ExistingSubdomain,
    Identity::NonExistentSubdomain,
];

/// The table: a row for each kind of name.
pub fn spoof_table(language: Language, was: &Report, is: &Report) -> AnyView {
    let t = texts(language);
    let rows = IDENTITIES.map(|identity| {
        let (before, after) = (of(was, identity), of(is, identity));
        let class = if before == after {
            ""
        } else {
            "spoof__differs"
        };
        let name = wording::identity(language, identity);
        let (before, after) = (cell(language, before), cell(language, after));
        view! { <tr><th scope="row">{name}</th><td>{before}</td><td class=class>{after}</td></tr> }
            .into_any()
    });
    let table = view! {
        <table class="spoof" aria-label=t.spoof_title>
            <thead><tr><td></td><th scope="col">{t.as_is}</th><th scope="col">{t.changed}</th></tr></thead>
            <tbody>{rows.into_iter().gather()}</tbody>
        </table>
    };
    section(
        "",
        [h2("try__heading", [text(t.spoof_title)]), table.into_any()],
    )
}

/// What a report says about one kind of name.
fn of(report: &Report, identity: Identity) -> Option<&Reason> {
    let finding = report.finding(CheckId::Spoofing)?;
    let is_of = |reason: &&Reason| matches!(reason, Reason::Spoofing { identity: known, .. } if *known == identity);
    finding.reasons.iter().find(is_of)
}

fn cell(language: Language, reason: Option<&Reason>) -> Vec<AnyView> {
    let Some(Reason::Spoofing {
        policy,
        stranger,
        protection,
        ..
    }) = reason
    else {
        return vec![words(wording::policy(language, Policy::Unknown))];
    };
    let (status, shape) = match protection {
        Protection::Protected => ("pass", icon::PASS),
        Protection::DmarcOnly => ("warn", icon::WARN),
        Protection::Open => ("fail", icon::FAIL),
    };
    let mut said = vec![
        glyph(status, shape),
        span(
            "spoof__word",
            [text(wording::protection(language, *protection))],
        ),
        span(
            "spoof__why",
            [text("DMARC: "), words(wording::policy(language, *policy))],
        ),
    ];
    if let Some(stranger) = stranger {
        let spf = words(wording::stranger(language, *stranger));
        said.push(span("spoof__why", [text("SPF: "), spf]));
    }
    said
}
