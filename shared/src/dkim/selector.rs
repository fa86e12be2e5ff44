//! Selectors: the names below `_domainkey` under which keys are published.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::dns::{Name, NameError};

/// A selector (RFC 6376 §3.1): one label or several, in lower case, of letters, digits, hyphens, and of
/// underscores too, which the grammar does not have and people use.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Selector(Name);

impl Selector {
    /// Reads a selector in ASCII.
    ///
    /// # Errors
    /// Says why the text is none.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let is_valid = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if let Some(bad) = text.chars().find(|&c| !is_valid(c)) {
            return Err(SelectorError::Character(bad));
        }
        match Name::parse(text) {
            Ok(name) if name.is_root() => Err(SelectorError::Empty),
            Ok(name) => Ok(Self(name)),
            Err(NameError::Character(bad)) => Err(SelectorError::Character(bad)),
            Err(NameError::EmptyLabel) => Err(SelectorError::EmptyLabel),
            Err(NameError::LabelTooLong | NameError::TooLong) => Err(SelectorError::TooLong),
        }
    }

    /// The selector as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Where the key of `domain` under this selector stands (RFC 6376 §3.6.2.1); nothing where that would be
    /// too long for a name.
    #[must_use]
    pub fn key_name(&self, domain: &Name) -> Option<Name> {
        domain
            .prefixed("_domainkey")
            .and_then(|keys| keys.prefixed(self.as_str()))
            .ok()
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Why a text is no selector; `wording` says it to people.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SelectorError {
    /// There is nothing.
    Empty,
    /// A character that no selector can hold.
    Character(char),
    /// Two dots in a row, or one in front.
    EmptyLabel,
    /// More than 63 octets between two dots, or more than 253 in all.
    TooLong,
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a DKIM selector")
    }
}

impl core::error::Error for SelectorError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_told_from_everything_else() {
        for (text, selector) in [
            ("Google", "google"),
            ("s1._x-9", "s1._x-9"),
            ("mail.", "mail"),
        ] {
            assert_eq!(Selector::parse(text).unwrap().as_str(), selector, "{text}");
        }
        for (text, error) in [
            ("", SelectorError::Empty),
            (".", SelectorError::Empty),
            ("a b", SelectorError::Character(' ')),
            ("s=a", SelectorError::Character('=')),
            ("کلید", SelectorError::Character('ک')),
            ("a\0", SelectorError::Character('\0')),
            ("a..b", SelectorError::EmptyLabel),
            (".a", SelectorError::EmptyLabel),
        ] {
            assert_eq!(Selector::parse(text), Err(error), "{text:?}");
        }
        for long in ["a".repeat(64), "ab.".repeat(90)] {
            assert_eq!(Selector::parse(&long), Err(SelectorError::TooLong));
        }
    }

    #[test]
    fn a_key_stands_below_domainkey() {
        let selector = Selector::parse("2024.mail").unwrap();
        let at = |domain: &str| selector.key_name(&Name::parse(domain).unwrap());
        assert_eq!(
            at("example.org").unwrap().as_str(),
            "2024.mail._domainkey.example.org"
        );
        assert_eq!(at(&"ab.".repeat(80)), None, "too long");
    }
}
