//! Is there a key to check signatures with, and how strong is it? (RFC 6376 §3.6.1, RFC 8301, RFC 8463)
//!
//! Keys stand under names that DNS does not list. That none was found under the names that we know proves
//! nothing, so it is never held against the domain: only what is there is judged, and what somebody named.

mod mend;

use super::weighing::Weighing;
use super::{Check, CheckId, Route, Scene};
use crate::diagnostic::Level;
use crate::dkim::{Algorithm, Asked, DiagnosticCode, Found, NoKey, Published, Survey};
use crate::evidence::{ObservationId, SelectorSource};
use crate::gather::Gather;
use crate::report::{DkimReason, Finding, Reason, Status};

/// See the module.
pub(super) struct Dkim;

impl Check for Dkim {
    fn id(&self) -> CheckId {
        CheckId::Dkim
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = |status, reason| Finding::new(self.id(), status, vec![reason]);
        if scene.route == Route::NoSuchDomain {
            return finding(Status::Na, Reason::NoSuchDomain);
        }
        if scene.selectors().next().is_none() && scene.says_it_sends_nothing() {
            return finding(Status::Na, Reason::Dkim(DkimReason::SendsNothing));
        }
        let Some(survey) = scene.dkim() else {
            return finding(Status::Unknown, Reason::Pending);
        };
        let (status, reasons) = judge(survey);
        let mend = matches!(status, Status::Fail | Status::Warn)
            .then(|| mend::mend(scene, survey))
            .flatten();
        Finding::new(self.id(), status, reasons)
            .mended_by(mend)
            .proven_by(named(scene, survey))
            .proven_by(proof(scene, survey))
    }
}

/// What named the selectors that were asked for.
fn named(scene: &Scene<'_>, survey: &Survey) -> Vec<ObservationId> {
    let given = survey.asked.iter().filter(|asked| asked.given.is_some());
    given
        .map(|asked| ObservationId::selector(&asked.domain, &asked.selector))
        .filter_map(|id| scene.evidence.entry(&id).map(|(id, _)| id.clone()))
        .gather()
}

/// The answers that say what was found; where nothing was, all of them.
fn proof(scene: &Scene<'_>, survey: &Survey) -> Vec<ObservationId> {
    let said = |name: &crate::dns::Name| survey.asked.iter().any(|asked| asked.name == *name);
    survey
        .questions
        .iter()
        .enumerate()
        // The first two are about all names.
        .filter(|(index, question)| survey.asked.is_empty() || *index < 2 || said(&question.name))
        .filter_map(|(_, question)| scene.evidence.answer_id(question).cloned())
        .gather()
}

/// What one selector comes to.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Word {
    /// No word on mail: a key for something else, nothing, or nobody knows.
    None,
    /// A deliberate statement: this key counts no longer.
    Revoked,
    /// An alias that leads nowhere, under a name that nobody said is in use.
    Dangling,
    /// A record that no verifier can use, under such a name.
    Broken,
    /// A message was signed with a key that is not, or no longer, there.
    Unsigned,
    /// A key that is in use, or should be, and does not serve.
    Lost,
    /// A key so weak that strangers may find out its other half, or its other half itself.
    Open,
    /// A key that serves.
    Good,
    /// One that serves, though it should be better.
    Fair,
}

/// Weighs what was found.
fn judge(survey: &Survey) -> (Status, Vec<Reason>) {
    let words: Vec<(Word, &Asked)> = survey
        .asked
        .iter()
        .map(|asked| (word(asked), asked))
        .gather();
    let has = |wanted: Word| words.iter().any(|(word, _)| *word == wanted);
    let serves = has(Word::Good) || has(Word::Fair);
    let status = if has(Word::Open) || has(Word::Lost) || has(Word::Unsigned) && !serves {
        Status::Fail
    } else if has(Word::Fair) || has(Word::Broken) || has(Word::Unsigned) {
        Status::Warn
    } else if serves {
        Status::Pass
    } else if survey.failed.is_some() {
        Status::Unknown
    } else if survey.is_empty || has(Word::Revoked) || has(Word::Dangling) {
        Status::Warn
    } else {
        Status::Unknown
    };
    let mut weighing = Weighing::new(status, Vec::new());
    for wanted in [
        Word::Open,
        Word::Lost,
        Word::Unsigned,
        Word::Fair,
        Word::Broken,
        Word::Good,
        Word::Dangling,
        Word::None,
    ] {
        for (_, asked) in words.iter().filter(|(word, _)| *word == wanted) {
            tell(asked, &mut weighing);
        }
    }
    let (_, mut reasons) = weighing.told();
    reasons.extend(on_the_whole(survey, &words, serves));
    (status, reasons)
}

