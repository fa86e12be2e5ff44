//! Reading a record as zone files write it (RFC 6698 §2.2, RFC 7218 §2).

use super::{Diagnostic, DiagnosticCode, Field, Record, Unusable};
use crate::dns::Octets;
use crate::span::Span;

/// What a text holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Parsed {
    /// The record; nothing where a field is missing or cannot be read.
    pub record: Option<Record>,
    /// What is to say about it, in the order of the places.
    pub diagnostics: Vec<Diagnostic>,
}

/// The words for usages, selectors and matching types, and the numbers that they stand for (RFC 7218 §2).
const WORDS: [(Field, &str, u8); 12] = [
    (Field::Usage, "PKIX-TA", 0),
    (Field::Usage, "PKIX-EE", 1),
    (Field::Usage, "DANE-TA", 2),
    (Field::Usage, "DANE-EE", 3),
    (Field::Usage, "PrivCert", 255),
    (Field::Selector, "Cert", 0),
    (Field::Selector, "SPKI", 1),
    (Field::Selector, "PrivSel", 255),
    (Field::Matching, "Full", 0),
    (Field::Matching, "SHA2-256", 1),
    (Field::Matching, "SHA2-512", 2),
    (Field::Matching, "PrivMatch", 255),
];

/// Reads three numbers and hexadecimal data, which blanks may divide.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut reader = Reader {
        words: words(text),
        next: 0,
        end: text.chars().count(),
        diagnostics: Vec::new(),
    };
    let usage = reader.number(Field::Usage);
    let selector = reader.number(Field::Selector);
    let matching = reader.number(Field::Matching);
    let data = reader.data();
    let record = match (usage, selector, matching, data) {
        (Some(usage), Some(selector), Some(matching), Some(data)) => Some(Record {
            usage,
            selector,
            matching,
            data,
        }),
        _ => None,
    };
    if let Some(record) = &record {
        reader.judge(record);
    }
    Parsed {
        record,
        diagnostics: reader.diagnostics,
    }
}

/// A word and its place.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    span: Span,
}

/// The words between blanks.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut place = 0;
    for piece in text.split(|c: char| c.is_ascii_whitespace()) {
        let length = piece.chars().count();
        if length > 0 {
            words.push(Word {
                text: piece,
                span: Span::new(place, place + length),
            });
        }
        place += length + 1;
    }
    words
}

