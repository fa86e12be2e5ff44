//! From TXT text to a policy record.

use serde::Serialize;

use super::diagnostic::{Diagnostic, DiagnosticCode, NearMiss};
use super::near_miss::near_miss;
use super::record::{AlignmentMode, Disposition, FailureOption, PublicSuffix, Record};
use super::tag::{Tag, TagName, TagValue};
use super::uri;
use crate::sorting::sort_by_key;
use crate::span::Span;
use crate::tag_list::{self, Element, Token};

/// What a TXT text found at a `_dmarc` name is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Parsed {
    /// Something else; not an error, many names answer with verification tokens.
    NotDmarc,
    /// Something else to every receiver, but meant to be a record.
    NearMiss(NearMiss),
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

/// Reads one TXT record's joined text (RFC 9989 §4.7, §4.8). One pass, whatever the length.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    if !is_dmarc(text) {
        return near_miss(text).map_or(Parsed::NotDmarc, Parsed::NearMiss);
    }
    let mut reader = Reader::new(text);
    for element in tag_list::elements(text) {
        reader.read(element);
    }
    Parsed::Record(Box::new(reader.finish()))
}

/// RFC 9989 §4.7: "v" must be the first tag, and "The value of this tag MUST match precisely".
fn is_dmarc(text: &str) -> bool {
    // The grammar has no white space in front of the first tag.
    !text.starts_with([' ', '\t', '\r', '\n'])
        && matches!(
            tag_list::elements(text).next(),
            Some(Element::Tag(tag))
                if tag.name.text.eq_ignore_ascii_case("v") && tag.value.text == "DMARC1"
        )
}

/// The record so far.
struct Reader {
    record: Record,
    diagnostics: Vec<Diagnostic>,
    seen: Vec<TagName>,
}

impl Reader {
    fn new(text: &str) -> Self {
        Self {
            record: Record {
                text: text.to_owned(),
                tags: Vec::new(),
                p: TagValue::Absent,
                sp: TagValue::Absent,
                np: TagValue::Absent,
                adkim: TagValue::Absent,
                aspf: TagValue::Absent,
                t: TagValue::Absent,
                psd: TagValue::Absent,
                rua: Vec::new(),
                ruf: Vec::new(),
                fo: TagValue::Absent,
                pct: TagValue::Absent,
            },
            diagnostics: Vec::new(),
            seen: Vec::new(),
        }
    }

    fn remark(&mut self, span: Span, code: DiagnosticCode) {
        self.diagnostics.push(Diagnostic { span, code });
    }

    fn read(&mut self, element: Element<'_>) {
        match element {
            Element::Empty(span) => self.remark(span, DiagnosticCode::EmptyTag),
            Element::NotATag(piece) => self.remark(piece.span, DiagnosticCode::NotATag),
            Element::Tag(tag) => {
                let name = TagName::parse(tag.name.text);
                self.record.tags.push(Tag {
                    name,
                    name_span: tag.name.span,
                    value_span: tag.value.span,
                });
                match name {
                    None if tag.name.text.is_empty() => {
                        self.remark(tag.span(), DiagnosticCode::NotATag);
                    }
                    None => self.remark(tag.span(), DiagnosticCode::UnknownTag),
                    Some(name) if self.seen.contains(&name) => {
                        self.remark(tag.span(), DiagnosticCode::DuplicateTag(name));
                    }
                    Some(name) => {
                        self.seen.push(name);
                        if name.is_removed() {
                            self.remark(tag.span(), DiagnosticCode::RemovedTag(name));
                        }
                        self.set(name, tag.value);
                    }
                }
            }
        }
    }

    /// Reads the value of a tag that is here for the first time.
    fn set(&mut self, name: TagName, value: Token<'_>) {
        match name {
            TagName::V | TagName::Rf | TagName::Ri => {}
            TagName::P => self.record.p = self.keyword(name, value, disposition),
            TagName::Sp => self.record.sp = self.keyword(name, value, disposition),
            TagName::Np => self.record.np = self.keyword(name, value, disposition),
            TagName::Adkim => self.record.adkim = self.keyword(name, value, alignment_mode),
            TagName::Aspf => self.record.aspf = self.keyword(name, value, alignment_mode),
            TagName::T => self.record.t = self.keyword(name, value, yes_or_no),
            TagName::Psd => self.record.psd = self.keyword(name, value, public_suffix),
            TagName::Rua => self.record.rua = uri::parse_list(name, value, &mut self.diagnostics),
            TagName::Ruf => self.record.ruf = uri::parse_list(name, value, &mut self.diagnostics),
            TagName::Fo => self.failure_options(value),
            TagName::Pct => self.record.pct = self.keyword(name, value, percentage),
        }
        if let Some(span) = first_invalid(value) {
            self.remark(span, DiagnosticCode::InvalidCharacter);
        }
    }

