//! Does it accept mail from a stranger for a stranger? (RFC 5321 §3.6, §7.9) Asked up to RCPT, never further.

use super::dialogue::{Answered, Dialogues};
use super::host::{Word, fold, unheard};
use super::refusal::{DEMANDS_TLS_OR_AUTH, demands_tls, is_about_us, says_any};
use super::{Check, CheckId, Scene};
use crate::evidence::{DialogueKind, Step};
use crate::gather::Gather;
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};
use crate::smtp::{RelayForm, Reply};

/// See the module.
pub(super) struct Relay;

impl Check for Relay {
    fn id(&self) -> CheckId {
        CheckId::Relay
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let dialogues = Dialogues::with(scene, address);
            let recipients = dialogues.replies(|step| matches!(step, Step::RcptTo { .. }));
            let senders = dialogues.replies(|step| matches!(step, Step::MailFrom { .. }));
            match read(&recipients, &senders) {
                Some((status, reason)) => {
                    // The sender is what tells one form from another.
                    let proof = senders.iter().chain(&recipients);
                    Word::new(status, reason).proven_by(proof.map(|answered| answered.id))
                }
                None => unheard(scene, &dialogues, DialogueKind::Relay, exchange, address),
            }
        });
        let mend = matches!(finding.status, Status::Fail | Status::Warn).then(|| {
            Mend::new(Action::CloseRelay, Owner::ServerOperator)
                .configuring("Postfix", "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination")
        });
        finding.mended_by(mend)
    }
}

/// Reads the replies to RCPT, and to MAIL where it went no further.
fn read(recipients: &[Answered<'_>], senders: &[Answered<'_>]) -> Option<(Status, Reason)> {
    let form = |answered: &Answered<'_>| match answered.step {
        Step::RcptTo { form } => Some(*form),
        _ => None,
    };
    let accepted: Vec<RelayForm> = recipients
        .iter()
        .filter(|a| matches!(a.reply.code, 250 | 251))
        .filter_map(form)
        .gather();
    let plain: Vec<RelayForm> = accepted
        .iter()
        .copied()
        .filter(|form| form.is_plain())
        .gather();
    if !plain.is_empty() {
        return Some((Status::Fail, Reason::RelayAccepted { forms: plain }));
    }
    // A plain form must have been refused before anything may be called closed.
    let refused: Vec<RelayForm> = recipients
        .iter()
        .filter_map(|a| Some((form(a)?, a.reply)))
        .filter(|(form, reply)| refuses_relay(*form, reply))
        .map(|(form, _)| form)
        .gather();
    if refused.iter().any(|form| form.is_plain()) {
        if !accepted.is_empty() {
            return Some((Status::Warn, Reason::RelayRouted { forms: accepted }));
        }
        let forms = u32::try_from(refused.len()).unwrap_or(u32::MAX);
        let tried = tried(recipients, senders);
        return Some((Status::Pass, Reason::RelayRefused { forms, tried }));
    }
    let (asked, at_recipient) = match recipients.first() {
        Some(first) => (first, true),
        None => (senders.iter().find(|a| !a.reply.is_positive())?, false),
    };
    let (reply_code, text) = (asked.reply.code, asked.reply.text().to_owned());
    Some((
        Status::Unknown,
        match reply_code {
            421 => Reason::Throttled { reply_code, text },
            _ if demands_tls(asked.reply) => Reason::NeedsTls,
            400..=499 => Reason::RelayDeferred { reply_code, text },
            _ if !at_recipient => Reason::RelaySenderRefused { reply_code, text },
            _ if is_about_us(asked.reply) => Reason::TurnedAway { reply_code, text },
            _ => Reason::RelayInconclusive { reply_code, text },
        },
    ))
}

/// How many forms were begun, each counted once.
fn tried(recipients: &[Answered<'_>], senders: &[Answered<'_>]) -> u32 {
    let begun = |wanted: RelayForm| {
        recipients.iter().chain(senders).any(|answered| {
            matches!(answered.step, Step::MailFrom { form } | Step::RcptTo { form } if *form == wanted)
        })
    };
    let forms = RelayForm::ALL.into_iter().filter(|form| begun(*form));
    u32::try_from(forms.count()).unwrap_or(u32::MAX)
}

