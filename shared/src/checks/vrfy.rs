//! Does VRFY tell existing mailboxes from invented ones? (RFC 5321 §3.5.3, §7.3)

use super::dialogue::{Answered, Dialogues};
use super::host::{Word, fold, software, unheard};
use super::refusal::{demands_tls, turns_us_away};
use super::{Check, CheckId, Scene};
use crate::evidence::{DialogueKind, Step};
use crate::gather::Gather;
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};
use crate::smtp::{Reply, Software};

/// How VRFY is switched off.
const LEVELLED: [(Software, &str); 3] = [
    (Software::Postfix, "disable_vrfy_command = yes"),
    (Software::Exim, "acl_smtp_vrfy ="),
    (
        Software::Sendmail,
        "define(`confPRIVACY_FLAGS', `goaway')dnl",
    ),
];

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
                return unheard(scene, &dialogues, DialogueKind::Survey, exchange, address);
            };
            Word::new(status, reason).proven_by(replies.iter().map(|answered| answered.id))
        });
        let mend = matches!(finding.status, Status::Fail | Status::Warn).then(|| {
            Mend::new(Action::LevelVrfy, Owner::ServerOperator)
                .configuring_for(software(scene), &LEVELLED)
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
    fn of(reply: &Reply) -> Self {
        match reply.code {
            _ if turns_us_away(reply) => Self::Nothing,
            250 | 251 => Self::Confirmed,
            252 => Self::Neutral,
            550 | 551 | 553 => Self::NoMailbox,
            500 | 502 | 504 => Self::Off,
            _ => Self::Nothing,
        }
    }
}

/// What one name was answered.
#[derive(Clone, Copy)]
struct Named<'a> {
    mailbox: &'a str,
    control: bool,
    kind: Kind,
    code: u16,
}

/// Compares the answers for likely names with that for an invented one.
///
/// `tells` is the profile's reading of 252 for some and a refusal for others. Without an answer for the
/// invented name only a difference, or a command that is off, shows anything: that all likely names are
/// answered alike may mean that all of them exist, or none.
fn read(replies: &[Answered<'_>], tells: Status) -> Option<(Status, Reason)> {
    let first = replies.first()?;
    if replies.iter().all(|answered| demands_tls(answered.reply)) {
        return Some((Status::Unknown, Reason::NeedsTls));
    }
    if replies.iter().all(|answered| turns_us_away(answered.reply)) {
        let (reply_code, text) = (first.reply.code, first.reply.text().to_owned());
        return Some((Status::Unknown, Reason::TurnedAway { reply_code, text }));
    }
    let named = named(replies);
    let reply_code = named.first().map_or(first.reply.code, |named| named.code);
    let nothing = (Status::Unknown, Reason::VrfyInconclusive { reply_code });
    let kinds = |control: bool| {
        let of = named.iter().filter(move |named| named.control == control);
        of.map(|named| named.kind)
    };
    let invented = kinds(true).next();
    let (Some(kind), true) = (kinds(false).next(), named.len() > 1) else {
        // One answer alone shows no difference: two at least are needed to say that there is none.
        return Some(nothing);
    };
    if invented == Some(Kind::Confirmed) {
        return Some((Status::Warn, Reason::VrfyConfirmsAll));
    }
    if named.iter().all(|other| other.kind == kind) {
        let tested = invented.is_some() || kind == Kind::Off;
        let invented = invented.is_some();
        let uniform = Reason::VrfyUniform {
            reply_code,
            invented,
        };
        return Some(if tested {
            (Status::Pass, uniform)
        } else {
            nothing
        });
    }
    Some(differences(&named, tells).unwrap_or(nothing))
}

/// What the answers that say something about a name said.
fn named<'a>(replies: &[Answered<'a>]) -> Vec<Named<'a>> {
    let said = replies.iter().filter_map(|answered| match answered.step {
        Step::Vrfy { mailbox, control } => Some(Named {
            mailbox,
            control: *control,
            kind: Kind::of(answered.reply),
            code: answered.reply.code,
        }),
        _ => None,
    });
    said.filter(|named| named.kind != Kind::Nothing).gather()
}

/// What the differences between the answers give away, if anything.
fn differences(named: &[Named<'_>], tells: Status) -> Option<(Status, Reason)> {
    let of = |wanted: Kind| -> Vec<String> {
        let of = named
            .iter()
            .filter(|named| !named.control && named.kind == wanted);
        of.map(|named| named.mailbox.to_owned()).gather()
    };
    let mailboxes = of(Kind::Confirmed);
    if !mailboxes.is_empty() {
        return Some((Status::Fail, Reason::VrfyConfirms { mailboxes }));
    }
    let accepted = of(Kind::Neutral);
    let refused_any = named.iter().any(|named| named.kind == Kind::NoMailbox);
    (!accepted.is_empty() && refused_any).then(|| {
        let refused = of(Kind::NoMailbox);
        (tells, Reason::VrfyTells { accepted, refused })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Fact, Observation, ObservationId, ProbeOutcome};
    use crate::time::Timestamp;

    /// Reads `(name, code)`; the name `zz` is the control.
    fn read_all(answers: &[(&str, u16)]) -> (Status, Reason) {
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
        read(&replies, Status::Warn).unwrap()
    }

    fn status(answers: &[(&str, u16)]) -> Status {
        read_all(answers).0
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
    fn without_the_invented_name_only_a_difference_or_a_command_that_is_off_tells() {
        assert_eq!(status(&[("info", 252), ("root", 252)]), Status::Unknown);
        assert_eq!(
            status(&[("info", 252), ("root", 252), ("zz", 421)]),
            Status::Unknown
        );
        assert_eq!(
            status(&[("info", 250), ("root", 250), ("zz", 421)]),
            Status::Unknown,
            "it may be 250 to everybody"
        );
        assert_eq!(
            status(&[("info", 550), ("root", 550), ("zz", 421)]),
            Status::Unknown,
            "neither may exist"
        );
        assert_eq!(
            status(&[("info", 250), ("root", 550), ("zz", 421)]),
            Status::Fail
        );
        assert_eq!(
            read_all(&[("info", 421), ("root", 502), ("admin", 502)]),
            (
                Status::Pass,
                Reason::VrfyUniform {
                    reply_code: 502,
                    invented: false
                }
            ),
            "the code is that of an answer, and no invented name is claimed"
        );
        assert_eq!(
            read_all(&[("info", 252), ("zz", 252)]).1,
            Reason::VrfyUniform {
                reply_code: 252,
                invented: true
            }
        );
    }

    #[test]
    fn a_refusal_of_us_is_no_answer_about_mailboxes() {
        let id = Fact::Probe(ProbeOutcome::Cut).id();
        let reply = Reply {
            code: 550,
            lines: vec!["5.7.1 Client host rejected: cannot find your hostname".to_owned()],
        };
        let steps = ["info", "root", "zz"].map(|name| Step::Vrfy {
            mailbox: name.to_owned(),
            control: name == "zz",
        });
        let replies = steps.each_ref().map(|step| Answered {
            step,
            reply: &reply,
            id: &id,
        });
        let (status, reason) = read(&replies, Status::Warn).unwrap();
        assert_eq!(status, Status::Unknown);
        assert!(matches!(reason, Reason::TurnedAway { .. }), "{reason:?}");
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
