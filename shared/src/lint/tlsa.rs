//! TLSA records as zone files and `dig` write them, one a line (RFC 6698 §2.2, RFC 1035 §5.1).

use super::{Code, Remark, listed};
use crate::dane::{DiagnosticCode, parse};
use crate::span::Span;

/// Each record by itself, without the certificate.
pub(super) fn remarks(text: &str) -> Vec<Remark> {
    let mut entries = entries(text);
    if entries.is_empty() {
        entries.push((0, String::new()));
    }
    let mut remarks = Vec::new();
    for (start, data) in entries {
        let mut found = parse(&data).diagnostics;
        for remark in &mut found {
            let place = |at: u32| start + at as usize;
            remark.span = Span::new(place(remark.span.start), place(remark.span.end));
        }
        remarks.extend(listed(found, DiagnosticCode::level, Code::Tlsa));
    }
    remarks
}

/// Where each record begins, in characters, and its data: what stands around them is blank, so that places stay
/// what they are. A record goes over several lines in parentheses; a semicolon begins a comment.
pub(super) fn entries(text: &str) -> Vec<(usize, String)> {
    let mut entries = Vec::new();
    let (mut start, mut data) = (0, String::new());
    let (mut depth, mut is_comment) = (0_usize, false);
    for (at, character) in text.chars().enumerate() {
        is_comment = (is_comment || character == ';') && character != '\n';
        match character {
            '\n' if depth == 0 => {
                entries.extend(entry(start, &data));
                (start, data) = (at + 1, String::new());
            }
            _ if is_comment => data.push(' '),
            '(' => {
                depth += 1;
                data.push(' ');
            }
            ')' if depth > 0 => {
                depth -= 1;
                data.push(' ');
            }
            plain => data.push(plain),
        }
    }
    entries.extend(entry(start, &data));
    if entries.iter().any(|(_, data)| !is_alias(data)) {
        entries.retain(|(_, data)| !is_alias(data));
    }
    entries
}

/// The name of an alias, which `dig` puts on a line before the records.
fn is_alias(data: &str) -> bool {
    let data = data.trim_ascii();
    data.ends_with('.') && !data.contains(|c: char| c.is_ascii_whitespace())
}

/// The record without what stands before its data, `_25._tcp.mx.example.org. 3600 IN TLSA`; nothing of a blank line.
fn entry(start: usize, line: &str) -> Option<(usize, String)> {
    let data = behind_type(line).unwrap_or(line);
    let before = line.strip_suffix(data).unwrap_or_default();
    let data = data.trim_ascii_end();
    (!data.trim_ascii().is_empty() || !before.is_empty())
        .then(|| (start + before.chars().count(), data.to_owned()))
}

fn behind_type(line: &str) -> Option<&str> {
    let mut rest = line;
    loop {
        rest = rest.trim_ascii_start();
        let end = rest.find(|c: char| c.is_ascii_whitespace());
        let (word, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        if word.eq_ignore_ascii_case("TLSA") {
            return Some(behind);
        }
        if behind.is_empty() {
            return None;
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{RecordKind, lint};
    use super::*;
    use crate::dane::Field;

    const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// The places in `text` that are remarked on: line, column and remark.
    fn found(text: &str) -> Vec<(usize, usize, Code)> {
        let remarks = lint(RecordKind::Tlsa, text).remarks.into_iter();
        let placed = remarks.map(|remark| {
            let before: String = text.chars().take(remark.span.start as usize).collect();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            (line, column, remark.code)
        });
        placed.collect()
    }

    #[test]
    fn records_of_a_rollover_are_read_each_by_itself() {
        let (first, second) = DIGEST.split_at(56);
        for text in [
            format!("3 1 1 {first} {second}\n3 1 1 {second} {first}\n"),
            format!("alias.example.\n_dane.mx.example.\n3 1 1 {DIGEST}\n"),
            format!("; now\n3 1 1 {DIGEST} ; and then\r\n\n2 1 1 {DIGEST}"),
            format!("_25._tcp.mx.example. 3600 IN TLSA 3 1 1 {DIGEST}\n  TLSA 3 1 1 {DIGEST}"),
            format!("mx.example. TLSA ( 3 1 1 ; key\n    {first}\n    {second} )\n3 1 1 {DIGEST}"),
        ] {
            assert_eq!(found(&text), [], "{text}");
        }
    }

    #[test]
    fn remarks_stand_in_their_line() {
        use crate::dane::DiagnosticCode::{Missing, NotANumber, NotHexadecimal};
        let text = format!("3 1 1 {DIGEST}\n3 x 1 {DIGEST}\né. IN TLSA 3 1 1 0g\n3 1 1 ; none");
        assert_eq!(
            found(&text),
            [
                (2, 3, Code::Tlsa(NotANumber(Field::Selector))),
                (3, 19, Code::Tlsa(NotHexadecimal)),
                (4, 6, Code::Tlsa(Missing(Field::Data))),
            ]
        );
        assert_eq!(found("x. TLSA").len(), 4);
        assert_eq!(found("alias.example.").len(), 4);
        assert_eq!(found(" \n"), [(1, 1, Code::Nothing)]);
        assert_eq!(found("3 1 1 00)").len(), 1);
    }
}
