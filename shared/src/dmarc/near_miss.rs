//! Texts that were meant to be a record and are none.

use super::diagnostic::NearMiss;
use super::tag::TagName;
use crate::tag_list::{self, Element};

/// Why a text that is no record looks like one; the first reason that holds.
pub(super) fn near_miss(text: &str) -> Option<NearMiss> {
    let trimmed = text.trim_start();
    if trimmed.starts_with(['"', '\'']) && mentions_version(trimmed) {
        return Some(NearMiss::Quoted);
    }
    match version(trimmed) {
        Some(value) => misspelt(value, trimmed.len() < text.len()),
        None if mentions_version(trimmed) => Some(NearMiss::VersionNotFirst),
        None => begins_with_policy(trimmed).then_some(NearMiss::MissingVersion),
    }
}

/// What stands behind `v=` when the text begins so, up to the first semicolon.
fn version(text: &str) -> Option<&str> {
    match tag_list::elements(text).next() {
        Some(Element::Tag(tag)) if tag.name.text.eq_ignore_ascii_case("v") => Some(tag.value.text),
        _ => None,
    }
}

/// What is wrong with this version, if DMARC was meant at all.
fn misspelt(value: &str, behind_white_space: bool) -> Option<NearMiss> {
    let word = value.get(..5)?;
    if !word.eq_ignore_ascii_case("dmarc") {
        return None;
    }
    let rest = value.get(5..)?;
    let Some(behind) = rest.strip_prefix('1') else {
        return Some(NearMiss::OtherVersion);
    };
    Some(match behind.chars().next() {
        None if word != "DMARC" => NearMiss::VersionCase,
        // `is_dmarc` refused nothing else about such a text.
        None if behind_white_space => NearMiss::LeadingWhiteSpace,
        None => return None,
        Some('\\') => NearMiss::Escaped,
        Some(c) if c.is_ascii_alphanumeric() || c == '.' => NearMiss::OtherVersion,
        Some(_) => NearMiss::MissingSeparator,
    })
}

/// `v=DMARC1`, in any case of letters, anywhere.
fn mentions_version(text: &str) -> bool {
    const VERSION: &[u8] = b"v=DMARC1";
    text.as_bytes()
        .windows(VERSION.len())
        .any(|window| window.eq_ignore_ascii_case(VERSION))
}

/// A `p` that only DMARC has, as the first tag.
fn begins_with_policy(text: &str) -> bool {
    matches!(
        tag_list::elements(text).next(),
        Some(Element::Tag(tag))
            if TagName::parse(tag.name.text) == Some(TagName::P)
                && ["none", "quarantine", "reject"]
                    .iter()
                    .any(|policy| tag.value.text.eq_ignore_ascii_case(policy))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_told_apart() {
        for (text, expected) in [
            ("\"v=DMARC1; p=none\"", Some(NearMiss::Quoted)),
            (" v=DMARC1; p=none", Some(NearMiss::LeadingWhiteSpace)),
            ("\u{a0}v=DMARC1", Some(NearMiss::LeadingWhiteSpace)),
            ("v=dmarc1; p=none", Some(NearMiss::VersionCase)),
            ("v=Dmarc1", Some(NearMiss::VersionCase)),
            ("v=DMARC1\\; p=none\\;", Some(NearMiss::Escaped)),
            ("v=DMARC1 p=none", Some(NearMiss::MissingSeparator)),
            ("v=DMARC1, p=none", Some(NearMiss::MissingSeparator)),
            ("v=DMARC2; p=none", Some(NearMiss::OtherVersion)),
            ("v=DMARC; p=none", Some(NearMiss::OtherVersion)),
            ("v=DMARC11", Some(NearMiss::OtherVersion)),
            ("p=none; v=DMARC1", Some(NearMiss::VersionNotFirst)),
            ("dmarc: v=DMARC1;p=none", Some(NearMiss::VersionNotFirst)),
            (
                "p=reject; rua=mailto:a@b.example",
                Some(NearMiss::MissingVersion),
            ),
            ("v=DKIM1; p=MIIB", None),
            ("p=MIIB", None),
            ("v=spf1 -all", None),
            ("v=DMäRC", None),
            ("v=", None),
            ("", None),
            ("MS=ms12345678", None),
        ] {
            assert_eq!(near_miss(text), expected, "{text:?}");
        }
    }
}
