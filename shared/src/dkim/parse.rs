//! From TXT text to a key record.

mod form;

use serde::Serialize;

use self::form::{holds_a_tag, is_dkim, is_name};
use super::diagnostic::{Diagnostic, DiagnosticCode};
use super::key::{self, Algorithm, KeyFault, PublicKey};
use super::record::{GOOD_BITS, MAX_BITS, MIN_BITS, NoKey, Record, Tag, TagName};
use crate::sorting::sort_by_key;
use crate::span::Span;
use crate::tag_list::{self, Element, Token};

/// What a TXT text found below `_domainkey` is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Parsed {
    /// Something else: a wildcard of the domain answers here too, and holds what it likes.
    NotDkim,
    /// A record, whatever may be wrong inside it.
    Record(Box<Published>),
}

/// A record as it is published, and what is to say about its text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Published {
    /// The record.
    pub record: Record,
    /// Remarks in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one TXT record's joined text (RFC 6376 §3.6.1). One pass, but that names are looked for among those
/// before them, of which there are at most [`MAX_NAMES`].
#[must_use]
pub fn parse(text: &str) -> Parsed {
    if !is_dkim(text) {
        return Parsed::NotDkim;
    }
    let mut reader = Reader::new(text);
    for element in tag_list::elements(text) {
        reader.read(element);
    }
    Parsed::Record(Box::new(reader.finish()))
}

/// Names of tags that are held against each other: no record has so many.
const MAX_NAMES: usize = 64;

/// The record so far.
struct Reader<'a> {
    text: &'a str,
    tags: Vec<Tag>,
    names: Vec<&'a str>,
    diagnostics: Vec<Diagnostic>,
    is_void: bool,
    /// `p` may stand in another tag's value.
    lacks_semicolon: bool,
    /// The value of `p`.
    key: Option<Token<'a>>,
    /// The value of `k`.
    kind: Option<Token<'a>>,
    is_for_mail: bool,
    allows_sha256: bool,
    is_testing: bool,
    is_strict: bool,
}

impl<'a> Reader<'a> {
    const fn new(text: &'a str) -> Self {
        Self {
            text,
            tags: Vec::new(),
            names: Vec::new(),
            diagnostics: Vec::new(),
            is_void: false,
            lacks_semicolon: false,
            key: None,
            kind: None,
            is_for_mail: true,
            allows_sha256: true,
            is_testing: false,
            is_strict: false,
        }
    }

    fn remark(&mut self, span: Span, code: DiagnosticCode) {
        self.diagnostics.push(Diagnostic { span, code });
    }

    /// A remark on what makes verifiers pass the whole record over.
    fn void(&mut self, span: Span, code: DiagnosticCode) {
        self.is_void = true;
        self.remark(span, code);
    }

    fn read(&mut self, element: Element<'a>) {
        let tag = match element {
            Element::Empty(span) => return self.remark(span, DiagnosticCode::EmptyTag),
            Element::NotATag(piece) => return self.void(piece.span, DiagnosticCode::NotATag),
            Element::Tag(tag) => tag,
        };
        let is_first = self.tags.is_empty();
        let name = TagName::parse(tag.name.text);
        self.tags.push(Tag {
            name,
            name_span: tag.name.span,
            value_span: tag.value.span,
        });
        if self.names.contains(&tag.name.text) {
            return self.void(tag.span(), DiagnosticCode::DuplicateTag);
        }
        if self.names.len() < MAX_NAMES {
            self.names.push(tag.name.text);
        }
        if !is_name(tag.name.text) {
            return self.void(tag.span(), DiagnosticCode::NotATag);
        }
        if self.is_misread(name, tag.value) {
            return;
        }
        match name {
            None if TagName::parse(&tag.name.text.to_ascii_lowercase()).is_some() => {
                self.remark(tag.name.span, DiagnosticCode::WrongCase);
            }
            None => self.remark(tag.span(), DiagnosticCode::UnknownTag),
            Some(TagName::G) => self.remark(tag.span(), DiagnosticCode::RemovedTag),
            Some(TagName::V) if tag.value.text != "DKIM1" => {
                self.void(tag.value.span, DiagnosticCode::OtherVersion);
            }
            Some(TagName::V) if !is_first => self.void(tag.span(), DiagnosticCode::VersionNotFirst),
            Some(TagName::V | TagName::N) => {}
            Some(TagName::P) => self.key = Some(tag.value),
            Some(TagName::K) => self.kind = Some(tag.value),
            Some(TagName::H) => self.hashes(tag.value),
            Some(TagName::S) => self.services(tag.value),
            Some(TagName::T) => self.flags(tag.value),
        }
    }

