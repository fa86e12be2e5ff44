//! Records as zone files and `dig` write them.

/// The strings of a TXT record, joined, when `text` is nothing but quoted strings (RFC 1035 §5.1).
pub(super) fn joined(text: &str) -> Option<String> {
    let mut joined = String::new();
    let mut rest = text.trim().strip_prefix('"')?;
    loop {
        rest = string(rest, &mut joined)?.trim_start();
        if rest.is_empty() {
            return Some(joined);
        }
        rest = rest.strip_prefix('"')?;
    }
}

/// Reads up to the closing quotation mark; gives what stands behind it.
fn string<'a>(text: &'a str, joined: &mut String) -> Option<&'a str> {
    let mut characters = text.chars();
    loop {
        match characters.next()? {
            '"' => return Some(characters.as_str()),
            '\\' => joined.push(escaped(&mut characters)?),
            plain => joined.push(plain),
        }
    }
}

/// What stands behind a backslash: three digits are an octet, anything else is itself.
fn escaped(characters: &mut std::str::Chars<'_>) -> Option<char> {
    let first = characters.next()?;
    if !first.is_ascii_digit() {
        return Some(first);
    }
    let octet: String = [first, characters.next()?, characters.next()?]
        .into_iter()
        .collect();
    octet.parse::<u8>().ok().map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_joined_and_unescaped() {
        for (text, expected) in [
            (r#""v=spf1 " "-all""#, "v=spf1 -all"),
            (" \"a\"\n\t\"b\" ", "ab"),
            (r#""v=DMARC1\; p=none""#, "v=DMARC1; p=none"),
            (r#""a\"b\\c\195\188""#, "a\"b\\c\u{c3}\u{bc}"),
            (r#""""#, ""),
        ] {
            assert_eq!(joined(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_strings_alone_stays_as_it_is() {
        for text in [
            "",
            "v=spf1",
            "\"v=spf1",
            "\"a\" b",
            "\"a\"b\"",
            r#""a\"#,
            r#""\30""#,
            r#""\999""#,
            "'a'",
            "“a”",
        ] {
            assert_eq!(joined(text), None, "{text}");
        }
    }
}