/// Whether a reply to RCPT refuses to carry.
///
/// Servers hold back what they have against a client, its HELO or its sender until RCPT (Postfix does so
/// unless told otherwise): such a refusal, and one of the recipient's own domain, says nothing about
/// relaying.
fn refuses_relay(form: RelayForm, reply: &Reply) -> bool {
    if reply.code == DEMANDS_TLS_OR_AUTH {
        // "Authentication required" refuses a stranger; "Must issue a STARTTLS command first" does not.
        return !demands_tls(reply);
    }
    if speaks_of_relaying(reply) {
        // Postfix defers what it would refuse with 454 4.7.1 when told to be soft.
        return reply.is_permanent() || reply.code == 454 || is_coded(reply, 4, 7, 1);
    }
    let refuses = match reply.code {
        550 | 551 | 553 | 554 => true,
        // A form that is no address to the server cannot be carried either.
        501 | 555 => !form.is_plain(),
        _ => is_coded(reply, 5, 7, 1),
    };
    refuses && !is_about_us(reply) && !is_about_recipient_domain(reply)
}

fn is_coded(reply: &Reply, class: u8, subject: u16, detail: u16) -> bool {
    reply
        .enhanced()
        .is_some_and(|code| (code.class, code.subject, code.detail) == (class, subject, detail))
}

/// Whether the words name relaying as what is refused: the wordings of the servers in use.
fn speaks_of_relaying(reply: &Reply) -> bool {
    says_any(
        reply,
        &[
            "relay access denied",
            "relay denied",
            "relay not ",
            "relay prohibited",
            "relay rejected",
            "relaying denied",
            "relaying disallowed",
            "relaying is ",
            "relaying not ",
            "relaying prohibited",
            "not permitted to relay",
            "not allowed to relay",
            "unable to relay",
            "cannot relay",
            "not relay",
            "no relaying",
            "not an open relay",
            "rcpthosts",
        ],
    )
}

