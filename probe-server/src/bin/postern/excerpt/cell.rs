//! How a terminal shows one character.

use icu_properties::CodePointSetData;
use icu_properties::props::{
    DefaultIgnorableCodePoint, EastAsianWidth, EnumeratedProperty as _, GeneralCategory,
    GeneralCategoryGroup,
};
use postern_shared::text::visible;

/// A character as it is shown, and how many columns that takes.
pub(super) struct Cell {
    pub(super) shown: String,
    pub(super) columns: usize,
}

impl Cell {
    /// Letters and digits of all scripts as themselves; what nobody would see, what would draw elsewhere, and what
    /// is easily taken for ASCII (dashes, quotation marks, spaces) by its number.
    pub(super) fn of(character: char) -> Self {
        let mut octets = [0; 4];
        let itself: &str = character.encode_utf8(&mut octets);
        if character.is_ascii() {
            let shown = visible(itself).into_owned();
            return Self { shown, columns: 1 };
        }
        if !is_letter_or_digit(character) {
            let shown = format!("⟨U+{:04X}⟩", u32::from(character));
            let columns = shown.chars().count();
            return Self { shown, columns };
        }
        // UAX 11: all others are narrow where nothing is set in East Asian type.
        let is_wide = matches!(
            EastAsianWidth::for_char(character),
            EastAsianWidth::Wide | EastAsianWidth::Fullwidth
        );
        Self {
            shown: itself.to_owned(),
            columns: if is_wide { 2 } else { 1 },
        }
    }
}

/// Of the categories of UAX 44 those that are seen, and stand by themselves.
fn is_letter_or_digit(character: char) -> bool {
    let category = GeneralCategory::for_char(character);
    let is_either = GeneralCategoryGroup::Letter.contains(category)
        || category == GeneralCategory::DecimalNumber;
    // Fillers of Hangul are letters, and blank.
    is_either && !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_shown_and_what_steers_or_hides_is_not() {
        for (character, shown, columns) in [
            ('a', "a", 1),
            ('\t', "␉", 1),
            ('\u{7f}', "␡", 1),
            ('ü', "ü", 1),
            ('س', "س", 1),
            ('۷', "۷", 1),
            ('а', "а", 1),
            ('日', "日", 2),
            ('ａ', "ａ", 2),
            ('\u{a0}', "⟨U+00A0⟩", 8),
            ('\u{ad}', "⟨U+00AD⟩", 8),
            ('\u{301}', "⟨U+0301⟩", 8),
            ('\u{200c}', "⟨U+200C⟩", 8),
            ('\u{202e}', "⟨U+202E⟩", 8),
            ('\u{3164}', "⟨U+3164⟩", 8),
            ('“', "⟨U+201C⟩", 8),
            ('\u{378}', "⟨U+0378⟩", 8),
            ('\u{1f4e7}', "⟨U+1F4E7⟩", 9),
        ] {
            let cell = Cell::of(character);
            assert_eq!(
                (&*cell.shown, cell.columns),
                (shown, columns),
                "{character:?}"
            );
        }
    }
}
