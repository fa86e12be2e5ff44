//! Does EXPN list members? (RFC 5321 §3.5.2)

use super::dialogue::Dialogues;
use super::host::{Word, fold, software, unheard};
use super::refusal::{demands_tls, turns_us_away};
use super::{Check, CheckId, Scene};
use crate::evidence::{DialogueKind, Step};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};
use crate::smtp::{Reply, Software};

/// How EXPN is switched off.
const REFUSED: [(Software, &str); 2] = [
    (Software::Exim, "acl_smtp_expn ="),
    (
        Software::Sendmail,
        "define(`confPRIVACY_FLAGS', `goaway')dnl",
    ),
];

/// See the module.
pub(super) struct Expn;

impl Check for Expn {
    fn id(&self) -> CheckId {
        CheckId::Expn
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let dialogues = Dialogues::with(scene, address);
            let replies = dialogues.replies(|step| matches!(step, Step::Expn { .. }));
            let word = replies.iter().map(|answered| {
                (
                    read(answered.reply, scene.profile.readings.expn_other_refusal),
                    answered.id,
                )
            });
            // The worst of several names decides.
            let Some(((status, reason), id)) = word.min_by_key(|((status, _), _)| rank(*status))
            else {
                return unheard(scene, &dialogues, DialogueKind::Survey, exchange, address);
            };
            Word::new(status, reason).proven_by([id])
        });
        let mend = matches!(finding.status, Status::Fail | Status::Warn).then(|| {
            Mend::new(Action::RefuseExpn, Owner::ServerOperator)
                .configuring_for(software(scene), &REFUSED)
        });
        finding.mended_by(mend)
    }
}

/// The worse, the lower.
const fn rank(status: Status) -> u8 {
    match status {
        Status::Fail => 0,
        Status::Warn => 1,
        Status::Pass => 2,
        Status::Unknown => 3,
        Status::Na => 4,
    }
}

/// Reads the reply to one EXPN; `other` is the profile's reading of a refusal about something else.
fn read(reply: &Reply, other: Status) -> (Status, Reason) {
    let reply_code = reply.code;
    match reply_code {
        250 if names_members(reply) => {
            let members = u32::try_from(reply.lines.len()).unwrap_or(u32::MAX);
            (Status::Fail, Reason::ExpnMembers { members })
        }
        250 => (Status::Warn, Reason::ExpnNeutral { reply_code }),
        // 252 "cannot expand" names nobody, whatever words stand behind it.
        252 => (Status::Pass, Reason::ExpnNeutral { reply_code }),
        _ if turns_us_away(reply) => {
            let text = reply.text().to_owned();
            (Status::Unknown, Reason::TurnedAway { reply_code, text })
        }
        500 | 502 | 504 | 550 | 551 | 553 => (Status::Pass, Reason::ExpnRefused { reply_code }),
        503 => (other, Reason::ExpnWrongStep { reply_code }),
        _ if demands_tls(reply) => (Status::Unknown, Reason::NeedsTls),
        _ if reply.is_permanent() && other == Status::Pass => {
            (Status::Pass, Reason::ExpnRefused { reply_code })
        }
        _ => (Status::Unknown, Reason::ExpnInconclusive { reply_code }),
    }
}

/// Whether any line holds an address.
fn names_members(reply: &Reply) -> bool {
    reply
        .lines
        .iter()
        .any(|line| line.contains('@') || line.contains('<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: u16, line: &str) -> Status {
        status_under(Status::Unknown, code, line)
    }

    fn status_under(other: Status, code: u16, line: &str) -> Status {
        let lines = vec![line.to_owned()];
        read(&Reply { code, lines }, other).0
    }

    #[test]
    fn a_refusal_of_us_is_no_refusal_of_the_command() {
        let us = "5.7.1 Client host rejected: cannot find your hostname";
        assert_eq!(status_under(Status::Pass, 550, us), Status::Unknown);
        assert_eq!(
            status_under(Status::Pass, 550, "no such list"),
            Status::Pass
        );
    }

    #[test]
    fn any_permanent_refusal_can_be_read_as_one() {
        assert_eq!(
            [503, 554, 521].map(|code| status_under(Status::Pass, code, "no")),
            [Status::Pass; 3]
        );
        assert_eq!(
            [421, 450].map(|code| status_under(Status::Pass, code, "later")),
            [Status::Unknown; 2]
        );
        assert_eq!(
            status_under(Status::Pass, 250, "2.1.5 <root@example.org>"),
            Status::Fail
        );
    }

    #[test]
    fn members_are_a_failure_and_the_wrong_step_says_nothing() {
        assert_eq!(status(250, "2.1.5 <root@example.org>"), Status::Fail);
        assert_eq!(status(250, "2.0.0 ok"), Status::Warn);
        assert_eq!(status(252, "EXPN disabled"), Status::Pass);
        assert_eq!(
            status(502, "5.5.2 Error: command not recognized"),
            Status::Pass
        );
        assert_eq!(
            status(503, "Must issue a EHLO/HELO command first."),
            Status::Unknown
        );
        assert_eq!(status(554, "too many nonmail commands"), Status::Unknown);
        assert_eq!(status(421, "later"), Status::Unknown);
    }
}
