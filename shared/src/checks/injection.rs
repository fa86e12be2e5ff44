//! Does a command that was sent in clear, behind STARTTLS, count as one from inside TLS? (RFC 3207 §4.2, CVE-2011-0411)
//! Whoever stands in between could put words into a sender's mouth so.

use super::dialogue::{Answered, Dialogues};
use super::host::{Word, fold, operator, unheard};
use super::starttls::KEYWORD;
use super::{Check, CheckId, Scene, auth};
use crate::evidence::{DialogueKind, NoReply, SmtpEvent, SmtpFact, Step};
use crate::report::{Action, Finding, InjectionReason, Mend, Reason, Status};
use crate::smtp::{Extensions, Reply};

/// RFC 5321 §4.1.1.10: the answer to QUIT.
const CLOSING: u16 = 221;
/// RFC 5321 §3.8: it may come at any time, and answers nothing.
const NOT_NOW: u16 = 421;

/// See the module.
pub(super) struct Injection;

impl Check for Injection {
    fn id(&self) -> CheckId {
        CheckId::StartTlsInjection
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let all = Dialogues::with(scene, address);
            let dialogue = Dialogues::with(scene, address).of_kind(DialogueKind::Injection);
            let word = read(&dialogue, secures(&all))
                .or_else(|| without_tls(&all))
                .or_else(|| never_secured(&all).filter(|_| scene.probe_outcome().is_some()));
            word.unwrap_or_else(|| unheard(scene, &all, DialogueKind::Injection, exchange, address))
        });
        let failed = finding.hosts.iter();
        let failed = failed.filter(|host| host.status == Status::Fail);
        let owner = operator(scene, failed.map(|host| &host.exchange));
        let mend = (finding.status == Status::Fail).then(|| Mend::new(Action::UpdateServer, owner));
        finding.mended_by(mend)
    }
}

/// Whether TLS comes about with this server when nothing is smuggled in.
fn secures(all: &Dialogues<'_>) -> bool {
    let honest = |fact: &SmtpFact| {
        fact.dialogue != DialogueKind::Injection && matches!(fact.event, SmtpEvent::Secured(_))
    };
    all.find(honest).is_some()
}

/// What the dialogue shows; nothing where it did not come so far, or says nothing about this.
fn read(dialogue: &Dialogues<'_>, secures: bool) -> Option<Word> {
    let inside = |wanted: Step| dialogue.reply(move |fact, step, _| fact.secure && *step == wanted);
    let (smuggled, quit) = (inside(Step::Smuggled), inside(Step::Quit));
    match (smuggled, quit) {
        (Some(answered), Some(quit)) if answered.reply.code != NOT_NOW => {
            let (reply_code, text) = said(answered.reply);
            let reason = InjectionReason::Answered { reply_code, text };
            Some(Word::new(Status::Fail, reason.into()).proven_by([answered.id, quit.id]))
        }
        // QUIT was answered and nothing else; or what was taken for the other's answer is its own.
        (None, Some(only)) | (Some(only), None) => Some(only_answer(&only)),
        _ => silent(dialogue).or_else(|| before_tls(dialogue, secures)),
    }
}

/// One answer, where QUIT and the smuggled command would have had two.
fn only_answer(answered: &Answered<'_>) -> Word {
    let (reply_code, text) = said(answered.reply);
    let (status, reason) = match reply_code {
        CLOSING => (Status::Pass, InjectionReason::Discarded.into()),
        NOT_NOW => (Status::Unknown, Reason::Throttled { reply_code, text }),
        _ => {
            let reason = InjectionReason::Inconclusive { reply_code, text };
            (Status::Unknown, reason.into())
        }
    };
    Word::new(status, reason).proven_by([answered.id])
}

/// The server hung up inside TLS without a word: the command was not answered.
fn silent(dialogue: &Dialogues<'_>) -> Option<Word> {
    let (_, secured) = dialogue.find(|fact| matches!(fact.event, SmtpEvent::Secured(_)))?;
    let (_, closed) = dialogue.find(|fact| is_closed(fact, &Step::Quit))?;
    let discarded = InjectionReason::Discarded.into();
    Some(Word::new(Status::Pass, discarded).proven_by([secured, closed]))
}

fn is_closed(fact: &SmtpFact, wanted: &Step) -> bool {
    matches!(&fact.event, SmtpEvent::NotReplied { step, instead: NoReply::Closed, .. } if step == wanted)
}

/// The server's word, or want of one, before TLS. Where TLS comes about at other times, refusing it now is the right
/// answer to a command that waits.
fn before_tls(dialogue: &Dialogues<'_>, secures: bool) -> Option<Word> {
    let asked = |wanted: fn(&Reply) -> bool| {
        dialogue.reply(move |_, step, reply| *step == Step::StartTls && wanted(reply))
    };
    if let Some(deferred) = asked(Reply::is_transient) {
        let (reply_code, text) = said(deferred.reply);
        let reason = match reply_code {
            NOT_NOW => Reason::Throttled { reply_code, text },
            _ => InjectionReason::Deferred { reply_code, text }.into(),
        };
        return Some(Word::unknown(reason).proven_by([deferred.id]));
    }
    let refused = asked(Reply::is_permanent).map(|answered| answered.id);
    let refused = refused.or_else(|| {
        let gone = |fact: &SmtpFact| {
            matches!(fact.event, SmtpEvent::NotSecured(_)) || is_closed(fact, &Step::StartTls)
        };
        dialogue.find(gone).map(|(_, id)| id)
    })?;
    Some(match secures {
        true => Word::new(Status::Pass, InjectionReason::Refused.into()).proven_by([refused]),
        false => Word::unknown(Reason::NeedsTls).proven_by([refused]),
    })
}

/// The word on a server with which no TLS came about, so that there was no reason to ask.
fn never_secured(all: &Dialogues<'_>) -> Option<Word> {
    let (_, failed) = all.find(|fact| matches!(fact.event, SmtpEvent::NotSecured(_)))?;
    let unknown = Word::unknown(Reason::NeedsTls).proven_by([failed]);
    (!secures(all)).then_some(unknown)
}

/// The word on a server that offers no TLS at all.
fn without_tls(all: &Dialogues<'_>) -> Option<Word> {
    let in_clear = |fact: &SmtpFact, step: &Step, reply: &Reply| {
        *step == Step::Ehlo && !fact.secure && reply.is_positive()
    };
    let offered = all.reply(|fact, step, reply| {
        in_clear(fact, step, reply) && Extensions::parse(reply).has(KEYWORD)
    });
    if offered.is_some() {
        return None;
    }
    let heard = all.reply(in_clear);
    let heard = heard.or_else(|| all.reply(auth::accepts_helo))?;
    let reason = InjectionReason::WithoutTls.into();
    Some(Word::new(Status::Na, reason).proven_by([heard.id]))
}

fn said(reply: &Reply) -> (u16, String) {
    (reply.code, reply.text().to_owned())
}

#[cfg(test)]
mod tests;
