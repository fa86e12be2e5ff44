//! The record to publish, made from the domain's own.

use super::super::misplaced::{self, Misplaced};
use super::super::sending::opens;
use super::super::{Route, Scene, Sending};
use super::draft::{Draft, is_private, same_term};
use crate::dns::{RecordType, Response};
use crate::gather::Gather;
use crate::provider::Provider;
use crate::report::{Action, Mend, Owner, Reason, SpfCost};
use crate::sorting::sort_by_key;
use crate::span::Span;
use crate::spf::{
    self, Cause, NoteCode, Problem, Qualifier, Record, Selection, TermKind, Tree, near_misses,
    repaired, select,
};

/// Records of one name that are merged.
const MAX_MERGED: usize = 10;
/// Terms with a look-up that RFC 7208 §4.6.4 allows.
const LOOKUP_LIMIT: u32 = 10;
/// Terms whose costs are compared.
const MAX_TERMS: usize = 100;
/// Terms that are named as costly.
const NAMED: usize = 3;

/// What to do about the first of `reasons`, or about the note that weighs.
pub(super) fn mend(scene: &Scene<'_>, tree: &Tree, reasons: &[Reason]) -> Option<Mend> {
    let (action, value) = match reasons.first()? {
        Reason::SpfMissing => missing(scene),
        Reason::SpfNeutral => (Action::CloseSpf, closed(scene, tree)),
        Reason::SpfOpen
        | Reason::SpfOpenOverIpv6
        | Reason::SpfWide { .. }
        | Reason::SpfWideOverIpv6 => {
            // A record that ends well is opened by what stands before.
            let action = match tree.all {
                Some(Qualifier::Fail | Qualifier::SoftFail) => Action::NarrowSpf,
                _ => Action::CloseSpf,
            };
            (action, closed(scene, tree))
        }
        Reason::SpfBroken { problem } => broken(scene, tree, problem),
        // Who holds a network as large as that only its owner knows; nobody holds a private one.
        _ if reasons.iter().any(is_wide) => {
            let private = all_wide_are_private(tree);
            let value = private.then(|| corrected(scene, tree, false)).flatten();
            (Action::NarrowSpf, value)
        }
        _ => (Action::CorrectSpf, corrected(scene, tree, false)),
    };
    let mend = Mend::new(action, Owner::Dns);
    // Nothing is handed over that our own parser would not take.
    Some(match value.filter(|value| Record::parse(value).is_ok()) {
        Some(value) => mend.publishing(scene.evidence.domain().name().clone(), value),
        None => mend,
    })
}

/// A first record; or the one that was meant, where a text is no record by its form or its place alone.
fn missing(scene: &Scene<'_>) -> (Action, Option<String>) {
    let answer = scene
        .dns
        .ask(scene.evidence.domain().name(), RecordType::Txt);
    let misses = answer.map_or(Vec::new(), |answer| near_misses(&answer.response));
    if !misses.is_empty() {
        let meant = misses.iter().find_map(|miss| repaired(&miss.text));
        return (Action::RepairSpf, meant);
    }
    if let Some(Misplaced { at, value, .. }) = misplaced::spf(scene) {
        return (Action::MoveSpf { from: at }, Some(value));
    }
    match scene.sending() {
        Sending::Yes if let Some((provider, spf)) = provider(scene) => {
            let action = Action::PublishProviderSpf { provider };
            (action, Some(format!("v=spf1 include:{spf} ~all")))
        }
        Sending::Yes => (Action::PublishSpf, Draft::default().finish("~all", scene)),
        Sending::No => (Action::DisownSpf, Some("v=spf1 -all".to_owned())),
        Sending::Unknown => (Action::PublishSpf, None),
    }
}

fn broken(scene: &Scene<'_>, tree: &Tree, problem: &Problem) -> (Action, Option<String>) {
    match &problem.cause {
        Cause::SeveralRecords { .. } if problem.domain == tree.root.domain => {
            (Action::KeepOneSpf, merged(scene))
        }
        Cause::TooManyLookups => fewer_lookups(scene, tree),
        _ => (Action::CorrectSpf, corrected(scene, tree, false)),
    }
}

/// Without what is there twice or leads nowhere; where that is not enough people must choose.
fn fewer_lookups(scene: &Scene<'_>, tree: &Tree) -> (Action, Option<String>) {
    let dead = dead_terms(tree, true);
    let mut costly: Vec<SpfCost> = Vec::new();
    for term in tree.root.terms.iter().filter(|term| term.lookups > 0) {
        let known = costly.iter().any(|cost| same_term(&cost.term, &term.text));
        if !known && !dead.contains(&term.text) && costly.len() < MAX_TERMS {
            costly.push(SpfCost {
                term: term.text.clone(),
                lookups: term.lookups,
            });
        }
    }
    if costly.iter().map(|cost| cost.lookups).sum::<u32>() <= LOOKUP_LIMIT {
        return (Action::CorrectSpf, corrected(scene, tree, true));
    }
    sort_by_key(&mut costly, |cost| core::cmp::Reverse(cost.lookups));
    costly.truncate(NAMED);
    (Action::SaveSpfLookups { costly }, None)
}

