//! From TXT texts to the record.

use crate::gather::Gather;
use core::fmt;

use serde::Serialize;

use super::diagnostic::{Diagnostic, DiagnosticCode};
use crate::diagnostic::{Level, Remarks};
use crate::dmarc::mail_host;
use crate::dns::{Name, Response};
use crate::span::Span;
use crate::tag_list::Token;
use crate::version_tag::{self, NearMiss};

/// The version of the standard.
const VERSION: &str = "v=TLSRPTv1";
/// Remarks of one level about one record.
const MAX_REMARKS: usize = 32;
/// Destinations of one record that are kept.
const MAX_URIS: usize = 64;

/// A record (RFC 8460 §3). [`fmt::Display`] gives back the text that was parsed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Record {
    /// The whole record, its character-strings joined.
    pub text: String,
    /// Where reports go: the first `rua`, at most 64 of it; empty when there is none.
    pub rua: Vec<Uri>,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// One URI of `rua`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Uri {
    /// The URI as it stands in the record.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What it leads to; nothing for one that senders skip.
    pub target: Option<UriTarget>,
}

/// What a URI leads to.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UriTarget {
    /// A mailbox at this domain.
    Mailto(Name),
    /// A web server, to which reports are POSTed.
    Https(Name),
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
    /// Whether senders have to take it for a record, and reports can go somewhere.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let is_error = |remark: &Diagnostic| remark.code.level() == Level::Error;
        !self.diagnostics.iter().any(is_error)
    }
}

/// Which of a name's TXT records counts.
pub type Selection = version_tag::Selection<Published>;

/// Finds the record among the TXT records of `_smtp._tls`: "if the number of resulting records is not one,
/// senders MUST assume the recipient domain does not implement TLSRPT" (RFC 8460 §3).
#[must_use]
pub fn select(response: &Response) -> Selection {
    version_tag::select(response, VERSION, read)
}

/// Reads a record's joined text; one pass, whatever the length.
///
/// # Errors
/// How a text that does not begin with `v=TLSRPTv1;` comes close to a record, if it does.
pub fn read(text: &str) -> Result<Published, Option<NearMiss>> {
    let mut remarks = Remarks::new(MAX_REMARKS, DiagnosticCode::level);
    let mut lists = version_tag::fields(text, VERSION, "rua", &mut remarks)?.into_iter();
    let rua = if let Some(list) = lists.next() {
        destinations(list.value, &mut remarks)
    } else {
        let end = text.chars().count();
        remarks.add(Span::new(end, end), DiagnosticCode::MissingRua);
        Vec::new()
    };
    for again in lists {
        remarks.add(again.span(), DiagnosticCode::DuplicateRua);
    }
    Ok(Published {
        record: Record {
            text: text.to_owned(),
            rua,
        },
        diagnostics: remarks.sorted(),
    })
}

fn destinations(list: Token<'_>, remarks: &mut Remarks<DiagnosticCode>) -> Vec<Uri> {
    if list.text.is_empty() {
        remarks.add(list.span, DiagnosticCode::NoDestination);
        return Vec::new();
    }
    let uris: Vec<Uri> = list
        .split(',')
        .take(MAX_URIS)
        .map(|uri| destination(uri, remarks))
        .gather();
    if uris.iter().all(|uri| uri.target.is_none()) {
        remarks.add(list.span, DiagnosticCode::NoDestination);
    }
    uris
}

fn destination(uri: Token<'_>, remarks: &mut Remarks<DiagnosticCode>) -> Uri {
    let target = target(uri.text);
    match &target {
        Err(code) => remarks.add(uri.span, *code),
        Ok(_) if uri.text.contains('!') => remarks.add(uri.span, DiagnosticCode::UnescapedMark),
        Ok(_) => {}
    }
    Uri {
        text: uri.text.to_owned(),
        span: uri.span,
        target: target.ok(),
    }
}

/// What a URI leads to, or what is wrong with it. `http:` is none of the two schemes (RFC 8460 §3).
fn target(uri: &str) -> Result<UriTarget, DiagnosticCode> {
    let sound = !uri.is_empty() && uri.bytes().all(|octet| octet.is_ascii_graphic());
    match uri.split_once(':').filter(|_| sound) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => mail_host(rest)
            .map(UriTarget::Mailto)
            .ok_or(DiagnosticCode::InvalidUri),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => web_host(rest)
            .map(UriTarget::Https)
            .ok_or(DiagnosticCode::InvalidUri),
        Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            Err(DiagnosticCode::UnsupportedScheme)
        }
        None if sound && mail_host(uri).is_some() => Err(DiagnosticCode::MissingMailto),
        _ => Err(DiagnosticCode::InvalidUri),
    }
}

