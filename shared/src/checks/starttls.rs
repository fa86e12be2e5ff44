//! Can senders encrypt on the way to every mail server? (RFC 3207) Asked on port 25, in whatever dialogue it came up.

use super::dialogue::{Answered, Dialogues};
use super::host::{Word, fold, operator, software, unheard};
use super::tls::mend::{self, SWITCHED_ON};
use super::{Check, CheckId, Scene, auth};
use crate::dns::Name;
use crate::evidence::{
    DialogueKind, FailedHandshake, HelloAnswer, ObservationId, SmtpEvent, SmtpFact, Step,
};
use crate::gather::Gather;
use crate::report::{Action, Finding, Mend, Owner, Reason, StartTlsReason, Status};
use crate::smtp::{Extensions, Reply};
use crate::tls::{Level, Version};

/// The keyword.
pub(super) const KEYWORD: &str = "STARTTLS";
/// Characters of a keyword that are shown.
const MAX_SHOWN: usize = 40;

/// See the module.
pub(super) struct StartTls;

impl Check for StartTls {
    fn id(&self) -> CheckId {
        CheckId::StartTls
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let mut finding = fold(scene, self.id(), |exchange, address| {
            let dialogues = Dialogues::with(scene, address);
            read(&dialogues, scene.probe_outcome().is_some()).unwrap_or_else(|| {
                unheard(scene, &dialogues, DialogueKind::Relay, exchange, address)
            })
        });
        if finding.status != Status::Fail {
            return finding;
        }
        let hosts = of_status(&finding, Status::Fail);
        let mend = mended(scene, &finding, &hosts);
        if let Some(partly) = partly(&finding, hosts) {
            finding.reasons.insert(0, partly.into());
        }
        finding.mended_by(Some(mend))
    }
}

/// The mail servers of which any address has this status.
fn of_status(finding: &Finding, status: Status) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for host in finding.hosts.iter().filter(|host| host.status == status) {
        if !names.contains(&host.exchange) {
            names.push(host.exchange.clone());
        }
    }
    names
}

/// Which of them are without, where others are not: senders may pick any.
fn partly(finding: &Finding, mut hosts: Vec<Name>) -> Option<StartTlsReason> {
    let mut good = of_status(finding, Status::Pass);
    good.extend(of_status(finding, Status::Warn));
    if good.is_empty() {
        return None;
    }
    hosts.retain(|host| !good.contains(host));
    if !hosts.is_empty() {
        return Some(StartTlsReason::Partly { hosts });
    }
    let failed = finding.hosts.iter();
    let failed = failed.filter(|host| host.status == Status::Fail);
    let addresses = failed.filter_map(|host| host.address).gather();
    Some(StartTlsReason::SomeAddresses { addresses })
}

/// What to do about the first thing that is wrong, with these mail servers.
fn mended(scene: &Scene<'_>, finding: &Finding, hosts: &[Name]) -> Mend {
    let owner = operator(scene, hosts.iter());
    let Some(Reason::StartTls(reason)) = finding.reasons.first() else {
        return Mend::new(Action::RepairStartTls, owner);
    };
    match reason {
        StartTlsReason::Stripped { .. } => [
            "policy-map global_policy",
            "class inspection_default",
            "no inspect esmtp",
        ]
        .iter()
        .fold(
            Mend::new(Action::LetStartTlsPass, Owner::Firewall),
            |mend, line| mend.configuring("Cisco ASA", line),
        ),
        StartTlsReason::KeyMismatch => {
            let hosts = hosts.to_vec();
            mend::of_pair(scene, Action::MatchKey { hosts }, owner)
        }
        StartTlsReason::Broken { .. } | StartTlsReason::Refused { .. } => {
            Mend::new(Action::RepairStartTls, owner)
        }
        _ => Mend::new(Action::OfferStartTls, owner).configuring_for(software(scene), &SWITCHED_ON),
    }
}

/// What one address says; nothing where it says nothing of TLS, or where more may come.
fn read(dialogues: &Dialogues<'_>, ended: bool) -> Option<Word> {
    let event = |wanted: fn(&SmtpFact) -> bool| dialogues.find(wanted);
    if let Some((_, id)) = event(|fact| matches!(fact.event, SmtpEvent::Secured(_))) {
        return Some(Word::new(Status::Pass, StartTlsReason::Works.into()).proven_by([id]));
    }
    // A handshake behind a command that was smuggled in may well fail: that is another row's.
    let failed = event(|fact| {
        matches!(fact.event, SmtpEvent::NotSecured(_)) && fact.dialogue != DialogueKind::Injection
    });
    if let Some((SmtpEvent::NotSecured(failed), id)) = failed {
        return not_secured(dialogues, failed, id, ended);
    }
    // What agreed to a hello has TLS, though nobody went on to the end.
    if let Some((_, hello)) = event(is_chosen) {
        return Some(Word::new(Status::Pass, StartTlsReason::Works.into()).proven_by([hello]));
    }
    asked(dialogues).or_else(|| announced(dialogues))
}

