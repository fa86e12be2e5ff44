//! What to do about the worst key.
//!
//! A key is made by whoever signs, so a record is handed over only where the key in it stays and the text around it
//! is at fault, and only by whoever publishes it: what an alias leads to is not the domain's to change.

use super::super::Scene;
use super::{Word, word};
use crate::diagnostic::Level;
use crate::dkim::{
    self, Asked, DiagnosticCode, Found, KeyFault, NoKey, Parsed, Published, Record, Survey, TagName,
};
use crate::gather::Gather;
use crate::report::{Action, Mend, Owner};
use crate::span::Span;

/// The mend for the worst of what was found.
pub(super) fn mend(scene: &Scene<'_>, survey: &Survey) -> Option<Mend> {
    let worst = [
        Word::Open,
        Word::Lost,
        Word::Unsigned,
        Word::Fair,
        Word::Broken,
        Word::Dangling,
    ];
    let asked = worst
        .into_iter()
        .find_map(|wanted| survey.asked.iter().find(|asked| word(asked) == wanted));
    match asked {
        Some(asked) => Some(about(asked)),
        // Nobody is told to sign who may not send at all.
        None if scene.sending() == super::super::Sending::Yes => {
            Some(Mend::new(Action::SetUpDkim, Owner::Signer))
        }
        None => None,
    }
}

fn about(asked: &Asked) -> Mend {
    let name = asked.name.clone();
    let published = match &asked.found {
        Found::Several(..) => return Mend::new(Action::KeepOneDkim { name }, Owner::Dns),
        Found::Record(published) => published,
        Found::Nothing | Found::Failed(_) if asked.canonical.is_some() => {
            return Mend::new(Action::ResolveDkimAlias { name }, Owner::Signer);
        }
        Found::Nothing | Found::Failed(_) => {
            return Mend::new(Action::RestoreDkimKey { name }, Owner::Dns);
        }
    };
    let owner = match asked.canonical {
        Some(_) => Owner::Signer,
        None => Owner::Dns,
    };
    let record = &published.record;
    let is = |wanted: fn(DiagnosticCode) -> bool| {
        published
            .diagnostics
            .iter()
            .any(|remark| wanted(remark.code))
    };
    if word(asked) == Word::Open {
        return Mend::new(Action::RevokeDkimKey { name }, Owner::Signer);
    }
    if matches!(
        record.key,
        Err(NoKey::Missing
            | NoKey::Revoked
            | NoKey::Faulty(KeyFault::Truncated | KeyFault::Base64(_) | KeyFault::Foreign))
    ) {
        return Mend::new(Action::RestoreDkimKey { name }, owner);
    }
    let corrected = Corrected::of(published);
    let action = match &corrected {
        _ if is(|code| matches!(code, DiagnosticCode::ShortKey(_))) => {
            return Mend::new(Action::ReplaceDkimKey { name }, Owner::Signer);
        }
        _ if record.is_testing && record.is_usable() => Action::EndDkimTesting { name },
        _ => Action::CorrectDkim { name },
    };
    let mend = Mend::new(action, owner);
    match corrected {
        Some(Corrected(text)) if asked.canonical.is_none() => {
            mend.publishing(asked.name.clone(), text)
        }
        _ => mend,
    }
}

/// The same key in a record without fault.
struct Corrected(String);

impl Corrected {
    /// Nothing where the fault is the key's own, where two tags contradict each other, or where our own parser
    /// would still find something to say.
    fn of(published: &Published) -> Option<Self> {
        let record = &published.record;
        let mut text = String::from("v=DKIM1");
        for tag in &record.tags {
            let value = piece(record, tag.value_span);
            let value = match tag.name {
                Some(TagName::V | TagName::G) => continue,
                Some(TagName::H) if !record.allows_sha256 => continue,
                Some(TagName::T) => without_testing(&value),
                Some(_) | None => Some(value),
            };
            if let Some(value) = value {
                text.push_str("; ");
                text.push_str(&piece(record, tag.name_span));
                text.push('=');
                text.push_str(&value);
            }
        }
        let Parsed::Record(corrected) = dkim::parse(&text) else {
            return None;
        };
        let at_fault = |remark: &dkim::Diagnostic| remark.code.level() > Level::Note;
        let sound = corrected.record.is_usable() && !corrected.diagnostics.iter().any(at_fault);
        (sound && text != record.text).then_some(Self(text))
    }
}

/// The flags but for `y`; nothing where none is left.
fn without_testing(flags: &str) -> Option<String> {
    let flags: Vec<&str> = flags
        .split(':')
        .map(str::trim)
        .filter(|flag| *flag != "y")
        .gather();
    (!flags.is_empty()).then(|| flags.join(":"))
}

/// The characters of the record at `span`.
fn piece(record: &Record, span: Span) -> String {
    let start = usize::try_from(span.start).unwrap_or(usize::MAX);
    let length = usize::try_from(span.end.saturating_sub(span.start)).unwrap_or(0);
    record.text.chars().skip(start).take(length).collect()
}
