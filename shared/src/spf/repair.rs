//! Texts that were meant as SPF records, written so that receivers read them.

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
    let value = ["v=spf1"]
        .into_iter()
        .chain(terms)
        .collect::<Vec<_>>()
        .join(" ");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terms_are_kept_and_the_version_is_mended() {
        for text in [
            " v=spf1 include:a.example -all",
            "\"v=spf1 include:a.example -all\"",
            "v=spf10 include:a.example -all",
            "v=spf1;include:a.example;-all;",
            "v=spf1, include:a.example, -all",
            "v=spf1\tinclude:a.example\t-all",
            "v= spf1 include:a.example -all",
            "v:spf1 include:a.example -all",
            "spf1 include:a.example -all",
            "V=SPF2 include:a.example -all",
            "v=sfp1 include:a.example -all",
            "spf2.0/mfrom,pra include:a.example -all",
            "v=spf1include:a.example -all",
        ] {
            assert_eq!(
                repaired(text).as_deref(),
                Some("v=spf1 include:a.example -all"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_cannot_be_understood_is_not_handed_over() {
        for text in [
            "v=spf1 inclde:a.example -all ipv5",
            "hello",
            "",
            "v",
            "é",
            "v=é",
        ] {
            assert_eq!(repaired(text), None, "{text:?}");
        }
    }
}
