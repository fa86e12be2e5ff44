//! What macros stand for in one message (RFC 7208 §7.2, §7.3).

use crate::gather::Gather;
use std::borrow::Cow;
use std::net::IpAddr;

use super::{DomainSpec, Letter, Macro, MacroString, Segment};

/// The most characters of an explanation.
pub const EXPLANATION_LIMIT: usize = 2_048;

/// The values that macros stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct MacroContext<'a> {
    /// The client, never IPv4-mapped.
    pub ip: IpAddr,
    /// The sender's local part.
    pub local_part: &'a str,
    /// The sender's domain.
    pub sender_domain: &'a str,
    /// The domain whose record is evaluated.
    pub domain: &'a str,
    /// What the client called itself.
    pub helo: &'a str,
    /// The client's forward-confirmed name, or `unknown`.
    pub validated_name: &'a str,
    /// The evaluating host.
    pub receiver: &'a str,
    /// Seconds since 1970-01-01 UTC.
    pub now: u64,
}

impl MacroContext<'_> {
    /// Makes a name, which need not be one that DNS can hold.
    ///
    /// RFC 7208 §7.3: "When the result of macro expansion is used in a domain name query, if the
    /// expanded domain name exceeds 253 characters […], the left side is truncated to fit, by removing
    /// successive domain labels (and their following dots)". A record can ask for megabytes, so only the
    /// end is ever kept.
    #[must_use]
    pub fn expand_domain(&self, spec: &DomainSpec) -> String {
        let macro_string = spec.as_macro_string();
        if !macro_string.as_str().contains('%') && macro_string.as_str().len() <= NAME_LIMIT {
            return macro_string.as_str().to_owned();
        }
        let mut name = String::new();
        for segment in macro_string.segments() {
            name.push_str(&self.expand_segment(segment));
            keep_end(&mut name, 4 * NAME_LIMIT);
        }
        shorten_name(name)
    }

    /// Makes an explanation of at most [`EXPLANATION_LIMIT`] characters; the rest is cut off.
    #[must_use]
    pub fn expand_explanation(&self, text: &MacroString) -> String {
        let mut explanation = String::new();
        for segment in text.segments() {
            explanation.push_str(&self.expand_segment(segment));
            if explanation.len() >= EXPLANATION_LIMIT {
                return explanation.chars().take(EXPLANATION_LIMIT).collect();
            }
        }
        explanation
    }

    fn expand_segment<'s>(&'s self, segment: Segment<'s>) -> Cow<'s, str> {
        match segment {
            Segment::Literal(text) => Cow::Borrowed(text),
            Segment::Macro(found) => {
                let value = transform(self.value(found.letter), &found);
                if found.escaped {
                    Cow::Owned(escape(&value))
                } else {
                    value
                }
            }
        }
    }

    fn value(&self, letter: Letter) -> Cow<'_, str> {
        match letter {
            Letter::Sender => Cow::Owned(format!("{}@{}", self.local_part, self.sender_domain)),
            Letter::SenderLocalPart => Cow::Borrowed(self.local_part),
            Letter::SenderDomain => Cow::Borrowed(self.sender_domain),
            Letter::Domain => Cow::Borrowed(self.domain),
            Letter::Ip => Cow::Owned(dotted(self.ip)),
            Letter::ValidatedName => Cow::Borrowed(self.validated_name),
            Letter::IpVersion => Cow::Borrowed(match self.ip {
                IpAddr::V4(_) => "in-addr",
                IpAddr::V6(_) => "ip6",
            }),
            Letter::Helo => Cow::Borrowed(self.helo),
            Letter::ReadableIp => Cow::Owned(self.ip.to_string()),
            Letter::Receiver => Cow::Borrowed(self.receiver),
            Letter::Time => Cow::Owned(self.now.to_string()),
        }
    }
}

/// The address as dotted numbers, or as dotted nibbles for IPv6 (RFC 7208 §7.3).
#[must_use]
pub fn dotted(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let nibbles: Vec<_> = (0..32)
                .map(|at| format!("{:x}", (ip.to_bits() >> (124 - 4 * at)) & 0xf))
                .gather();
            nibbles.join(".")
        }
    }
}

