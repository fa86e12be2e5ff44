//! Lines to records.

use crate::gather::Gather;
use core::fmt;

use super::{Diagnostic, DiagnosticCode, ExchangeProblem, Record};
use crate::dns::{Name, RecordData, Response};
use crate::sorting::sort_by_key;
use crate::span::Span;
use crate::tag_list::Token;

/// Records that are read: no honest domain has more.
const MAX_RECORDS: usize = 100;
/// Characters of a text that are read.
const MAX_CHARACTERS: usize = 65_536;

/// What a text holds, as far as it can be read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Reading {
    /// The records in the order written.
    pub records: Vec<Record>,
    /// Remarks in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// The answer that DNS would give; the same for two texts with the same records.
    #[must_use]
    pub fn response(&self) -> Response {
        let records: Vec<RecordData> = self.records.iter().map(Record::data).gather();
        Response::from_records(records)
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, record) in self.records.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "\n" })?;
            record.fmt(f)?;
        }
        Ok(())
    }
}

/// Reads one record a line. A line may be all that a zone file has, `example.org. 3600 IN MX 10 mail`;
/// what follows a semicolon is a comment (RFC 1035 §5.1).
#[must_use]
pub fn parse(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut start = 0;
    let end = text.char_indices().nth(MAX_CHARACTERS).map(|(at, _)| at);
    let text = end.and_then(|end| text.get(..end)).unwrap_or(text);
    for line in text.split('\n') {
        let whole = Token::new(line, start);
        start = whole.span.end as usize + 1;
        let content = line.split(';').next().unwrap_or_default();
        let content = Token::new(content, whole.span.start as usize);
        let words = words(content);
        if !words.is_empty() && reading.records.len() >= MAX_RECORDS {
            reading.remark(whole.span, DiagnosticCode::TooMany);
            break;
        }
        reading.read(behind_type(&words));
    }
    reading.judge();
    reading
}

/// The words of a line, with their places.
fn words(line: Token<'_>) -> Vec<Token<'_>> {
    let mut words = Vec::new();
    let mut start = line.span.start as usize;
    for word in line.text.split(|c: char| c.is_ascii_whitespace()) {
        let word = Token::new(word, start);
        start = word.span.end as usize + 1;
        // Beyond these nothing is looked at.
        if !word.text.is_empty() && words.len() < 8 {
            words.push(word);
        }
    }
    words
}

/// What follows `MX` where the whole line of a zone file was pasted; a host may be called `mx`.
fn behind_type<'a, 't>(words: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let found = words
        .iter()
        .position(|word| word.text.eq_ignore_ascii_case("mx"));
    match found.and_then(|at| words.get(at + 1..)) {
        Some(behind) if !behind.is_empty() => behind,
        _ => words,
    }
}

impl Reading {
    fn remark(&mut self, span: Span, code: DiagnosticCode) {
        self.diagnostics.push(Diagnostic { span, code });
    }

    fn read(&mut self, words: &[Token<'_>]) {
        let is_number = |word: &Token<'_>| word.text.bytes().all(|b| b.is_ascii_digit());
        let (preference, exchange) = match words {
            [] => return,
            [number] if is_number(number) => {
                return self.remark(number.span, DiagnosticCode::MissingExchange);
            }
            [name] => return self.remark(name.span, DiagnosticCode::MissingPreference),
            [preference, exchange, rest @ ..] => {
                if let [first, ..] = rest {
                    self.remark(first.span, DiagnosticCode::TrailingText);
                }
                (preference, exchange)
            }
        };
        let number = is_number(preference)
            .then(|| preference.text.parse().ok())
            .flatten();
        let name = Name::parse(exchange.text).ok();
        if number.is_none() {
            self.remark(preference.span, DiagnosticCode::InvalidPreference);
        }
        match &name {
            None => self.remark(exchange.span, DiagnosticCode::InvalidName),
            Some(name) if !is_host(name) => self.remark(exchange.span, DiagnosticCode::NotAHost),
            Some(_) => {}
        }
        if let (Some(preference_), Some(exchange_)) = (number, name) {
            self.records.push(Record {
                preference: preference_,
                exchange: exchange_,
                span: Span {
                    start: preference.span.start,
                    end: exchange.span.end,
                },
            });
        }
    }

    /// What can be said only when all records are known.
    fn judge(&mut self) {
        let alone = self.records.len() == 1;
        let mut found = Vec::new();
        for (at, record) in self.records.iter().enumerate() {
            let earlier = self.records.iter().take(at);
            let code = match ExchangeProblem::of(&record.exchange) {
                Some(ExchangeProblem::IsAddress) => Some(DiagnosticCode::IsAddress),
                // What no host is called has its remark.
                _ if !is_host(&record.exchange) => None,
                Some(ExchangeProblem::IsLocal) => Some(local(&record.exchange)),
                _ if record.exchange.is_root() && !alone => Some(DiagnosticCode::NullBesideOthers),
                _ if record.exchange.is_root() && record.preference != 0 => {
                    Some(DiagnosticCode::NullPreference)
                }
                _ if earlier.clone().any(|e| e.exchange == record.exchange) => {
                    Some(DiagnosticCode::Repeated)
                }
                _ => None,
            };
            found.extend(code.map(|code| Diagnostic {
                span: record.span,
                code,
            }));
        }
        self.diagnostics.extend(found);
        sort_by_key(&mut self.diagnostics, |remark| remark.span);
    }
}

/// Whether a host can be called so, or it is an address, which is told elsewhere. Underscores are in use, though no
/// standard allows them.
fn is_host(name: &Name) -> bool {
    let is_label = |label: &str| {
        let edges = label.starts_with('-') || label.ends_with('-');
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        !edges && label.bytes().all(plain)
    };
    name.labels().all(is_label) || ExchangeProblem::of(name) == Some(ExchangeProblem::IsAddress)
}

fn local(name: &Name) -> DiagnosticCode {
    match name.labels().next_back() {
        Some("localhost") => DiagnosticCode::IsLocalhost,
        _ => DiagnosticCode::IsLocal,
    }
}

#[cfg(test)]
mod tests;