/// The provider that takes all the domain's mail, and the SPF record of its servers.
fn provider(scene: &Scene<'_>) -> Option<(&'static str, &'static str)> {
    let Route::Exchanges(exchanges) = &scene.route else {
        return None;
    };
    let mut providers = exchanges
        .looked_at
        .iter()
        .map(|exchange| Provider::of(&exchange.name));
    let first = providers.next()??;
    let spf = first.spf()?;
    let same = |other: Option<&Provider>| other.is_some_and(|other| other.spf() == Some(spf));
    (providers.all(same) && exchanges.left_out.is_empty()).then_some((first.name, spf))
}

fn is_wide(reason: &Reason) -> bool {
    match reason {
        Reason::SpfWide { .. } => true,
        Reason::SpfNote { note } => {
            matches!(note.code, NoteCode::OpenRanges | NoteCode::WideRange { .. })
        }
        _ => false,
    }
}

/// Whether the record's own wide ranges are such that no mail on the public internet comes from them.
fn all_wide_are_private(tree: &Tree) -> bool {
    let record = tree.root.record.as_ref();
    let terms = record.map_or(Vec::new(), |text| spf::read(text).record.terms);
    terms.iter().all(|term| match &term.kind {
        TermKind::Directive(directive) => !opens(directive) || is_private(directive),
        TermKind::Modifier(_) => true,
    })
}

/// The domain's record without what lets everybody pass, and with a word on strangers at its end; nothing
/// where the record ends in another's word, or where that changes nothing.
fn closed(scene: &Scene<'_>, tree: &Tree) -> Option<String> {
    let text = tree.root.record.as_ref()?;
    let record = Record::parse(text).ok()?;
    let mut draft = Draft::default();
    draft.take(&record, |_| true);
    let ending = match record.all() {
        Some((_, Qualifier::Fail)) if !draft.narrowed => "-all",
        None if draft.redirects => "",
        _ => "~all",
    };
    draft
        .finish(ending, scene)
        .filter(|value| !value.eq_ignore_ascii_case(text.trim_end()))
}

/// The domain's record with what breaks the grammar put right, without what has no effect and costs, and with
/// `all` at its end. `repeats` are taken out too: records that are included more than once.
fn corrected(scene: &Scene<'_>, tree: &Tree, repeats: bool) -> Option<String> {
    let text = tree.root.record.as_ref()?;
    let sound = spf::corrected(text);
    let record = Record::parse(sound.as_deref().unwrap_or(text)).ok()?;
    let dead = dead_terms(tree, repeats);
    let mut draft = Draft::default();
    draft.take(&record, |term| !dead.contains(&term.to_string()));
    // Whoever passed by `ptr` alone is not to be refused at once.
    draft.narrowed |= tree.notes.iter().any(|note| note.code == NoteCode::Ptr);
    let ending = match record.all() {
        Some((_, Qualifier::Fail)) if !draft.narrowed => "-all",
        Some((_, Qualifier::Neutral)) => "?all",
        None => "",
        Some(_) => "~all",
    };
    draft.finish(ending, scene).filter(|value| value != text)
}

/// The terms of the domain's own record that let nobody pass, or nobody whom another does not let pass.
fn dead_terms(tree: &Tree, repeats: bool) -> Vec<String> {
    let root = &tree.root;
    // Of a term that stands twice one is to stay, which the draft sees to.
    let is_first = |span: Span| {
        let mut same = root.terms.iter().filter(|term| {
            let repeated = root.terms.iter().find(|other| other.span == span);
            repeated.is_some_and(|repeated| same_term(&repeated.text, &term.text))
        });
        same.next().is_some_and(|term| term.span == span)
    };
    let problems = tree.problems.iter().filter_map(|problem| {
        let dead = matches!(
            problem.cause,
            Cause::IncludeWithoutRecord { .. }
                | Cause::Loop { .. }
                | Cause::RedirectWithoutRecord { .. }
                | Cause::TargetMalformed { .. }
        );
        (dead && problem.domain == root.domain).then_some(problem.span?)
    });
    let notes = tree.notes.iter().filter_map(|note| {
        let dead = match note.code {
            NoteCode::Ptr
            | NoteCode::SpecialPurposeRange
            | NoteCode::TargetMalformed { .. }
            | NoteCode::VoidLookup => true,
            NoteCode::RepeatedInclude { .. } => repeats && note.span.is_some_and(is_first),
            _ => false,
        };
        (dead && note.domain == root.domain).then_some(note.span?)
    });
    let texts = problems
        .chain(notes)
        .filter_map(|span| root.terms.iter().find(|term| term.span == span));
    texts.map(|term| term.text.clone()).gather()
}

/// One record that says what all say: every term once, and the gentlest ending.
fn merged(scene: &Scene<'_>) -> Option<String> {
    let answer = scene
        .dns
        .ask(scene.evidence.domain().name(), RecordType::Txt)?;
    let mut draft = Draft::default();
    let mut strict = true;
    for data in answer.response.records().iter().take(MAX_MERGED) {
        let Selection::One(text) = select(&Response::Records(vec![data.clone()])) else {
            continue;
        };
        let record = Record::parse(&text).ok()?;
        strict &= matches!(record.all(), Some((_, Qualifier::Fail)));
        draft.take(&record, |_| true);
    }
    // Two records cannot both end in another's word.
    if draft.redirects {
        return None;
    }
    let ending = if strict { "-all" } else { "~all" };
    draft.finish(ending, scene)
}
