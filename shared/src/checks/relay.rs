//! Does it accept mail from a stranger for a stranger? (RFC 5321 §3.6, §7.9) Asked up to RCPT, never further.

use super::dialogue::{Answered, Dialogues, demands_tls};
use super::host::{Word, fold, silence};
use super::{Check, CheckId, Scene};
use crate::evidence::{DialogueKind, Step};
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
                    let proof = if recipients.is_empty() {
                        &senders
                    } else {
                        &recipients
                    };
                    Word::new(status, reason).proven_by(proof.iter().map(|answered| answered.id))
                }
                None => dialogues.obstacle(DialogueKind::Relay).map_or_else(
                    || Word::unknown(silence(scene, exchange, address)),
                    |(reason, id)| Word::unknown(reason).proven_by([id]),
                ),
            }
        });
        let mend = matches!(finding.status, Status::Fail | Status::Warn).then(|| {
            Mend::new(Action::CloseRelay, Owner::ServerOperator)
                .configuring("Postfix", "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination")
                .configuring("Exim", "domainlist relay_to_domains =")
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
        .collect();
    let plain: Vec<RelayForm> = accepted
        .iter()
        .copied()
        .filter(|form| form.is_plain())
        .collect();
    if !plain.is_empty() {
        return Some((Status::Fail, Reason::RelayAccepted { forms: plain }));
    }
    // A plain form must have been refused before anything may be called closed.
    let refused = recipients
        .iter()
        .filter(|a| refuses_relay(a.reply))
        .filter_map(form);
    let refused: Vec<RelayForm> = refused.collect();
    if refused.iter().any(|form| form.is_plain()) {
        if !accepted.is_empty() {
            return Some((Status::Warn, Reason::RelayRouted { forms: accepted }));
        }
        let forms = u32::try_from(refused.len()).unwrap_or(u32::MAX);
        return Some((Status::Pass, Reason::RelayRefused { forms }));
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
            _ if at_recipient => Reason::TurnedAway { reply_code, text },
            _ => Reason::RelaySenderRefused { reply_code, text },
        },
    ))
}

/// Whether a reply to RCPT refuses to carry: a 5xx that is not about TLS, or a relay refused for now
/// (Postfix defers what it would refuse with 454 4.7.1 when told to be soft).
fn refuses_relay(reply: &Reply) -> bool {
    if demands_tls(reply) {
        // "Authentication required" refuses a stranger; "Must issue a STARTTLS command first" does not.
        return !reply.text().to_ascii_uppercase().contains("TLS");
    }
    reply.is_permanent() && reply.code != 503
        || reply.is_transient() && reply.text().to_ascii_lowercase().contains("relay")
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
            Reason::TurnedAway { .. }
        ));
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
