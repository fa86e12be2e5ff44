//! The parts of a macro string (RFC 7208 §7.1).

use super::{MacroError, MacroErrorKind};

/// A part of a macro string.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Segment<'a> {
    /// Stands for itself; `%%` and `%_` come as `%` and a space.
    Literal(&'a str),
    /// `%{…}`.
    Macro(Macro<'a>),
}

/// `%{letter digits r delimiters}`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Macro<'a> {
    /// What it stands for.
    pub letter: Letter,
    /// An upper-case letter: what is not unreserved in RFC 3986 is written as `%XX`.
    pub escaped: bool,
    /// How many parts are kept, from the right; nothing keeps all.
    pub keep: Option<usize>,
    /// The parts are turned round before.
    pub reversed: bool,
    /// What divides the parts, each character for itself; empty means a dot.
    pub delimiters: &'a str,
}

/// What a macro stands for (RFC 7208 §7.2).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Letter {
    /// `s`
    Sender,
    /// `l`
    SenderLocalPart,
    /// `o`
    SenderDomain,
    /// `d`
    Domain,
    /// `i`
    Ip,
    /// `p`
    ValidatedName,
    /// `v`
    IpVersion,
    /// `h`
    Helo,
    /// `c`
    ReadableIp,
    /// `r`
    Receiver,
    /// `t`
    Time,
}

impl Letter {
    fn from_char(letter: char) -> Option<Self> {
        Some(match letter.to_ascii_lowercase() {
            's' => Self::Sender,
            'l' => Self::SenderLocalPart,
            'o' => Self::SenderDomain,
            'd' => Self::Domain,
            'i' => Self::Ip,
            'p' => Self::ValidatedName,
            'v' => Self::IpVersion,
            'h' => Self::Helo,
            'c' => Self::ReadableIp,
            'r' => Self::Receiver,
            't' => Self::Time,
            _ => return None,
        })
    }

    /// RFC 7208 §7.2: "The following macro letters are allowed only in "exp" text".
    pub(super) const fn only_in_explanation(self) -> bool {
        matches!(self, Self::ReadableIp | Self::Receiver | Self::Time)
    }
}

/// Reads the parts of ASCII text one after the other, each with its place.
pub(super) struct Segments<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Segments<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn escape(rest: &'a str) -> Option<(usize, Segment<'a>)> {
        match rest.as_bytes().get(1)? {
            b'%' => Some((2, Segment::Literal("%"))),
            b'_' => Some((2, Segment::Literal(" "))),
            b'-' => Some((2, Segment::Literal("%20"))),
            b'{' => {
                let end = rest.find('}')?;
                let found = Self::macro_body(rest.get(2..end)?)?;
                Some((end + 1, Segment::Macro(found)))
            }
            _ => None,
        }
    }

    fn macro_body(body: &'a str) -> Option<Macro<'a>> {
        let letter = body.chars().next()?;
        let rest = body.get(1..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = rest.split_at_checked(digits)?;
        let after_r = rest.strip_prefix(['r', 'R']);
        let delimiters = after_r.unwrap_or(rest);
        let known = |c: char| matches!(c, '.' | '-' | '+' | ',' | '/' | '_' | '=');
        if !delimiters.chars().all(known) {
            return None;
        }
        Some(Macro {
            letter: Letter::from_char(letter)?,
            escaped: letter.is_ascii_uppercase(),
            keep: parts_to_keep(digits)?,
            reversed: after_r.is_some(),
            delimiters,
        })
    }
}

/// RFC 7208 §7.1 forbids zero; a number too large for the machine keeps all parts, as it says.
fn parts_to_keep(digits: &str) -> Option<Option<usize>> {
    if digits.is_empty() {
        return Some(None);
    }
    let keep = digits.parse().unwrap_or(usize::MAX);
    (keep > 0).then_some(Some(keep))
}

impl<'a> Iterator for Segments<'a> {
    type Item = Result<((usize, usize), Segment<'a>), MacroError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let (length, segment) = match rest.find('%') {
            Some(0) => match Self::escape(rest) {
                Some(found) => found,
                None => {
                    self.at = self.text.len();
                    return Some(Err(malformed_at(start, rest)));
                }
            },
            literal => {
                let length = literal.unwrap_or(rest.len());
                (length, Segment::Literal(rest.get(..length)?))
            }
        };
        self.at = start + length;
        Some(Ok(((start, self.at), segment)))
    }
}

fn malformed_at(start: usize, rest: &str) -> MacroError {
    let length = match rest.find('}') {
        Some(close) if rest.starts_with("%{") => close + 1,
        _ => rest.len().min(2),
    };
    MacroError {
        start,
        end: start + length,
        kind: MacroErrorKind::Malformed,
    }
}
