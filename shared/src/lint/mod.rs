//! What is wrong in a record's text, and where.
//!
//! [`lint`] reads a text as the standard of its kind does, without asking anybody, and gives every remark with
//! its place; `wording` makes sentences of them. [`edited`] has what the page's editor needs of it.

mod code;
pub(crate) mod edited;
mod kind;
mod others;
mod rrset;
mod spf;
mod tlsa;

pub use code::{Code, EditedCode};
pub use kind::RecordKind;
pub use rrset::{Written, lint_rrset};

use core::cmp::Reverse;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Level};
use crate::gather::Gather;
use crate::sorting::sorted;
use crate::span::Span;
use crate::version_tag::NearMiss;

/// Characters of the longest TXT record: no answer holds more octets (RFC 1035 §3.3.14).
pub const MAX_TEXT: usize = 65_535;
/// Remarks of one text; what is behind them would be read by nobody.
const MAX_REMARKS: usize = 500;

/// Reads `text` as a record of this kind; a TXT record's strings are joined already.
#[must_use]
pub fn lint(kind: RecordKind, text: &str) -> Lint {
    bounded(one(kind, text))
}

/// All remarks about one record, or about a text that may hold several of a kind that has no strings.
fn one(kind: RecordKind, text: &str) -> Vec<Remark> {
    if text.trim().is_empty() {
        return vec![error(Span::new(0, 0), Code::Nothing)];
    }
    match too_long(text).filter(|_| kind.is_txt()) {
        Some(remark) => widened(vec![remark]),
        None => remarks(kind, text),
    }
}

/// No more than anybody reads, the gravest of them, in the order of the text.
fn bounded(found: Vec<Remark>) -> Lint {
    // A stranger decides how many there are.
    let places = found.iter().enumerate();
    let by_level = places.map(|(index, remark)| (Reverse(remark.level), remark.span, index));
    let gravest = sorted(by_level.gather()).into_iter().take(MAX_REMARKS);
    let order = sorted(gravest.map(|(_, span, index)| (span, index)).gather());
    Lint {
        has_errors: found.iter().any(|remark| remark.level == Level::Error),
        more: found.len() - order.len(),
        remarks: order
            .into_iter()
            .filter_map(|(_, index)| found.get(index).cloned())
            .gather(),
    }
}

fn remarks(kind: RecordKind, text: &str) -> Vec<Remark> {
    match kind {
        RecordKind::Spf => widened(edited::spf(text, None)),
        RecordKind::Dmarc => widened(edited::dmarc(text)),
        RecordKind::Dkim => others::dkim(text),
        RecordKind::MtaSts => widened(edited::mta_sts(text)),
        RecordKind::MtaStsPolicy => widened(edited::mta_sts_policy(text)),
        RecordKind::TlsRpt => others::tls_rpt(text),
        RecordKind::Bimi => others::bimi(text),
        RecordKind::Tlsa => tlsa::remarks(text),
        RecordKind::Mx => widened(edited::mx(text)),
    }
}

fn widened(remarks: Vec<Remark<EditedCode>>) -> Vec<Remark> {
    let remarks = remarks.into_iter();
    remarks
        .map(|Remark { span, level, code }| remark(span, level, code.into()))
        .gather()
}

/// What is to say about a text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Lint {
    /// The remarks in the order of the text, at most 500.
    pub remarks: Vec<Remark>,
    /// How many more there are, none of them graver than these.
    pub more: usize,
    /// Whether the record as a whole does not do what was meant.
    pub has_errors: bool,
}

/// One remark about one place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Remark<C = Code> {
    /// The place; empty, at the end of the text, for what is missing.
    pub span: Span,
    /// How much it matters.
    pub level: Level,
    /// The remark, in the standard's own list.
    pub code: C,
}

/// The whole of a text.
fn whole(text: &str) -> Span {
    Span::new(0, text.chars().count())
}

/// A remark of a standard's own list.
const fn remark<C>(span: Span, level: Level, code: C) -> Remark<C> {
    Remark { span, level, code }
}

/// A remark that makes the record as a whole useless.
const fn error<C>(span: Span, code: C) -> Remark<C> {
    remark(span, Level::Error, code)
}

/// What a parser remarked.
fn listed<D: Copy, C>(
    found: Vec<Diagnostic<D>>,
    level: fn(D) -> Level,
    code: fn(D) -> C,
) -> Vec<Remark<C>> {
    let found = found.into_iter();
    found
        .map(|found| remark(found.span, level(found.code), code(found.code)))
        .gather()
}

/// No record, or nearly one that begins with its version.
fn none<C: From<EditedCode>>(
    kind: RecordKind,
    text: &str,
    near_miss: Option<NearMiss>,
) -> Vec<Remark<C>> {
    let code = near_miss.map_or(EditedCode::NotARecord(kind), |near_miss| {
        EditedCode::NearMiss { kind, near_miss }
    });
    vec![error(whole(text), code.into())]
}

/// What stands behind the last character that a TXT record can hold.
pub(crate) fn too_long(text: &str) -> Option<Remark<EditedCode>> {
    let behind = text.chars().skip(MAX_TEXT).count();
    let place = Span::new(MAX_TEXT, MAX_TEXT + behind);
    (behind > 0).then(|| error(place, EditedCode::TooLong))
}

#[cfg(test)]
mod tests;