/// The host in what stands behind `https:` (RFC 3986 §3.2).
fn web_host(rest: &str) -> Option<Name> {
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    let sound = !host.is_empty()
        && host.bytes().all(plain)
        && port.bytes().all(|octet| octet.is_ascii_digit());
    Name::parse(host).ok().filter(|_| sound)
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
        for (text, valid, expected) in [
            ("v=TLSRPTv1; rua=mailto:a@b.example", true, vec![]),
            ("v=TLSRPTv1;rua=https://b.example/r?x=1;", true, vec![]),
            (
                "v=TLSRPTv1; rua=mailto:a@b.example , https://b.example:8443",
                true,
                vec![],
            ),
            (
                "v=TLSRPTv1; rua=mailto:a@b.example; x=1",
                true,
                vec![(36, 39, Code::Field(FieldFault::UnknownField))],
            ),
            ("v=TLSRPTv1;", false, vec![(11, 11, Code::MissingRua)]),
            (
                "v=TLSRPTv1; rua=",
                false,
                vec![(16, 16, Code::NoDestination)],
            ),
            (
                "v=TLSRPTv1; rua=a@b.example",
                false,
                vec![(16, 27, Code::MissingMailto), (16, 27, Code::NoDestination)],
            ),
            (
                "v=TLSRPTv1; rua=http://b.example,mailto:a@b.example",
                true,
                vec![(16, 32, Code::UnsupportedScheme)],
            ),
            (
                "v=TLSRPTv1; rua=mailto:b.example",
                false,
                vec![(16, 32, Code::InvalidUri), (16, 32, Code::NoDestination)],
            ),
            (
                "v=TLSRPTv1; rua=https:/b.example",
                false,
                vec![(16, 32, Code::InvalidUri), (16, 32, Code::NoDestination)],
            ),
            (
                "v=TLSRPTv1; rua=mailto:a@b.example?x!1",
                true,
                vec![(16, 38, Code::UnescapedMark)],
            ),
            (
                "v=TLSRPTv1; rua=mailto:a@b.example; rua=x",
                true,
                vec![(36, 41, Code::DuplicateRua)],
            ),
            (
                "v=TLSRPTv1; rua = mailto:a@b.example",
                true,
                vec![(12, 36, Code::Field(FieldFault::SpaceAtEquals))],
            ),
            (
                "v=TLSRPTv1;; rua=mailto:a@b.example",
                true,
                vec![(11, 11, Code::Field(FieldFault::EmptyField))],
            ),
            (
                "v=TLSRPTv1; rua=mailto:a@b.example; hello",
                false,
                vec![(36, 41, Code::Field(FieldFault::NotAField))],
            ),
            (
                "v=TLSRPTv1; rua=mailto:a@b.example; a b=c",
                false,
                vec![(36, 41, Code::Field(FieldFault::InvalidField))],
            ),
        ] {
            assert_eq!(codes(text), expected, "{text}");
            assert_eq!(read(text).unwrap().is_valid(), valid, "{text}");
        }
    }

    #[test]
    fn destinations() {
        let record =
            read("v=TLSRPTv1; rua=mailto:a@B.example,HTTPS://u@c.example:443/x,ftp:d").unwrap();
        let targets: Vec<_> = record
            .record
            .rua
            .into_iter()
            .map(|uri| uri.target)
            .collect();
        let name = |text: &str| Name::parse(text).unwrap();
        assert_eq!(
            targets,
            [
                Some(UriTarget::Mailto(name("b.example"))),
                Some(UriTarget::Https(name("c.example"))),
                None
            ]
        );
    }

    #[test]
    fn exactly_one_record_counts() {
        let selected = |texts: &[&str]| {
            let records = texts
                .iter()
                .map(|text| RecordData::Txt(TxtRecord::single(text)));
            select(&Response::from_records(records.collect()))
        };
        let one = "v=TLSRPTv1; rua=mailto:a@b.example";
        assert_eq!(selected(&["v=spf1 -all"]), Selection::None(vec![]));
        assert!(matches!(
            selected(&[one, "v=TLSRPTv1 rua=x"]),
            Selection::One(_)
        ));
        let two = "v=TLSRPTv1; rua=mailto:c@b.example";
        assert!(matches!(selected(&[one, two]), Selection::Several(_)));
        assert!(matches!(
            selected(&["v=TLSRPT1; rua=mailto:a@b.example"]),
            Selection::None(misses) if misses[0].1 == NearMiss::OtherVersion
        ));
    }

    proptest! {
        #[test]
        fn what_was_parsed_is_given_back(text in "v=TLSRPTv1;[ -~é;=,]{0,60}") {
            let published = read(&text).unwrap();
            prop_assert_eq!(published.record.to_string(), text.as_str());
            let end = u32::try_from(text.chars().count()).unwrap();
            for remark in published.diagnostics {
                prop_assert!(remark.span.start <= remark.span.end && remark.span.end <= end);
            }
        }
    }

    #[test]
    fn a_hostile_record_is_read_in_bounds() {
        let text = format!("v=TLSRPTv1;rua={}", "x,".repeat(32_000));
        let published = read(&text).unwrap();
        assert_eq!(published.record.rua.len(), MAX_URIS);
        assert!(published.diagnostics.len() <= 2 * MAX_REMARKS);
    }
}
