//! Owner names: anything that DNS can be asked for.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A DNS name in lower case without its final dot; the root is the empty string.
///
/// Any printable ASCII may stand in a label (SPF macros make such names, RFC 7208 §7), so this is wider
/// than a [`crate::DomainName`]. Labels are 1 to 63 octets, the whole at most 253 (RFC 1035 §2.3.4).
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Name(Box<str>);

impl Name {
    /// The root: the exchange of a null MX (RFC 7505 §3).
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a name, with or without its final dot.
    ///
    /// # Errors
    /// Says which rule of RFC 1035 §2.3.4 the text breaks.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.len() > 253 {
            return Err(NameError::TooLong);
        }
        if !text.is_empty() {
            for label in text.split('.') {
                match label.len() {
                    0 => return Err(NameError::EmptyLabel),
                    1..=63 => {}
                    _ => return Err(NameError::LabelTooLong),
                }
            }
        }
        if let Some(bad) = text.chars().find(|&c| !c.is_ascii_graphic() && c != ' ') {
            return Err(NameError::Character(bad));
        }
        Ok(Self(text.to_ascii_lowercase().into()))
    }

    /// The name as text, without a final dot.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the root.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The labels, leftmost first; none for the root.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.').filter(|label| !label.is_empty())
    }

    /// The name without its leftmost label; nothing above the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        match self.0.split_once('.') {
            Some((_, rest)) => Some(Self(rest.into())),
            None if self.is_root() => None,
            None => Some(Self::root()),
        }
    }

    /// `prefix` in front of this name, as in `_dmarc` + `example.org`.
    ///
    /// # Errors
    /// As [`Name::parse`]: the whole may have become too long.
    pub fn prefixed(&self, prefix: &str) -> Result<Self, NameError> {
        let prefix = Self::parse(prefix)?;
        if self.is_root() {
            return Ok(prefix);
        }
        // Forty selectors are put in front of a name at each reading: what is a name is not read again.
        match prefix.0.len() + 1 + self.0.len() {
            _ if prefix.is_root() => Err(NameError::EmptyLabel),
            254.. => Err(NameError::TooLong),
            _ => Ok(Self([&*prefix.0, ".", &*self.0].concat().into())),
        }
    }

    /// Whether this name is `other` or lies below it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        other.is_root()
            || self == other
            || self
                .0
                .strip_suffix(&*other.0)
                .is_some_and(|rest| rest.ends_with('.'))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_root() { "." } else { &self.0 })
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Why a text is not a DNS name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NameError {
    /// This character cannot stand in a name that we ask for.
    Character(char),
    /// Two dots with nothing between them, or a leading dot.
    EmptyLabel,
    /// A label of more than 63 octets.
    LabelTooLong,
    /// More than 253 octets in all.
    TooLong,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(c) => write!(f, "a DNS name cannot hold {c:?}"),
            Self::EmptyLabel => f.write_str("a DNS name cannot hold an empty label"),
            Self::LabelTooLong => f.write_str("a label is longer than 63 octets"),
            Self::TooLong => f.write_str("a DNS name is longer than 253 octets"),
        }
    }
}

impl core::error::Error for NameError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_and_without_their_final_dot() {
        assert_eq!(
            Name::parse("Mail.Example.ORG.").unwrap().as_str(),
            "mail.example.org"
        );
        assert_eq!(Name::parse(".").unwrap(), Name::root());
        assert_eq!(Name::root().to_string(), ".");
    }

    #[test]
    fn bounds_are_kept() {
        assert_eq!(Name::parse("a..b"), Err(NameError::EmptyLabel));
        assert_eq!(Name::parse(&"a".repeat(64)), Err(NameError::LabelTooLong));
        assert_eq!(
            Name::parse(&"a.".repeat(127)),
            Ok(Name::parse(&"a.".repeat(127)).unwrap())
        );
        assert_eq!(Name::parse(&"ab.".repeat(85)), Err(NameError::TooLong));
        assert_eq!(Name::parse("ä.example"), Err(NameError::Character('ä')));
    }

    #[test]
    fn ancestry() {
        let name = Name::parse("a.b.example").unwrap();
        assert_eq!(name.parent().unwrap().as_str(), "b.example");
        assert!(name.is_within(&Name::parse("b.example").unwrap()));
        assert!(
            !Name::parse("ab.example")
                .unwrap()
                .is_within(&Name::parse("b.example").unwrap())
        );
        assert_eq!(Name::root().parent(), None);
        assert_eq!(
            name.prefixed("_dmarc").unwrap().as_str(),
            "_dmarc.a.b.example"
        );
    }
}
