//! The text, and how far it was read.
//!
//! Nothing here is generic: it is compiled once, however many types are read.

use core::fmt;
use std::borrow::Cow;

use serde::de::{self, Expected, Unexpected};

/// Lists and objects within each other; ours are seven deep.
const MAX_DEPTH: u8 = 64;

/// Reading has stopped; the cursor knows where.
#[derive(Debug)]
pub(super) struct Stopped;

/// A text and a place in it.
pub(super) struct Cursor<'de> {
    text: &'de str,
    /// The octet that is read next: always at the beginning of a character.
    at: usize,
    depth: u8,
}

impl<'de> Cursor<'de> {
    pub(super) const fn new(text: &'de str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    pub(super) const fn position(&self) -> usize {
        self.at
    }

    /// The next octet that is no white space; `None` at the end.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let octets = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = octets.get(self.at) {
            self.at += 1;
        }
        octets.get(self.at).copied()
    }

    pub(super) fn expect(&mut self, wanted: u8) -> Result<(), Stopped> {
        if self.peek() != Some(wanted) {
            return Err(Stopped);
        }
        self.at += 1;
        Ok(())
    }

    /// Goes past `word` if it is next.
    pub(super) fn take(&mut self, word: &str) -> bool {
        self.peek();
        let next = self.rest().starts_with(word);
        if next {
            self.at += word.len();
        }
        next
    }

    /// Goes into a list or an object.
    pub(super) fn enter(&mut self, open: u8) -> Result<(), Stopped> {
        if self.depth == MAX_DEPTH {
            return Err(Stopped);
        }
        self.depth += 1;
        self.expect(open)
    }

    pub(super) fn leave(&mut self, close: u8) -> Result<(), Stopped> {
        self.depth = self.depth.saturating_sub(1);
        self.expect(close)
    }

    /// Goes to the next item of a list or an object; whether there is one.
    pub(super) fn advance(&mut self, first: &mut bool, close: u8) -> Result<bool, Stopped> {
        if self.peek() == Some(close) {
            return Ok(false);
        }
        if !core::mem::replace(first, false) {
            self.expect(b',')?;
        }
        Ok(true)
    }

    /// A number (RFC 8259 §6), as it is written.
    pub(super) fn number(&mut self) -> Result<&'de str, Stopped> {
        self.peek();
        let length = number_length(self.rest().as_bytes()).ok_or(Stopped)?;
        let number = self.rest().get(..length).ok_or(Stopped)?;
        self.at += length;
        Ok(number)
    }

    /// A string (RFC 8259 §7): borrowed when nothing in it is escaped.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, Stopped> {
        self.expect(b'"')?;
        let mut read = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let plain = rest
                .bytes()
                .position(|octet| matches!(octet, b'"' | b'\\' | ..0x20))
                .ok_or(Stopped)?;
            // Adding to an empty borrowed string borrows.
            read += rest.get(..plain).ok_or(Stopped)?;
            self.at += plain;
            if self.peek_raw() == Some(b'"') {
                self.at += 1;
                return Ok(read);
            }
            let escaped = self.escape()?;
            read.to_mut().push(escaped);
        }
    }

    /// Goes past a value of any type.
    pub(super) fn skip(&mut self) -> Result<(), Stopped> {
        match self.peek() {
            Some(b'"') => self.string().map(|_| ()),
            Some(b'[') => self.skip_items(b'[', b']'),
            Some(b'{') => self.skip_items(b'{', b'}'),
            _ if ["null", "true", "false"].iter().any(|word| self.take(word)) => Ok(()),
            _ => self.number().map(|_| ()),
        }
    }

    fn skip_items(&mut self, open: u8, close: u8) -> Result<(), Stopped> {
        self.enter(open)?;
        let mut first = true;
        while self.advance(&mut first, close)? {
            if open == b'{' {
                self.peek();
                self.string()?;
                self.expect(b':')?;
            }
            self.skip()?;
        }
        self.leave(close)
    }

    /// What an escape stands for; anything but an escape stops.
    fn escape(&mut self) -> Result<char, Stopped> {
        let rest = self.rest();
        let [b'\\', kind, ..] = rest.as_bytes() else {
            return Err(Stopped);
        };
        let character = match kind {
            b'"' | b'\\' | b'/' => char::from(*kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(Stopped),
        };
        self.at += 2;
        Ok(character)
    }

    /// `\u00e9`, or two of them that are a surrogate pair (RFC 8259 §7).
    fn code_point(&mut self) -> Result<char, Stopped> {
        let first = self.code_unit()?;
        let unit = match first {
            0xd800..0xdc00 => match self.code_unit()? {
                second @ 0xdc00..0xe000 => 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                _ => return Err(Stopped),
            },
            _ => first,
        };
        char::from_u32(unit).ok_or(Stopped)
    }

    fn code_unit(&mut self) -> Result<u32, Stopped> {
        let digits = self
            .rest()
            .strip_prefix("\\u")
            .and_then(|rest| rest.get(..4));
        let digits = digits.ok_or(Stopped)?;
        // `from_str_radix` would take a sign for a digit.
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(Stopped);
        }
        self.at += 6;
        u32::from_str_radix(digits, 16).map_err(|_| Stopped)
    }

    fn peek_raw(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

/// How long the number is that `text` begins with: `-12.5e+3`, no leading zeros.
fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        let end = rest.iter().position(|octet| !octet.is_ascii_digit());
        end.unwrap_or(rest.len())
    };
    let whole = usize::from(text.first() == Some(&b'-'));
    let mut end = whole + digits(whole);
    if end == whole || (text.get(whole) == Some(&b'0') && end > whole + 1) {
        return None;
    }
    if text.get(end) == Some(&b'.') {
        let length = digits(end + 1);
        if length == 0 {
            return None;
        }
        end += 1 + length;
    }
    if let Some(b'e' | b'E') = text.get(end) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let length = digits(end + 1 + sign);
        if length == 0 {
            return None;
        }
        end += 1 + sign + length;
    }
    Some(end)
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the JSON that is wanted")
    }
}

impl core::error::Error for Stopped {}

/// Each of them without a word: words that nobody reads are code all the same.
impl de::Error for Stopped {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}
