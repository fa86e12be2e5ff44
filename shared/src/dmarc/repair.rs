//! Texts that were meant as DMARC records, written so that receivers read them.

use super::parse::{Parsed, parse};
use super::tag::TagName;

/// Characters of a near miss that are looked at: no honest record has so many.
const MAX_CHARACTERS: usize = 4096;

/// The record that a near miss was meant to be; nothing where that cannot be told.
///
/// Every tag that DMARC knows is kept with its value, the first of each name; the version is put in front.
#[must_use]
pub fn repaired(text: &str) -> Option<String> {
    let bare: String = text
        .chars()
        .take(MAX_CHARACTERS)
        .filter(|c| !matches!(c, '"' | '\\'))
        .collect();
    let mut value = "v=DMARC1".to_owned();
    let mut kept = vec![TagName::V];
    for (name, content) in tags(&bare) {
        if !kept.contains(&name) && !content.is_empty() {
            kept.push(name);
            value.push_str("; ");
            value.push_str(name.as_str());
            value.push('=');
            value.push_str(content);
        }
    }
    let is_record = matches!(parse(&value), Parsed::Record(_));
    (is_record && kept.contains(&TagName::P)).then_some(value)
}

const SEPARATORS: [char; 8] = [' ', '\t', '\r', '\n', ';', ',', '\'', '\u{a0}'];

/// The known tags and what stands between each and the next, whatever separates them.
fn tags(text: &str) -> Vec<(TagName, &str)> {
    let mut found: Vec<(TagName, usize, usize)> = Vec::new();
    for (equals, _) in text.match_indices('=') {
        let Some((front, _)) = text.split_at_checked(equals) else {
            continue;
        };
        let front = front.trim_end();
        let start = front
            .char_indices()
            .rev()
            .find(|(_, c)| !c.is_ascii_alphanumeric())
            .map_or(0, |(before, c)| before + c.len_utf8());
        // Inside of a value (`mailto:a@example.org?p=1`) no tag begins.
        let begins = front
            .get(..start)
            .is_some_and(|before| before.is_empty() || before.ends_with(BEGINS));
        if let Some(name) = front.get(start..).and_then(TagName::parse)
            && begins
        {
            found.push((name, start, equals + 1));
        }
    }
    let ends = found.iter().skip(1).map(|(_, start, _)| *start);
    let ends = ends.chain([text.len()]);
    found
        .iter()
        .zip(ends)
        .filter_map(|((name, _, start), end)| {
            let value = text.get(*start..end)?;
            // A tag that DMARC does not know ends the value before it.
            let value = value.split(';').next().unwrap_or(value);
            Some((*name, value.trim_matches(SEPARATORS)))
        })
        .collect()
}

/// What stands in front of a tag.
const BEGINS: [char; 9] = [' ', '\t', '\r', '\n', ';', ',', '\'', '\u{a0}', ':'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_near_miss_is_written_as_it_was_meant() {
        for text in [
            "\"v=DMARC1; p=reject; rua=mailto:a@b.example,mailto:c@d.example\"",
            " v=DMARC1; p=reject; rua=mailto:a@b.example,mailto:c@d.example",
            "v=dmarc1; p=reject; rua=mailto:a@b.example,mailto:c@d.example;",
            "v=DMARC1\\; p=reject\\; rua=mailto:a@b.example,mailto:c@d.example",
            "v=DMARC1 p=reject rua=mailto:a@b.example,mailto:c@d.example",
            "v=DMARC1, p=reject, rua=mailto:a@b.example,mailto:c@d.example",
            "v=DMARC2; p=reject; rua=mailto:a@b.example,mailto:c@d.example",
            "p=reject; v=DMARC1; rua=mailto:a@b.example,mailto:c@d.example",
            "dmarc: v=DMARC1;p=reject;rua=mailto:a@b.example,mailto:c@d.example",
            "p = reject; rua=mailto:a@b.example,mailto:c@d.example",
        ] {
            assert_eq!(
                repaired(text).as_deref(),
                Some("v=DMARC1; p=reject; rua=mailto:a@b.example,mailto:c@d.example"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_value_is_no_tag_and_what_has_no_policy_is_no_record() {
        assert_eq!(
            repaired("p=none; rua=mailto:a@b.example?t=y; x=1").as_deref(),
            Some("v=DMARC1; p=none; rua=mailto:a@b.example?t=y")
        );
        for text in [
            "v=dmarc1",
            "v=dmarc1; rua=mailto:a@b.example",
            "=",
            "é=p=",
            "",
        ] {
            assert_eq!(repaired(text), None, "{text:?}");
        }
    }
}
