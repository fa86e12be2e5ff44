//! From TXT text to a record.

use serde::Serialize;

use super::{Diagnostic, DiagnosticCode, Location, Record};
use crate::diagnostic::Level;
use crate::span::Span;
use crate::tag_list::{Element, Tag, Token, elements};

/// Characters of a near miss that are looked at: no honest record has so many.
const MAX_CHARACTERS: usize = 4096;

/// What a TXT text found at a `_bimi` name is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Parsed {
    /// Something else.
    NotBimi,
    /// Something else to every receiver, but meant to be a record.
    NearMiss,
    /// A record, whatever may be wrong inside it.
    Record(Box<Published>),
}

/// A record as it is published, and what is to say about its text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Published {
    /// The record.
    pub record: Record,
    /// Remarks in the order of the text, what is missing at its end.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one TXT record's joined text (§4.3). One pass, whatever the length.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    if !is_bimi(text) {
        let meant = bare(text).trim_start().to_ascii_lowercase();
        let meant = meant.strip_prefix('v').map(str::trim_start);
        let meant = meant.and_then(|rest| rest.strip_prefix('='));
        return match meant.is_some_and(|version| version.trim_start().starts_with("bimi")) {
            true => Parsed::NearMiss,
            false => Parsed::NotBimi,
        };
    }
    let mut reader = Reader {
        record: Record {
            text: text.to_owned(),
            location: Location::Absent,
            evidence: Location::Absent,
            local_parts: None,
            personal_avatar: false,
        },
        diagnostics: Vec::new(),
        seen: Vec::new(),
    };
    for element in elements(text) {
        reader.read(element);
    }
    Parsed::Record(Box::new(reader.finish()))
}

/// The version "MUST match precisely" and stand first.
fn is_bimi(text: &str) -> bool {
    !text.starts_with([' ', '\t', '\r', '\n'])
        && matches!(
            elements(text).next(),
            Some(Element::Tag(tag)) if tag.name.text == "v" && tag.value.text == "BIMI1"
        )
}

/// Without the quotation marks and backslashes that get pasted along.
fn bare(text: &str) -> String {
    let characters = text.chars().take(MAX_CHARACTERS);
    characters.filter(|c| !matches!(c, '"' | '\\')).collect()
}

/// The record that a text was meant to be: its version and its schemes put right, and nothing in it that
/// receivers ignore; nothing where that is no sound record.
#[must_use]
pub fn repaired(text: &str) -> Option<String> {
    let bare = bare(text);
    let mut value = "v=BIMI1".to_owned();
    for name in ["l", "a", "lps", "avp"] {
        let tag = elements(&bare).find_map(|element| match element {
            Element::Tag(tag) if tag.name.text.eq_ignore_ascii_case(name) => Some(tag.value.text),
            _ => None,
        });
        let Some(content) = tag else { continue };
        value.push_str("; ");
        value.push_str(name);
        value.push('=');
        match content.split_at_checked(7) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http://") => {
                value.push_str("https://");
                value.push_str(rest);
            }
            _ => value.push_str(content),
        }
    }
    let faulty = |remark: &Diagnostic| remark.code.level() > Level::Note;
    match parse(&value) {
        Parsed::Record(published) if !published.diagnostics.iter().any(faulty) => Some(value),
        _ => None,
    }
}

/// The record so far.
struct Reader {
    record: Record,
    diagnostics: Vec<Diagnostic>,
    seen: Vec<&'static str>,
}

impl Reader {
    fn remark(&mut self, span: Span, code: DiagnosticCode) {
        self.diagnostics.push(Diagnostic { span, code });
    }

    fn read(&mut self, element: Element<'_>) {
        match element {
            Element::Empty(span) => self.remark(span, DiagnosticCode::NotATag),
            Element::NotATag(piece) => self.remark(piece.span, DiagnosticCode::NotATag),
            Element::Tag(tag) => self.tag(tag),
        }
    }

    fn tag(&mut self, tag: Tag<'_>) {
        let known = ["v", "l", "a", "lps", "avp"];
        // Names of tags are case-sensitive (RFC 6376 §3.2).
        let Some(name) = known.into_iter().find(|known| *known == tag.name.text) else {
            return self.remark(tag.span(), DiagnosticCode::UnknownTag);
        };
        if self.seen.contains(&name) {
            return self.remark(tag.span(), DiagnosticCode::DuplicateTag);
        }
        self.seen.push(name);
        match name {
            "l" => self.record.location = self.location(tag.value, true),
            "a" => self.record.evidence = self.location(tag.value, false),
            "lps" => self.record.local_parts = Some(self.prefixes(tag.value)),
            "avp" => self.record.personal_avatar = self.is_personal(tag.value),
            _ => {}
        }
    }

    /// Beginnings of local parts, with commas between (since revision 11, which took the place of `true` and `false`).
    fn prefixes(&mut self, value: Token<'_>) -> Vec<String> {
        let mut prefixes = Vec::new();
        if value.text.is_empty() {
            return prefixes;
        }
        for prefix in value.split(',') {
            // What a local part holds without quotation marks (RFC 5322 §3.2.3).
            let plain = |b: u8| b.is_ascii_graphic() && !b"()<>[]:;@\\\"".contains(&b);
            if prefix.text.is_empty() || !prefix.text.bytes().all(plain) {
                self.remark(prefix.span, DiagnosticCode::InvalidValue);
            } else {
                prefixes.push(prefix.text.to_owned());
            }
        }
        prefixes
    }

    /// Whether `avp` says `personal`; what it cannot say counts as `brand`, the default.
    fn is_personal(&mut self, value: Token<'_>) -> bool {
        if !matches!(value.text, "personal" | "brand") {
            self.remark(value.span, DiagnosticCode::InvalidValue);
        }
        value.text == "personal"
    }

    fn location(&mut self, value: Token<'_>, is_logo: bool) -> Location {
        let uri = value.text;
        if uri.is_empty() {
            return Location::Empty;
        }
        let scheme = uri.split_once("://");
        let Some((_, rest)) = scheme.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https"))
        else {
            let code = match scheme {
                Some(_) => DiagnosticCode::NotHttps,
                None => DiagnosticCode::InvalidUri,
            };
            self.remark(value.span, code);
            return Location::Invalid;
        };
        let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
        let (host, behind) = rest.split_at(end);
        let graphic = uri.bytes().all(|b| b.is_ascii_graphic() && b != b',');
        if crate::DomainName::parse(host).is_err() || !graphic {
            self.remark(value.span, DiagnosticCode::InvalidUri);
            return Location::Invalid;
        }
        let path = behind.split(['?', '#']).next().unwrap_or_default();
        let path = path.to_ascii_lowercase();
        if is_logo && !path.ends_with(".svg") && !path.ends_with(".svgz") {
            self.remark(value.span, DiagnosticCode::NotSvg);
        }
        Location::Https(uri.to_owned())
    }

    /// What can be said only when the whole record is known.
    fn finish(mut self) -> Published {
        let end = self.record.text.chars().count();
        let at_end = Span::new(end, end);
        match (&self.record.location, &self.record.evidence) {
            (Location::Absent, _) => self.remark(at_end, DiagnosticCode::MissingLocation),
            _ if self.record.is_declination() => self.remark(at_end, DiagnosticCode::Declination),
            (Location::Empty, Location::Https(_)) => {
                self.remark(at_end, DiagnosticCode::OnlyEvidence);
            }
            _ => {}
        }
        Published {
            record: self.record,
            diagnostics: self.diagnostics,
        }
    }
}

#[cfg(test)]
mod tests;
