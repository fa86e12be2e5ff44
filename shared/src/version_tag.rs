//! Records that begin with a version: which of a name's TXT records are meant, and which were (RFC 8461 §3.1,
//! RFC 8460 §3).

mod fields;

use serde::Serialize;

use crate::dns::{RecordData, Response};
pub use fields::FieldFault;
pub(crate) use fields::fields;

/// Which of a name's TXT records counts (RFC 8461 §3.1, RFC 8460 §3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Selection<Published> {
    /// None; the texts that were meant as one.
    None(Vec<(String, NearMiss)>),
    /// The only one.
    One(Published),
    /// More than one: then none counts.
    Several(Vec<String>),
}

/// How a text that is no record comes close to being one.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NearMiss {
    /// Quotes around the record are part of it.
    Quoted,
    /// White space in front of `v`.
    LeadingWhiteSpace,
    /// The version in other letters: its case counts.
    VersionCase,
    /// Backslashes in front of the semicolons are part of the record.
    Escaped,
    /// No semicolon right behind the version.
    MissingSeparator,
    /// The standard's name and another version.
    OtherVersion,
    /// The version stands behind other text.
    VersionNotFirst,
}

/// Finds the record among the TXT records of a name. `version` is the whole tag, as `v=STSv1`; `read` reads a
/// text that begins with it.
pub(crate) fn select<Published>(
    response: &Response,
    version: &str,
    read: fn(&str) -> Result<Published, Option<NearMiss>>,
) -> Selection<Published> {
    let (mut records, mut near_misses) = (Vec::new(), Vec::new());
    for data in response.records() {
        let RecordData::Txt(record) = data else {
            continue;
        };
        let text = record.text();
        if begins(&text, version) {
            records.push(text);
        } else if let Some(near_miss) = near_miss(&text, version) {
            near_misses.push((text, near_miss));
        }
    }
    match records.as_slice() {
        [] => Selection::None(near_misses),
        [text] => read(text).map_or_else(|_| Selection::None(Vec::new()), Selection::One),
        _ => Selection::Several(records),
    }
}

/// "Records that do not begin with `v=STSv1;` are discarded" (RFC 8461 §3.1; RFC 8460 §3 alike).
fn begins(text: &str, version: &str) -> bool {
    text.strip_prefix(version)
        .is_some_and(|behind| behind.starts_with(';'))
}

/// Why a text that does not begin with `version` and a semicolon looks as if it was meant to; the first
/// reason that holds.
fn near_miss(text: &str, version: &str) -> Option<NearMiss> {
    let trimmed = text.trim_start();
    let place = find(trimmed, version);
    if trimmed.starts_with(['"', '\'']) && place.is_some() {
        return Some(NearMiss::Quoted);
    }
    match place {
        Some(0) => Some(misspelt(trimmed, version, trimmed.len() < text.len())),
        Some(_) => Some(NearMiss::VersionNotFirst),
        None => other_version(trimmed, version).then_some(NearMiss::OtherVersion),
    }
}

/// Where `version` stands, in any case of letters.
fn find(text: &str, version: &str) -> Option<usize> {
    text.as_bytes()
        .windows(version.len())
        .position(|window| window.eq_ignore_ascii_case(version.as_bytes()))
}

/// What is wrong with a text that begins with `version` in some case of letters.
fn misspelt(text: &str, version: &str, behind_white_space: bool) -> NearMiss {
    let Some(behind) = text.strip_prefix(version) else {
        return NearMiss::VersionCase;
    };
    match behind.chars().next() {
        Some(';') if behind_white_space => NearMiss::LeadingWhiteSpace,
        Some('\\') => NearMiss::Escaped,
        Some(c) if c.is_ascii_alphanumeric() || c == '.' => NearMiss::OtherVersion,
        _ => NearMiss::MissingSeparator,
    }
}

/// Whether a text begins with the standard's name, up to its last letter (`v=STS` of `v=STSv1`).
fn other_version(text: &str, version: &str) -> bool {
    let name = version.trim_end_matches(|c: char| c.is_ascii_digit() || c == 'v');
    text.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_told_apart() {
        for (text, expected) in [
            ("\"v=STSv1; id=1\"", Some(NearMiss::Quoted)),
            (" v=STSv1; id=1", Some(NearMiss::LeadingWhiteSpace)),
            ("\u{a0}v=STSv1; id=1", Some(NearMiss::LeadingWhiteSpace)),
            ("v=stsv1; id=1", Some(NearMiss::VersionCase)),
            ("v=STSv1\\; id=1", Some(NearMiss::Escaped)),
            ("v=STSv1", Some(NearMiss::MissingSeparator)),
            ("v=STSv1 id=1", Some(NearMiss::MissingSeparator)),
            ("v=STSv1 ; id=1", Some(NearMiss::MissingSeparator)),
            ("v=STSv1, id=1", Some(NearMiss::MissingSeparator)),
            ("v=STSv2; id=1", Some(NearMiss::OtherVersion)),
            ("v=STS1; id=1", Some(NearMiss::OtherVersion)),
            ("v=STSv10; id=1", Some(NearMiss::OtherVersion)),
            ("id=1; v=STSv1", Some(NearMiss::VersionNotFirst)),
            ("v=spf1 -all", None),
            ("v=ST", None),
            ("v=STÄ1", None),
            ("", None),
            ("MS=ms12345678", None),
        ] {
            assert_eq!(near_miss(text, "v=STSv1"), expected, "{text:?}");
            assert!(!begins(text, "v=STSv1"), "{text:?}");
        }
        let other = near_miss("v=TLSRPTv2; rua=mailto:a@b.example", "v=TLSRPTv1");
        assert_eq!(other, Some(NearMiss::OtherVersion));
    }

    #[test]
    fn the_version_and_its_semicolon_make_the_record() {
        assert!(begins("v=STSv1;", "v=STSv1"));
        assert!(begins("v=STSv1;id=1", "v=STSv1"));
    }
}
