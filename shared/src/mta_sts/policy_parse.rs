//! From a file to a policy.

use serde::Serialize;

use super::MxPattern;
use super::diagnostic::{PolicyDiagnostic, PolicyDiagnosticCode as Code, PolicyField};
use super::policy::{Mode, Policy};
use crate::diagnostic::{Level, Remarks};
use crate::mx::ExchangeProblem;
use crate::span::Span;
use crate::tag_list::Token;

/// Octets of a policy that are read (RFC 8461 §3.3 suggests the bound).
pub const MAX_POLICY: usize = 64 * 1024;
/// Remarks of one level about one policy: who made as many mistakes needs no more to begin with.
const MAX_REMARKS: usize = 16;
/// The longest life of a policy, in seconds: a year (RFC 8461 §3.2).
const LONGEST: u32 = 31_557_600;
const DAY: u32 = 86_400;
const WEEK: u32 = 7 * DAY;

/// A policy, and what is to say about its text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ReadPolicy {
    /// The policy.
    pub policy: Policy,
    /// Remarks in the order of the text; at most 16 of each level.
    pub diagnostics: Vec<PolicyDiagnostic>,
}

impl ReadPolicy {
    /// Whether senders have to take it for a policy: nothing that must be there is missing or wrong.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let is_error = |remark: &PolicyDiagnostic| remark.code.level() == Level::Error;
        !self.diagnostics.iter().any(is_error)
    }
}

