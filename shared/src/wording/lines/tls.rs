//! Hellos, as lines.

use crate::evidence::{Chosen, Hello, HelloAnswer, Offer};

/// What was offered, and what came of it where that is more than a sentence says.
pub(super) fn hello(Hello { offer, answer }: &Hello) -> Vec<String> {
    let mut lines = vec![offered(offer)];
    match answer {
        HelloAnswer::Chosen(chosen) => lines.push(format!("S: {}", choice(chosen))),
        HelloAnswer::Alert(code) => lines.push(format!("S: alert {code}")),
        HelloAnswer::NotTls(beginning) => lines.push(format!("S: {beginning}")),
        _ => {}
    }
    lines
}

/// The version, the first suite, and how many more there are.
fn offered(offer: &Offer) -> String {
    let mut line = format!("C: ClientHello {}", offer.version);
    if let [first, rest @ ..] = offer.suites.as_slice() {
        line.push_str(&format!(": {first}"));
        if !rest.is_empty() {
            line.push_str(&format!(" +{}", rest.len()));
        }
    }
    line
}

/// As `TLS 1.2, TLS_RSA_WITH_AES_128_CBC_SHA`.
fn choice(chosen: &Chosen) -> String {
    let group = chosen.group.map(|group| format!(", {group}"));
    format!(
        "{}, {}{}",
        chosen.version,
        chosen.suite,
        group.unwrap_or_default()
    )
}
