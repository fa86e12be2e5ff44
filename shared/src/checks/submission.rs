//! Where people hand in mail: does their password travel inside TLS alone? (RFC 6409, RFC 8314 §3.3, RFC 4954 §4)
//!
//! Ports 465 and 587 of the mail servers. A firewall that swallows the question (a time-out) tells neither that nobody
//! hands in mail there nor how: of the domain's own servers nothing is known then. Servers of a provider that takes mail
//! for many are seldom those where people log in, so there the same silence only says "elsewhere": a verdict of
//! "unknown" would take coverage from every hosted domain for a question that is not about it.

use std::net::IpAddr;

use super::auth::{self, ONLY_IN_TLS, sends_password};
use super::dialogue::{Dialogues, SMTP};
use super::host::{Word, fold, operator, silence, software, unheard};
use super::starttls::KEYWORD;
use super::{Check, CheckId, Exchange, Scene};
use crate::evidence::{ConnectFailure, DialogueKind, HelloAnswer, SmtpEvent, SmtpFact, Step};
use crate::gather::Gather;
use crate::report::{Action, Finding, Mend, Reason, Status, SubmissionReason};
use crate::smtp::{Reply, Software};

/// TLS at once (RFC 8314 §3.3).
const IMPLICIT: u16 = 465;
/// STARTTLS (RFC 6409 §3.1).
const EXPLICIT: u16 = 587;

/// How the ports are served with TLS: Postfix in `master.cf`.
const WITH_TLS: [(Software, &str); 5] = [
    (
        Software::Postfix,
        "submissions inet n - y - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes",
    ),
    (
        Software::Postfix,
        "submission inet n - y - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes",
    ),
    (Software::Exim, "tls_on_connect_ports = 465"),
    (
        Software::OpenSmtpd,
        "listen on egress smtps pki mail.example.com auth",
    ),
    (
        Software::Sendmail,
        "DAEMON_OPTIONS(`Port=smtps, Name=TLSMSA, M=saE')dnl",
    ),
];

/// See the module.
pub(super) struct Submission;

impl Check for Submission {
    fn id(&self) -> CheckId {
        CheckId::Submission
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            at(scene, exchange, address)
        });
        if !matches!(finding.status, Status::Fail | Status::Warn) {
            return finding;
        }
        let weak = finding.hosts.iter();
        let weak = weak.filter(|host| host.status == finding.status);
        let owner = operator(scene, weak.map(|host| &host.exchange));
        let lacks_tls = |reason: &Reason| {
            matches!(
                reason,
                Reason::Submission(
                    SubmissionReason::InClear { .. }
                        | SubmissionReason::WithoutTls { .. }
                        | SubmissionReason::BrokenTls { .. }
                )
            )
        };
        let action = match finding.reasons.iter().any(lacks_tls) {
            true => Action::SecureSubmission,
            false => Action::AuthOnlyInTls,
        };
        let lines: &[(Software, &str)] = match action {
            Action::SecureSubmission => &WITH_TLS,
            _ => &ONLY_IN_TLS,
        };
        let mend = Mend::new(action, owner).configuring_for(software(scene), lines);
        finding.mended_by(Some(mend))
    }
}

/// What the doors of one address tell, the worst first.
fn at(scene: &Scene<'_>, exchange: &Exchange, address: IpAddr) -> Word {
    let told = [IMPLICIT, EXPLICIT].map(|port| {
        let dialogue = Dialogues::on(scene, address, port);
        Door::read(&dialogue, port)
    });
    if told.iter().all(|door| matches!(door, Door::Unseen)) {
        let dialogues = Dialogues::with(scene, address);
        return unheard(
            scene,
            &dialogues,
            DialogueKind::Submission,
            exchange,
            address,
        );
    }
    let domain = scene.evidence.domain().name();
    let own = exchange.name.is_within(domain);
    let closed = told.iter().all(|door| matches!(door, Door::Closed(_)));
    // One closed door says nothing beside one that is not.
    let doors = told.into_iter();
    let doors = doors.filter(|door| closed || !matches!(door, Door::Closed(_)));
    let unseen = || silence(scene, exchange, address);
    let mut words: Vec<Word> = doors.map(|door| door.word(own, unseen)).gather();
    // Where others deliver, people may log in too.
    words.extend(in_clear_on_25(&Dialogues::with(scene, address)));
    worst(words)
}