struct Reader<'a> {
    words: Vec<Word<'a>>,
    next: usize,
    end: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn say(&mut self, span: Span, code: DiagnosticCode) {
        self.diagnostics.push(Diagnostic { span, code });
    }

    /// The next word; where there is none, that is said of `field`.
    fn word(&mut self, field: Field) -> Option<Word<'a>> {
        let word = self.words.get(self.next).copied();
        self.next += 1;
        if word.is_none() {
            self.say(
                Span::new(self.end, self.end),
                DiagnosticCode::Missing(field),
            );
        }
        word
    }

    fn number(&mut self, field: Field) -> Option<u8> {
        let word = self.word(field)?;
        let known = WORDS
            .iter()
            .find(|(of, known, _)| *of == field && known.eq_ignore_ascii_case(word.text));
        let digits = word.text.bytes().all(|octet| octet.is_ascii_digit());
        let number = match known {
            Some((.., number)) => Some(*number),
            None if digits => word.text.parse().ok(),
            None => None,
        };
        if number.is_none() {
            self.say(word.span, DiagnosticCode::NotANumber(field));
        }
        number
    }

    /// All that is left.
    fn data(&mut self) -> Option<Octets> {
        let first = self.word(Field::Data)?;
        let mut digits = String::new();
        let mut whole = first.span;
        for word in self.words.get(self.next - 1..).unwrap_or_default() {
            whole.end = word.span.end;
            if let Some(place) = word.text.chars().position(|c| !c.is_ascii_hexdigit()) {
                let at = word
                    .span
                    .start
                    .saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
                let span = Span {
                    start: at,
                    end: at.saturating_add(1),
                };
                self.say(span, DiagnosticCode::NotHexadecimal);
                return None;
            }
            digits.push_str(word.text);
        }
        let octets = Octets::from_hex(&digits);
        if octets.is_none() {
            self.say(whole, DiagnosticCode::OddDigits);
        }
        octets
    }

    /// What is to say about a record that can be read.
    fn judge(&mut self, record: &Record) {
        let field = |place: usize| {
            self.words
                .get(place)
                .map(|word| word.span)
                .unwrap_or_default()
        };
        let (usage, selector, matching) = (field(0), field(1), field(2));
        let data = Span {
            start: field(3).start,
            end: self
                .words
                .last()
                .map(|word| word.span.end)
                .unwrap_or_default(),
        };
        if let Some(why) = record.unusable() {
            let span = match why {
                Unusable::PkixUsage | Unusable::Usage => usage,
                Unusable::Selector => selector,
                Unusable::Matching => matching,
                Unusable::Length | Unusable::Der => data,
            };
            self.say(span, DiagnosticCode::Unusable(why));
            return;
        }
        if (record.usage, record.selector) == (3, 0) {
            self.say(selector, DiagnosticCode::RenewalBreaks);
        }
        if record.matching == 0 {
            self.say(matching, DiagnosticCode::Full);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// The places and remarks of a text, and whether there is a record.
    fn read(text: &str) -> (bool, Vec<(u32, u32, DiagnosticCode)>) {
        let parsed = parse(text);
        let said = parsed.diagnostics.iter();
        let said = said.map(|d| (d.span.start, d.span.end, d.code));
        (parsed.record.is_some(), said.collect())
    }

    #[test]
    fn numbers_words_and_blanks() {
        let plain = format!("3 1 1 {DIGEST}");
        assert_eq!(parse(&plain).record.unwrap().to_string(), plain);
        let (first, second) = DIGEST.split_at(11);
        for text in [
            format!(" dane-ee\tSPKI sha2-256  {first} {second}\n"),
            format!("003 01 1 {}", DIGEST.to_uppercase()),
        ] {
            let parsed = parse(&text);
            assert_eq!(parsed.record.unwrap().to_string(), plain, "{text}");
            assert_eq!(parsed.diagnostics, []);
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_at_its_place() {
        use DiagnosticCode::{Missing, NotANumber, NotHexadecimal, OddDigits};
        for (text, expected) in [
            (
                "",
                vec![
                    (0, 0, Missing(Field::Usage)),
                    (0, 0, Missing(Field::Selector)),
                    (0, 0, Missing(Field::Matching)),
                    (0, 0, Missing(Field::Data)),
                ],
            ),
            ("3 1 1", vec![(5, 5, Missing(Field::Data))]),
            (
                "3 256 é 00",
                vec![
                    (2, 5, NotANumber(Field::Selector)),
                    (6, 7, NotANumber(Field::Matching)),
                ],
            ),
            ("3 +1 1 00", vec![(2, 4, NotANumber(Field::Selector))]),
            // The words belong to their fields.
            ("SPKI 1 1 00", vec![(0, 4, NotANumber(Field::Usage))]),
            ("3 1 1 00 0é 00", vec![(10, 11, NotHexadecimal)]),
            ("3 1 1 (00)", vec![(6, 7, NotHexadecimal)]),
            ("3 1 1 00 0", vec![(6, 10, OddDigits)]),
        ] {
            assert_eq!(read(text), (false, expected), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_is_judged() {
        use DiagnosticCode::{Full, RenewalBreaks, Unusable as Useless};
        for (fields, expected) in [
            ("0 0 1", vec![(0, 1, Useless(Unusable::PkixUsage))]),
            ("PKIX-EE 1 1", vec![(0, 7, Useless(Unusable::PkixUsage))]),
            ("4 9 9", vec![(0, 1, Useless(Unusable::Usage))]),
            ("2 2 1", vec![(2, 3, Useless(Unusable::Selector))]),
            ("2 1 3", vec![(4, 5, Useless(Unusable::Matching))]),
            ("3 1 2", vec![(6, 70, Useless(Unusable::Length))]),
            ("3 1 0", vec![(6, 70, Useless(Unusable::Der))]),
            ("3 0 1", vec![(2, 3, RenewalBreaks)]),
            ("2 0 1", vec![]),
        ] {
            let text = format!("{fields} {DIGEST}");
            assert_eq!(read(&text), (true, expected), "{text}");
        }
        assert_eq!(read("2 1 0 30020500").1, [(4, 5, Full)]);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(
            usage: u8,
            selector: u8,
            matching: u8,
            data in prop::collection::vec(any::<u8>(), 1..80),
        ) {
            let record = Record { usage, selector, matching, data: Octets(data) };
            prop_assert_eq!(parse(&record.to_string()).record, Some(record));
        }

        #[test]
        fn anything_can_be_read(text in "\\PC{0,60}|[0-9 a-fé\t]{0,60}") {
            let length = u32::try_from(text.chars().count()).unwrap();
            for diagnostic in parse(&text).diagnostics {
                prop_assert!(diagnostic.span.start <= diagnostic.span.end);
                prop_assert!(diagnostic.span.end <= length);
            }
        }
    }
}
