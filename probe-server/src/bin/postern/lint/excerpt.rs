//! The place of a remark, as people see it on a terminal.

use postern_shared::span::Span;
use postern_shared::text::visible;

/// Columns of an excerpt, but for the marks of a cut.
const WIDTH: usize = 72;
/// Columns in front of the place.
const BEFORE: usize = 24;
/// Stands for what is cut off.
const CUT: char = '…';

/// A text by characters and lines.
pub(super) struct Excerpts {
    characters: Vec<char>,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl Excerpts {
    pub(super) fn of(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let ends = characters.iter().enumerate();
        let behind = ends.filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1);
        let lines = [0].into_iter().chain(behind).collect();
        Self { characters, lines }
    }

    /// Whether a place needs a line.
    pub(super) fn has_several_lines(&self) -> bool {
        self.lines.len() > 1
    }

    /// Line and column of where a span begins, counted from 1.
    pub(super) fn place(&self, span: Span) -> (usize, usize) {
        let at = span.start as usize;
        let line = self.lines.partition_point(|begins| *begins <= at);
        (line, at - self.begins(line) + 1)
    }

    /// Where line `line`, counted from 1, begins.
    fn begins(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.lines.get(index).copied().unwrap_or_default()
    }

    /// The line that a span begins in, or what of it is near, and a line with carets below the place.
    pub(super) fn show(&self, span: Span) -> [String; 2] {
        let (number, column) = self.place(span);
        let line = self.line(number);
        let start = (column - 1).min(line.len());
        let length = span.end.saturating_sub(span.start) as usize;
        let end = (start + length).min(line.len());
        let from = first_shown(line, start);
        let mut shown = String::from(if from > 0 { "…" } else { "" });
        let (mut indent, mut carets) = (shown.chars().count(), 0);
        let mut width = 0;
        for (at, character) in line.iter().enumerate().skip(from) {
            let cell = cell(*character);
            let columns = cell.chars().count();
            // The place itself is shown, however wide what stands before it is.
            if width + columns > WIDTH && at > start {
                shown.push(CUT);
                break;
            }
            width += columns;
            shown.push_str(&cell);
            match at {
                at if at < start => indent += columns,
                at if at < end => carets += columns,
                _ => {}
            }
        }
        // What is missing has a place and no length.
        [shown, " ".repeat(indent) + &"^".repeat(carets.max(1))]
    }

    /// A line without its end.
    fn line(&self, number: usize) -> &[char] {
        let from = self.begins(number);
        let to = self
            .lines
            .get(number)
            .map_or(self.characters.len(), |next| next - 1);
        let line = self.characters.get(from..to).unwrap_or_default();
        line.strip_suffix(&['\r']).unwrap_or(line)
    }
}

/// The first character of a line that is shown: all of a short line, else a little before the place.
fn first_shown(line: &[char], start: usize) -> usize {
    if line.len() <= WIDTH {
        return 0;
    }
    // As much before the place as there would be behind it, where the line ends.
    let rest = line.len() - start;
    let before = BEFORE.max(WIDTH.saturating_sub(rest));
    start.saturating_sub(before)
}

/// A character as the terminal shows it: one that nobody would see, or that would draw elsewhere, by its number.
fn cell(character: char) -> String {
    let mut octets = [0; 4];
    let itself: &str = character.encode_utf8(&mut octets);
    let is_plain = character.is_ascii() || character.is_alphabetic() && character < '\u{250}';
    if is_plain {
        visible(itself).into_owned()
    } else {
        format!("⟨U+{:04X}⟩", u32::from(character))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, start: usize, end: usize) -> [String; 2] {
        Excerpts::of(text).show(Span::new(start, end))
    }

    #[test]
    fn a_caret_stands_below_each_character() {
        assert_eq!(show("v=spf1 -al", 7, 10), ["v=spf1 -al", "       ^^^"]);
        assert_eq!(show("v=spf1", 6, 6), ["v=spf1", "      ^"]);
        assert_eq!(show("", 0, 0), ["", "^"]);
    }

    #[test]
    fn what_is_not_seen_is_shown_by_its_number() {
        assert_eq!(show("a\tb", 1, 2), ["a␉b", " ^"]);
        assert_eq!(show("a\u{a0}b", 2, 3), ["a⟨U+00A0⟩b", "         ^"]);
        assert_eq!(
            show("\u{fc}\u{627}\u{202e}", 1, 3),
            ["ü⟨U+0627⟩⟨U+202E⟩", " ^^^^^^^^^^^^^^^^"]
        );
    }

    #[test]
    fn of_a_long_line_the_neighborhood_is_shown() {
        let text = format!("{}bad{}", "x".repeat(500), "y".repeat(500));
        let [shown, carets] = show(&text, 500, 503);
        assert_eq!(shown, format!("…{}bad{}…", "x".repeat(24), "y".repeat(45)));
        assert_eq!(carets, format!("{}^^^", " ".repeat(25)));
        let [shown, carets] = show(&text, 1003, 1003);
        assert_eq!(shown, format!("…{}", "y".repeat(72)));
        assert_eq!(carets, format!("{}^", " ".repeat(73)));
        let [shown, carets] = show(&text, 0, 1003);
        assert_eq!(shown, format!("{}…", "x".repeat(72)));
        assert_eq!(carets, "^".repeat(72));
    }

    #[test]
    fn lines_and_columns_are_counted_from_one() {
        let text = "version: STSv1\r\nmode: x\r\n\r\nmx: a";
        let excerpts = Excerpts::of(text);
        for (start, place) in [
            (0, (1, 1)),
            (15, (1, 16)),
            (16, (2, 1)),
            (22, (2, 7)),
            (33, (4, 7)),
        ] {
            assert_eq!(excerpts.place(Span::new(start, start)), place, "{start}");
        }
        assert_eq!(show(text, 22, 23), ["mode: x", "      ^"]);
        assert_eq!(
            show(text, 22, 33),
            ["mode: x", "      ^"],
            "a place is shown in its first line"
        );
        assert_eq!(show(text, 25, 25), ["", "^"]);
        assert!(excerpts.has_several_lines() && !Excerpts::of("a").has_several_lines());
    }
}