/// What one port tells.
enum Door<'a> {
    /// Nothing was seen of it.
    Unseen,
    /// Nothing listens.
    Closed(&'a crate::evidence::ObservationId),
    /// No answer in time.
    Silent(&'a crate::evidence::ObservationId, Reason),
    /// A server answers.
    Open(Word),
}

impl<'a> Door<'a> {
    fn read(dialogues: &Dialogues<'a>, port: u16) -> Self {
        if dialogues.is_empty() {
            return Self::Unseen;
        }
        if let Some(word) = heard(dialogues, port) {
            return Self::Open(word);
        }
        let closed = dialogues.find(|fact| {
            matches!(
                fact.event,
                SmtpEvent::NotConnected(ConnectFailure::Refused | ConnectFailure::Unreachable)
            )
        });
        match (closed, dialogues.obstacle(DialogueKind::Submission)) {
            (Some((_, id)), _) => Self::Closed(id),
            (None, Some((reason, id))) if is_silence(&reason) => Self::Silent(id, reason),
            (None, Some((reason, id))) => Self::Open(Word::unknown(reason).proven_by([id])),
            (None, None) => Self::Unseen,
        }
    }

    /// The word on it; `own` says whether the server is the domain's.
    fn word(self, own: bool, unseen: impl Fn() -> Reason) -> Word {
        match self {
            Self::Unseen => Word::unknown(unseen()),
            Self::Closed(id) => {
                Word::new(Status::Na, SubmissionReason::Closed.into()).proven_by([id])
            }
            Self::Silent(id, reason) if own => Word::unknown(reason).proven_by([id]),
            Self::Silent(id, _) => {
                Word::new(Status::Na, SubmissionReason::Elsewhere.into()).proven_by([id])
            }
            Self::Open(word) => word,
        }
    }
}

/// Whether nobody answered the call.
const fn is_silence(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::NotConnected {
            failure: ConnectFailure::TimedOut,
            ..
        }
    )
}

/// What a server says on one of the ports; nothing where it did not come so far.
fn heard(dialogues: &Dialogues<'_>, port: u16) -> Option<Word> {
    let word = |status, reason: SubmissionReason| Word::new(status, reason.into());
    let clear = dialogues.extensions(false);
    let in_clear: Vec<String> = clear.as_ref().map_or_else(Vec::new, |(extensions, _)| {
        let all = extensions.auth_mechanisms().into_iter();
        all.filter(|mechanism| sends_password(mechanism)).gather()
    });
    let clear_id = clear.as_ref().map(|(_, id)| *id);
    let secured = dialogues.find(|fact| matches!(fact.event, SmtpEvent::Secured(_)));
    if let Some((_, id)) = secured {
        if !in_clear.is_empty() {
            let mechanisms = in_clear;
            let optional = SubmissionReason::OptionalTls { port, mechanisms };
            return Some(
                word(Status::Warn, optional)
                    .proven_by(clear_id)
                    .proven_by([id]),
            );
        }
        let (extensions, inside) = dialogues.extensions(true)?;
        let word = match extensions.auth_mechanisms().is_empty() {
            true => word(Status::Na, SubmissionReason::WithoutLogin { port }),
            false => word(Status::Pass, SubmissionReason::InTls { port }),
        };
        return Some(word.proven_by(clear_id).proven_by([id, inside]));
    }
    let without = without_tls(
        dialogues,
        port,
        clear.as_ref().is_some_and(|(e, _)| e.has(KEYWORD)),
    )?;
    if without.status == Status::Fail && !in_clear.is_empty() {
        let mechanisms = in_clear;
        let open = SubmissionReason::InClear { port, mechanisms };
        return Some(word(Status::Fail, open).proven_by(clear_id));
    }
    Some(without)
}

