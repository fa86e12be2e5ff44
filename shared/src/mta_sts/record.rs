//! From TXT texts to the record.

use core::fmt;

use serde::Serialize;

use super::diagnostic::{Diagnostic, DiagnosticCode};
use crate::diagnostic::{Level, Remarks};
use crate::dns::Response;
use crate::span::Span;
use crate::tag_list::Token;
use crate::version_tag::{self, NearMiss};

/// The version of the standard.
const VERSION: &str = "v=STSv1";
/// Remarks of one level about one record.
const MAX_REMARKS: usize = 32;

/// A record (RFC 8461 §3.1). [`fmt::Display`] gives back the text that was parsed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Record {
    /// The whole record, its character-strings joined.
    pub text: String,
    /// The value of `id`, whether it is a valid one or not.
    pub id: Option<String>,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A record as it is published, and what is to say about its text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Published {
    /// The record.
    pub record: Record,
    /// Remarks in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Published {
    /// Whether senders have to take it for a record.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let is_error = |remark: &Diagnostic| remark.code.level() == Level::Error;
        !self.diagnostics.iter().any(is_error)
    }
}

/// Which of a name's TXT records counts.
pub type Selection = version_tag::Selection<Published>;

/// Finds the record among the TXT records of `_mta-sts`: "if the number of resulting records is not one, […]
/// senders MUST assume the recipient domain does not have an available MTA-STS Policy" (RFC 8461 §3.1).
#[must_use]
pub fn select(response: &Response) -> Selection {
    version_tag::select(response, VERSION, read)
}

/// Reads a record's joined text; one pass, whatever the length.
///
/// # Errors
/// How the text comes close to a record, if it does.
pub fn read(text: &str) -> Result<Published, Option<NearMiss>> {
    let mut remarks = Remarks::new(MAX_REMARKS, DiagnosticCode::level);
    let mut ids = version_tag::fields(text, VERSION, "id", &mut remarks)?.into_iter();
    let id = ids.next();
    match id {
        Some(id) if is_id(id.value) => {}
        Some(id) => remarks.add(id.value.span, DiagnosticCode::InvalidId),
        None => {
            let end = text.chars().count();
            remarks.add(Span::new(end, end), DiagnosticCode::MissingId);
        }
    }
    for again in ids {
        remarks.add(again.span(), DiagnosticCode::DuplicateId);
    }
    Ok(Published {
        record: Record {
            text: text.to_owned(),
            id: id.map(|id| id.value.text.to_owned()),
        },
        diagnostics: remarks.sorted(),
    })
}

/// 1 to 32 letters and digits.
fn is_id(value: Token<'_>) -> bool {
    (1..=32).contains(&value.text.len())
        && value
            .text
            .bytes()
            .all(|octet| octet.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dns::{RecordData, TxtRecord};
    use crate::version_tag::FieldFault;

    fn codes(text: &str) -> Vec<(u32, u32, DiagnosticCode)> {
        let remarks = read(text).unwrap().diagnostics;
        let place = |r: Diagnostic| (r.span.start, r.span.end, r.code);
        remarks.into_iter().map(place).collect()
    }

    #[test]
    fn records_and_what_is_wrong_with_them() {
        use DiagnosticCode as Code;
        for (text, expected) in [
            ("v=STSv1; id=20240131000000Z;", vec![]),
            ("v=STSv1;id=1", vec![]),
            (
                "v=STSv1; id=1; next=x.y",
                vec![(15, 23, Code::Field(FieldFault::UnknownField))],
            ),
            ("v=STSv1;", vec![(8, 8, Code::MissingId)]),
            (
                "v=STSv1; ID=1",
                vec![
                    (9, 13, Code::Field(FieldFault::UnknownField)),
                    (13, 13, Code::MissingId),
                ],
            ),
            ("v=STSv1; id=", vec![(12, 12, Code::InvalidId)]),
            ("v=STSv1; id=2024-01-31", vec![(12, 22, Code::InvalidId)]),
            ("v=STSv1; id=a_b", vec![(12, 15, Code::InvalidId)]),
            ("v=STSv1; id=1; id=2", vec![(15, 19, Code::DuplicateId)]),
            (
                "v=STSv1; id = 1",
                vec![(9, 15, Code::Field(FieldFault::SpaceAtEquals))],
            ),
            (
                "v=STSv1; id=1; hello",
                vec![(15, 20, Code::Field(FieldFault::NotAField))],
            ),
            (
                "v=STSv1;; id=1",
                vec![(8, 8, Code::Field(FieldFault::EmptyField))],
            ),
            (
                "v=STSv1; id=1; a=é",
                vec![(15, 18, Code::Field(FieldFault::InvalidField))],
            ),
            (
                "v=STSv1; v=STSv1; id=1",
                vec![(9, 16, Code::Field(FieldFault::RepeatedVersion))],
            ),
            (
                "v=STSv1; id=1; =x",
                vec![(15, 17, Code::Field(FieldFault::InvalidField))],
            ),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
        let long = format!("v=STSv1; id={}", "a".repeat(33));
        assert_eq!(codes(&long), [(12, 45, Code::InvalidId)]);
    }

    #[test]
    fn what_must_be_right_and_what_is_tolerated() {
        for (text, valid) in [
            ("v=STSv1; id=1", true),
            ("v=STSv1; id=1; id=2; x=1", true),
            ("v=STSv1; id=1-2", false),
            ("v=STSv1; id=1; hello", false),
        ] {
            assert_eq!(read(text).unwrap().is_valid(), valid, "{text}");
        }
        assert_eq!(read("v=STSv1 id=1"), Err(Some(NearMiss::MissingSeparator)));
        assert_eq!(read("v=spf1 -all"), Err(None));
    }

    fn selected(texts: &[&str]) -> Selection {
        let records = texts
            .iter()
            .map(|text| RecordData::Txt(TxtRecord::single(text)));
        select(&Response::from_records(records.collect()))
    }

    #[test]
    fn exactly_one_record_counts() {
        assert_eq!(selected(&[]), Selection::None(vec![]));
        assert_eq!(selected(&["v=spf1 -all"]), Selection::None(vec![]));
        assert!(matches!(
            selected(&["verification=7", "v=STSv1; id=1", "v=STSv1 id=2"]),
            Selection::One(published) if published.record.id.as_deref() == Some("1")
        ));
        assert!(matches!(
            selected(&["v=STSv1; id=1", "v=STSv1; id=2"]),
            Selection::Several(texts) if texts.len() == 2
        ));
        assert!(matches!(
            selected(&["\"v=STSv1; id=1\""]),
            Selection::None(misses) if misses[0].1 == NearMiss::Quoted
        ));
        let split = TxtRecord(vec!["v=STS".into(), "v1; id=1".into()]);
        let joined = Response::from_records(vec![RecordData::Txt(split)]);
        assert!(matches!(select(&joined), Selection::One(_)));
    }

    proptest! {
        #[test]
        fn what_was_parsed_is_given_back(text in "v=STSv1;[ -~é;=]{0,60}") {
            let published = read(&text).unwrap();
            prop_assert_eq!(published.record.to_string(), text.as_str());
            let end = u32::try_from(text.chars().count()).unwrap();
            for remark in published.diagnostics {
                prop_assert!(remark.span.start <= remark.span.end && remark.span.end <= end);
            }
        }
    }

    #[test]
    fn a_hostile_record_is_read_in_bounded_remarks() {
        let text = format!("v=STSv1;{}", "x;".repeat(32_000));
        assert_eq!(read(&text).unwrap().diagnostics.len(), MAX_REMARKS);
    }
}
