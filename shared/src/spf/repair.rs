//! Texts that were meant as SPF records, written so that receivers read them.

use crate::gather::Gather;
use std::net::IpAddr;

use super::Record;

/// The record that a near miss (RFC 7208 §4.5) was meant to be; nothing where that cannot be told.
///
/// No term is invented or changed: only the version, quotation marks and what separates the terms are.
#[must_use]
pub fn repaired(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !QUOTES.contains(c)).collect();
    let behind = behind_version(bare.trim_start_matches(SEPARATORS))?;
    let terms = behind
        .split(SEPARATORS)
        .filter(|term| !term.is_empty() && !is_version(term));
    let value = ["v=spf1"].into_iter().chain(terms).gather().join(" ");
    Record::parse(&value).is_ok().then_some(value)
}

const QUOTES: [char; 6] = ['"', '\'', '\\', '\u{93}', '\u{94}', '`'];

/// What people put between terms where a space belongs.
const SEPARATORS: [char; 7] = [' ', '\t', '\r', '\n', ';', ',', '\u{a0}'];

/// What stands behind the version, however that is written; nothing where there is none.
fn behind_version(text: &str) -> Option<&str> {
    let text = strip(text, "v").unwrap_or(text).trim_start();
    let text = text.trim_start_matches(['=', ':']).trim_start();
    let behind = strip(text, "spf").or_else(|| strip(text, "sfp"))?;
    // `spf10`, and Sender ID's `spf2.0/mfrom,pra` (RFC 4406 §3.1), which is written in the same terms.
    let behind = behind.trim_start_matches(|c: char| c.is_ascii_digit());
    match behind.strip_prefix('.') {
        Some(scopes) => Some(scopes.split_once(' ').map_or("", |(_, terms)| terms)),
        None => Some(behind),
    }
}

fn is_version(term: &str) -> bool {
    term.eq_ignore_ascii_case("v=spf1")
}

/// `text` without `prefix`, in any case of letters.
fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

/// Octets of a record that is corrected: no honest one has so many.
const MAX_OCTETS: usize = 4096;

/// The record with each term that breaks the grammar written as it was plainly meant; nothing where one of
/// them cannot be told, or where nothing is wrong.
///
/// Names of mechanisms are put right (`ipv4:`, `inclde:`, a bare address), separated terms joined
/// (`include: a.example`), glued ones divided (`ip4:192.0.2.1-all`), and what says nothing is left out: a
/// second `v=spf1`, a mechanism without its value.
#[must_use]
pub fn corrected(text: &str) -> Option<String> {
    // The dashes of a word processor, as the octets of UTF-8.
    let dashed = text.replace("\u{e2}\u{80}\u{93}", "-");
    let dashed = dashed.replace("\u{e2}\u{80}\u{94}", "-");
    let bare: String = dashed.chars().filter(|c| !QUOTES.contains(c)).collect();
    let words = bare.split([' ', '\t', '\r', '\n', '\u{a0}']);
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    if text.len() > MAX_OCTETS || !words.next().is_some_and(is_version) {
        return None;
    }
    let mut value = "v=spf1".to_owned();
    while let Some(word) = words.next() {
        let joined = words.peek().map(|next| [word, *next].concat());
        let joined = joined.filter(|_| word.ends_with([':', '=']) || is_sign(word));
        let term = if is_version(word) {
            continue;
        } else if let Some(term) = joined.and_then(|joined| meant(&joined)) {
            words.next();
            term
        } else if has_no_value(word) {
            continue;
        } else {
            meant(word)?
        };
        value.push(' ');
        value.push_str(&term);
    }
    (Record::parse(&value).is_ok() && value != text).then_some(value)
}

/// The term, or the two terms, that a word was meant to be.
fn meant(word: &str) -> Option<String> {
    let trimmed = word.trim_end_matches([',', ';', '.', '/']);
    [
        as_mechanism(word),
        Some(word.to_owned()),
        Some(trimmed.to_owned()),
        Some(trimmed.trim_start_matches(SIGNS).to_owned()).filter(|bare| bare.contains('=')),
        divided(trimmed),
        renamed(trimmed),
        unprefixed(trimmed),
    ]
    .into_iter()
    .flatten()
    .find(|candidate| {
        !candidate.is_empty() && Record::parse(&["v=spf1 ", candidate].concat()).is_ok()
    })
}

