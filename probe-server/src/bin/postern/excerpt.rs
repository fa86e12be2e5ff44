//! The place of a remark, as people see it on a terminal.

mod cell;

use postern_shared::span::Span;

use self::cell::Cell;

/// Columns of an excerpt, but for the marks of a cut.
const WIDTH: usize = 72;
/// Columns in front of the place.
const BEFORE: usize = 24;
/// Stands for what is cut off.
const CUT: char = '…';

/// A text by characters and lines.
pub(crate) struct Excerpts {
    characters: Vec<char>,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl Excerpts {
    pub(crate) fn of(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let ends = characters.iter().enumerate();
        let behind = ends.filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1);
        let lines = [0].into_iter().chain(behind).collect();
        Self { characters, lines }
    }

    /// Whether a place needs a line.
    pub(crate) fn has_several_lines(&self) -> bool {
        self.lines.len() > 1
    }

    /// Line and column of where a span begins, counted from 1.
    pub(crate) fn place(&self, span: Span) -> (usize, usize) {
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
    pub(crate) fn show(&self, span: Span) -> [String; 2] {
        let (number, column) = self.place(span);
        let line = self.line(number);
        let start = (column - 1).min(line.len());
        let length = span.end.saturating_sub(span.start) as usize;
        let end = start.saturating_add(length).min(line.len());
        let from = first_shown(line, start);
        let mut shown = String::new();
        let (mut indent, mut carets) = (0, 0);
        if from > 0 {
            shown.push(CUT);
            indent += 1;
        }
        let mut width = 0;
        for (at, character) in line.iter().enumerate().skip(from) {
            let cell = Cell::of(*character);
            if width + cell.columns > WIDTH {
                shown.push(CUT);
                break;
            }
            width += cell.columns;
            shown.push_str(&cell.shown);
            match at {
                at if at < start => indent += cell.columns,
                at if at < end => carets += cell.columns,
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
    let (before, behind) = line.split_at_checked(start).unwrap_or((line, &[]));
    // No more is measured than can be shown.
    let width = |characters: &mut dyn Iterator<Item = &char>| {
        let mut width = 0;
        while width <= WIDTH
            && let Some(character) = characters.next()
        {
            width += Cell::of(*character).columns;
        }
        width
    };
    let rest = width(&mut behind.iter());
    // As much before the place as there would be behind it, where the line ends.
    let room = match WIDTH.saturating_sub(rest) {
        room if width(&mut before.iter().rev()) <= room => return 0,
        room => room.max(BEFORE),
    };
    let mut taken = 0;
    let fits = before.iter().rev().take_while(|character| {
        taken += Cell::of(**character).columns;
        taken <= room
    });
    start - fits.count()
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
    fn a_caret_stands_below_what_is_shown() {
        assert_eq!(show("a\tb", 1, 2), ["a␉b", " ^"]);
        assert_eq!(show("a\u{a0}b", 2, 3), ["a⟨U+00A0⟩b", "         ^"]);
        assert_eq!(show("ü\u{202e}سلام", 1, 3), ["ü⟨U+202E⟩سلام", " ^^^^^^^^^"]);
        assert_eq!(show("日本!", 1, 2), ["日本!", "  ^^"]);
    }

    #[test]
    fn a_line_is_cut_by_what_is_shown_of_it() {
        // Each of these takes eight columns, and nine of them a line.
        let dashes = "\u{2013}".repeat(60);
        let [shown, carets] = show(&dashes, 30, 31);
        assert_eq!(shown, format!("…{}…", "⟨U+2013⟩".repeat(9)));
        assert_eq!(carets, format!("{}^^^^^^^^", " ".repeat(25)));
        let [shown, carets] = show(&dashes, 60, 60);
        assert_eq!(shown, format!("…{}", "⟨U+2013⟩".repeat(9)));
        assert_eq!(carets, format!("{}^", " ".repeat(73)));
        let [shown, carets] = show(&format!("{}x", "日".repeat(40)), 40, 41);
        assert_eq!(shown, format!("…{}x", "日".repeat(35)));
        assert_eq!(carets, format!("{}^", " ".repeat(71)));
        let whole = "日".repeat(36);
        assert_eq!(show(&whole, 36, 36)[0], whole);
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