/// Reads the text of a policy (RFC 8461 §3.2). One pass; of more than [`MAX_POLICY`] octets the first.
#[must_use]
pub fn read_policy(text: &str) -> ReadPolicy {
    let mut end = text.len().min(MAX_POLICY);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (read, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let mut reader = Reader {
        policy: Policy {
            text: read.to_owned(),
            versioned: false,
            mode: None,
            max_age: None,
            mx: Vec::new(),
        },
        remarks: Remarks::new(MAX_REMARKS, Code::level),
        seen: Vec::new(),
    };
    reader.lines(read);
    reader.finish(!rest.is_empty())
}

struct Reader {
    policy: Policy,
    remarks: Remarks<Code>,
    seen: Vec<PolicyField>,
}

impl Reader {
    fn lines(&mut self, text: &str) {
        let mut start = 0;
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            let is_last = lines.peek().is_none();
            let whole = Token::new(line, start);
            start = whole.span.end as usize + 1;
            let line = line.strip_suffix('\r').unwrap_or(line);
            self.line(Token::new(line, whole.span.start as usize), is_last);
        }
    }

    fn line(&mut self, line: Token<'_>, is_last: bool) {
        let mut line = line;
        if line.span.start == 0
            && let Some(behind) = line.text.strip_prefix('\u{feff}')
        {
            self.remarks.add(Span::new(0, 1), Code::ByteOrderMark);
            line = Token::new(behind, 1);
        }
        match line.text.split_once(':') {
            _ if line.text.trim_matches([' ', '\t']).is_empty() => {
                // The last line may have an end, and then nothing follows.
                if !(is_last && line.text.is_empty()) {
                    self.remarks.add(line.span, Code::EmptyLine);
                }
            }
            None => self.remarks.add(line.span, Code::NotAField),
            Some((key, value)) => {
                let start = line.span.start as usize;
                let key = Token::new(key, start);
                let value = Token::new(value, key.span.end as usize + 1).trim();
                let trimmed = key.trim();
                if trimmed.text.is_empty() {
                    return self.remarks.add(line.span, Code::NotAField);
                }
                if trimmed.text.len() < key.text.len() {
                    self.remarks.add(key.span, Code::SpaceAtKey);
                }
                self.field(trimmed, value);
            }
        }
    }

    fn field(&mut self, key: Token<'_>, value: Token<'_>) {
        let known = PolicyField::ALL
            .into_iter()
            .find(|field| field.as_str() == key.text);
        let Some(field) = known else {
            self.remarks.add(key.span, Code::UnknownField);
            return;
        };
        if field != PolicyField::Mx {
            if self.seen.contains(&field) {
                let span = Span {
                    start: key.span.start,
                    end: value.span.end,
                };
                self.remarks.add(span, Code::Duplicate(field));
                return;
            }
            if field == PolicyField::Version && !(self.seen.is_empty() && self.policy.mx.is_empty())
            {
                self.remarks.add(key.span, Code::VersionNotFirst);
            }
            self.seen.push(field);
        }
        self.set(field, value);
    }

    fn set(&mut self, field: PolicyField, value: Token<'_>) {
        let valid = match field {
            PolicyField::Version => {
                self.policy.versioned = value.text == "STSv1";
                self.policy.versioned
            }
            PolicyField::Mode => {
                self.policy.mode = Mode::ALL
                    .into_iter()
                    .find(|mode| mode.as_str() == value.text);
                self.policy.mode.is_some()
            }
            PolicyField::MaxAge => return self.max_age(value),
            PolicyField::Mx => return self.mx(value),
        };
        if !valid {
            self.remarks.add(value.span, Code::Invalid(field));
        }
    }

    fn max_age(&mut self, value: Token<'_>) {
        let digits = (1..=10).contains(&value.text.len())
            && value.text.bytes().all(|octet| octet.is_ascii_digit());
        // Ten digits may be more than 32 bits hold.
        match value.text.parse::<u64>().ok().filter(|_| digits) {
            None => self
                .remarks
                .add(value.span, Code::Invalid(PolicyField::MaxAge)),
            Some(seconds) => match u32::try_from(seconds).ok().filter(|s| *s <= LONGEST) {
                None => self.remarks.add(value.span, Code::MaxAgeTooLong),
                Some(seconds) => {
                    self.policy.max_age = Some(seconds);
                    let short = match seconds {
                        ..DAY => Code::MaxAgeShort,
                        DAY..WEEK => Code::MaxAgeModest,
                        WEEK.. => return,
                    };
                    self.remarks.add(value.span, short);
                }
            },
        }
    }

    fn mx(&mut self, value: Token<'_>) {
        if !self.seen.contains(&PolicyField::Mx) {
            self.seen.push(PolicyField::Mx);
        }
        let dotless = value.text.strip_suffix('.').unwrap_or(value.text);
        match MxPattern::parse(value.text, value.span) {
            Some(pattern) => {
                let fault = match ExchangeProblem::of(&pattern.name) {
                    // `*.org` names `example.org`.
                    Some(ExchangeProblem::IsLocal) => !pattern.wildcard,
                    fault => fault.is_some(),
                };
                if fault {
                    self.remarks.add(value.span, Code::MatchesNothing);
                }
                self.policy.mx.push(pattern);
            }
            None if MxPattern::parse(dotless, value.span).is_some() => {
                self.remarks.add(value.span, Code::FinalDot);
            }
            None => self.remarks.add(value.span, Code::Invalid(PolicyField::Mx)),
        }
    }

    /// What can be said only when the whole policy is known.
    fn finish(mut self, cut: bool) -> ReadPolicy {
        let end = self.policy.text.chars().count();
        let end = Span::new(end, end);
        if self.policy.mode != Some(Mode::Enforce) {
            // Who is trying it out, or taking it back, wants it forgotten soon.
            let is_short = |code| matches!(code, Code::MaxAgeShort | Code::MaxAgeModest);
            self.remarks.retain(|code| !is_short(code));
        }
        for field in PolicyField::ALL {
            let needed = field != PolicyField::Mx || self.policy.mode != Some(Mode::None);
            if needed && !self.seen.contains(&field) {
                self.remarks.add(end, Code::Missing(field));
            }
        }
        if cut {
            self.remarks.add(end, Code::TooLong);
        }
        ReadPolicy {
            policy: self.policy,
            diagnostics: self.remarks.sorted(),
        }
    }
}

#[cfg(test)]
mod tests;