/// What an address says at which our handshake failed; nothing while hellos may come that tell more.
fn not_secured(
    dialogues: &Dialogues<'_>,
    failed: &FailedHandshake,
    id: &ObservationId,
    ended: bool,
) -> Option<Word> {
    let fail = |reason: StartTlsReason| Word::new(Status::Fail, reason.into()).proven_by([id]);
    if failed.key_mismatch {
        return Some(fail(StartTlsReason::KeyMismatch));
    }
    match (dialogues.find(is_of_today), dialogues.find(is_chosen)) {
        (None, Some((_, hello))) => {
            let reason = StartTlsReason::WorksForSome.into();
            Some(Word::new(Status::Warn, reason).proven_by([id, hello]))
        }
        _ => ended.then(|| {
            let detail = failed.detail.clone();
            fail(StartTlsReason::Broken { detail })
        }),
    }
}

/// Whether a server answers a hello of ours as one who knows TLS.
fn is_chosen(fact: &SmtpFact) -> bool {
    matches!(&fact.event, SmtpEvent::Hello(hello)
        if matches!(hello.answer, HelloAnswer::Chosen(_) | HelloAnswer::Ssl2 { .. }))
}

/// Whether a server agrees to what our handshake offers too: one that then fails is not for want of anything in common.
fn is_of_today(fact: &SmtpFact) -> bool {
    let SmtpEvent::Hello(hello) = &fact.event else {
        return false;
    };
    matches!(&hello.answer, HelloAnswer::Chosen(chosen)
        if chosen.version >= Version::Tls12 && chosen.suite.level() >= Level::Sufficient)
}

/// The server's word on the command, where that is no.
fn asked(dialogues: &Dialogues<'_>) -> Option<Word> {
    let said = |wanted: fn(&Reply) -> bool| {
        dialogues.reply(|fact, step, reply| {
            fact.dialogue != DialogueKind::Injection && *step == Step::StartTls && wanted(reply)
        })
    };
    let (status, answered) = match said(Reply::is_permanent) {
        Some(refused) => (Status::Fail, refused),
        None => (Status::Unknown, said(Reply::is_transient)?),
    };
    let Answered { reply, id, .. } = answered;
    let (reply_code, text) = (reply.code, reply.text().to_owned());
    let reason = match (status, reply_code) {
        (Status::Fail, _) => StartTlsReason::Refused { reply_code, text }.into(),
        // RFC 5321 §3.8: 421 may come at any time.
        (_, 421) => Reason::Throttled { reply_code, text },
        _ => StartTlsReason::Deferred { reply_code, text }.into(),
    };
    Some(Word::new(status, reason).proven_by([id]))
}

/// What EHLO announces, where STARTTLS is not among it.
fn announced(dialogues: &Dialogues<'_>) -> Option<Word> {
    let fail =
        |reason: StartTlsReason, id| Some(Word::new(Status::Fail, reason.into()).proven_by([id]));
    let in_clear = |fact: &SmtpFact, step: &Step, reply: &Reply| {
        *step == Step::Ehlo && !fact.secure && reply.is_positive()
    };
    if dialogues
        .reply(|fact, step, reply| in_clear(fact, step, reply) && has_keyword(reply))
        .is_some()
    {
        return None;
    }
    if let Some(ehlo) = dialogues.reply(in_clear) {
        return match masked(&Extensions::parse(ehlo.reply)) {
            Some(keyword) => fail(StartTlsReason::Stripped { keyword }, ehlo.id),
            None => fail(StartTlsReason::Missing, ehlo.id),
        };
    }
    let helo = dialogues.reply(auth::accepts_helo)?;
    fail(StartTlsReason::HeloAlone, helo.id)
}

fn has_keyword(reply: &Reply) -> bool {
    Extensions::parse(reply).has(KEYWORD)
}

/// The keyword that something on the way has overwritten: `XXXXXXXA` and the like, as firewalls of old do that hold
/// commands which they do not know to be attacks.
pub(super) fn masked(announced: &Extensions) -> Option<String> {
    let mut keywords = announced.keywords.iter();
    let (keyword, _) = keywords.find(|(word, _)| is_masked(word))?;
    Some(keyword.chars().take(MAX_SHOWN).collect())
}

/// Whether a keyword is crossed out: all of it but for an odd end, or letters of STARTTLS.
fn is_masked(word: &str) -> bool {
    const LEAST: usize = 4;
    let blank = |octet: u8| matches!(octet, b'X' | b'*' | b'#' | b'-' | b'?');
    let blanks = word.bytes().take_while(|octet| blank(*octet)).count();
    let all_but_end = word.len() >= LEAST && blanks + 1 >= word.len();
    let letters = word.bytes().zip(KEYWORD.bytes());
    let in_part = word.len() == KEYWORD.len()
        && word != KEYWORD
        && letters
            .into_iter()
            .all(|(octet, letter)| octet == letter || blank(octet));
    all_but_end || in_part
}

#[cfg(test)]
mod tests;
