//! TXT records as zone files and `dig` write them (RFC 1035 §5.1).

use postern_shared::dns::TxtRecord;
use postern_shared::lint::Written;
use postern_shared::span::Span;

/// Octets of a string (RFC 1035 §3.3).
const MAX_STRING: usize = 255;

/// The TXT records in `text`, when it holds quoted strings and nothing beside them but what `dig` and zone files
/// write: names of aliases, owners, comments.
///
/// A line is a record; in parentheses a record goes over several lines.
pub(super) fn records(text: &str) -> Option<Vec<Written>> {
    let mut rest = text;
    let mut records = Vec::new();
    while !rest.is_empty() {
        let (line, behind) = entry(rest)?;
        rest = behind;
        if !line.strings.is_empty() {
            // What stands before the strings ends in their type.
            let is_txt = |word: &&str| word.eq_ignore_ascii_case("TXT");
            line.words.last().is_none_or(is_txt).then_some(())?;
            records.push(written(&line.strings));
        } else if !line.is_of_another_type() {
            return None;
        }
    }
    (!records.is_empty()).then_some(records)
}

/// What stands on one line, or on those that parentheses hold together.
#[derive(Default)]
struct Entry<'a> {
    words: Vec<&'a str>,
    strings: Vec<Vec<u8>>,
}

impl Entry<'_> {
    /// Whether it is blank, or the name or the record of an alias, which `dig` puts before the records.
    fn is_of_another_type(&self) -> bool {
        match self.words.as_slice() {
            [] => true,
            [name] => is_host_name(name),
            [.., record_type, _] => record_type.eq_ignore_ascii_case("CNAME"),
        }
    }
}

/// Whether a word is a name of several labels and can be nothing else, with its final dot or without.
fn is_host_name(word: &str) -> bool {
    let is_host = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    word.contains('.') && word.chars().all(is_host)
}

/// The first entry, and what stands behind it; nothing where a string has no end, or touches a word.
fn entry(text: &str) -> Option<(Entry<'_>, &str)> {
    let mut entry = Entry::default();
    let mut depth = 0_usize;
    let mut rest = text;
    loop {
        let Some(first) = rest.chars().next() else {
            return Some((entry, rest));
        };
        let behind = rest.get(first.len_utf8()..).unwrap_or_default();
        rest = match first {
            '\n' if depth == 0 => return Some((entry, behind)),
            '(' => {
                depth += 1;
                behind
            }
            ')' if depth > 0 => {
                depth -= 1;
                behind
            }
            ';' => behind.trim_start_matches(|c| c != '\n'),
            '"' => {
                let mut octets = Vec::new();
                let behind = string(behind, &mut octets)?;
                entry.strings.push(octets);
                let ends = |c: char| c.is_whitespace() || "\";()".contains(c);
                behind.chars().next().is_none_or(ends).then_some(behind)?
            }
            blank if blank.is_whitespace() => behind,
            _ => {
                let ends = |c: char| c.is_whitespace() || "\";()".contains(c);
                let (word, behind) =
                    rest.split_at_checked(rest.find(ends).unwrap_or(rest.len()))?;
                // A word has no quotation mark in it, and none comes behind a string.
                let alone = !behind.starts_with('"') && entry.strings.is_empty();
                (alone && !word.is_empty()).then_some(())?;
                entry.words.push(word);
                behind
            }
        };
    }
}

/// Reads up to the closing quotation mark; gives what stands behind it.
fn string<'a>(text: &'a str, octets: &mut Vec<u8>) -> Option<&'a str> {
    let mut characters = text.chars();
    loop {
        match characters.next()? {
            '"' => return Some(characters.as_str()),
            '\\' => escaped(&mut characters, octets)?,
            plain => push(octets, plain),
        }
    }
}

/// What stands behind a backslash: three digits are an octet, anything else is itself.
fn escaped(characters: &mut std::str::Chars<'_>, octets: &mut Vec<u8>) -> Option<()> {
    let first = characters.next()?;
    if !first.is_ascii_digit() {
        push(octets, first);
        return Some(());
    }
    let number: String = [first, characters.next()?, characters.next()?]
        .into_iter()
        .collect();
    octets.push(number.parse().ok()?);
    Some(())
}

fn push(octets: &mut Vec<u8>, character: char) {
    octets.extend(character.encode_utf8(&mut [0; 4]).bytes());
}

