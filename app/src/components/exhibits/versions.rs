//! Which versions of TLS the servers take.

use leptos::prelude::*;
use postern_shared::gather::Gather;
use postern_shared::tls::{Observed, Taken, Version};
use postern_shared::wording::{self, Language, TlsLabel};

use super::places::places;
use super::{column, exhibit, mark, name, not_known, table};
use crate::components::pieces::{div, text};
use crate::i18n::exhibit_texts;
use crate::model::exhibits::Server;
use crate::model::exhibits::takes::{takes, weigh};

/// A table for all servers that take the same versions.
pub fn versions(language: Language, servers: &[Server<'_>]) -> Option<AnyView> {
    let t = exhibit_texts(language);
    let alike = |one: &Observed, other: &Observed| one.versions().eq(other.versions());
    let all = takes(servers, alike);
    if all.is_empty() {
        return None;
    }
    let unknown = |of: &Observed| of.versions().any(|(_, is)| is == Taken::NotAsked);
    let is_open = all.iter().any(|one| unknown(&one.observed));
    let tables = all.iter().map(|one| {
        div(
            "exhibit__of",
            [
                places(language, &one.servers),
                of_one(language, &one.observed),
            ],
        )
    });
    let mut drawn = tables.gather();
    drawn.extend(is_open.then(|| not_known(language)));
    Some(exhibit(t.versions, drawn))
}

fn of_one(language: Language, observed: &Observed) -> AnyView {
    let t = exhibit_texts(language);
    let rows = Version::ALL.into_iter().rev().map(|version| {
        let taken = observed.version(version);
        let said = (t.taken)(taken, version.level());
        let said = mark(weigh(version, taken), [text(said)]);
        let level = wording::tls_level(language, version.level());
        view! {
            <tr data-taken=is(taken)><th scope="row">{name(version.name())}</th><td>{said}</td><td>{level}</td></tr>
        }
        .into_any()
    });
    let columns = [t.version, t.answer, t.level].map(column);
    let body = view! { <tbody>{rows.gather()}</tbody> }.into_any();
    let caption = wording::tls_label(language, TlsLabel::Versions);
    table(caption, columns.into(), vec![body])
}

/// Whether something is taken, for style and tests.
pub(super) const fn is(taken: Taken) -> &'static str {
    match taken {
        Taken::Yes => "yes",
        Taken::No => "no",
        Taken::NotAsked => "unknown",
    }
}