const SIGNS: [char; 4] = ['+', '-', '~', '?'];

fn is_sign(word: &str) -> bool {
    word.len() == 1 && word.starts_with(SIGNS)
}

/// `include:`, `ip4:`, `redirect=`: what follows is missing.
fn has_no_value(word: &str) -> bool {
    let name = word.trim_end_matches([':', '=']);
    name.len() < word.len() && NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Mechanisms and modifiers that take a value.
const NAMES: [&str; 9] = [
    "include", "redirect", "exists", "exp", "ip4", "ip6", "ptr", "mx", "a",
];

/// `include=a.example` is a modifier without meaning to receivers.
fn as_mechanism(word: &str) -> Option<String> {
    let (name, value) = word.split_once('=')?;
    let bare = name.trim_start_matches(SIGNS);
    let is_modifier = |known: &str| matches!(known, "redirect" | "exp");
    let is_one = NAMES
        .iter()
        .any(|known| !is_modifier(known) && known.eq_ignore_ascii_case(bare));
    is_one.then(|| [name, ":", value].concat())
}

/// `include:a.example/24` without the prefix length, which only addresses have.
fn unprefixed(word: &str) -> Option<String> {
    let (front, _) = word.split_once('/')?;
    let name = front.trim_start_matches(SIGNS).split(':').next()?;
    let has_none = ["include", "all", "exists", "ptr"];
    let known = has_none
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name));
    known.then(|| front.to_owned())
}

/// `ip4:192.0.2.1-all` as two terms.
fn divided(word: &str) -> Option<String> {
    let (front, all) = word.split_at_checked(word.len().checked_sub(4)?)?;
    let is_all = all.starts_with(SIGNS) && strip(all.get(1..)?, "all").is_some();
    (is_all && !front.is_empty()).then(|| [front, " ", all].concat())
}

/// The word with the name that it was meant to have.
fn renamed(word: &str) -> Option<String> {
    let bare = word.trim_start_matches(SIGNS);
    let sign = word.strip_suffix(bare)?;
    let (name, value) = match bare.find([':', '=']) {
        Some(at) => (bare.get(..at)?, bare.get(at + 1..)?),
        None => (bare, ""),
    };
    // An address says itself of which kind it is, whatever stands in front.
    let address = |text: &str| text.split('/').next()?.parse::<IpAddr>().ok();
    let of_address = ["ip", "ip4", "ip6", "ipv4", "ipv6"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name));
    let found = if of_address {
        address(value).map(|ip| (ip, value))
    } else {
        address(bare).map(|ip| (ip, bare))
    };
    if let Some((ip, text)) = found {
        let mechanism = if ip.is_ipv4() { "ip4:" } else { "ip6:" };
        return Some([sign, mechanism, text].concat());
    }
    let name = name.to_ascii_lowercase();
    let known = ["include", "redirect", "exists", "all"];
    let known = known.into_iter().find(|known| is_near(&name, known))?;
    Some(match known {
        "all" => [sign, known].concat(),
        "redirect" => [known, "=", value].concat(),
        _ => [sign, known, ":", value].concat(),
    })
}

/// Whether a word that is no term was meant as `all`, or ends in one (`–all`, `-al`, `all:x`, `mx-all`).
pub(crate) fn is_meant_as_all(word: &str) -> bool {
    let bare = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let name = bare.split([':', '/', '=', ',', ';', '.']).next();
    let is_all = |name: &str| is_near(&name.to_ascii_lowercase(), "all");
    name.is_some_and(is_all) || divided(word).is_some()
}

/// Whether two words differ by one letter that is missing, added, another, or changes places with its neighbor.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let front = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let same = |a: usize, b: usize| match (one.get(front + a..), other.get(front + b..)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    };
    let swapped = || match (one.get(front..front + 2), other.get(front..front + 2)) {
        (Some([a, b]), Some([c, d])) => a == d && b == c && same(2, 2),
        _ => false,
    };
    same(0, 0) || same(1, 0) || same(0, 1) || same(1, 1) || swapped()
}

#[cfg(test)]
mod tests;
