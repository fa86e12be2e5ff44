//! MX records as people write them: `10 mail.example.org.`

use crate::dns::{Name, RecordData};
use crate::span::Span;

/// What is wrong in a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MxFault {
    /// The line does not begin with a number from 0 to 65535 (RFC 1035 §3.3.9).
    Preference,
    /// No host follows the number.
    NoExchange,
    /// What follows is no name that DNS can hold.
    Exchange,
    /// Something stands behind the host.
    Behind,
}

/// Reads one line: preference and exchange, with all that a zone file writes in front of them or without.
pub(super) fn parse(line: &str) -> Result<RecordData, (Span, MxFault)> {
    let mut words = words(line);
    let kind = words
        .iter()
        .position(|(_, word)| word.eq_ignore_ascii_case("mx"));
    if let Some(kind) = kind {
        words.drain(..=kind);
    }
    let end = line.chars().count();
    let place = |(at, word): &(usize, &str)| Span::new(*at, at + word.chars().count());
    let at_end = Span::new(end, end);
    let Some(first) = words.first() else {
        return Err((at_end, MxFault::Preference));
    };
    // `+10` is a number to Rust, and none to DNS.
    let digits = first.1.bytes().all(|octet| octet.is_ascii_digit());
    let preference = first.1.parse().ok().filter(|_: &u16| digits);
    let preference = preference.ok_or_else(|| (place(first), MxFault::Preference))?;
    let second = words.get(1).ok_or((at_end, MxFault::NoExchange))?;
    let exchange = Name::parse(second.1).map_err(|_| (place(second), MxFault::Exchange))?;
    match words.get(2) {
        Some(third) => Err((Span::new(third.0, end), MxFault::Behind)),
        None => Ok(RecordData::Mx {
            preference,
            exchange,
        }),
    }
}

/// The line of a record that is one of MX.
pub(super) fn line(data: &RecordData) -> Option<String> {
    match data {
        RecordData::Mx {
            preference,
            exchange,
        } => {
            let dot = if exchange.is_root() { "" } else { "." };
            Some(format!("{preference} {exchange}{dot}"))
        }
        _ => None,
    }
}

/// The words of a line and at which character each begins; more than five are never read.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut character = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end();
        if !trimmed.is_empty() {
            words.push((character, trimmed));
        }
        character += word.chars().count();
        // `example.org. 3600 IN MX 10 mail.example.org. more`
        if words.len() > 7 {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_zone_files_and_people_write_them() {
        for text in [
            "10 mail.example.org.",
            "  10\tMail.Example.org ",
            "example.org. 3600 IN MX 10 mail.example.org.",
        ] {
            let read = parse(text).unwrap();
            assert_eq!(line(&read).unwrap(), "10 mail.example.org.", "{text}");
        }
        assert_eq!(line(&parse("0 .").unwrap()).unwrap(), "0 .");
    }

    #[test]
    fn what_is_wrong_is_marked() {
        for (text, fault, start, end) in [
            ("mail.example.org", MxFault::Preference, 0, 16),
            ("+5 a.example", MxFault::Preference, 0, 2),
            ("65536 a.example", MxFault::Preference, 0, 5),
            ("MX", MxFault::Preference, 2, 2),
            ("10", MxFault::NoExchange, 2, 2),
            ("10 a..example", MxFault::Exchange, 3, 13),
            ("10 b\u{fc}cher.example", MxFault::Exchange, 3, 17),
            ("10 a.example b.example c", MxFault::Behind, 13, 24),
        ] {
            assert_eq!(parse(text), Err((Span::new(start, end), fault)), "{text}");
        }
    }
}
