//! The patterns of `mx` (RFC 8461 §3.2, §4.1).

use core::fmt;

use serde::Serialize;

use crate::dns::{Name, NamePattern};
use crate::span::Span;

/// Which mail exchanges a policy names with one `mx`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MxPattern {
    /// The name; behind the wildcard where there is one.
    pub name: Name,
    /// Whether one label stands in front, any.
    pub wildcard: bool,
    /// Where it stands in the policy.
    pub span: Span,
}

impl MxPattern {
    /// Reads `mail.example.org` or `*.example.org`, as [`NamePattern::parse`].
    #[must_use]
    pub(super) fn parse(text: &str, span: Span) -> Option<Self> {
        let NamePattern { name, wildcard } = NamePattern::parse(text)?;
        Some(Self {
            name,
            wildcard,
            span,
        })
    }

    /// Whether it names `host`, as [`NamePattern::matches`] (RFC 8461 §4.1).
    #[must_use]
    pub fn matches(&self, host: &Name) -> bool {
        let (name, wildcard) = (self.name.clone(), self.wildcard);
        NamePattern { name, wildcard }.matches(host)
    }
}

impl fmt::Display for MxPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.wildcard { "*." } else { "" })?;
        self.name.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Option<MxPattern> {
        MxPattern::parse(text, Span::default())
    }

    #[test]
    fn a_wildcard_is_exactly_one_label() {
        for (text, host, matches) in [
            ("mail.example.org", "mail.example.org", true),
            ("mail.example.org", "a.mail.example.org", false),
            ("*.example.org", "mail.example.org", true),
            ("*.example.org", "example.org", false),
            ("*.example.org", "a.mail.example.org", false),
        ] {
            let host = Name::parse(host).unwrap();
            assert_eq!(pattern(text).unwrap().matches(&host), matches, "{text}");
        }
    }

    #[test]
    fn what_is_read_is_printed_back() {
        for text in ["*.example.org", "mail.example.org"] {
            assert_eq!(pattern(text).unwrap().to_string(), text);
        }
        assert_eq!(pattern("mail.example.org."), None);
    }
}