    /// Whether a value is none, or not the one that was meant.
    fn is_misread(&mut self, name: Option<TagName>, value: Token<'a>) -> bool {
        if name != Some(TagName::N) && holds_a_tag(value.text) {
            self.lacks_semicolon = true;
            self.void(value.span, DiagnosticCode::MissingSemicolon);
            return true;
        }
        // What a key cannot hold is said of the key.
        let invalid = |c: char| !matches!(c, '\t' | '\r' | '\n' | ' '..='~');
        if name != Some(TagName::P)
            && let Some(place) = value.text.chars().position(invalid)
        {
            let start = value.span.start as usize + place;
            self.void(
                Span::new(start, start + 1),
                DiagnosticCode::InvalidCharacter,
            );
            return true;
        }
        let needed = name.filter(|name| {
            use TagName::{H, K, S, T};
            matches!(name, H | K | S | T) && value.text.is_empty()
        });
        if let Some(name) = needed {
            // Without flags the key is what it would be without the tag.
            self.is_void |= name != TagName::T;
            self.remark(value.span, DiagnosticCode::EmptyValue(name));
        }
        needed.is_some()
    }

    fn hashes(&mut self, value: Token<'a>) {
        self.allows_sha256 = false;
        for hash in value.split(':') {
            match hash.text {
                "sha256" => self.allows_sha256 = true,
                "sha1" => {}
                _ => self.remark(hash.span, DiagnosticCode::UnknownHash),
            }
        }
        if !self.allows_sha256 {
            self.remark(value.span, DiagnosticCode::WithoutSha256);
        }
    }

    fn services(&mut self, value: Token<'a>) {
        self.is_for_mail = value
            .split(':')
            .any(|service| matches!(service.text, "*" | "email"));
        if !self.is_for_mail {
            self.remark(value.span, DiagnosticCode::NotForMail);
        }
    }

    fn flags(&mut self, value: Token<'a>) {
        for flag in value.split(':') {
            match flag.text {
                "y" => {
                    self.is_testing = true;
                    self.remark(flag.span, DiagnosticCode::Testing);
                }
                "s" => self.is_strict = true,
                _ => self.remark(flag.span, DiagnosticCode::UnknownFlag),
            }
        }
    }

    /// What can be said only when all tags are known: `k` may stand behind `p`.
    fn finish(mut self) -> Published {
        let key = self.read_key();
        sort_by_key(&mut self.diagnostics, |remark| remark.span);
        Published {
            record: Record {
                text: self.text.to_owned(),
                tags: self.tags,
                key: if self.is_void { Err(NoKey::Void) } else { key },
                is_for_mail: self.is_for_mail,
                allows_sha256: self.allows_sha256,
                is_testing: self.is_testing,
                is_strict: self.is_strict,
            },
            diagnostics: self.diagnostics,
        }
    }

    fn read_key(&mut self) -> Result<PublicKey, NoKey> {
        let Some(value) = self.key else {
            let end = self.text.chars().count();
            if !self.lacks_semicolon {
                self.remark(Span::new(end, end), DiagnosticCode::MissingKey);
            }
            return Err(NoKey::Missing);
        };
        let kind = self
            .kind
            .map(|kind| (kind.span, Algorithm::parse(kind.text)));
        let algorithm = match kind {
            None => Algorithm::Rsa,
            Some((_, Some(algorithm))) => algorithm,
            Some((span, None)) => {
                self.remark(span, DiagnosticCode::UnknownKeyType);
                return Err(NoKey::UnknownType);
            }
        };
        if value.text.is_empty() {
            self.remark(value.span, DiagnosticCode::Revoked);
            return Err(NoKey::Revoked);
        }
        match key::read(algorithm, value.text) {
            Ok(read) => {
                if read.lacks_padding {
                    let end = Span {
                        start: value.span.end,
                        end: value.span.end,
                    };
                    self.remark(end, DiagnosticCode::MissingPadding);
                }
                if let Some(code) = length(&read.key) {
                    self.remark(value.span, code);
                }
                Ok(read.key)
            }
            Err(fault) => {
                let (span, code) = faulty(value, fault);
                self.remark(span, code);
                Err(NoKey::Faulty(fault))
            }
        }
    }
}

/// What is to say about the length of a key, if anything.
const fn length(key: &PublicKey) -> Option<DiagnosticCode> {
    match (key.algorithm, key.bits) {
        (Algorithm::Ed25519, _) | (_, GOOD_BITS..=MAX_BITS) => None,
        (_, bits @ ..MIN_BITS) => Some(DiagnosticCode::WeakKey(bits)),
        (_, bits @ ..GOOD_BITS) => Some(DiagnosticCode::ShortKey(bits)),
        (_, bits) => Some(DiagnosticCode::LongKey(bits)),
    }
}

/// The place of a fault and its remark.
fn faulty(value: Token<'_>, fault: KeyFault) -> (Span, DiagnosticCode) {
    let code = match fault {
        KeyFault::Base64(place) => {
            let start = value.span.start as usize + place;
            return (Span::new(start, start + 1), DiagnosticCode::InvalidBase64);
        }
        KeyFault::Truncated => {
            let end = value.span.end as usize;
            return (Span::new(end, end), DiagnosticCode::Truncated);
        }
        KeyFault::Foreign => DiagnosticCode::ForeignKey,
        KeyFault::Exponent => DiagnosticCode::WeakExponent,
        KeyFault::Private => DiagnosticCode::PrivateKey,
        KeyFault::Wrapped => DiagnosticCode::WrappedKey,
    };
    (value.span, code)
}

#[cfg(test)]
mod tests;
