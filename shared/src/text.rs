//! Text from strangers, made safe to show.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Makes control and bidirectional characters visible, so that a reply cannot draw what it likes.
///
/// C0 controls become their pictures (U+2400 on); everything else that steers instead of showing
/// becomes `⟨U+202E⟩`. Text without any of them is given back untouched.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\0'..='\x1f' => shown.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('␦')),
            '\x7f' => shown.push('␡'),
            c if steers(c) => {
                let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Decodes octets as UTF-8, lossily, at most `limit` characters, and makes them [`visible`].
#[must_use]
pub fn from_octets(octets: &[u8], limit: usize) -> String {
    // Four octets a character at most: what lies behind cannot be shown anyway.
    let octets = octets.get(..limit.saturating_mul(4)).unwrap_or(octets);
    let text = String::from_utf8_lossy(octets);
    let mut shown: String = text.chars().take(limit).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    visible(&shown).into_owned()
}

/// Whether a character steers the display instead of showing itself: controls, bidirectional marks
/// and overrides (UAX 9), line separators, the byte order mark, and what is invisible by intent.
const fn steers(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown() {
        assert_eq!(visible("a\0b\x1b[31m\u{202e}c"), "a␀b␛[31m⟨U+202E⟩c");
        assert!(matches!(visible("سلام، ok"), Cow::Borrowed(_)));
        assert_eq!(from_octets(b"caf\xe9\r", 10), "caf\u{fffd}␍");
        assert_eq!(from_octets(b"abcdef", 3), "abc…");
    }
}
