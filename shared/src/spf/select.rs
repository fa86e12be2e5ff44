//! Which of the TXT records of a name is the SPF record (RFC 7208 §4.5).

use crate::gather::Gather;
use serde::Serialize;

use crate::dns::{Failure, RecordData, Response};

/// What the TXT records of a name hold.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// TXT records, none of which is an SPF record; or no TXT record at all.
    None,
    /// The name does not exist.
    NxDomain,
    /// The one SPF record, its strings joined without a space (§3.3).
    One(String),
    /// This many, which is an error even when all say the same.
    Many(u32),
    /// Nobody knows.
    Failed(Failure),
}

/// Selects the record from the answer to a TXT question.
#[must_use]
pub fn select(response: &Response) -> Selection {
    if let Response::Failed(failure) = response {
        return Selection::Failed(*failure);
    }
    let mut found = texts(response).filter(|text| is_record(text));
    match (found.next(), found.count()) {
        (Some(text), 0) => Selection::One(text),
        (Some(_), more) => Selection::Many(u32::try_from(more).map_or(u32::MAX, |n| n + 1)),
        (None, _) if *response == Response::NxDomain => Selection::NxDomain,
        (None, _) => Selection::None,
    }
}

/// A TXT record that somebody meant as an SPF record and that every receiver ignores.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct NearMiss {
    /// Its joined text, at most 512 characters.
    pub text: String,
    /// Why it is ignored.
    pub kind: NearMissKind,
}

/// Why a TXT record is no SPF record though it looks like one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NearMissKind {
    /// Spaces in front of the version.
    LeadingSpace,
    /// Quotation marks are part of the text.
    Quoted,
    /// The version is not followed by a space: `v=spf10`, `v=spf1;`, a tab.
    NoSpaceAfterVersion,
    /// Sender ID (RFC 4406), which is obsolete and was never SPF.
    SenderId,
    /// The version is misspelled: `v= spf1`, `spf1`, `v:spf1`, `v=spf2`.
    VersionMisspelled,
}

/// The records that look like SPF and are not; whether there is a real one besides does not matter.
#[must_use]
pub fn near_misses(response: &Response) -> Vec<NearMiss> {
    texts(response)
        .filter(|text| !is_record(text))
        .filter_map(|text| {
            Some(NearMiss {
                kind: near_miss(&text)?,
                text: text.chars().take(512).collect(),
            })
        })
        .take(16)
        .gather()
}

fn near_miss(text: &str) -> Option<NearMissKind> {
    let head: String = text
        .chars()
        .take(32)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let trimmed = head.trim_start();
    let bare = trimmed.trim_start_matches(['"', '\'', '\u{93}', '\u{94}', '\\']);
    let squeezed: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
    if head.starts_with("spf2.0/") {
        Some(NearMissKind::SenderId)
    } else if bare.len() < trimmed.len() && squeezed.starts_with("v=spf1") {
        Some(NearMissKind::Quoted)
    } else if trimmed.len() < head.len() && is_record(trimmed) {
        Some(NearMissKind::LeadingSpace)
    } else if bare.starts_with("v=spf1") {
        Some(NearMissKind::NoSpaceAfterVersion)
    } else if ["v=spf", "v:spf1", "vspf1", "spf1", "v=sfp1"]
        .iter()
        .any(|slip| squeezed.starts_with(slip))
    {
        Some(NearMissKind::VersionMisspelled)
    } else {
        None
    }
}

/// RFC 7208 §4.5: "a version section of exactly "v=spf1". Note that the version section is terminated
/// by either an SP character or the end of the record."
fn is_record(text: &str) -> bool {
    text.split(' ')
        .next()
        .is_some_and(|version| version.eq_ignore_ascii_case("v=spf1"))
}

fn texts(response: &Response) -> impl Iterator<Item = String> {
    response.records().iter().filter_map(|record| match record {
        RecordData::Txt(txt) => Some(txt.text()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::TxtRecord;

    fn response(texts: &[&str]) -> Response {
        let txt = |text: &&str| RecordData::Txt(TxtRecord::single(text));
        Response::from_records(texts.iter().map(txt).collect())
    }

    #[test]
    fn the_version_is_a_word() {
        for text in ["v=spf1", "V=SPF1 -all", "v=spf1  "] {
            assert_eq!(select(&response(&[text])), Selection::One(text.to_owned()));
        }
        for text in [
            "v=spf10",
            "v=spf1\t-all",
            "v=spf1; a",
            " v=spf1",
            "x v=spf1",
        ] {
            assert_eq!(select(&response(&[text])), Selection::None, "{text}");
        }
        assert_eq!(
            select(&response(&["v=spf1", "V=spf1", "x"])),
            Selection::Many(2)
        );
        assert_eq!(select(&Response::NxDomain), Selection::NxDomain);
        assert_eq!(
            select(&Response::Failed(Failure::TimedOut)),
            Selection::Failed(Failure::TimedOut)
        );
    }

    #[test]
    fn strings_are_joined_without_a_space() {
        let txt = TxtRecord(vec!["v=spf1 ip4:192.0".to_owned(), ".2.1 -all".to_owned()]);
        let joined = Selection::One("v=spf1 ip4:192.0.2.1 -all".to_owned());
        assert_eq!(
            select(&Response::Records(vec![RecordData::Txt(txt)])),
            joined
        );
    }

    #[test]
    fn near_misses_say_why_they_are_ignored() {
        for (text, kind) in [
            (" v=spf1 -all", Some(NearMissKind::LeadingSpace)),
            ("\"v=spf1 -all\"", Some(NearMissKind::Quoted)),
            ("v=spf10 -all", Some(NearMissKind::NoSpaceAfterVersion)),
            ("v=spf1;-all", Some(NearMissKind::NoSpaceAfterVersion)),
            ("v=spf1\t-all", Some(NearMissKind::NoSpaceAfterVersion)),
            ("v= spf1 -all", Some(NearMissKind::VersionMisspelled)),
            ("spf1 -all", Some(NearMissKind::VersionMisspelled)),
            ("v=spf2 -all", Some(NearMissKind::VersionMisspelled)),
            ("spf2.0/pra -all", Some(NearMissKind::SenderId)),
            ("v=DMARC1; p=none", None),
            ("google-site-verification=x", None),
            ("v=spf1 -all", None),
        ] {
            let kinds: Vec<_> = near_misses(&response(&[text]))
                .iter()
                .map(|m| m.kind)
                .collect();
            assert_eq!(kinds, kind.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }
}
