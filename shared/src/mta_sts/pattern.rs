//! The patterns of `mx` (RFC 8461 §3.2, §4.1).

use core::fmt;

use serde::Serialize;

use crate::dns::Name;
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
    /// Reads `mail.example.org` or `*.example.org`. The grammar is that of a mail domain (RFC 5321 §4.1.2), so
    /// names are A-labels and have no final dot; the wildcard stands for the whole leftmost label only.
    #[must_use]
    pub(super) fn parse(text: &str, span: Span) -> Option<Self> {
        let (name, wildcard) = match text.strip_prefix("*.") {
            Some(name) => (name, true),
            None => (text, false),
        };
        let is_label = |label: &str| {
            !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        let is_domain = !name.is_empty() && !name.ends_with('.') && name.split('.').all(is_label);
        let name = Name::parse(name).ok().filter(|_| is_domain)?;
        Some(Self {
            name,
            wildcard,
            span,
        })
    }

    /// Whether it names `host`. A wildcard stands for exactly one label: `*.example.org` is neither
    /// `example.org` nor `a.b.example.org` (RFC 8461 §4.1).
    #[must_use]
    pub fn matches(&self, host: &Name) -> bool {
        let found = if self.wildcard {
            host.parent()
        } else {
            Some(host.clone())
        };
        found.is_some_and(|name| name == self.name)
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
            ("Mail.Example.ORG", "mail.example.org", true),
            ("mail.example.org", "a.mail.example.org", false),
            ("*.example.org", "mail.example.org", true),
            ("*.example.org", "example.org", false),
            ("*.example.org", "a.mail.example.org", false),
            ("*.example.org", "mail.example.net", false),
            ("*.example.org", "xn--hhbbbed.example.org", true),
            ("*.example.org", "notexample.org", false),
        ] {
            let host = Name::parse(host).unwrap();
            assert_eq!(pattern(text).unwrap().matches(&host), matches, "{text}");
        }
    }

    #[test]
    fn what_is_no_pattern() {
        for text in [
            "",
            "*",
            "*.",
            ".example.org",
            "mail.*.org",
            "*mail.example.org",
            "*.*.example.org",
            "mail.example.org.",
            "mail..example.org",
            "mäil.example.org",
            "mail example.org",
            "-mail.example.org",
            "https://mail.example.org",
            &"a.".repeat(200),
        ] {
            assert_eq!(pattern(text), None, "{text:?}");
        }
        for text in ["*.example.org", "mail.example.org"] {
            assert_eq!(pattern(text).unwrap().to_string(), text);
        }
    }
}