/// Divides, turns round, keeps the right-hand parts, and joins with dots (RFC 7208 §7.3).
fn transform<'a>(value: Cow<'a, str>, found: &Macro<'_>) -> Cow<'a, str> {
    if found.keep.is_none() && !found.reversed && found.delimiters.is_empty() {
        return value;
    }
    let divides = |c: char| match found.delimiters {
        "" => c == '.',
        delimiters => delimiters.contains(c),
    };
    let mut parts: Vec<&str> = value.split(divides).gather();
    if found.reversed {
        parts.reverse();
    }
    let skip = parts.len().saturating_sub(found.keep.unwrap_or(usize::MAX));
    let kept: Vec<&str> = parts.into_iter().skip(skip).gather();
    Cow::Owned(kept.join("."))
}

/// Writes everything outside `unreserved` of RFC 3986 §2.3 as `%XX`.
fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for octet in value.bytes() {
        if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(octet));
        } else {
            escaped.push_str(&format!("%{octet:02X}"));
        }
    }
    escaped
}

/// Drops whole labels from the left until the name fits; a trailing dot takes no room in it.
fn shorten_name(name: String) -> String {
    let mut rest = name.strip_suffix('.').unwrap_or(&name);
    while rest.len() > NAME_LIMIT {
        rest = rest.split_once('.').map_or("", |(_, right)| right);
    }
    if rest.len() == name.len() {
        return name;
    }
    rest.to_owned()
}

/// Keeps the last `most` octets, or a few less where a character would be cut.
fn keep_end(text: &mut String, most: usize) {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.drain(..from);
}

/// RFC 7208 §7.3: the longest name that can be asked for.
const NAME_LIMIT: usize = 253;

#[cfg(test)]
mod tests {
    use super::*;

    fn context(ip: &str) -> MacroContext<'static> {
        MacroContext {
            ip: ip.parse().unwrap(),
            local_part: "strong-bad",
            sender_domain: "email.example.com",
            domain: "email.example.com",
            helo: "mx.example.org",
            validated_name: "mx.example.org",
            receiver: "mail.example.net",
            now: 1_000_000_000,
        }
    }

    fn domain(context: &MacroContext<'_>, text: &str) -> String {
        context.expand_domain(&DomainSpec::parse(text).unwrap())
    }

    #[test]
    fn the_examples_of_section_7_4() {
        let four = context("192.0.2.3");
        for (text, expected) in [
            ("%{s}", "strong-bad@email.example.com"),
            ("%{d4}", "email.example.com"),
            ("%{d2}", "example.com"),
            ("%{d1}", "com"),
            ("%{dr}", "com.example.email"),
            ("%{d2r}", "example.email"),
            ("%{l-}", "strong.bad"),
            ("%{lr-}", "bad.strong"),
            ("%{l1r-}", "strong"),
            (
                "%{ir}.%{v}._spf.%{d2}",
                "3.2.0.192.in-addr._spf.example.com",
            ),
        ] {
            assert_eq!(domain(&four, text), expected);
        }
        let six = context("2001:db8::cb01");
        assert_eq!(
            domain(&six, "%{ir}.%{v}._spf.%{d2}"),
            "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com"
        );
    }

    #[test]
    fn an_explanation_may_say_more() {
        let text = MacroString::parse_explanation("%{c} at %{t} by %{r}: %{S} 100%%%_%-").unwrap();
        assert_eq!(
            context("2001:db8::1").expand_explanation(&text),
            "2001:db8::1 at 1000000000 by mail.example.net: strong-bad%40email.example.com 100% %20"
        );
    }

    #[test]
    fn long_names_lose_labels_on_the_left() {
        let context = context("192.0.2.3");
        let long = domain(&context, &format!("{}example.org", "%{d}.".repeat(40)));
        assert_eq!(long.len(), 249);
        assert!(long.starts_with("com.email.example.com."));
        assert_eq!(domain(&context, &format!("{}.org", "a".repeat(300))), "org");
        assert_eq!(domain(&context, &"%{l}".repeat(100)), "");
    }

    #[test]
    fn no_record_makes_us_build_megabytes() {
        let long = "x".repeat(300);
        let context = MacroContext {
            local_part: &long,
            ..context("192.0.2.3")
        };
        let many = "%{L}".repeat(16_000);
        assert_eq!(domain(&context, &many), "");
        let text = MacroString::parse_explanation(&many).unwrap();
        assert_eq!(context.expand_explanation(&text).len(), EXPLANATION_LIMIT);
    }
}
