//! A place in a text, cut out of its line so that it can be shown with a caret under it: a line of a telephone
//! holds it.

use postern_shared::span::Span;
use postern_shared::text::visible;

/// Characters in front of the place.
const BEFORE: usize = 12;
/// Characters of the place itself.
const WITHIN: usize = 20;
/// Characters behind it.
const BEHIND: usize = 6;

/// The surroundings of a place, safe to show.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Excerpt {
    /// What stands in front of the place.
    pub before: String,
    /// The place; nothing where something is missing.
    pub at: String,
    /// What stands behind it.
    pub behind: String,
}

impl Excerpt {
    /// Cuts `span` out of `text`, with what is around it.
    #[must_use]
    pub fn of(text: &str, span: Span) -> Self {
        let (start, end) = (span.start as usize, span.end as usize);
        let skipped = start.saturating_sub(BEFORE);
        let cut = |from: usize, length: usize| -> String {
            text.chars().skip(from).take(length).collect()
        };
        let mut before = cut(skipped, start - skipped);
        if let Some((_, line)) = before.rsplit_once('\n') {
            before = line.to_owned();
        } else if skipped > 0 {
            before.insert(0, '…');
        }
        let length = end.saturating_sub(start);
        let mut at = cut(start, length.min(WITHIN));
        let mut behind = cut(end, BEHIND);
        if length > WITHIN {
            at.push('…');
            behind.clear();
        } else if let Some((line, _)) = behind.split_once('\n') {
            behind = line.to_owned();
        } else if text.chars().nth(end.saturating_add(BEHIND)).is_some() {
            behind.push('…');
        }
        let shown = |text: String| visible(&text).into_owned();
        Self {
            before: shown(before),
            at: shown(at),
            behind: shown(behind),
        }
    }

    /// The line under it: a caret under each character of the place, and one where something is missing.
    #[must_use]
    pub fn carets(&self) -> String {
        let width = |text: &str| text.chars().count();
        " ".repeat(width(&self.before)) + &"^".repeat(width(&self.at).max(1))
    }
}

/// Where a browser's text field counts the place: in the code units of UTF-16.
#[must_use]
pub fn code_units(text: &str, span: Span) -> (u32, u32) {
    let units = |characters: u32| -> usize {
        let front = text.chars().take(characters as usize);
        front.map(char::len_utf16).sum()
    };
    let pin = |units: usize| u32::try_from(units).unwrap_or(u32::MAX);
    (pin(units(span.start)), pin(units(span.end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, start: usize, end: usize) -> String {
        let found = Excerpt::of(text, Span::new(start, end));
        let carets = found.carets();
        format!("{}{}{}\n{carets}", found.before, found.at, found.behind)
    }

    #[test]
    fn the_caret_stands_under_the_place() {
        assert_eq!(
            shown("v=spf1 ip4:192.0.2.300 -all", 11, 22),
            "v=spf1 ip4:192.0.2.300 -all\n           ^^^^^^^^^^^"
        );
        assert_eq!(
            shown("v=spf1 include:_spf.example.org ip4:x -all", 36, 37),
            "…ple.org ip4:x -all\n             ^"
        );
        assert_eq!(shown("v=DMARC1", 8, 8), "v=DMARC1\n        ^");
    }

    #[test]
    fn what_steers_is_shown_and_what_is_long_is_cut() {
        assert_eq!(shown("a\u{202e}b\0c", 2, 3), "a⟨U+202E⟩b␀c\n         ^");
        let long = "x".repeat(100);
        let found = Excerpt::of(&long, Span::new(20, 90));
        assert_eq!(found.at.chars().count(), WITHIN + 1);
        assert_eq!(found.behind, "");
        // A place that is not in the text.
        assert_eq!(shown("a", 5, 9), "a\n ^");
    }

    #[test]
    fn other_lines_are_not_shown() {
        let policy = "version: STSv1\nmode: Enforce\nmx: a.example";
        assert_eq!(shown(policy, 21, 28), "mode: Enforce\n      ^^^^^^^");
        assert_eq!(shown("10 a\n20\n30 b", 5, 7), "20\n^^");
    }

    #[test]
    fn fields_count_in_utf_16() {
        assert_eq!(code_units("a😀b", Span::new(2, 3)), (3, 4));
        assert_eq!(code_units("ab", Span::new(1, 9)), (1, 2));
    }
}