    fn keyword<T>(
        &mut self,
        name: TagName,
        value: Token<'_>,
        read: fn(&str) -> Option<T>,
    ) -> TagValue<T> {
        match read(value.text) {
            Some(known) => TagValue::Valid(known, value.span),
            None => {
                self.remark(value.span, DiagnosticCode::InvalidValue(name));
                TagValue::Invalid(value.span)
            }
        }
    }

    fn failure_options(&mut self, value: Token<'_>) {
        let mut options = Vec::new();
        for option in value.split(':') {
            match failure_option(option.text) {
                Some(known) if !options.contains(&known) => options.push(known),
                Some(_) => {}
                None => self.remark(option.span, DiagnosticCode::InvalidValue(TagName::Fo)),
            }
        }
        if options.contains(&FailureOption::All) && options.contains(&FailureOption::Any) {
            self.remark(value.span, DiagnosticCode::FailureOptionsExclusive);
        }
        self.record.fo = if options.is_empty() {
            TagValue::Invalid(value.span)
        } else {
            TagValue::Valid(options, value.span)
        };
    }

    /// What can be said only when the whole record is known.
    fn finish(mut self) -> Published {
        let mut tags = self.record.tags.iter();
        if let Some(tag) = tags.find(|tag| tag.name == Some(TagName::Fo))
            && !self.seen.contains(&TagName::Ruf)
        {
            let span = Span {
                start: tag.name_span.start,
                end: tag.value_span.end,
            };
            self.remark(span, DiagnosticCode::FailureOptionsWithoutRuf);
        }
        if !self.seen.contains(&TagName::P) {
            let end = self.record.text.chars().count();
            self.remark(Span::new(end, end), DiagnosticCode::MissingPolicy);
        }
        sort_by_key(&mut self.diagnostics, |remark| remark.span);
        Published {
            record: self.record,
            diagnostics: self.diagnostics,
        }
    }
}

/// The first run of characters that no value can hold; often invisible ones, pasted from a document.
///
/// RFC 9989 §4.8: values are printable ASCII and spaces without the semicolon.
fn first_invalid(value: Token<'_>) -> Option<Span> {
    let valid = |c: char| matches!(c, ' '..='~');
    let front = value.text.chars().take_while(|&c| valid(c)).count();
    let run = value.text.chars().skip(front);
    let length = run.take_while(|&c| !valid(c)).count();
    let start = value.span.start as usize + front;
    (length > 0).then(|| Span::new(start, start + length))
}

fn disposition(text: &str) -> Option<Disposition> {
    [
        Disposition::None,
        Disposition::Quarantine,
        Disposition::Reject,
    ]
    .into_iter()
    .find(|known| text.eq_ignore_ascii_case(known.as_str()))
}

fn alignment_mode(text: &str) -> Option<AlignmentMode> {
    match text {
        "r" | "R" => Some(AlignmentMode::Relaxed),
        "s" | "S" => Some(AlignmentMode::Strict),
        _ => None,
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" => Some(true),
        "n" | "N" => Some(false),
        _ => None,
    }
}

fn public_suffix(text: &str) -> Option<PublicSuffix> {
    match text {
        "y" | "Y" => Some(PublicSuffix::Yes),
        "n" | "N" => Some(PublicSuffix::No),
        "u" | "U" => Some(PublicSuffix::Undetermined),
        _ => None,
    }
}

fn failure_option(text: &str) -> Option<FailureOption> {
    match text {
        "0" => Some(FailureOption::All),
        "1" => Some(FailureOption::Any),
        "d" | "D" => Some(FailureOption::Dkim),
        "s" | "S" => Some(FailureOption::Spf),
        _ => None,
    }
}

/// RFC 7489 §6.4: one to three digits, 0 to 100.
fn percentage(text: &str) -> Option<u8> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|&percent: &u8| digits && percent <= 100)
}

#[cfg(test)]
mod tests;