/// The record that these strings are.
fn written(strings: &[Vec<u8>]) -> Written {
    let text = characters(strings.concat());
    // Where each character begins, in octets of the record.
    let width = |c: char| if text.is_latin { 1 } else { c.len_utf8() };
    let begins: Vec<usize> = text
        .characters
        .chars()
        .scan(0, |octet, c| {
            let begins = *octet;
            *octet += width(c);
            Some(begins)
        })
        .collect();
    let place = |octet: usize| begins.partition_point(|begins| *begins < octet);
    let (mut borders, mut overlong) = (Vec::new(), Vec::new());
    let mut start = 0;
    for string in strings {
        if start > 0 {
            borders.push(place(start));
        }
        let end = start + string.len();
        if string.len() > MAX_STRING {
            overlong.push(Span::new(place(start + MAX_STRING), place(end)));
        }
        start = end;
    }
    Written {
        text: text.characters,
        borders,
        overlong,
    }
}

/// Octets as characters.
pub(super) struct Characters {
    pub(super) characters: String,
    /// Whether each octet is a character, as they are no UTF-8.
    is_latin: bool,
}

/// Octets as a person typed them; those that are no UTF-8 as DNS hands them over, each a character.
pub(super) fn characters(octets: Vec<u8>) -> Characters {
    match String::from_utf8(octets) {
        Ok(characters) => Characters {
            characters,
            is_latin: false,
        },
        Err(error) => Characters {
            characters: TxtRecord::from_octets([error.as_bytes()]).text(),
            is_latin: true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records' texts.
    fn texts(text: &str) -> Option<Vec<String>> {
        let records = records(text)?;
        Some(records.into_iter().map(|record| record.text).collect())
    }

    #[test]
    fn strings_on_a_line_are_joined_and_unescaped() {
        for (text, expected) in [
            (r#""v=spf1 " "-all""#, "v=spf1 -all"),
            (r#""a""b""#, "ab"),
            (r#""v=DMARC1\; p=none""#, "v=DMARC1; p=none"),
            (r#""v=DMARC1; p=none" ; "a comment""#, "v=DMARC1; p=none"),
            (r#""a\"b\\c\195\188""#, "a\"b\\cü"),
            (r#""a\226\128" "\147b""#, "a\u{2013}b"),
            (r#""\195 ü""#, "\u{c3} \u{c3}\u{bc}"),
            (r#""""#, ""),
            ("( \"a\"\n\t\"b\" ; more\n \"(\" )\r\n", "ab("),
            ("x.example. 300 IN TXT \"a\"", "a"),
            ("@ txt (\n\"a\"\n\"b\"\n)", "ab"),
        ] {
            let expected = Some(vec![expected.to_owned()]);
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_is_a_record_and_an_alias_is_none() {
        for text in [
            "\"a\"\n\"b\"",
            " \"a\"\r\n\n\t\"b\" \n",
            "alias.example.\n_x.example\n\"a\"\n\"b\"\n",
            "; <<>> DiG\nalias. 300 IN CNAME x.\nx. 300 IN TXT \"a\"\nx. 300 IN TXT \"b\"",
        ] {
            let expected = Some(vec!["a".to_owned(), "b".to_owned()]);
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn borders_and_overlong_strings_have_their_places() {
        let of = |text: &str| records(text).and_then(|records| records.into_iter().next());
        let record = of(r#""v=\195" "\188" "ü " "b""#);
        assert_eq!(
            record,
            Some(Written {
                text: "v=üü b".to_owned(),
                // A character in two strings belongs to the first.
                borders: vec![3, 3, 5],
                overlong: vec![],
            })
        );
        let long = "x".repeat(253);
        let record = of(&format!(r#""y" "ü{long}z" "{long}xx""#));
        let overlong = record.map(|record| record.overlong);
        assert_eq!(overlong, Some(vec![Span::new(255, 256)]));
    }

    #[test]
    fn what_is_not_strings_alone_stays_as_it_is() {
        for text in [
            "",
            "v=spf1",
            "\"v=spf1",
            "\"a\" b",
            "\"a\"b\"",
            "x\"a\"",
            "v=spf1 \"-all\"",
            "v=spf1\n\"-all\"",
            "v=DMARC1; p=none\n\"a\"",
            "a.example. b.example.\n\"a\"",
            r#""a\"#,
            r#""\30""#,
            r#""\999""#,
            "'a'",
            "“a”",
            "alias.example.\n",
        ] {
            assert_eq!(texts(text), None, "{text}");
        }
    }
}
