//! Text to record (RFC 7208 §4.6.1, §5, §6, §12), with the place of everything that is wrong.

mod mechanism;

use core::fmt;

use serde::Serialize;

use self::mechanism::{macro_error, parse_domain, parse_mechanism};
use super::{Capitals, Directive, MacroString, Modifier, Qualifier, Record, Term, TermKind};
use crate::span::Span;

impl Record {
    /// Reads a record from the joined text of a TXT record.
    ///
    /// # Errors
    /// With the first thing that is wrong: one error anywhere makes the whole record void
    /// (RFC 7208 §4.6).
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let reading = read(text);
        reading
            .errors
            .into_iter()
            .next()
            .map_or(Ok(reading.record), Err)
    }
}

/// What a text holds, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The terms that can be read.
    pub record: Record,
    /// Everything else, in the order written. Nothing here: the record is valid.
    pub errors: Vec<SyntaxError>,
}

/// Reads all of a record and goes on after each error, so that a page can mark every one.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut words = Words { rest: text, at: 0 };
    let mut errors = Vec::new();
    let version = read_version(&mut words, &mut errors);
    // A guess that spares most records from moving their terms about.
    let mut terms: Vec<Term> = Vec::with_capacity(text.len() / 16);
    let mut once = Once::default();
    while let Some(word) = words.next() {
        match once.checked(parse_term(&word), word.at) {
            Ok(kind) => terms.push(Term {
                span: word.span(),
                spaces: word.spaces,
                kind,
            }),
            Err(error) => errors.push(SyntaxError {
                term: word.span(),
                span: error.span,
                code: error.code,
            }),
        }
    }
    Reading {
        record: Record {
            version,
            terms,
            trailing_spaces: u32::try_from(words.rest.len()).unwrap_or(u32::MAX),
        },
        errors,
    }
}

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct SyntaxError {
    /// The term that holds it.
    pub term: Span,
    /// The characters in question.
    pub span: Span,
    /// Which rule they break.
    pub code: SyntaxCode,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at character {}", self.code, self.span.start)
    }
}

impl core::error::Error for SyntaxError {}

/// The rules of the grammar that a record can break.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SyntaxCode {
    /// An address without `ip4:` or `ip6:`.
    BareAddress,
    /// A name without `include:` or `a:`.
    BareDomain,
    /// A character outside visible ASCII; only the space divides terms.
    Character,
    /// A name must end in a dot and a top label, or in a macro.
    InvalidDomain,
    /// Not four numbers from 0 to 255 without leading zeros.
    InvalidIpv4,
    /// Not an address of RFC 4291 §2.2.
    InvalidIpv6,
    /// `%` begins nothing that is known.
    InvalidMacro,
    /// A prefix length is digits without a leading zero.
    InvalidPrefix,
    /// An IPv4 address in `ip6`.
    Ipv4InIp6,
    /// An IPv6 address in `ip4`.
    Ipv6InIp4,
    /// Addresses cannot hold macros.
    MacroInAddress,
    /// `%{c}`, `%{r}` and `%{t}` are for explanations.
    MacroOnlyInExplanation,
    /// The mechanism or modifier needs a value.
    MissingArgument,
    /// More bits than the address has.
    PrefixOutOfRange,
    /// Modifiers take no qualifier.
    QualifierOnModifier,
    /// `exp=` can be there once.
    RepeatedExp,
    /// `redirect=` can be there once.
    RepeatedRedirect,
    /// A name of one label.
    SingleLabel,
    /// The mechanism takes no value.
    UnexpectedArgument,
    /// The mechanism takes no prefix length.
    UnexpectedPrefix,
    /// No such mechanism.
    UnknownMechanism,
    /// The text does not begin with `v=spf1` and a space.
    Version,
}

/// An error inside a term: what, and which characters of the record.
struct TermError {
    span: Span,
    code: SyntaxCode,
}

type Parsed<T> = Result<T, TermError>;

fn error<T>(code: SyntaxCode, start: usize, end: usize) -> Parsed<T> {
    Err(TermError {
        span: Span::new(start, end),
        code,
    })
}

fn read_version(words: &mut Words<'_>, errors: &mut Vec<SyntaxError>) -> Capitals {
    let Some(first) = words.next() else {
        let span = Span::new(0, 0);
        errors.push(SyntaxError {
            term: span,
            span,
            code: SyntaxCode::Version,
        });
        return Capitals::default();
    };
    if first.spaces != 0 || !first.text.eq_ignore_ascii_case("v=spf1") {
        errors.push(SyntaxError {
            term: first.span(),
            span: first.span(),
            code: SyntaxCode::Version,
        });
    }
    Capitals::of(first.text)
}