/// What is to say about all names together.
fn on_the_whole(survey: &Survey, words: &[(Word, &Asked)], serves: bool) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let revoked = words.iter().filter(|(word, _)| *word == Word::Revoked);
    let names: Vec<_> = revoked.map(|(_, asked)| asked.name.clone()).gather();
    if !serves && !names.is_empty() {
        reasons.push(DkimReason::Revoked { names });
    }
    if let Some(revokes) = survey.wildcard.filter(|_| !serves) {
        reasons.push(DkimReason::Wildcard { revokes });
    }
    if survey.is_empty {
        reasons.push(DkimReason::NoNames);
    } else if survey.wildcard.is_none()
        && survey.answered > 0
        && words.iter().all(|(word, _)| *word == Word::None)
    {
        let answered = survey.answered;
        reasons.push(DkimReason::NotFound { answered });
    }
    if serves && !words.iter().any(|(_, asked)| serves_by_rsa(asked)) {
        reasons.push(DkimReason::Ed25519Alone);
    }
    let mut reasons: Vec<Reason> = reasons.into_iter().map(Reason::Dkim).gather();
    if let Some((question, failure)) = survey.failed.as_ref().filter(|_| !serves) {
        reasons.push(Reason::DnsFailed {
            question: question.clone(),
            failure: *failure,
        });
    }
    reasons
}

fn serves_by_rsa(asked: &Asked) -> bool {
    asked.published().is_some_and(|published| {
        let is_rsa = |key: &crate::dkim::PublicKey| key.algorithm == Algorithm::Rsa;
        published.record.is_usable() && published.record.key.as_ref().is_ok_and(is_rsa)
    })
}

fn word(asked: &Asked) -> Word {
    let published = match &asked.found {
        Found::Failed(_) => return Word::None,
        Found::Nothing => {
            return match asked.given {
                // Whoever types may mistype.
                Some(SelectorSource::Typed) => Word::None,
                // Keys are changed, and the message may be an old one.
                Some(SelectorSource::Message) => Word::Unsigned,
                None => Word::Dangling,
            };
        }
        Found::Several(published, _) if published.record.is_usable() => return Word::Fair,
        Found::Record(published) | Found::Several(published, _) => published,
    };
    let record = &published.record;
    let opens = |code| {
        matches!(
            code,
            DiagnosticCode::WeakKey(_) | DiagnosticCode::WeakExponent | DiagnosticCode::PrivateKey
        )
    };
    match record.key {
        _ if !record.is_for_mail => Word::None,
        _ if published
            .diagnostics
            .iter()
            .any(|remark| opens(remark.code)) =>
        {
            Word::Open
        }
        Err(NoKey::Revoked) => Word::Revoked,
        Err(_) if asked.given.is_some() => Word::Lost,
        Err(_) => Word::Broken,
        // Receivers that read RFC 8301 take nothing that is signed with SHA-1; others still do.
        Ok(_) if !record.allows_sha256 => Word::Broken,
        Ok(_) if published.diagnostics.iter().any(weighs) => Word::Fair,
        Ok(_) => Word::Good,
    }
}

fn weighs(remark: &crate::dkim::Diagnostic) -> bool {
    remark.code.level() > Level::Note
}

/// Adds what is to say about one selector.
fn tell(asked: &Asked, weighing: &mut Weighing) {
    let name = asked.name.clone();
    let provider = asked.provider.map(|provider| provider.name);
    let mut add = |reason, weighs| weighing.add(Reason::Dkim(reason), weighs);
    match (&asked.found, &asked.canonical) {
        (Found::Failed(_), _) => return,
        (Found::Nothing, Some(target)) => {
            let target = target.clone();
            return add(
                DkimReason::Dangling {
                    name,
                    target,
                    provider,
                },
                asked.given.is_some(),
            );
        }
        (Found::Nothing, None) => {
            if let Some(source) = asked.given {
                let signed = source == SelectorSource::Message;
                add(DkimReason::Missing { name, source }, signed);
            }
            return;
        }
        (Found::Several(_, count), _) => {
            let count = *count;
            let name = name.clone();
            add(DkimReason::Several { name, count }, true);
        }
        (Found::Record(_), _) => {}
    }
    let Some(Published {
        record,
        diagnostics,
    }) = asked.published()
    else {
        return;
    };
    for remark in diagnostics {
        let (name, text) = (name.clone(), record.text.clone());
        add(
            DkimReason::Diagnostic {
                name,
                text,
                diagnostic: *remark,
            },
            weighs(remark),
        );
    }
    if let Ok(key) = record.key
        && record.is_usable()
    {
        let (algorithm, bits) = (key.algorithm, key.bits);
        add(
            DkimReason::Key {
                name,
                algorithm,
                bits,
                provider,
            },
            false,
        );
    }
}

#[cfg(test)]
mod tests;
