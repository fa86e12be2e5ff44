//! Where and how is SMTP AUTH offered? (RFC 4954, RFC 6409, RFC 8314)

use std::net::IpAddr;

use super::dialogue::Dialogues;
use super::host::{Word, fold, software, unheard};
use super::{Check, CheckId, Exchange, Scene};
use crate::evidence::{DialogueKind, SmtpEvent, SmtpFact, Step};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};
use crate::smtp::{Reply, Software};

/// See the module.
pub(super) struct Auth;

impl Check for Auth {
    fn id(&self) -> CheckId {
        CheckId::Auth
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let dialogues = Dialogues::with(scene, address);
            let absent = scene.profile.readings.auth_absent;
            let Some((clear, clear_id)) = dialogues.extensions(false) else {
                // Who knows HELO alone has no extensions (RFC 5321 §4.1.1.1), so no AUTH either.
                if let Some(helo) = dialogues.reply(accepts_helo) {
                    return read(Vec::new(), Vec::new(), absent).proven_by([helo.id]);
                }
                return unheard(scene, &dialogues, DialogueKind::Survey, exchange, address);
            };
            let secure = dialogues.extensions(true);
            let in_clear = clear.auth_mechanisms();
            if in_clear.is_empty() && secure.is_none() && clear.has("STARTTLS") {
                return behind_tls(scene, &dialogues, exchange, address);
            }
            let secure_id = secure.as_ref().map(|(_, id)| *id);
            let in_tls = secure
                .map(|(extensions, _)| extensions.auth_mechanisms())
                .unwrap_or_default();
            read(in_clear, in_tls, absent)
                .proven_by([clear_id])
                .proven_by(secure_id)
        });
        let mend = match (finding.status, finding.reasons.first()) {
            (Status::Warn | Status::Fail, Some(Reason::AuthObsolete { .. })) => {
                Some(Mend::new(Action::ReplaceMechanisms, Owner::ServerOperator))
            }
            // No configuration line: Postfix without a SASL backend behind it stops taking mail at all.
            (Status::Fail, Some(Reason::AuthAbsent)) => {
                Some(Mend::new(Action::OfferAuth, Owner::ServerOperator))
            }
            (_, Some(Reason::AuthInClear { .. })) => Some(
                Mend::new(Action::AuthOnlyInTls, Owner::ServerOperator)
                    .configuring_for(software(scene), &ONLY_IN_TLS),
            ),
            _ => None,
        };
        finding.mended_by(mend)
    }
}

/// Whether a reply takes HELO, which is sent only where EHLO is not known.
pub(super) fn accepts_helo(_: &SmtpFact, step: &Step, reply: &Reply) -> bool {
    *step == Step::Helo && reply.is_positive()
}

/// Whether a mechanism sends the password itself: PLAIN (RFC 4616) and its older and younger relatives.
pub(super) fn sends_password(mechanism: &str) -> bool {
    ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"].contains(&mechanism)
}

/// How AUTH is kept inside TLS.
pub(super) const ONLY_IN_TLS: [(Software, &str); 5] = [
    (Software::Postfix, "smtpd_tls_auth_only = yes"),
    (
        Software::Exim,
        "auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}",
    ),
    (
        Software::OpenSmtpd,
        "listen on egress port 587 tls-require pki mail.example.com auth",
    ),
    (Software::Sendmail, "define(`confAUTH_OPTIONS', `A p y')dnl"),
    (
        Software::Exchange,
        "Set-ReceiveConnector \"Default Frontend MX\" -AuthMechanism Tls,BasicAuth,BasicAuthRequireTLS",
    ),
];

/// The word on a server that offers TLS and nothing in clear, while nothing was heard from inside TLS: AUTH
/// may be offered there.
fn behind_tls(
    scene: &Scene<'_>,
    dialogues: &Dialogues<'_>,
    exchange: &Exchange,
    address: IpAddr,
) -> Word {
    let refused = dialogues.find(|fact| match &fact.event {
        // The dialogues that come last are made to be refused.
        _ if fact.dialogue > DialogueKind::StartTls => false,
        SmtpEvent::NotSecured(_) => true,
        SmtpEvent::Replied { step, reply, .. } => {
            *step == Step::StartTls && !reply.is_positive() && reply.code != 421
        }
        _ => false,
    });
    match (refused, scene.probe_outcome()) {
        (Some((_, id)), _) => Word::unknown(Reason::AuthBehindTls).proven_by([id]),
        // That dialogue comes last.
        (None, None) => Word::unknown(Reason::Pending),
        (None, Some(_)) => unheard(scene, dialogues, DialogueKind::StartTls, exchange, address),
    }
}

/// Reads what is offered in clear and inside TLS; `absent` is the profile's reading of neither.
fn read(in_clear: Vec<String>, in_tls: Vec<String>, absent: Status) -> Word {
    const OBSOLETE: [&str; 3] = ["CRAM-MD5", "DIGEST-MD5", "NTLM"];
    let obsolete =
        |mechanisms: &[String]| mechanisms.iter().all(|m| OBSOLETE.contains(&m.as_str()));
    if in_clear.is_empty() && in_tls.is_empty() {
        return Word::new(absent, Reason::AuthAbsent);
    }
    let mut all = in_clear.clone();
    all.extend(in_tls.iter().filter(|m| !in_clear.contains(m)).cloned());
    if obsolete(&all) {
        Word::new(Status::Warn, Reason::AuthObsolete { mechanisms: all })
    } else if in_clear.iter().any(|m| sends_password(m)) {
        // That passwords may cross in clear is a matter of transport; here it counts that it is announced.
        let mechanisms = in_clear;
        Word::new(Status::Pass, Reason::AuthInClear { mechanisms })
    } else if in_clear.is_empty() {
        Word::new(Status::Pass, Reason::AuthAfterTls { mechanisms: in_tls })
    } else {
        let mechanisms = in_clear;
        Word::new(Status::Pass, Reason::AuthWithoutPassword { mechanisms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(clear: &[&str], tls: &[&str]) -> Status {
        let own = |list: &[&str]| list.iter().map(|&m| m.to_owned()).collect();
        read(own(clear), own(tls), Status::Na).status
    }

    #[test]
    fn absence_is_read_by_the_profile() {
        assert_eq!(status(&[], &[]), Status::Na);
        assert_eq!(status(&["LOGIN", "PLAIN"], &[]), Status::Pass);
        assert_eq!(status(&[], &["PLAIN"]), Status::Pass);
        assert_eq!(status(&["CRAM-MD5"], &["DIGEST-MD5"]), Status::Warn);
        assert_eq!(status(&["CRAM-MD5"], &["PLAIN"]), Status::Pass);
    }

    #[test]
    fn only_what_sends_the_password_sends_it_in_clear() {
        let reason = |clear: &[&str]| {
            let own = |list: &[&str]| list.iter().map(|&m| m.to_owned()).collect();
            read(own(clear), own(&["PLAIN"]), Status::Na).reasons[0].clone()
        };
        let in_clear = |reason| matches!(reason, Reason::AuthInClear { .. });
        assert!(in_clear(reason(&["GSSAPI", "LOGIN"])));
        for safe in [&["GSSAPI", "NTLM"][..], &["SCRAM-SHA-256"], &["EXTERNAL"]] {
            assert!(!in_clear(reason(safe)), "{safe:?}");
        }
    }
}
