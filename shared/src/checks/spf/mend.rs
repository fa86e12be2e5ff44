//! The record to publish, made from the domain's own.

use super::super::sending::{opens, vouches};
use super::super::{Scene, Sending};
use crate::dns::{RecordType, Response};
use crate::report::{Action, Mend, Owner, Reason};
use crate::spf::{
    Cause, Mechanism, Modifier, NoteCode, Problem, Qualifier, Record, Selection, TermKind, Tree,
    near_misses, repaired, select,
};

/// Records of one name that are merged.
const MAX_MERGED: usize = 10;

/// What to do about the first of `reasons`, or about the note that weighs.
pub(super) fn mend(scene: &Scene<'_>, tree: &Tree, reasons: &[Reason]) -> Option<Mend> {
    let (action, value) = match reasons.first()? {
        Reason::SpfMissing => missing(scene),
        Reason::SpfNeutral => (Action::CloseSpf, closed(scene, tree)),
        Reason::SpfOpen | Reason::SpfOpenOverIpv6 | Reason::SpfWide { .. } => {
            // A record that ends well is opened by what stands before.
            let action = match tree.all {
                Some(Qualifier::Fail | Qualifier::SoftFail) => Action::NarrowSpf,
                _ => Action::CloseSpf,
            };
            (action, closed(scene, tree))
        }
        Reason::SpfBroken { problem } => broken(scene, tree, problem),
        _ if reasons.iter().any(is_wide) => (Action::NarrowSpf, None),
        _ => (Action::CorrectSpf, None),
    };
    let mend = Mend::new(action, Owner::Dns);
    // Nothing is handed over that our own parser would not take.
    Some(match value.filter(|value| Record::parse(value).is_ok()) {
        Some(value) => mend.publishing(scene.evidence.domain().name().clone(), value),
        None => mend,
    })
}

/// A first record; or the one that was meant, where a text is no record by its form alone.
fn missing(scene: &Scene<'_>) -> (Action, Option<String>) {
    let answer = scene
        .dns
        .ask(scene.evidence.domain().name(), RecordType::Txt);
    let misses = answer.map_or(Vec::new(), |answer| near_misses(&answer.response));
    if !misses.is_empty() {
        let meant = misses.iter().find_map(|miss| repaired(&miss.text));
        return (Action::RepairSpf, meant);
    }
    match scene.sending() {
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
        Cause::IncludeWithoutRecord { .. } => {
            (Action::CorrectSpf, without_dead_includes(scene, tree))
        }
        _ => (Action::CorrectSpf, None),
    }
}

fn is_wide(reason: &Reason) -> bool {
    match reason {
        Reason::SpfWide { .. } => true,
        Reason::SpfNote { note } => matches!(note.code, NoteCode::WideRange { .. }),
        _ => false,
    }
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

/// The domain's record without the `include:` terms that lead to no record.
fn without_dead_includes(scene: &Scene<'_>, tree: &Tree) -> Option<String> {
    let record = Record::parse(tree.root.record.as_ref()?).ok()?;
    let is_dead = |span| {
        tree.problems.iter().any(|problem| {
            matches!(problem.cause, Cause::IncludeWithoutRecord { .. })
                && problem.domain == tree.root.domain
                && problem.span == Some(span)
        })
    };
    let mut draft = Draft::default();
    draft.take(&record, |span| !is_dead(span));
    let ending = match record.all() {
        Some((_, Qualifier::Fail)) => "-all",
        Some((_, Qualifier::Neutral)) => "?all",
        None => "",
        Some(_) => "~all",
    };
    draft.finish(ending, scene)
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

/// A record in the making.
#[derive(Default)]
struct Draft {
    terms: Vec<String>,
    /// Some server is vouched for.
    vouches: bool,
    /// It ends in another's word.
    redirects: bool,
    /// A range that lets far too many pass was left out.
    narrowed: bool,
}

impl Draft {
    /// Takes over the terms that are `wanted`, but for `all` and for ranges that open the record.
    fn take(&mut self, record: &Record, wanted: impl Fn(crate::span::Span) -> bool) {
        let has_all = record.all().is_some();
        for term in record.terms.iter().filter(|term| wanted(term.span)) {
            match &term.kind {
                TermKind::Directive(directive) => {
                    if directive.mechanism == Mechanism::All {
                        continue;
                    }
                    if opens(directive) {
                        self.narrowed = true;
                        continue;
                    }
                    self.vouches |= vouches(directive);
                }
                TermKind::Modifier(Modifier::Redirect(..)) => {
                    // Beside `all` it was never used (RFC 7208 §6.1).
                    if has_all {
                        continue;
                    }
                    self.redirects = true;
                }
                TermKind::Modifier(_) => {}
            }
            let text = term.to_string();
            if !self
                .terms
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&text))
            {
                self.terms.push(text);
            }
        }
    }

    /// The record. A domain that sends is never left without a server that may: then its own mail exchanges
    /// are named. Exchanges of another's only receive, as a rule: where they are all that is known, nothing is
    /// handed over, for honest mail would be disowned.
    fn finish(mut self, ending: &str, scene: &Scene<'_>) -> Option<String> {
        let mut ending = ending;
        if !self.vouches && !self.redirects {
            match scene.sending() {
                Sending::Yes if scene.runs_its_exchanges() => {
                    self.terms.push("mx".to_owned());
                    ending = "~all";
                }
                Sending::No => ending = "-all",
                Sending::Yes | Sending::Unknown => return None,
            }
        }
        let mut words = vec!["v=spf1".to_owned()];
        words.append(&mut self.terms);
        if !ending.is_empty() {
            words.push(ending.to_owned());
        }
        Some(words.join(" "))
    }
}