/// Whether it is the recipient's domain that takes no mail, or none that the server can find (RFC 7505
/// §4.2, RFC 3463 §3.2).
fn is_about_recipient_domain(reply: &Reply) -> bool {
    reply.code == 556
        || is_coded(reply, 5, 1, 2)
        || is_coded(reply, 5, 1, 10)
        || says_any(reply, &["nullmx", "null mx", "domain not found"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Fact, ProbeOutcome};

    /// Reads `(form, code, text)` as replies to RCPT.
    fn recipients(answers: &[(RelayForm, u16, &str)]) -> Option<(Status, Reason)> {
        let id = Fact::Probe(ProbeOutcome::Cut).id();
        let steps: Vec<_> = answers
            .iter()
            .map(|(form, code, text)| {
                (
                    Step::RcptTo { form: *form },
                    Reply {
                        code: *code,
                        lines: vec![(*text).to_owned()],
                    },
                )
            })
            .collect();
        let replies: Vec<_> = steps
            .iter()
            .map(|(step, reply)| Answered {
                step,
                reply,
                id: &id,
            })
            .collect();
        read(&replies, &[])
    }

    #[test]
    fn plain_forms_prove_and_routed_forms_do_not() {
        use RelayForm::{ForeignSender, Percent, SourceRoute};
        let status = |answers| recipients(answers).unwrap().0;
        assert_eq!(status(&[(ForeignSender, 250, "ok")]), Status::Fail);
        assert_eq!(
            status(&[
                (ForeignSender, 554, "5.7.1 Relay access denied"),
                (Percent, 250, "ok")
            ]),
            Status::Warn
        );
        assert_eq!(
            status(&[
                (ForeignSender, 554, "5.7.1 Relay access denied"),
                (SourceRoute, 501, "")
            ]),
            Status::Pass
        );
        assert_eq!(
            status(&[(ForeignSender, 454, "4.7.1 Relay access denied")]),
            Status::Pass
        );
        assert_eq!(
            status(&[(ForeignSender, 530, "5.7.0 Authentication required")]),
            Status::Pass
        );
    }

    #[test]
    fn what_is_not_about_relaying_is_unknown() {
        use RelayForm::ForeignSender;
        let reason = |answer| recipients(&[answer]).unwrap().1;
        assert_eq!(
            reason((
                ForeignSender,
                530,
                "5.7.0 Must issue a STARTTLS command first"
            )),
            Reason::NeedsTls
        );
        assert!(matches!(
            reason((ForeignSender, 450, "4.2.0 Greylisted")),
            Reason::RelayDeferred { .. }
        ));
        assert!(matches!(
            reason((ForeignSender, 421, "busy")),
            Reason::Throttled { .. }
        ));
        assert!(matches!(
            reason((ForeignSender, 503, "need MAIL")),
            Reason::RelayInconclusive { .. }
        ));
    }

    #[test]
    fn what_a_server_has_against_us_comes_at_the_recipient_too() {
        use RelayForm::ForeignSender;
        for (code, text) in [
            (
                554,
                "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
            ),
            (
                550,
                "5.7.25 Client host rejected: cannot find your reverse hostname",
            ),
            (550, "5.7.1 <p>: Helo command rejected: Host not found"),
            (
                550,
                "5.1.8 <a@b.example>: Sender address rejected: Domain not found",
            ),
            (550, "Sender verify failed"),
            (553, "Your address has a poor reputation"),
            (550, "SPF check failed"),
        ] {
            let (status, reason) = recipients(&[(ForeignSender, code, text)]).unwrap();
            assert_eq!(status, Status::Unknown, "{text}");
            assert!(matches!(reason, Reason::TurnedAway { .. }), "{text}");
        }
    }

    #[test]
    fn a_recipient_whose_domain_takes_no_mail_proves_nothing() {
        use RelayForm::ForeignSender;
        for (code, text) in [
            (
                556,
                "5.1.10 <t@example.org>: Recipient address rejected: Domain example.org does not accept mail (nullMX)",
            ),
            (
                550,
                "5.1.2 <t@d.example>: Recipient address rejected: Domain not found",
            ),
            (501, "5.1.3 Bad recipient address syntax"),
            (552, "5.2.2 full"),
        ] {
            let (status, reason) = recipients(&[(ForeignSender, code, text)]).unwrap();
            assert_eq!(status, Status::Unknown, "{text}");
            assert!(matches!(reason, Reason::RelayInconclusive { .. }), "{text}");
        }
    }

    #[test]
    fn a_temporary_refusal_counts_only_where_it_names_relaying() {
        use RelayForm::ForeignSender;
        let status = |code, text| recipients(&[(ForeignSender, code, text)]).unwrap().0;
        assert_eq!(
            status(451, "4.7.1 Greylisted by relay3.h.example"),
            Status::Unknown
        );
        assert_eq!(
            status(450, "4.7.1 <relay denied@h.example>: try again"),
            Status::Unknown,
            "an address that is repeated is no word of the server's"
        );
        assert_eq!(status(451, "Temporary relay failure"), Status::Unknown);
        assert_eq!(status(454, "Relaying denied for now"), Status::Pass);
    }

    #[test]
    fn the_words_of_servers_in_use_are_known() {
        use RelayForm::ForeignSender;
        for (code, text) in [
            (554, "5.7.1 <t@example.org>: Relay access denied"),
            (
                550,
                "5.7.1 <t@example.org>... Relaying denied. IP name lookup failed [192.0.2.1]",
            ),
            (550, "relay not permitted"),
            (
                550,
                "5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
            ),
            (
                553,
                "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
            ),
            (553, "Relaying disallowed. Invalid domain"),
            (550, "5.1.1 <t@example.org>: no such user here"),
        ] {
            let status = recipients(&[(ForeignSender, code, text)]).unwrap().0;
            assert_eq!(status, Status::Pass, "{text}");
        }
    }

    #[test]
    fn forms_without_a_word_on_relaying_are_not_counted_as_refused() {
        use RelayForm::{ForeignSender, NullSender, OwnSender};
        let answers = [
            (ForeignSender, 554, "5.7.1 Relay access denied"),
            (NullSender, 550, "5.7.1 your IP is banned"),
            (OwnSender, 421, "4.7.0 enough"),
        ];
        assert_eq!(
            recipients(&answers),
            Some((Status::Pass, Reason::RelayRefused { forms: 1, tried: 3 }))
        );
    }

    #[test]
    fn a_refused_sender_is_no_refused_relay() {
        let id = Fact::Probe(ProbeOutcome::Cut).id();
        let step = Step::MailFrom {
            form: RelayForm::ForeignSender,
        };
        let reply = Reply {
            code: 550,
            lines: vec!["5.1.8 Sender unresolvable".into()],
        };
        let (status, reason) = read(
            &[],
            &[Answered {
                step: &step,
                reply: &reply,
                id: &id,
            }],
        )
        .unwrap();
        assert_eq!(status, Status::Unknown);
        assert!(matches!(
            reason,
            Reason::RelaySenderRefused {
                reply_code: 550,
                ..
            }
        ));
    }
}
