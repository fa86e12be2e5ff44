//! Does VRFY tell existing mailboxes from invented ones? (RFC 5321 §3.5.3, §7.3)

use super::dialogue::{Answered, Dialogues, demands_tls};
use super::host::{Word, fold, silence};
use super::{Check, CheckId, Scene};
use crate::evidence::{DialogueKind, Step};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};

/// See the module.
pub(super) struct Vrfy;

impl Check for Vrfy {
    fn id(&self) -> CheckId {
        CheckId::Vrfy
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let dialogues = Dialogues::with(scene, address);
            let replies = dialogues.replies(|step| matches!(step, Step::Vrfy { .. }));
            let Some((status, reason)) = read(&replies, scene.profile.readings.vrfy_tells) else {
                return dialogues.obstacle(DialogueKind::Survey).map_or_else(
                    || Word::unknown(silence(scene, exchange, address)),
                    |(reason, id)| Word::unknown(reason).proven_by([id]),
                );
            };
            Word::new(status, reason).proven_by(replies.iter().map(|answered| answered.id))
        });
        let mend = matches!(finding.status, Status::Fail | Status::Warn).then(|| {
            Mend::new(Action::LevelVrfy, Owner::ServerOperator)
                .configuring("Postfix", "disable_vrfy_command = yes")
                .configuring("Exim", "acl_smtp_vrfy =")
                .configuring("Sendmail", "define(`confPRIVACY_FLAGS', `goaway')dnl")
        });
        finding.mended_by(mend)
    }
}

/// How one name was answered.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Kind {
    /// 250 or 251: it exists.
    Confirmed,
    /// 252: we will try.
    Neutral,
    /// 550, 551, 553: no such mailbox, not ours, not a name.
    NoMailbox,
    /// 500, 502, 504: no such command.
    Off,
    /// Says nothing about the name.
    Nothing,
}

impl Kind {
    const fn of(code: u16) -> Self {
        match code {
            250 | 251 => Self::Confirmed,
            252 => Self::Neutral,
            550 | 551 | 553 => Self::NoMailbox,
            500 | 502 | 504 => Self::Off,
            _ => Self::Nothing,
        }
    }
}

/// Compares the answers for likely names with that for an invented one.
///
/// `tells` is the profile's reading of 252 for some and a refusal for others.
fn read(replies: &[Answered<'_>], tells: Status) -> Option<(Status, Reason)> {
    let first = replies.first()?;
    if replies.iter().all(|answered| demands_tls(answered.reply)) {
        return Some((Status::Unknown, Reason::NeedsTls));
    }
    let named: Vec<(&str, bool, Kind)> = replies
        .iter()
        .filter_map(|answered| match answered.step {
            Step::Vrfy { mailbox, control } => {
                Some((mailbox.as_str(), *control, Kind::of(answered.reply.code)))
            }
            _ => None,
        })
        .filter(|(_, _, kind)| *kind != Kind::Nothing)
        .collect();
    // One answer alone shows no difference: two at least are needed to say that there is none.
    let Some((_, _, kind)) = named.first().filter(|_| named.len() > 1) else {
        return Some((
            Status::Unknown,
            Reason::VrfyInconclusive {
                reply_code: first.reply.code,
            },
        ));
    };
    let of = |wanted: &[Kind]| -> Vec<String> {
        named
            .iter()
            .filter(|(_, control, k)| !control && wanted.contains(k))
            .map(|(name, _, _)| (*name).to_owned())
            .collect()
    };
    if named.iter().all(|(_, _, other)| other == kind) && *kind != Kind::Confirmed {
        return Some((
            Status::Pass,
            Reason::VrfyUniform {
                reply_code: first.reply.code,
            },
        ));
    }
    let confirmed = of(&[Kind::Confirmed]);
    let control_confirmed = named
        .iter()
        .any(|(_, control, k)| *control && *k == Kind::Confirmed);
    if control_confirmed {
        return Some((Status::Warn, Reason::VrfyConfirmsAll));
    }
    if !confirmed.is_empty() {
        return Some((
            Status::Fail,
            Reason::VrfyConfirms {
                mailboxes: confirmed,
            },
        ));
    }
    let (accepted, refused) = (of(&[Kind::Neutral]), of(&[Kind::NoMailbox]));
    let refused_any = named.iter().any(|(_, _, k)| *k == Kind::NoMailbox);
    if !accepted.is_empty() && refused_any {
        return Some((tells, Reason::VrfyTells { accepted, refused }));
    }
    Some((
        Status::Pass,
        Reason::VrfyUniform {
            reply_code: first.reply.code,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Fact, Observation, ObservationId, ProbeOutcome};
    use crate::smtp::Reply;
    use crate::time::Timestamp;

    /// Reads `(name, code)`; the name `zz` is the control.
    fn status(answers: &[(&str, u16)]) -> Status {
        let id: ObservationId = Observation::new(Timestamp(0), Fact::Probe(ProbeOutcome::Cut))
            .fact
            .id();
        let steps: Vec<_> = answers
            .iter()
            .map(|(name, code)| {
                let step = Step::Vrfy {
                    mailbox: (*name).to_owned(),
                    control: *name == "zz",
                };
                (
                    step,
                    Reply {
                        code: *code,
                        lines: vec![String::new()],
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
        read(&replies, Status::Warn).unwrap().0
    }

    #[test]
    fn only_a_difference_tells() {
        assert_eq!(
            status(&[("info", 252), ("root", 252), ("zz", 252)]),
            Status::Pass
        );
        assert_eq!(
            status(&[("info", 502), ("root", 502), ("zz", 502)]),
            Status::Pass
        );
        assert_eq!(
            status(&[("info", 550), ("root", 550), ("zz", 550)]),
            Status::Pass
        );
        assert_eq!(status(&[("info", 252), ("hostmaster", 550)]), Status::Warn);
        assert_eq!(
            status(&[("info", 252), ("root", 252), ("zz", 550)]),
            Status::Warn
        );
        assert_eq!(
            status(&[("info", 250), ("root", 550), ("zz", 550)]),
            Status::Fail
        );
        assert_eq!(
            status(&[("info", 250), ("root", 250), ("zz", 250)]),
            Status::Warn
        );
    }

    #[test]
    fn a_throttled_answer_says_nothing() {
        assert_eq!(status(&[("info", 421)]), Status::Unknown);
        assert_eq!(status(&[("info", 554), ("root", 554)]), Status::Unknown);
        assert_eq!(
            status(&[("info", 252), ("root", 450), ("zz", 450)]),
            Status::Unknown
        );
        assert_eq!(status(&[("info", 530), ("zz", 530)]), Status::Unknown);
    }
}
