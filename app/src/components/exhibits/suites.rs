//! What the servers encrypt with: suites by version, groups, and habits.

use leptos::prelude::*;
use postern_shared::gather::Gather;
use postern_shared::report::Status;
use postern_shared::tls::{Level, OTHER_PRIME, Observed, Order, Suite};
use postern_shared::wording::{self, Language, TlsLabel};

use super::places::places;
use super::{column, exhibit, mark, name, not_known, table};
use crate::components::pieces::{div, span, text};
use crate::i18n::exhibit_texts;
use crate::model::exhibits::Server;
use crate::model::exhibits::takes::{self, Suites, status_of, takes};

/// Suites of one version that are shown: more than any honest server takes.
const MAX_SUITES: usize = 64;
/// What is wrong with one suite, the worst first: more would be a wall.
const MAX_WEAKNESSES: usize = 2;

/// Tables for all servers that take the same.
pub fn suites(language: Language, servers: &[Server<'_>]) -> Option<AnyView> {
    let t = exhibit_texts(language);
    let all = takes(servers, |one, other| one == other);
    let drawn = all.iter().filter_map(|one| {
        let tables = of_one(language, &one.observed);
        if tables.is_empty() {
            return None;
        }
        let mut whole = vec![places(language, &one.servers)];
        whole.extend(tables);
        Some(div("exhibit__of", whole))
    });
    let mut drawn = drawn.gather();
    if drawn.is_empty() {
        return None;
    }
    let is_open = |of: &Suites| of.not_asked > 0;
    let is_open = all
        .iter()
        .any(|one| takes::suites(&one.observed).iter().any(is_open));
    drawn.extend(is_open.then(|| not_known(language)));
    Some(exhibit(t.suites, drawn))
}

fn of_one(language: Language, observed: &Observed) -> Vec<AnyView> {
    let t = exhibit_texts(language);
    let label = |label| wording::tls_label(language, label);
    let mut tables = Vec::new();
    let suites = takes::suites(observed);
    if !suites.is_empty() {
        let bodies = suites.iter().map(|suites| version(language, suites));
        let columns = [t.suite, t.level].map(column);
        let caption = label(TlsLabel::Suites);
        tables.push(table(caption, columns.into(), bodies.gather()));
    }
    let groups = groups(language, observed);
    if !groups.is_empty() {
        let columns = [t.group, t.level].map(column);
        let body = view! { <tbody>{groups}</tbody> }.into_any();
        let caption = label(TlsLabel::Groups);
        tables.push(table(caption, columns.into(), vec![body]));
    }
    let habits = habits(language, observed);
    if !tables.is_empty() && !habits.is_empty() {
        let body = view! { <tbody>{habits}</tbody> }.into_any();
        tables.push(table(t.habits, Vec::new(), vec![body]));
    }
    tables
}

/// The suites of one version, the weakest first, and how many more there are.
fn version(language: Language, suites: &Suites) -> AnyView {
    let t = exhibit_texts(language);
    let shown = suites.taken.iter().take(MAX_SUITES);
    let mut rows = shown
        .map(|suite| {
            let weaknesses = suite.weaknesses().take(MAX_WEAKNESSES);
            let wrong = weaknesses.map(|one| (t.weakness)(one)).gather();
            row(language, suite_name(*suite), wrong, suite.level())
        })
        .gather();
    let hidden = suites.taken.len().saturating_sub(MAX_SUITES);
    let more = (hidden > 0).then(|| (t.more)(hidden));
    let rest = (t.rest)(suites.refused, suites.not_asked);
    for line in more.into_iter().chain(rest) {
        let line = view! { <tr><td class="exhibit__note" colspan="2">{line}</td></tr> };
        rows.push(line.into_any());
    }
    let version = name(suites.version.name());
    view! {
        <tbody>
            <tr><th class="tls-table__version" scope="rowgroup" colspan="2">{version}</th></tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn suite_name(suite: Suite) -> AnyView {
    name(&suite.to_string())
}

/// A name, what is to say about it, and its level.
fn row(language: Language, name: AnyView, said: Vec<&'static str>, level: Level) -> AnyView {
    let said = said
        .into_iter()
        .map(|said| span("tls-table__why", [text(said)]))
        .gather();
    let word = wording::tls_level(language, level);
    let level = mark(status_of(level), [text(word)]);
    view! { <tr><th scope="row">{name} {said}</th><td>{level}</td></tr> }.into_any()
}

fn groups(language: Language, observed: &Observed) -> Vec<AnyView> {
    let t = exhibit_texts(language);
    let groups = takes::groups(observed).into_iter().take(MAX_SUITES);
    let named = groups.map(|group| {
        let said = group.is_hybrid().then_some(t.hybrid);
        let said = said.into_iter().gather();
        row(language, name(&group.to_string()), said, group.level())
    });
    let prime = observed.prime_bits.map(|bits| {
        let name = text((t.prime)(bits));
        row(language, name, Vec::new(), OTHER_PRIME)
    });
    prime.into_iter().chain(named).gather()
}

/// What it does beside, as far as it showed it.
fn habits(language: Language, observed: &Observed) -> Vec<AnyView> {
    let label = |label| wording::tls_label(language, label);
    let mut rows = Vec::new();
    let mut push = |of: TlsLabel, is: TlsLabel, status: Status| {
        let said = mark(status, [text(label(is))]);
        let row = view! { <tr><th scope="row">{label(of)}</th><td>{said}</td></tr> };
        rows.push(row.into_any());
    };
    match observed.order {
        Some(Order::Server) => push(TlsLabel::Order, TlsLabel::Server, Status::Pass),
        Some(Order::Client) => push(TlsLabel::Order, TlsLabel::Client, Status::Na),
        None => {}
    }
    let known = [
        (
            TlsLabel::Compression,
            observed.compression,
            false,
            Status::Fail,
        ),
        (
            TlsLabel::SecureRenegotiation,
            observed.secure_renegotiation,
            true,
            Status::Fail,
        ),
        (
            TlsLabel::ExtendedMasterSecret,
            observed.extended_master_secret,
            true,
            Status::Warn,
        ),
    ];
    for (of, is, well, otherwise) in known {
        if let Some(is) = is {
            let said = if is { TlsLabel::Yes } else { TlsLabel::No };
            push(of, said, if is == well { Status::Pass } else { otherwise });
        }
    }
    rows
}
