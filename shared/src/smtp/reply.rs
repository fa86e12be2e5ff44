//! Replies (RFC 5321 §4.2), found in octets before they are given a meaning.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::text;

/// Lines kept of one reply; the rest is read and dropped.
pub const MAX_REPLY_LINES: usize = 100;
/// Characters kept of one line: twice the 512 octets of RFC 5321 §4.5.3.1.5.
pub const MAX_LINE_CHARACTERS: usize = 1024;
/// Octets of one line before it is called endless.
const MAX_LINE_OCTETS: usize = 64 * 1024;
/// Lines of one reply before it is called endless.
const ENDLESS_LINES: usize = 20_000;

/// A whole reply: one code, one or more lines.
///
/// The lines are safe to show ([`text::visible`]) and bounded; the code and its separator are cut off.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Reply {
    /// Three digits, 200 to 599.
    pub code: u16,
    /// The text of each line, without code.
    pub lines: Vec<String>,
}

impl Reply {
    /// Whether the code begins with 2.
    #[must_use]
    pub const fn is_positive(&self) -> bool {
        self.code / 100 == 2
    }

    /// Whether the code begins with 4: try again later, never a verdict.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        self.code / 100 == 4
    }

    /// Whether the code begins with 5.
    #[must_use]
    pub const fn is_permanent(&self) -> bool {
        self.code / 100 == 5
    }

    /// The first line's text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.lines.first().map_or("", String::as_str)
    }

    /// The enhanced status code, when its class fits the reply code (RFC 2034 §4).
    #[must_use]
    pub fn enhanced(&self) -> Option<EnhancedCode> {
        EnhancedCode::parse(self.text()).filter(|e| u16::from(e.class) == self.code / 100)
    }
}

/// As the server wrote it: `250-…` lines, the last with a space.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.lines.len().saturating_sub(1);
        for (index, line) in self.lines.iter().enumerate() {
            let separator = if index == last { ' ' } else { '-' };
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}{separator}{line}", self.code)?;
        }
        Ok(())
    }
}

/// `class.subject.detail` (RFC 3463 §2).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EnhancedCode {
    /// 2, 4 or 5.
    pub class: u8,
    /// 0 to 999.
    pub subject: u16,
    /// 0 to 999.
    pub detail: u16,
}

impl EnhancedCode {
    /// Reads the code that begins `text`, if one does.
    fn parse(text: &str) -> Option<Self> {
        let word = text.split(' ').next()?;
        let mut parts = word.split('.');
        let class = number(parts.next()?)?;
        let (subject, detail) = (number(parts.next()?)?, number(parts.next()?)?);
        let class = u8::try_from(class)
            .ok()
            .filter(|c| matches!(c, 2 | 4 | 5))?;
        parts.next().is_none().then_some(Self {
            class,
            subject,
            detail,
        })
    }
}

/// One to three digits.
fn number(digits: &str) -> Option<u16> {
    let sound = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten()
}

/// Finds whole replies in octets that arrive in any pieces.
///
/// A lone LF ends a line too (seen in the field), and a continuation line with another code is kept:
/// one malformed line must not put the dialogue out of step.
#[derive(Debug, Default)]
pub struct ReplyReader {
    line: Vec<u8>,
    lines: Vec<String>,
    code: Option<u16>,
    seen_lines: usize,
}

impl ReplyReader {
    /// An empty reader.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a reply has begun and not ended.
    #[must_use]
    pub fn is_midway(&self) -> bool {
        !self.line.is_empty() || self.seen_lines > 0
    }

    /// Takes `octets`; gives every reply they complete.
    ///
    /// # Errors
    /// The peer does not speak SMTP, or without end. The reader is then of no more use.
    pub fn push(&mut self, octets: &[u8]) -> Result<Vec<Reply>, ReplyError> {
        let mut replies = Vec::new();
        for piece in octets.split_inclusive(|&octet| octet == b'\n') {
            self.line.extend_from_slice(piece);
            if self.line.len() > MAX_LINE_OCTETS {
                return Err(ReplyError::LineTooLong);
            }
            if piece.ends_with(b"\n") {
                replies.extend(self.end_line()?);
            }
        }
        Ok(replies)
    }

    /// Reads the line that just ended; gives the reply when it was the last.
    fn end_line(&mut self) -> Result<Option<Reply>, ReplyError> {
        let mut line = std::mem::take(&mut self.line);
        while matches!(line.last(), Some(b'\r' | b'\n')) {
            line.pop();
        }
        let (code, more, rest) = split_line(&line)?;
        self.seen_lines += 1;
        if self.seen_lines > ENDLESS_LINES {
            return Err(ReplyError::TooManyLines);
        }
        if self.lines.len() < MAX_REPLY_LINES {
            self.lines
                .push(text::from_octets(rest, MAX_LINE_CHARACTERS));
        }
        let code = *self.code.get_or_insert(code);
        if more {
            return Ok(None);
        }
        self.code = None;
        self.seen_lines = 0;
        Ok(Some(Reply {
            code,
            lines: std::mem::take(&mut self.lines),
        }))
    }
}

