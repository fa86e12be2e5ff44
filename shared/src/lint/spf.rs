//! SPF records (RFC 7208).

mod below;

use super::{EditedCode as Code, error, remark, whole};
use crate::diagnostic::Level;
use crate::dns::{Name, RecordData, Response, TxtRecord};
use crate::gather::Gather;
use crate::span::Span;
use crate::spf::{
    Cause, Characters, DomainSpec, Mechanism, Modifier, NoteCode, Reading, Record, Selection,
    SyntaxCode, Term, TermKind, Tree, is_meant_as_all, near_misses, notes, read, select,
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
    let characters = Characters::of(text);
    let mut remarks: Vec<Remark> = errors.gather();
    let terms = reading.record.terms.iter();
    remarks.extend(terms.filter_map(|term| odd_target(&characters, term)));
    let length = text.chars().count();
    let noted = notes(text, &reading.record).into_iter();
    remarks.extend(noted.map(|(span, code)| note(span, code, length)));
    match tree.filter(|tree| tree.root.record.as_deref() == Some(text)) {
        Some(tree) => below::add(&mut remarks, tree, length),
        // Of all look-ups only those of the record itself can be counted.
        None => remarks.extend(too_many_lookups(&reading.record)),
    }
    if ends_in_misspelt_all(&characters, &reading) {
        remarks.retain(|remark| remark.code != Code::SpfNote(NoteCode::NoAll));
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

/// Whether what ends the record is there and misspelt, so that it is not missing besides.
fn ends_in_misspelt_all(text: &Characters<'_>, reading: &Reading) -> bool {
    let mut errors = reading.errors.iter();
    errors.any(|wrong| is_meant_as_all(&text.get(wrong.term)))
}

/// A name without macros that DNS cannot hold: without its record an evaluation ends in error, without its
/// addresses the term matches nobody (RFC 7208 §4.8). Or one that DNS could hold, and that no host has.
fn odd_target(text: &Characters<'_>, term: &Term) -> Option<Remark> {
    let (spec, leads_to_record) = named(term)?;
    if spec.as_macro_string().has_macros() {
        return None;
    }
    let name = spec.as_str();
    let sound = Name::parse(name).is_ok_and(|name| !name.is_root());
    if sound && !name.contains([':', '/', '@']) {
        return None;
    }
    let target = name.chars().take(256).collect();
    let place = name_span(text, term, name);
    Some(match (sound, leads_to_record) {
        (true, _) => note(Some(place), NoteCode::TargetNotHost { target }, 0),
        (false, true) => error(place, Code::Spf(Cause::TargetMalformed { target })),
        (false, false) => note(Some(place), NoteCode::TargetMalformed { target }, 0),
    })
}

/// Where the name in a term stands: behind its first `:` or `=`.
fn name_span(text: &Characters<'_>, term: &Term, name: &str) -> Span {
    let front = text.get(term.span).find([':', '=']).unwrap_or_default();
    let start = term.span.start as usize + front + 1;
    // A term that can be read is ASCII.
    Span::new(start, start + name.len())
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
        NoteCode::OpenRanges | NoteCode::PassAll => Level::Error,
        NoteCode::NeutralAll
        | NoteCode::NoAll
        | NoteCode::OversizeRecord { .. }
        | NoteCode::Ptr
        | NoteCode::PtrMacro
        | NoteCode::RedirectWithAll
        | NoteCode::SpecialPurposeRange
        | NoteCode::TargetMalformed { .. }
        | NoteCode::TargetNotHost { .. }
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
