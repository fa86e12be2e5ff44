//! What a person types or pastes, read as a domain: in the page and on the command line alike.

use crate::{DomainName, DomainNameError};

/// Maps a host name with other letters to A-labels (UTS 46); `None` when it cannot be one. The browser has
/// its own, and so the tables of one are not carried here.
pub type ToAscii = fn(&str) -> Option<String>;

/// Octets of a text that is looked at: the longest address that browsers take is shorter.
const MAX_INPUT: usize = 8192;

/// Reads a domain, an e-mail address, or a web address, in any script and with what gets pasted along.
///
/// # Errors
/// Says what the text is instead.
pub fn parse(text: &str, to_ascii: ToAscii) -> Result<DomainName, DomainNameError> {
    if text.len() > MAX_INPUT {
        return Err(DomainNameError::TooLong);
    }
    let host = host(trim(text));
    if let Some(symbol) = host.chars().find(|&c| is_symbol(c)) {
        return Err(DomainNameError::Character(symbol));
    }
    match host.chars().find(|c| !c.is_ascii()) {
        None => DomainName::parse(host),
        Some(other) => match to_ascii(host) {
            Some(ascii) => DomainName::parse(&ascii),
            None => Err(DomainNameError::Character(other)),
        },
    }
}

/// Without spaces, quotes, angle brackets, and the invisible marks that right-to-left texts carry.
fn trim(text: &str) -> &str {
    let text = text.trim_matches(is_padding);
    // `Ali <ali@example.org>`: the address is what stands in the brackets.
    match text.rsplit_once('<') {
        Some((_, address)) => address.trim_matches(is_padding),
        None => text,
    }
}

fn is_padding(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '"' | '\'' | '<' | '>' | '`' | '«' | '»' | '“' | '”' | ',' | ';' | '،'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The host in `mailto:local@host?subject`, `scheme://user:password@host:port/path`, `local@host`, `host:port/path`.
fn host(text: &str) -> &str {
    let rest = without_scheme(text);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match host.split_once(':') {
        // More than one colon is an IPv6 address: `DomainName` says so.
        Some((name, port)) if port.bytes().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    }
}

fn without_scheme(text: &str) -> &str {
    if let Some((_, rest)) = text.split_once("//") {
        // Only at the beginning: `example.org/a//b` has a path.
        let scheme = text
            .strip_suffix(rest)
            .unwrap_or_default()
            .trim_end_matches('/');
        if scheme.is_empty() || scheme.strip_suffix(':').is_some_and(is_scheme) {
            return rest;
        }
    }
    match text.get(..7) {
        Some(start) if start.eq_ignore_ascii_case("mailto:") => text.get(7..).unwrap_or_default(),
        _ => text,
    }
}

/// RFC 3986 §3.1.
fn is_scheme(text: &str) -> bool {
    text.bytes()
        .all(|c| c.is_ascii_alphanumeric() || b"+-.".contains(&c))
}

/// Emoji and their kin: browsers map them to A-labels, the standard for names in mail does not
/// (RFC 5892 §2.1 disallows symbols), and a person who typed one meant something else.
const fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{fe0f}' | '\u{20e3}'
        | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands in for a browser: what it says to these few names was read off one.
    fn to_ascii(host: &str) -> Option<String> {
        let known = [
            ("بررسی.ایران", "xn--ngbsai97e.xn--mgba3a4f16a"),
            ("پست.example", "xn--pgb2d6a.example"),
            ("example。org", "example.org"),
        ];
        known
            .into_iter()
            .find(|(unicode, _)| *unicode == host)
            .map(|(_, ascii)| ascii.to_owned())
    }

    fn read(text: &str) -> Result<String, DomainNameError> {
        parse(text, to_ascii).map(|domain| domain.to_string())
    }

    #[test]
    fn whatever_people_paste() {
        for text in [
            "example.org",
            " Example.ORG.\n",
            "\u{202b}example.org\u{202c}",
            "«example.org»",
            "info@example.org",
            "a@b@example.org",
            "Ali Alavi <ali@example.org>",
            "<ali@example.org>,",
            "mailto:info@example.org",
            "MAILTO:info@example.org?subject=a/b@c",
            "https://example.org",
            "HTTPS://user:pa:ss@example.org:8443/a//b?c=d@e#f",
            "//example.org/x",
            "example.org/a//b",
            "example.org:25",
            "example.org?x",
            "example.org\\",
            "ftp+x://example.org",
            "example。org",
        ] {
            assert_eq!(read(text).as_deref(), Ok("example.org"), "{text:?}");
        }
    }

    #[test]
    fn other_scripts_are_mapped_by_whoever_has_the_tables() {
        assert_eq!(
            read("https://بررسی.ایران/صفحه").as_deref(),
            Ok("xn--ngbsai97e.xn--mgba3a4f16a")
        );
        assert_eq!(
            read("\u{200f}علی@پست.example").as_deref(),
            Ok("xn--pgb2d6a.example")
        );
        assert_eq!(
            read("ناشناخته.example"),
            Err(DomainNameError::Character('ن'))
        );
    }

    #[test]
    fn what_is_no_domain_is_told_apart() {
        for (text, error) in [
            ("", DomainNameError::Empty),
            ("   ", DomainNameError::Empty),
            ("https://", DomainNameError::Empty),
            ("info@", DomainNameError::Empty),
            ("localhost", DomainNameError::SingleLabel),
            ("http://localhost:8080/", DomainNameError::SingleLabel),
            ("192.0.2.1", DomainNameError::Address),
            ("http://192.0.2.1:80/", DomainNameError::Address),
            ("http://[2001:db8::1]:80/", DomainNameError::Address),
            ("2001:db8::1", DomainNameError::Address),
            ("📧.example", DomainNameError::Character('📧')),
            ("i❤.example", DomainNameError::Character('❤')),
            ("two words.example", DomainNameError::Character(' ')),
            ("*.example.org", DomainNameError::Character('*')),
            ("example..org", DomainNameError::EmptyLabel),
            ("-example.org", DomainNameError::Hyphen),
        ] {
            assert_eq!(read(text), Err(error), "{text:?}");
        }
        assert_eq!(read(&"a2345.".repeat(50)), Err(DomainNameError::TooLong));
        assert_eq!(read(&"a".repeat(300)), Err(DomainNameError::TooLong));
        assert_eq!(read(&"a.".repeat(5000)), Err(DomainNameError::TooLong));
    }
}
