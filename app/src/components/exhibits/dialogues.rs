//! Every dialogue, word for word, connection by connection.

use leptos::prelude::*;
use postern_shared::evidence::SmtpEvent;
use postern_shared::gather::Gather;
use postern_shared::tls::Version;
use postern_shared::wording::{self, Language};

use super::copy::copy_button;
use super::places::place;
use super::transcript::{Shown, of_turn, seconds, text_of};
use crate::components::icon::{self, icon};
use crate::components::open_rows::OpenRows;
use crate::components::pieces::{code, div, li, ol, p, span, text};
use crate::components::words;
use crate::i18n::{clock, exhibit_texts};
use crate::model::exhibits::dialogue::{Dialogue, Turn, dialogues as of_server};
use crate::model::exhibits::{Server, servers};
use crate::state::{App, use_app};

/// Servers that are shown; a scan speaks to fewer.
const MAX_SERVERS: usize = 64;
/// Events of a connection that are shown before one asks for the rest.
const FIRST: usize = 24;

/// The section at the end of a report, closed until somebody asks; nothing where nobody was spoken to.
pub fn section(language: Language, servers: &[Server<'_>]) -> Option<AnyView> {
    if servers.is_empty() {
        return None;
    }
    let app = use_app();
    let open = OpenRows::get().dialogues;
    let drawn = move || {
        let shown = |servers: &[Server<'_>]| Some(dialogues(app, language, servers));
        open.get().then(|| with_servers(app, shown))
    };
    let section = view! {
        <section class="question dialogues">
            <h2 class="question__title">
                <button class="button" type="button"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.set(!open.get_untracked())>
                    {exhibit_texts(language).dialogues} {icon("check-row__chevron", icon::CHEVRON)}
                </button>
            </h2>
            {drawn}
        </section>
    };
    Some(section.into_any())
}

/// All connections of all servers.
fn dialogues(app: App, language: Language, servers: &[Server<'_>]) -> AnyView {
    let t = exhibit_texts(language);
    let copy_all = move || with_servers(app, |servers| all_text(language, servers));
    let shown = servers.iter().take(MAX_SERVERS).enumerate();
    let sections = shown.map(|(at, server)| {
        let all = of_server(server);
        let items = all
            .iter()
            .enumerate()
            .map(|(which, dialogue)| li("", [connection(app, language, (at, which), dialogue)]));
        let heading = view! { <h3 class="dialogues__server">{place(language, server)}</h3> };
        div(
            "",
            [heading.into_any(), ol("dialogues__list", items.gather())],
        )
    });
    let mut whole = vec![
        p("exhibit__note", [text(t.dialogues_lead)]),
        copy_button(language, t.copy_all, copy_all),
    ];
    whole.extend(sections);
    div("dialogues__all", whole)
}

fn all_text(language: Language, servers: &[Server<'_>]) -> String {
    let mut whole = String::new();
    for server in servers.iter().take(MAX_SERVERS) {
        for dialogue in of_server(server) {
            whole.push_str(&text_of(language, server, &dialogue));
            whole.push('\n');
        }
    }
    whole
}

/// One connection: a line, and below it, once it was opened, what was said.
fn connection(
    app: App,
    language: Language,
    place: (usize, usize),
    dialogue: &Dialogue<'_>,
) -> AnyView {
    let t = exhibit_texts(language);
    let opened = RwSignal::new(false);
    let count = dialogue.turns.len();
    let last = dialogue.turns.last();
    let took = last.map(|turn| wording::duration(language, turn.after));
    let began = clock(dialogue.began);
    let facts = format!("{} · {}", (t.events)(count), took.unwrap_or_default());
    let offered = offered(dialogue).map(|version| span("", [text(" · "), code(version.name())]));
    view! {
        <details class="dialogue" on:toggle=move |_| opened.set(true)>
            <summary>
                <span class="dialogue__kind">{(t.kind)(dialogue.kind)}</span>
                <span class="dialogue__facts"><bdi dir="ltr"><time>{began}</time></bdi> {offered} " · " {facts}</span>
            </summary>
            {move || opened.get().then(|| said(app, language, place, count))}
        </details>
    }
    .into_any()
}

/// The version that a hello of our own offers: what tells such dialogues from each other.
fn offered(dialogue: &Dialogue<'_>) -> Option<Version> {
    dialogue
        .turns
        .iter()
        .find_map(|turn| match &turn.event.fact.event {
            SmtpEvent::Hello(hello) => Some(hello.offer.version),
            _ => None,
        })
}

/// What was said, as far as it was asked for.
fn said(app: App, language: Language, place: (usize, usize), count: usize) -> Vec<AnyView> {
    let t = exhibit_texts(language);
    let all = RwSignal::new(count <= FIRST);
    let turns = move || {
        let shown = if all.get() { usize::MAX } else { FIRST };
        with_dialogue(app, place, |_, dialogue| {
            let turns = dialogue.turns.iter().take(shown);
            turns.map(|one| turn(language, one)).gather()
        })
    };
    let more = move || {
        (!all.get()).then(|| {
            view! {
                <button class="proof__more" type="button" on:click=move |_| all.set(true)>
                    {(t.show_all)(count)}
                </button>
            }
        })
    };
    let copied = move || {
        with_dialogue(app, place, |server, dialogue| {
            text_of(language, server, dialogue)
        })
    };
    vec![
        view! { <ol class="dialogue__turns">{turns}</ol> }.into_any(),
        more.into_any(),
        copy_button(language, t.copy, copied),
    ]
}

/// One event: when, what, and how long it took.
fn turn(language: Language, turn: &Turn<'_>) -> AnyView {
    let t = exhibit_texts(language);
    let Shown { said, lines } = of_turn(language, turn);
    let mut told = Vec::new();
    if let Some(said) = said {
        told.push(p("dialogue__said", [words(said)]));
    }
    if !lines.is_empty() {
        let lines = lines.join("\n");
        told.push(view! { <pre class="dialogue__lines" dir="ltr">{lines}</pre> }.into_any());
    }
    let time = seconds(turn.after);
    let took = wording::duration(language, turn.event.fact.took);
    let secure = turn.event.fact.secure.then_some("true");
    view! {
        <li class="dialogue__turn" data-secure=secure>
            <bdi class="dialogue__time" dir="ltr">{time}</bdi>
            {div("dialogue__told", told)}
            {span("dialogue__took", [text((t.after)(&took))])}
        </li>
    }
    .into_any()
}

/// Reads the servers anew from the evidence: what is not opened is not kept.
fn with_servers<T: Default>(app: App, read: impl FnOnce(&[Server<'_>]) -> T) -> T {
    app.scan.evidence.with_untracked(|evidence| {
        let servers = evidence.as_ref().map(servers);
        servers.map(|servers| read(&servers)).unwrap_or_default()
    })
}

fn with_dialogue<T: Default>(
    app: App,
    (server, dialogue): (usize, usize),
    read: impl FnOnce(&Server<'_>, &Dialogue<'_>) -> T,
) -> T {
    with_servers(app, |servers| {
        let server = servers.get(server);
        let found = server.and_then(|server| {
            let dialogue = of_server(server).into_iter().nth(dialogue)?;
            Some(read(server, &dialogue))
        });
        found.unwrap_or_default()
    })
}
