//! Certificates, from the server's own up to the last that was sent.

use leptos::prelude::*;
use postern_shared::evidence::{Certificate, Link};
use postern_shared::gather::Gather;
use postern_shared::report::Status;
use postern_shared::tls::Level;
use postern_shared::wording::{self, Language};

use super::places::places;
use super::{exhibit, mark};
use crate::components::pieces::{code, div, li, ol, p, text};
use crate::components::words;
use crate::i18n::{day, exhibit_texts};
use crate::model::exhibits::Server;
use crate::model::exhibits::chain::{Above, Card, Drawn, levels, shown, status_of};
use crate::model::exhibits::takes;

/// Names of one certificate that are shown.
const MAX_NAMES: usize = 12;

/// The chains of all servers; what several showed alike, once.
pub fn chains(language: Language, servers: &[Server<'_>]) -> Option<AnyView> {
    let all = shown(servers);
    if all.is_empty() {
        return None;
    }
    let drawn = all.iter().map(|one| {
        let chains = one.chains.iter().map(|chain| drawn(language, chain));
        div(
            "exhibit__of",
            [
                places(language, &one.servers),
                div("chains", chains.gather()),
            ],
        )
    });
    Some(exhibit(exhibit_texts(language).chain, drawn.gather()))
}

fn drawn(language: Language, drawn: &Drawn<'_>) -> AnyView {
    let t = exhibit_texts(language);
    let mut items = Vec::new();
    for (place, shown) in drawn.cards.iter().enumerate() {
        items.push(li("chain__card", card(language, place, shown)));
        let (class, status) = joint(shown.above);
        let words = words((t.above)(shown.above));
        items.push(li(class, [mark(status, [words])]));
    }
    let more = usize::try_from(drawn.chain.left_out).unwrap_or_default();
    if more > 0 {
        items.push(li("exhibit__note", [text((t.more)(more))]));
    }
    let wrong = (t.path)(drawn.chain.path);
    let wrong = wrong.map(|wrong| mark(Status::Fail, [text(wrong)]));
    let mut whole = wrong.into_iter().gather();
    whole.push(ol("chain", items));
    div("", whole)
}

/// What joins a certificate to what is above it: a line, or a gap.
const fn joint(above: Above<'_>) -> (&'static str, Status) {
    match above {
        Above::Next | Above::Known(_) => ("chain__joint", Status::Pass),
        Above::NotNext | Above::NotSent(_) => ("chain__joint chain__joint--gap", Status::Fail),
        Above::Itself => ("chain__joint", Status::Na),
        Above::Unjudged(_) | Above::Unreadable => {
            ("chain__joint chain__joint--gap", Status::Unknown)
        }
    }
}

fn card(language: Language, place: usize, card: &Card<'_>) -> Vec<AnyView> {
    let t = exhibit_texts(language);
    let role = if place == 0 { t.own } else { t.issuers };
    let mut whole = vec![p("chain__role", [text(role)])];
    match card.link {
        Link::Read(certificate) => whole.push(facts(language, certificate)),
        Link::Unreadable { octets } => {
            let said = text((t.unreadable)(*octets));
            whole.push(mark(Status::Fail, [said]));
        }
    }
    let marks = card.marks.iter();
    whole.extend(marks.map(|one| mark(status_of(*one), [words((t.mark)(*one))])));
    whole
}

/// What stands in it, by name.
fn facts(language: Language, certificate: &Certificate) -> AnyView {
    let t = exhibit_texts(language);
    let (key_level, signature_level) = levels(certificate);
    let days = (t.from_to)(
        &day(language, certificate.not_before),
        &day(language, certificate.not_after),
    );
    let mut key = vec![code(&certificate.key)];
    if let Some(curve) = &certificate.curve {
        key.push(text(" "));
        key.push(code(curve));
    } else if certificate.key_bits > 0 {
        key.push(text(" "));
        key.push(text((t.bits)(certificate.key_bits)));
    }
    key.push(level(language, key_level));
    let mut signature = vec![code(&certificate.signature)];
    signature.extend(signature_level.map(|is| level(language, is)));
    let mut rows = vec![(t.subject, vec![code(&certificate.subject)])];
    if !certificate.names.is_empty() {
        rows.push((t.names, names(language, certificate)));
    }
    rows.push((t.valid, vec![text(days)]));
    rows.push((t.key, key));
    rows.push((t.signature, signature));
    let rows = rows
        .into_iter()
        .map(|(name, said)| view! { <div><dt>{name}</dt><dd>{said}</dd></div> }.into_any());
    view! { <dl class="chain__facts">{rows.gather()}</dl> }.into_any()
}

/// The names it is for, one after the other.
fn names(language: Language, certificate: &Certificate) -> Vec<AnyView> {
    let mut said = Vec::new();
    for name in certificate.names.iter().take(MAX_NAMES) {
        said.push(code(name));
        said.push(text(" "));
    }
    let hidden = certificate.names.len().saturating_sub(MAX_NAMES);
    if hidden > 0 {
        said.push(text((exhibit_texts(language).more)(hidden)));
    }
    said
}

/// A level behind what has it.
fn level(language: Language, level: Level) -> AnyView {
    let word = wording::tls_level(language, level);
    mark(takes::status_of(level), [text(word)])
}
