//! Names with a wildcard in front, as certificates and MTA-STS policies write them.

use super::Name;

/// A name, or all names of one label more: `mail.example.org`, `*.example.org`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NamePattern {
    /// The name; behind the wildcard where there is one.
    pub name: Name,
    /// Whether one label stands in front, any.
    pub wildcard: bool,
}

impl NamePattern {
    /// Reads `mail.example.org` or `*.example.org`. Names are those of hosts, as A-labels and without a final dot
    /// (RFC 5321 §4.1.2); the wildcard stands for the whole leftmost label only (RFC 8461 §3.2, RFC 9525 §6.3).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
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
        Some(Self { name, wildcard })
    }

    /// Whether `host` is meant. A wildcard stands for exactly one label: `*.example.org` is neither `example.org` nor
    /// `a.b.example.org` (RFC 8461 §4.1, RFC 9525 §6.3).
    #[must_use]
    pub fn matches(&self, host: &Name) -> bool {
        match self.wildcard {
            false => *host == self.name,
            true => host.parent().is_some_and(|above| above == self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(pattern: &str, host: &str) -> bool {
        let pattern = NamePattern::parse(pattern).unwrap();
        pattern.matches(&Name::parse(host).unwrap())
    }

    #[test]
    fn a_wildcard_is_exactly_one_label() {
        for (text, host, expected) in [
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
            assert_eq!(matches(text, host), expected, "{text} {host}");
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
            "m*.example.org",
            "*.*.example.org",
            "mail.example.org.",
            "mail..example.org",
            "mäil.example.org",
            "mail example.org",
            "-mail.example.org",
            "https://mail.example.org",
            &"a.".repeat(200),
        ] {
            assert_eq!(NamePattern::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn only_the_same_labels_match(
            pattern in prop::collection::vec("[a-c]{1,2}", 1..4),
            host in prop::collection::vec("[a-cA-C]{1,2}", 1..5),
            wildcard: bool,
        ) {
            let plain = pattern.join(".");
            let text = if wildcard { format!("*.{plain}") } else { plain };
            let lower: Vec<String> = host.iter().map(|label| label.to_lowercase()).collect();
            let rest = if wildcard { &lower[1..] } else { &lower[..] };
            prop_assert_eq!(matches(&text, &host.join(".")), rest == pattern);
        }

        #[test]
        fn anything_can_be_read(text in "\\PC{0,40}|[*.a-]{0,12}") {
            if let Some(pattern) = NamePattern::parse(&text) {
                let host = if pattern.wildcard { pattern.name.prefixed("a").unwrap() } else { pattern.name.clone() };
                prop_assert!(pattern.matches(&host));
            }
        }
    }
}
