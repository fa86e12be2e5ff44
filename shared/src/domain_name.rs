//! The domain that a person asks about.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::dns::{Name, NameError};

/// A mail domain: at least two labels of letters, digits and hyphens, as A-labels in lower case.
///
/// It is valid by existing. Unicode is mapped to A-labels *before* (UTS 46: by the browser's `URL` in
/// the page, by `idna` natively), so that no mapping tables are carried here.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct DomainName(Name);

impl DomainName {
    /// Reads a domain in ASCII, with or without its final dot.
    ///
    /// # Errors
    /// Says what the text is instead.
    pub fn parse(text: &str) -> Result<Self, DomainNameError> {
        if text.trim_matches('.').is_empty() {
            return Err(DomainNameError::Empty);
        }
        if looks_like_address(text) {
            return Err(DomainNameError::Address);
        }
        let name = Name::parse(text).map_err(DomainNameError::from)?;
        if let Some(bad) = name
            .as_str()
            .chars()
            .find(|c| !(c.is_ascii_alphanumeric() || "-.".contains(*c)))
        {
            return Err(DomainNameError::Character(bad));
        }
        if name
            .labels()
            .any(|label| label.starts_with('-') || label.ends_with('-'))
        {
            return Err(DomainNameError::Hyphen);
        }
        match name.labels().count() {
            0 => Err(DomainNameError::Empty),
            1 => Err(DomainNameError::SingleLabel),
            _ => Ok(Self(name)),
        }
    }

    /// The domain as a DNS name.
    #[must_use]
    pub const fn name(&self) -> &Name {
        &self.0
    }

    /// Whether the public DNS knows nothing of such names (RFC 6761, RFC 6762, RFC 8375): a public resolver
    /// would rightly say that they do not exist.
    #[must_use]
    pub fn is_special_use(&self) -> bool {
        let last = self.0.labels().next_back().unwrap_or_default();
        matches!(
            last,
            "test" | "localhost" | "invalid" | "example" | "local" | "internal"
        ) || self.as_str().ends_with("home.arpa")
    }

    /// The domain as text, without a final dot.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// An IPv4 or IPv6 address, bracketed or not; also `1.2.3`, which is one to some resolvers.
fn looks_like_address(text: &str) -> bool {
    let inner = text.trim_start_matches('[').trim_end_matches(']');
    inner.contains(':')
        || inner
            .rsplit('.')
            .find(|label| !label.is_empty())
            .is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()))
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DomainName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Why a text is not a mail domain; `wording` says what to do about it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainNameError {
    /// Nothing was typed.
    Empty,
    /// An IP address: a domain is wanted.
    Address,
    /// One label: no mail domain has so few.
    SingleLabel,
    /// A character that no domain can hold.
    Character(char),
    /// Two dots in a row.
    EmptyLabel,
    /// A label begins or ends with a hyphen.
    Hyphen,
    /// A label of more than 63 octets.
    LabelTooLong,
    /// More than 253 octets.
    TooLong,
}

/// For logs and for `serde`; people are told by `wording`, in their language.
impl fmt::Display for DomainNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a mail domain: {self:?}")
    }
}

impl core::error::Error for DomainNameError {}

impl From<NameError> for DomainNameError {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Character(c) => Self::Character(c),
            NameError::EmptyLabel => Self::EmptyLabel,
            NameError::LabelTooLong => Self::LabelTooLong,
            NameError::TooLong => Self::TooLong,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_labs_and_homes_are_not_for_public_resolvers() {
        for (text, special) in [
            ("yazd.test", true),
            ("nas.home.arpa", true),
            ("example.org", false),
            ("test.org", false),
        ] {
            assert_eq!(
                DomainName::parse(text).unwrap().is_special_use(),
                special,
                "{text}"
            );
        }
    }

    #[test]
    fn domains_are_told_from_everything_else() {
        assert_eq!(
            DomainName::parse("Example.ORG.").unwrap().as_str(),
            "example.org"
        );
        for (text, error) in [
            ("", DomainNameError::Empty),
            ("..", DomainNameError::Empty),
            ("192.0.2.1", DomainNameError::Address),
            ("[2001:db8::1]", DomainNameError::Address),
            ("localhost", DomainNameError::SingleLabel),
            ("a b.example", DomainNameError::Character(' ')),
            ("📧.example", DomainNameError::Character('📧')),
            ("_dmarc.example.org", DomainNameError::Character('_')),
            ("a..example", DomainNameError::EmptyLabel),
            ("-a.example", DomainNameError::Hyphen),
        ] {
            assert_eq!(DomainName::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(
            DomainName::parse(&format!("{}.example", "a".repeat(64))),
            Err(DomainNameError::LabelTooLong)
        );
        assert_eq!(
            DomainName::parse(&"a23456789.".repeat(30)),
            Err(DomainNameError::TooLong)
        );
    }
}