/// What stands between spaces.
struct Word<'a> {
    text: &'a str,
    /// Whether it is all visible ASCII.
    visible: bool,
    spaces: u32,
    at: usize,
    end: usize,
}

impl Word<'_> {
    fn span(&self) -> Span {
        Span::new(self.at, self.end)
    }
}

/// Divides a text at its spaces; counts characters.
struct Words<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<Word<'a>> {
        let spaces = self.rest.bytes().take_while(|&c| c == b' ').count();
        let trimmed = self.rest.get(spaces..).unwrap_or_default();
        if trimmed.is_empty() {
            return None;
        }
        let mut visible = true;
        let length = trimmed.bytes().take_while(|c| {
            visible &= c.is_ascii_graphic() || *c == b' ';
            *c != b' '
        });
        let (text, rest) = trimmed.split_at(length.count());
        let at = self.at + spaces;
        let length = if visible {
            text.len()
        } else {
            text.chars().count()
        };
        self.at = at + length;
        self.rest = rest;
        Some(Word {
            text,
            visible,
            spaces: u32::try_from(spaces).unwrap_or(u32::MAX),
            at,
            end: self.at,
        })
    }
}

/// RFC 7208 §6: "The modifiers "redirect" and "exp" MUST NOT appear in a record more than once each."
#[derive(Default)]
struct Once {
    redirect: bool,
    exp: bool,
}

impl Once {
    fn checked(&mut self, parsed: Parsed<TermKind>, at: usize) -> Parsed<TermKind> {
        let kind = parsed?;
        let (seen, code, length) = match &kind {
            TermKind::Modifier(Modifier::Redirect(..)) => {
                (&mut self.redirect, SyntaxCode::RepeatedRedirect, 8)
            }
            TermKind::Modifier(Modifier::Exp(..)) => (&mut self.exp, SyntaxCode::RepeatedExp, 3),
            _ => return Ok(kind),
        };
        if core::mem::replace(seen, true) {
            return error(code, at, at + length);
        }
        Ok(kind)
    }
}

/// Reads one term.
fn parse_term(word: &Word<'_>) -> Parsed<TermKind> {
    let &Word {
        text: word,
        at,
        visible,
        ..
    } = word;
    if !visible {
        let bad = word.chars().take_while(char::is_ascii_graphic).count();
        return error(SyntaxCode::Character, at + bad, at + bad + 1);
    }
    let sign = word.chars().next().and_then(Qualifier::from_char);
    let body_at = at + usize::from(sign.is_some());
    let body = word.get(usize::from(sign.is_some())..).unwrap_or_default();
    let (name, argument) = split_name(body);
    if let Some(value) = argument.strip_prefix('=') {
        if sign.is_some() {
            return error(SyntaxCode::QualifierOnModifier, at, at + 1);
        }
        return parse_modifier(name, value, at).map(TermKind::Modifier);
    }
    let mechanism = parse_mechanism(name, argument, body_at)?;
    Ok(TermKind::Directive(Directive {
        sign,
        capitals: Capitals::of(name),
        mechanism,
    }))
}

/// The name, and what follows it: nothing, or a text that begins with `:`, `/`, or the `=` of a
/// modifier, whose `name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )` (RFC 7208 §4.6.1).
fn split_name(body: &str) -> (&str, &str) {
    let end = body.bytes().position(|c| matches!(c, b':' | b'/' | b'='));
    let (name, argument) = body.split_at(end.unwrap_or(body.len()));
    if argument.starts_with('=') && !is_modifier_name(name) {
        let end = body.find([':', '/']).unwrap_or(body.len());
        return body.split_at(end);
    }
    (name, argument)
}

fn is_modifier_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.'))
}

fn parse_modifier(name: &str, value: &str, at: usize) -> Parsed<Modifier> {
    let value_at = at + name.len() + 1;
    if name.eq_ignore_ascii_case("redirect") {
        let target = parse_domain(value, value_at)?;
        return Ok(Modifier::Redirect(Capitals::of(name), target));
    }
    if name.eq_ignore_ascii_case("exp") {
        let target = parse_domain(value, value_at)?;
        return Ok(Modifier::Exp(Capitals::of(name), target));
    }
    Ok(Modifier::Unknown {
        name: name.into(),
        value: MacroString::parse(value).map_err(|e| macro_error(e, value, value_at))?,
    })
}

#[cfg(test)]
mod tests;
