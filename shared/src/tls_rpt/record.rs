//! From TXT texts to the record.

use core::fmt;

use serde::Serialize;

use super::diagnostic::{Diagnostic, DiagnosticCode};
use crate::diagnostic::Level;
use crate::dmarc::mail_host;
use crate::dns::{Name, Response};
use crate::sorting::sort_by_key;
use crate::span::Span;
use crate::tag_list::{self, Element, Tag, Token};
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

/// Which of a name's TXT records counts (RFC 8460 §3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Selection {
    /// None; the texts that were meant as one.
    None(Vec<(String, NearMiss)>),
    /// The only one.
    One(Published),
    /// More than one: then none counts.
    Several(Vec<String>),
}

/// Finds the record among the TXT records of `_smtp._tls`: "if the number of resulting records is not one,
/// senders MUST assume the recipient domain does not implement TLSRPT" (RFC 8460 §3).
#[must_use]
pub fn select(response: &Response) -> Selection {
    let sorted = version_tag::sort(response, VERSION);
    match sorted.records.as_slice() {
        [] => Selection::None(sorted.near_misses),
        [text] => read(text).map_or_else(|_| Selection::None(Vec::new()), Selection::One),
        _ => Selection::Several(sorted.records),
    }
}

/// Reads a record's joined text; one pass, whatever the length.
///
/// # Errors
/// How a text that does not begin with `v=TLSRPTv1;` comes close to a record, if it does.
pub fn read(text: &str) -> Result<Published, Option<NearMiss>> {
    if !version_tag::begins(text, VERSION) {
        return Err(version_tag::near_miss(text, VERSION));
    }
    let mut reader = Reader {
        rua: None,
        diagnostics: Vec::new(),
    };
    // The first element is the version.
    for element in tag_list::elements(text).skip(1) {
        reader.element(element);
    }
    Ok(reader.finish(text))
}

struct Reader {
    rua: Option<Vec<Uri>>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn remark(&mut self, span: Span, code: DiagnosticCode) {
        let alike = |remark: &&Diagnostic| remark.code.level() == code.level();
        if self.diagnostics.iter().filter(alike).count() < MAX_REMARKS {
            self.diagnostics.push(Diagnostic { span, code });
        }
    }

    fn element(&mut self, element: Element<'_>) {
        match element {
            Element::Empty(span) => self.remark(span, DiagnosticCode::EmptyField),
            Element::NotATag(piece) => self.remark(piece.span, DiagnosticCode::NotAField),
            Element::Tag(tag) => {
                if version_tag::is_spaced(&tag) {
                    self.remark(tag.span(), DiagnosticCode::SpaceAtEquals);
                }
                self.field(tag);
            }
        }
    }

    fn field(&mut self, tag: Tag<'_>) {
        if tag.name.text == "rua" {
            match &self.rua {
                Some(_) => self.remark(tag.span(), DiagnosticCode::DuplicateRua),
                None => self.rua(tag.value),
            }
            return;
        }
        let sound = version_tag::is_extension_name(tag.name.text)
            && version_tag::is_extension_value(tag.value.text);
        let code = if sound {
            DiagnosticCode::UnknownField
        } else {
            DiagnosticCode::InvalidField
        };
        self.remark(tag.span(), code);
    }

    fn rua(&mut self, list: Token<'_>) {
        let uris: Vec<Uri> = list
            .split(',')
            .take(MAX_URIS)
            .map(|uri| self.uri(uri))
            .collect();
        if uris.iter().all(|uri| uri.target.is_none()) {
            self.remark(list.span, DiagnosticCode::NoDestination);
        }
        self.rua = Some(uris);
    }

    fn uri(&mut self, token: Token<'_>) -> Uri {
        let target = target(token.text);
        match &target {
            Err(code) => self.remark(token.span, *code),
            Ok(_) if token.text.contains('!') => {
                self.remark(token.span, DiagnosticCode::UnescapedMark);
            }
            Ok(_) => {}
        }
        Uri {
            text: token.text.to_owned(),
            span: token.span,
            target: target.ok(),
        }
    }

    fn finish(mut self, text: &str) -> Published {
        let rua = self.rua.take();
        if rua.is_none() {
            let end = text.chars().count();
            self.remark(Span::new(end, end), DiagnosticCode::MissingRua);
        }
        sort_by_key(&mut self.diagnostics, |remark| remark.span);
        Published {
            record: Record {
                text: text.to_owned(),
                rua: rua.unwrap_or_default(),
            },
            diagnostics: self.diagnostics,
        }
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
                vec![(36, 39, Code::UnknownField)],
            ),
            ("v=TLSRPTv1;", false, vec![(11, 11, Code::MissingRua)]),
            (
                "v=TLSRPTv1; rua=",
                false,
                vec![(16, 16, Code::InvalidUri), (16, 16, Code::NoDestination)],
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
                vec![(12, 36, Code::SpaceAtEquals)],
            ),
            (
                "v=TLSRPTv1;; rua=mailto:a@b.example",
                true,
                vec![(11, 11, Code::EmptyField)],
            ),
            (
                "v=TLSRPTv1; rua=mailto:a@b.example; hello",
                false,
                vec![(36, 41, Code::NotAField)],
            ),
            (
                "v=TLSRPTv1; rua=mailto:a@b.example; a b=c",
                false,
                vec![(36, 41, Code::InvalidField)],
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
