//! SPF records (RFC 7208).

mod below;

use super::{EditedCode as Code, error, remark, whole};
use crate::diagnostic::Level;
use crate::dns::{Name, RecordData, Response, TxtRecord};
use crate::gather::Gather;
use crate::span::Span;
use crate::spf::{
    Cause, DomainSpec, Mechanism, Modifier, NoteCode, Record, Selection, SyntaxCode, Term,
    TermKind, Tree, near_misses, notes, read, select,
};

type Remark = super::Remark<Code>;

/// RFC 7208 §4.6.4: the terms that may cause a look-up.
const LOOKUP_LIMIT: usize = 10;

/// RFC 7208 §3.4: from here on an answer begins to be too long, and here it is.
const LONG: usize = 450;
const TOO_LONG: usize = 512;

/// Everything that shows without a look-up; of a record whose `tree` is known, what that shows too.
pub(crate) fn remarks(text: &str, tree: Option<&Tree>) -> Vec<Remark> {
    let response = Response::from_records(vec![RecordData::Txt(TxtRecord::single(text))]);
    if let Some(near_miss) = near_misses(&response).into_iter().next() {
        return vec![error(whole(text), Code::SpfNearMiss(near_miss.kind))];
    }
    let reading = read(text);
    let errors = reading.errors.iter().map(|wrong| {
        let code = wrong.code;
        error(wrong.span, Code::Spf(Cause::Syntax { code }))
    });
    if !matches!(select(&response), Selection::One(_)) {
        // What stands behind the version means nothing where that is no version.
        let version = |remark: &Remark| {
            let code = SyntaxCode::Version;
            remark.code == Code::Spf(Cause::Syntax { code })
        };
        return errors.filter(version).gather();
    }
    let mut remarks: Vec<Remark> = errors.gather();
    remarks.extend(reading.record.terms.iter().filter_map(malformed_target));
    let length = text.chars().count();
    let noted = notes(text, &reading.record).into_iter();
    remarks.extend(noted.map(|(span, code)| note(span, code, length)));
    match tree.filter(|tree| tree.root.record.as_deref() == Some(text)) {
        Some(tree) => below::add(&mut remarks, tree, length),
        // Of all look-ups only those of the record itself can be counted.
        None => remarks.extend(too_many_lookups(&reading.record)),
    }
    remarks
}

/// A note about a record of so many characters.
fn note(span: Option<Span>, code: NoteCode, length: usize) -> Remark {
    let span = span.unwrap_or_else(|| place(&code, length));
    remark(span, level(&code), Code::SpfNote(code))
}

/// Where a note about the whole record belongs: what is too long is so from a place on, and what is missing
/// is missing at the end.
fn place(code: &NoteCode, length: usize) -> Span {
    match code {
        NoteCode::LongRecord { .. } => Span::new(LONG, length),
        NoteCode::OversizeRecord { .. } => Span::new(TOO_LONG, length),
        _ => Span::new(length, length),
    }
}

/// The eleventh term that causes a look-up, of those that an evaluation reaches.
fn too_many_lookups(record: &Record) -> Option<Remark> {
    let all = record.all().map(|(term, _)| term.span);
    let reached = |term: &&Term| match (&term.kind, all) {
        (_, None) => true,
        (TermKind::Modifier(_), Some(_)) => false,
        (TermKind::Directive(_), Some(all)) => term.span < all,
    };
    let mut lookups = record
        .terms
        .iter()
        .filter(|term| term.causes_lookup())
        .filter(reached);
    let over = lookups.nth(LOOKUP_LIMIT)?;
    Some(error(over.span, Code::Spf(Cause::TooManyLookups)))
}

/// A name without macros that DNS cannot hold: without its record an evaluation ends in error, without its
/// addresses the term matches nobody (RFC 7208 §4.8).
fn malformed_target(term: &Term) -> Option<Remark> {
    let (spec, leads_to_record) = named(term)?;
    let sound = Name::parse(spec.as_str()).is_ok_and(|name| !name.is_root());
    if sound || spec.as_macro_string().has_macros() {
        return None;
    }
    let target = spec.as_str().chars().take(256).collect();
    Some(if leads_to_record {
        error(term.span, Code::Spf(Cause::TargetMalformed { target }))
    } else {
        note(Some(term.span), NoteCode::TargetMalformed { target }, 0)
    })
}

/// The name that a term looks up, and whether a record must be there.
const fn named(term: &Term) -> Option<(&DomainSpec, bool)> {
    match &term.kind {
        TermKind::Directive(directive) => match &directive.mechanism {
            Mechanism::Include(target) => Some((target, true)),
            Mechanism::Exists(target)
            | Mechanism::A(Some(target), _)
            | Mechanism::Mx(Some(target), _)
            | Mechanism::Ptr(Some(target)) => Some((target, false)),
            _ => None,
        },
        TermKind::Modifier(Modifier::Redirect(_, target)) => Some((target, true)),
        TermKind::Modifier(_) => None,
    }
}

/// How much a note matters.
const fn level(code: &NoteCode) -> Level {
    match code {
        // Whoever may send is what a record is there to say.
        NoteCode::PassAll => Level::Error,
        NoteCode::NeutralAll
        | NoteCode::NoAll
        | NoteCode::OversizeRecord { .. }
        | NoteCode::Ptr
        | NoteCode::RedirectWithAll
        | NoteCode::SpecialPurposeRange
        | NoteCode::TargetMalformed { .. }
        | NoteCode::TermAfterAll
        | NoteCode::TooManyVoidLookupsIpv6
        | NoteCode::VoidLookup
        | NoteCode::WideRange { .. } => Level::Warning,
        NoteCode::HostBitsSet
        | NoteCode::LongRecord { .. }
        | NoteCode::RepeatedInclude { .. }
        | NoteCode::RepeatedTerm
        | NoteCode::RepeatedVersion
        | NoteCode::UnknownModifier { .. } => Level::Note,
    }
}
