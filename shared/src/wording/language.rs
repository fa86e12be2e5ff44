//! The languages, and how each writes numbers.

use core::fmt::Display;
use core::str::FromStr;

/// The languages of Postern, equal.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Persian.
    Fa,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Fa];

    /// The tag of BCP 47.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fa => "fa",
        }
    }

    /// The one that is not this.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Fa,
            Self::Fa => Self::En,
        }
    }

    /// What it calls itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fa => "فارسی",
        }
    }

    /// The direction of its script, as HTML's `dir` spells it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::En => "ltr",
            Self::Fa => "rtl",
        }
    }
}

impl FromStr for Language {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|language| language.as_str() == text)
            .ok_or(())
    }
}

/// A number in the digits of the language's prose: `77.5` is `۷۷٫۵` in Persian.
#[must_use]
pub fn digits(language: Language, number: impl Display) -> String {
    let latin = number.to_string();
    match language {
        Language::En => latin,
        Language::Fa => latin.chars().map(persian).collect(),
    }
}

/// A large number with its thousands apart: `4,294,967,296`.
pub(super) fn grouped(number: u64) -> String {
    let plain = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The Persian form of a character of a number: U+06F0 on, U+066B between whole and tenths, and U+066C between
/// thousands.
fn persian(c: char) -> char {
    match c.to_digit(10) {
        Some(digit) => char::from_u32(0x6f0 + digit).unwrap_or(c),
        None if c == '.' => '٫',
        None if c == ',' => '٬',
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_prose() {
        assert_eq!(digits(Language::Fa, "1077.5"), "۱۰۷۷٫۵");
        assert_eq!(digits(Language::En, 12), "12");
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1 << 32, "4,294,967,296"),
        ] {
            assert_eq!(grouped(number), expected);
        }
        assert_eq!(digits(Language::Fa, grouped(328_960)), "۳۲۸٬۹۶۰");
        assert_eq!("fa".parse(), Ok(Language::Fa));
        assert_eq!("de".parse::<Language>(), Err(()));
    }
}
