//! All TXT records of one name, as zone files and `dig` write them.

use super::{Code, EditedCode, Lint, RecordKind, Remark, bounded, error, one, remark, whole};
use crate::diagnostic::Level;
use crate::dns::{RecordData, Response, TxtRecord};
use crate::gather::Gather;
use crate::span::Span;
use crate::{bimi, dkim, dmarc, mta_sts, spf, tls_rpt};

/// A TXT record in its strings (RFC 1035 §3.3.14).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Written {
    /// The strings joined without a space, as every mail standard reads them (RFC 7208 §3.3).
    pub text: String,
    /// Where each string but the first begins, in characters.
    pub borders: Vec<usize>,
    /// What of a string stands behind the 255 octets that one can hold (RFC 1035 §3.3), in characters.
    pub overlong: Vec<Span>,
}

/// What the records of a name are to a standard.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Kinship {
    Record,
    /// Meant as one, and ignored.
    NearMiss,
    /// A verification token, or a record of another standard.
    Stranger,
}

/// Reads the records of this kind among all of a name. Gives their text, one a line, and the remarks about it.
///
/// What is of another kind is left out, as receivers leave it out, unless nothing else is there.
#[must_use]
pub fn lint_rrset(kind: RecordKind, records: &[Written]) -> (String, Lint) {
    let kin = |record: &Written| kinship(kind, &record.text);
    let meant = |record: &&Written| kin(record) != Kinship::Stranger;
    let mut read: Vec<&Written> = records.iter().filter(meant).gather();
    let none = read.is_empty() && records.len() > 1;
    if read.is_empty() {
        read = records.iter().gather();
    }
    let count = read.iter().filter(|r| kin(r) == Kinship::Record).count();
    let text = read.iter().map(|record| &*record.text).collect::<Vec<_>>();
    let text = text.join("\n");
    if none {
        let code = Code::NoneAmong(kind);
        return (text.clone(), bounded(vec![error(whole(&text), code)]));
    }
    let mut found = Vec::new();
    let (mut start, mut known) = (0, 0);
    for record in read {
        let mut remarks = of_strings(kind, record);
        remarks.extend(one(kind, &record.text));
        if kin(record) == Kinship::Record {
            known += 1;
            if known == 2 {
                remarks.push(error(whole(&record.text), several(kind, count)));
            }
        } else if count > 0 {
            // Whoever reads the record beside it does without this one.
            remarks.iter_mut().for_each(|remark| {
                remark.level = remark.level.min(Level::Warning);
            });
        }
        let remarks = remarks.into_iter();
        found.extend(remarks.map(|remark| shifted(remark, start)));
        start += record.text.chars().count() + 1;
    }
    (text, bounded(found))
}

/// What follows from several records of one kind: none is read (RFC 7208 §4.5, RFC 9989 §4.10, RFC 8461 §3.1,
/// RFC 8460 §3, draft-brand-indicators-for-message-identification §7.2), but for keys (RFC 6376 §3.6.2.2, §6.1.2).
const fn several(kind: RecordKind, count: usize) -> Code {
    match kind {
        RecordKind::Dkim => Code::SeveralKeys(count),
        _ => Code::Edited(EditedCode::Several(count)),
    }
}

fn kinship(kind: RecordKind, text: &str) -> Kinship {
    let of = |near: bool| match near {
        true => Kinship::NearMiss,
        false => Kinship::Stranger,
    };
    match kind {
        RecordKind::Spf => {
            let response = Response::from_records(vec![RecordData::Txt(TxtRecord::single(text))]);
            match spf::select(&response) {
                spf::Selection::One(_) => Kinship::Record,
                _ => of(!spf::near_misses(&response).is_empty()),
            }
        }
        RecordKind::Dmarc => match dmarc::parse(text) {
            dmarc::Parsed::Record(_) => Kinship::Record,
            parsed => of(parsed != dmarc::Parsed::NotDmarc),
        },
        RecordKind::Dkim => match dkim::parse(text) {
            dkim::Parsed::Record(_) => Kinship::Record,
            dkim::Parsed::NotDkim => Kinship::Stranger,
        },
        RecordKind::MtaSts => match mta_sts::read(text) {
            Ok(_) => Kinship::Record,
            Err(near) => of(near.is_some()),
        },
        RecordKind::TlsRpt => match tls_rpt::read(text) {
            Ok(_) => Kinship::Record,
            Err(near) => of(near.is_some()),
        },
        RecordKind::Bimi => match bimi::parse(text) {
            bimi::Parsed::Record(_) => Kinship::Record,
            parsed => of(parsed == bimi::Parsed::NearMiss),
        },
        RecordKind::MtaStsPolicy | RecordKind::Tlsa | RecordKind::Mx => Kinship::Record,
    }
}

/// What is to say about how a record is divided into strings.
fn of_strings(kind: RecordKind, record: &Written) -> Vec<Remark> {
    let overlong = record.overlong.iter();
    let mut remarks: Vec<Remark> = overlong
        .map(|behind| error(*behind, Code::StringTooLong))
        .gather();
    if kind == RecordKind::Spf {
        let characters: Vec<char> = record.text.chars().collect();
        let ends = record.borders.iter().skip(1).copied();
        let ends = ends.chain([characters.len()]);
        let strings = record.borders.iter().copied().zip(ends);
        let stuck = strings.filter_map(|(start, end)| stuck(&characters, start, end));
        remarks.extend(stuck.map(|term| remark(term, Level::Warning, Code::StuckTerm)));
    }
    remarks
}

/// The term that a string begins with, where it was meant to stand by itself and is part of the one before it.
fn stuck(characters: &[char], start: usize, end: usize) -> Option<Span> {
    let before = characters.get(..start)?.last()?;
    // Behind anything else a term goes on.
    if !before.is_ascii_alphanumeric() && *before != '}' {
        return None;
    }
    let string = characters.get(start..end)?;
    let term = string.split(|c| *c == ' ').next()?;
    is_term(term).then(|| Span::new(start, start + term.len()))
}

/// Whether this begins as no domain and no address does: with the name of a mechanism or a modifier.
fn is_term(term: &[char]) -> bool {
    const MECHANISMS: [&str; 8] = ["all", "a", "mx", "ptr", "ip4", "ip6", "include", "exists"];
    const MODIFIERS: [&str; 2] = ["redirect", "exp"];
    let unqualified = match term {
        ['+' | '-' | '~' | '?', rest @ ..] => rest,
        whole => whole,
    };
    let length = unqualified.iter().position(|c| ":/=".contains(*c));
    let name = unqualified.get(..length.unwrap_or(unqualified.len()));
    let name: String = name.unwrap_or_default().iter().take(16).collect();
    let is = |known: &&str| known.eq_ignore_ascii_case(&name);
    match length.and_then(|length| unqualified.get(length)) {
        Some('=') => MODIFIERS.iter().any(is),
        _ => MECHANISMS.iter().any(is),
    }
}

fn shifted(remark: Remark, by: usize) -> Remark {
    let place = |at: u32| by + at as usize;
    let Span { start, end } = remark.span;
    Remark {
        span: Span::new(place(start), place(end)),
        ..remark
    }
}

#[cfg(test)]
mod tests;
