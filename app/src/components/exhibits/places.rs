//! Of whom something is drawn.

use leptos::prelude::*;
use postern_shared::gather::Gather;
use postern_shared::wording::Language;

use crate::components::pieces::{code, li, p, text, ul};
use crate::i18n::exhibit_texts;
use crate::model::exhibits::Server;

/// Servers that are named.
const MAX_SERVERS: usize = 8;

/// One server, by its exchanges, its address and its port.
pub fn place(language: Language, server: &Server<'_>) -> Vec<AnyView> {
    let mut words = Vec::new();
    for exchange in &server.exchanges {
        words.push(code(exchange));
        words.push(text(" "));
    }
    words.push(code(&server.address.to_string()));
    words.push(text(" · "));
    words.push(text((exhibit_texts(language).port)(server.port)));
    words
}

/// Several.
pub fn places(language: Language, servers: &[&Server<'_>]) -> AnyView {
    if let [only] = servers {
        return p("exhibit__places", place(language, only));
    }
    let shown = servers.iter().take(MAX_SERVERS);
    let mut items = shown.map(|server| li("", place(language, server))).gather();
    let hidden = servers.len().saturating_sub(MAX_SERVERS);
    if hidden > 0 {
        let more = (exhibit_texts(language).more)(hidden);
        items.push(li("", [text(more)]));
    }
    ul("exhibit__places", items)
}
