//! Texts that were meant as DMARC records, written so that receivers read them.

use super::diagnostic::DiagnosticCode;
use super::parse::{Parsed, Published, parse};
use super::record::{ReportTarget, ReportUri};
use super::tag::{Tag, TagName};
use crate::gather::Gather;
use crate::span::Span;

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

/// Tags of a record that is corrected: no honest one has so many.
const MAX_TAGS: usize = 64;

/// The record without what does nothing in it: faults that are mechanical are put right, and what receivers
/// ignore is left out. Its policy stays what it is; nothing where nothing changes.
///
/// `pct` stays where it makes older receivers apply the policy to fewer messages.
#[must_use]
pub fn corrected(published: &Published) -> Option<String> {
    let record = &published.record;
    let mut value = String::new();
    let mut kept = Vec::new();
    for tag in record.tags.iter().take(MAX_TAGS) {
        if tag.name.is_some_and(|name| kept.contains(&name)) {
            continue;
        }
        kept.extend(tag.name);
        if let Some(content) = content(published, tag) {
            value.push_str(if value.is_empty() { "" } else { "; " });
            value.push_str(&excerpt(&record.text, tag.name_span));
            value.push('=');
            value.push_str(&content);
        }
    }
    let is_record = matches!(parse(&value), Parsed::Record(_));
    (is_record && value != record.text).then_some(value)
}

/// What a tag is to hold; nothing where it is to go.
fn content(published: &Published, tag: &Tag) -> Option<String> {
    let record = &published.record;
    let within = |span: Span| tag.value_span.start <= span.start && span.end <= tag.value_span.end;
    let remarked = |code: DiagnosticCode| {
        let mut remarks = published.diagnostics.iter();
        remarks.any(|remark| remark.code == code && within(remark.span))
    };
    match tag.name {
        Some(TagName::Rua) => destinations(&record.rua),
        Some(TagName::Ruf) => destinations(&record.ruf),
        Some(TagName::Rf | TagName::Ri) => None,
        Some(TagName::Pct) if record.percentage() == 100 => None,
        // Any failure is more than all of them.
        Some(TagName::Fo) if remarked(DiagnosticCode::FailureOptionsExclusive) => {
            Some("1".to_owned())
        }
        // The default counts as it did.
        Some(name) if remarked(DiagnosticCode::InvalidValue(name)) => None,
        _ => Some(
            excerpt(&record.text, tag.value_span)
                .chars()
                .filter(|c| matches!(c, ' '..='~'))
                .collect(),
        ),
    }
}

/// The mail addresses of a list, `mailto:` put in front where it lacks, size limits left out.
fn destinations(uris: &[ReportUri]) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for uri in uris.iter().take(MAX_TAGS) {
        let with = ["mailto:", &uri.text].concat();
        let reaches = || parse(&["v=DMARC1; rua=", &with].concat());
        let text = match uri.target {
            ReportTarget::Mailto(_) => uri.text.clone(),
            _ if matches!(reaches(), Parsed::Record(meant) if meant.record.has_aggregate_reports()) => {
                with
            }
            _ => continue,
        };
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    (!kept.is_empty()).then(|| kept.join(","))
}

/// The characters of `text` at `span`.
fn excerpt(text: &str, span: Span) -> String {
    let length = span.end.saturating_sub(span.start);
    let skipped = text.chars().skip(span.start as usize);
    skipped.take(length as usize).collect()
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
        .gather()
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

    #[test]
    fn what_does_nothing_is_put_right_or_left_out() {
        let fixed = |text: &str| match parse(text) {
            Parsed::Record(published) => corrected(&published),
            _ => panic!("{text}"),
        };
        for (text, expected) in [
            ("p=reject; adkim=strict", "p=reject"),
            ("p=reject; p=none", "p=reject"),
            ("p=reject; hello", "p=reject"),
            ("p=reject;; rf=afrf; ri=86400; pct=100", "p=reject"),
            ("p=reject; pct=half", "p=reject"),
            ("p=reject; pct=20; x=1; x", "p=reject; pct=20; x=1"),
            (
                "p=reject; rua=a@b.example,mailto:c@d.example!10m",
                "p=reject; rua=mailto:a@b.example,mailto:c@d.example",
            ),
            (
                "p=reject; rua=https://b.example,mailto:c@d.example",
                "p=reject; rua=mailto:c@d.example",
            ),
            ("p=reject; ruf=https://b.example", "p=reject"),
            (
                "p=reject; fo=0:1; ruf=mailto:a@b.example",
                "p=reject; fo=1; ruf=mailto:a@b.example",
            ),
            (
                "p=reject; rua=mailto:a@b.example,mailto:a@b.example",
                "p=reject; rua=mailto:a@b.example",
            ),
            ("p=reject; x=\u{a0}1", "p=reject; x=1"),
        ] {
            let expected = format!("v=DMARC1; {expected}");
            assert_eq!(
                fixed(&format!("v=DMARC1; {text}")),
                Some(expected),
                "{text}"
            );
        }
        for text in [
            "p=reject",
            "p=reject; sp=none; t=y; fo=1:d",
            "p=none; pct=5",
        ] {
            assert_eq!(fixed(&format!("v=DMARC1; {text}")), None, "{text}");
        }
    }
}