/// Splits `250-text` into its code, whether more lines follow, and its text.
fn split_line(line: &[u8]) -> Result<(u16, bool, &[u8]), ReplyError> {
    let malformed = || ReplyError::Malformed(text::from_octets(line, 200));
    let (digits, rest) = line.split_at_checked(3).ok_or_else(malformed)?;
    let code = std::str::from_utf8(digits)
        .ok()
        .and_then(number)
        .ok_or_else(malformed)?;
    if !(200..=599).contains(&code) {
        return Err(malformed());
    }
    match rest.split_first() {
        None => Ok((code, false, rest)),
        Some((b' ', text)) => Ok((code, false, text)),
        Some((b'-', text)) => Ok((code, true, text)),
        Some(_) => Err(malformed()),
    }
}

/// Why octets are no SMTP reply.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ReplyError {
    /// A line without a reply code; its beginning, safe to show.
    Malformed(String),
    /// A line that does not end.
    LineTooLong,
    /// A reply that does not end.
    TooManyLines,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_octets_in_any_pieces_are_read_alike(
            octets in prop::collection::vec(prop_oneof![Just(b'2'), Just(b'5'), Just(b'0'), Just(b'-'), Just(b' '), Just(b'\r'), Just(b'\n'), any::<u8>()], 0..200),
            cuts in prop::collection::vec(1usize..20, 1..20),
        ) {
            let mut reader = ReplyReader::new();
            let mut replies: Result<_, ReplyError> = Ok(Vec::new());
            let mut rest = octets.as_slice();
            for cut in cuts.iter().cycle() {
                if rest.is_empty() || replies.is_err() {
                    break;
                }
                let (piece, after) = rest.split_at((*cut).min(rest.len()));
                rest = after;
                replies = replies.and_then(|mut before: Vec<Reply>| { before.extend(reader.push(piece)?); Ok(before) });
            }
            match (read(&octets), replies) {
                (Ok(whole), Ok(pieces)) => prop_assert_eq!(whole, pieces),
                (whole, pieces) => prop_assert_eq!(whole.is_err(), pieces.is_err()),
            }
        }
    }

    fn read(octets: &[u8]) -> Result<Vec<Reply>, ReplyError> {
        ReplyReader::new().push(octets)
    }

    #[test]
    fn one_line_many_lines_and_bare_codes() {
        let replies = read(b"220 mx ESMTP\r\n250-a\r\n250-\r\n250 c\r\n250\r\n").unwrap();
        assert_eq!(replies.len(), 3);
        assert_eq!(
            replies[1],
            Reply {
                code: 250,
                lines: vec!["a".into(), String::new(), "c".into()]
            }
        );
        assert_eq!(replies[1].to_string(), "250-a\n250-\n250 c");
        assert_eq!(replies[2].lines, [""]);
    }

    #[test]
    fn any_cut_gives_the_same_replies() {
        let octets = b"250-PIPELINING\r\n250-SIZE 10\n250 8BITMIME\r\n502 5.5.2 no\r\n";
        let whole = read(octets).unwrap();
        for cut in 0..octets.len() {
            let mut reader = ReplyReader::new();
            let mut replies = reader.push(&octets[..cut]).unwrap();
            replies.extend(reader.push(&octets[cut..]).unwrap());
            assert_eq!(replies, whole, "cut at {cut}");
            assert!(!reader.is_midway());
        }
    }

    #[test]
    fn another_code_in_a_continuation_keeps_the_dialogue_in_step() {
        let replies = read(b"250-one\r\n251 two\r\n221 bye\r\n").unwrap();
        assert_eq!(
            replies.iter().map(|r| r.code).collect::<Vec<_>>(),
            [250, 221]
        );
    }

    #[test]
    fn rubbish_is_named() {
        for octets in [
            &b"hello\r\n"[..],
            b"99 x\r\n",
            b"650 x\r\n",
            b"250x\r\n",
            b"\r\n",
            b"HTTP/1.1 400 Bad\r\n",
        ] {
            assert!(
                matches!(read(octets), Err(ReplyError::Malformed(_))),
                "{octets:?}"
            );
        }
        assert_eq!(read(&vec![b'2'; 70_000]), Err(ReplyError::LineTooLong));
        assert_eq!(
            read(&b"250-x\r\n".repeat(30_000)),
            Err(ReplyError::TooManyLines)
        );
    }

    #[test]
    fn ten_thousand_lines_are_one_bounded_reply() {
        let mut octets = b"214-topic\r\n".repeat(10_000);
        octets.extend_from_slice(b"214 end\r\n");
        let replies = read(&octets).unwrap();
        assert_eq!(
            (replies.len(), replies[0].lines.len()),
            (1, MAX_REPLY_LINES)
        );
    }

    #[test]
    fn enhanced_codes_must_fit_their_reply() {
        let code = |text: &str, code| {
            Reply {
                code,
                lines: vec![text.into()],
            }
            .enhanced()
        };
        assert_eq!(
            code("5.7.1 no", 554),
            Some(EnhancedCode {
                class: 5,
                subject: 7,
                detail: 1
            })
        );
        assert_eq!(code("2.0.0 ok", 554), None);
        assert_eq!(code("5.7 no", 554), None);
        assert_eq!(code("mx.example", 220), None);
    }
}