/// The word on a port where TLS did not come about; nothing where it was not tried to the end.
fn without_tls(dialogues: &Dialogues<'_>, port: u16, offered: bool) -> Option<Word> {
    let fail =
        |reason: SubmissionReason, id| Some(Word::new(Status::Fail, reason.into()).proven_by([id]));
    // Where TLS is due at once, whoever greets in clear has none.
    let speaks_clear = dialogues.find(|fact| speaks_clear(fact, port));
    if let Some((_, id)) = speaks_clear {
        return fail(SubmissionReason::WithoutTls { port }, id);
    }
    let failed = dialogues.find(|fact| matches!(fact.event, SmtpEvent::NotSecured(_)));
    if let Some((_, id)) = failed {
        return fail(SubmissionReason::BrokenTls { port }, id);
    }
    let asked = |wanted: fn(&Reply) -> bool| {
        dialogues.reply(move |_, step, reply| *step == Step::StartTls && wanted(reply))
    };
    if let Some(refused) = asked(Reply::is_permanent) {
        return fail(SubmissionReason::BrokenTls { port }, refused.id);
    }
    if let Some(deferred) = asked(Reply::is_transient) {
        let (reply_code, text) = (deferred.reply.code, deferred.reply.text().to_owned());
        let reason = SubmissionReason::Deferred {
            port,
            reply_code,
            text,
        };
        return Some(Word::unknown(reason.into()).proven_by([deferred.id]));
    }
    if offered || port == IMPLICIT {
        return None;
    }
    let said = dialogues.extensions(false).map(|(_, id)| id);
    let said = said.or_else(|| Some(dialogues.reply(auth::accepts_helo)?.id));
    fail(SubmissionReason::WithoutTls { port }, said?)
}

/// Whether a server speaks SMTP in clear where TLS is due at once.
fn speaks_clear(fact: &SmtpFact, port: u16) -> bool {
    port == IMPLICIT
        && match &fact.event {
            SmtpEvent::Replied { .. } => !fact.secure,
            SmtpEvent::Hello(hello) => {
                matches!(&hello.answer, HelloAnswer::NotTls(said) if said.starts_with("220"))
            }
            _ => false,
        }
}

/// The word on port 25, where passwords are asked for in clear. That it is offered at all is another row's.
fn in_clear_on_25(dialogues: &Dialogues<'_>) -> Option<Word> {
    let (extensions, id) = dialogues.extensions(false)?;
    let mechanisms = extensions.auth_mechanisms().into_iter();
    let mechanisms: Vec<String> = mechanisms.filter(|m| sends_password(m)).gather();
    (!mechanisms.is_empty()).then(|| {
        let port = SMTP;
        let optional = SubmissionReason::OptionalTls { port, mechanisms };
        Word::new(Status::Warn, optional.into()).proven_by([id])
    })
}

/// The gravest of the words, with the reasons of all that are as grave. What is still to come may be graver.
fn worst(words: Vec<Word>) -> Word {
    const ORDER: [Status; 5] = [
        Status::Fail,
        Status::Warn,
        Status::Pass,
        Status::Unknown,
        Status::Na,
    ];
    let pending = words
        .iter()
        .any(|word| word.reasons.contains(&Reason::Pending));
    let worst = ORDER
        .into_iter()
        .find(|status| words.iter().any(|word| word.status == *status));
    let status = match worst {
        Some(status) if status == Status::Fail || !pending => status,
        _ => return Word::unknown(Reason::Pending),
    };
    let mut whole = Word {
        status,
        reasons: Vec::new(),
        proof: Vec::new(),
    };
    for word in words.into_iter().filter(|word| word.status == status) {
        for reason in word.reasons {
            if !whole.reasons.contains(&reason) {
                whole.reasons.push(reason);
            }
        }
        whole.proof.extend(word.proof);
    }
    whole
}

#[cfg(test)]
mod tests;
