//! Reading the dialogues with one address.

use crate::gather::Gather;
use std::net::IpAddr;

use super::Scene;
use super::refusal::DEMANDS_TLS_OR_AUTH;
use crate::evidence::{DialogueKind, Fact, NoReply, ObservationId, SmtpEvent, SmtpFact, Step};
use crate::report::Reason;
use crate::smtp::{Extensions, Reply, Software};

/// The port of mail between servers.
pub(super) const SMTP: u16 = 25;

/// All that one address said on one port, in order.
pub(super) struct Dialogues<'a> {
    facts: Vec<(&'a ObservationId, &'a SmtpFact)>,
}

/// A reply that answers a question, with its proof.
#[derive(Clone, Copy)]
pub(super) struct Answered<'a> {
    /// The step.
    pub(super) step: &'a Step,
    /// The reply.
    pub(super) reply: &'a Reply,
    /// The observation.
    pub(super) id: &'a ObservationId,
}

impl<'a> Dialogues<'a> {
    /// Collects what `address` said on port 25.
    pub(super) fn with(scene: &Scene<'a>, address: IpAddr) -> Self {
        Self::on(scene, address, SMTP)
    }

    /// Collects what `address` said on `port`.
    pub(super) fn on(scene: &Scene<'a>, address: IpAddr, port: u16) -> Self {
        let place = ObservationId::dialogues_with(address, port);
        let facts = scene
            .evidence
            .beginning(&place)
            .filter_map(|(id, observation)| match &observation.fact {
                Fact::Smtp(fact) => Some((id, fact)),
                _ => None,
            });
        Self {
            facts: facts.gather(),
        }
    }

    /// The dialogues of one kind alone.
    pub(super) fn of_kind(mut self, kind: DialogueKind) -> Self {
        self.facts.retain(|(_, fact)| fact.dialogue == kind);
        self
    }

    /// Whether nothing is known of any.
    pub(super) const fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The first thing that happened which `wanted` picks, with its proof.
    pub(super) fn find(
        &self,
        wanted: impl Fn(&SmtpFact) -> bool,
    ) -> Option<(&'a SmtpEvent, &'a ObservationId)> {
        let mut facts = self.facts.iter();
        facts
            .find(|(_, fact)| wanted(fact))
            .map(|(id, fact)| (&fact.event, *id))
    }

    /// The first reply that `wanted` picks.
    pub(super) fn reply(
        &self,
        wanted: impl Fn(&SmtpFact, &Step, &Reply) -> bool,
    ) -> Option<Answered<'a>> {
        self.facts.iter().find_map(|(id, fact)| match &fact.event {
            SmtpEvent::Replied { step, reply, .. } if wanted(fact, step, reply) => {
                Some(Answered { step, reply, id })
            }
            _ => None,
        })
    }

    /// What the server runs, where it tells.
    pub(super) fn software(&self) -> Option<Software> {
        let said =
            |wanted: Step| self.reply(|_, step, reply| *step == wanted && reply.is_positive());
        let [greeting, ehlo] = [said(Step::Greeting), said(Step::Ehlo)];
        Software::guess(greeting.map(|said| said.reply), ehlo.map(|said| said.reply))
    }

    /// The replies to steps that `wanted` picks. Where the server demanded TLS in clear, its word inside
    /// TLS counts instead.
    pub(super) fn replies(&self, wanted: impl Fn(&Step) -> bool) -> Vec<Answered<'a>> {
        let all: Vec<_> = self
            .facts
            .iter()
            .filter_map(|(id, fact)| match &fact.event {
                SmtpEvent::Replied { step, reply, .. } if wanted(step) => {
                    Some((fact.secure, Answered { step, reply, id }))
                }
                _ => None,
            })
            .gather();
        let secure: Vec<_> = all
            .iter()
            .filter(|(secure, _)| *secure)
            .map(|(_, answered)| *answered)
            .gather();
        let clear = all
            .into_iter()
            .filter(|(secure, _)| !secure)
            .map(|(_, answered)| answered);
        clear
            .filter(|answered| {
                !(demands_more(answered.reply) && secure.iter().any(|s| s.step == answered.step))
            })
            .chain(
                secure
                    .iter()
                    .copied()
                    .filter(|s| !self.answered_in_clear(s.step)),
            )
            .gather()
    }

    /// Whether a step has an answer outside TLS that is one.
    fn answered_in_clear(&self, wanted: &Step) -> bool {
        self.facts.iter().any(|(_, fact)| match &fact.event {
            SmtpEvent::Replied { step, reply, .. } => {
                !fact.secure && step == wanted && !demands_more(reply)
            }
            _ => false,
        })
    }

    /// What EHLO announced, in clear or inside TLS. The survey is made to hear it; another dialogue counts
    /// only where the survey did not come so far.
    pub(super) fn extensions(&self, secure: bool) -> Option<(Extensions, &'a ObservationId)> {
        let announced = |(id, fact): &(&'a ObservationId, &'a SmtpFact)| match &fact.event {
            SmtpEvent::Replied {
                step: Step::Ehlo,
                reply,
                ..
            } if fact.secure == secure && reply.is_positive() => Some((
                fact.dialogue != DialogueKind::Survey,
                Extensions::parse(reply),
                *id,
            )),
            _ => None,
        };
        let first = self
            .facts
            .iter()
            .filter_map(announced)
            .min_by_key(|(elsewhere, _, _)| *elsewhere);
        first.map(|(_, extensions, id)| (extensions, id))
    }

    /// Why `kind` never came to the questions that it was made for; `None` when nothing is known to have
    /// kept it. What ended another dialogue with the server may have kept this one from being begun, but for those
    /// that come last: they keep none of the first from anything.
    pub(super) fn obstacle(&self, kind: DialogueKind) -> Option<(Reason, &'a ObservationId)> {
        let before = |dialogue: DialogueKind| dialogue <= kind.max(DialogueKind::StartTls);
        let obstacles = self
            .facts
            .iter()
            .filter(|(_, fact)| before(fact.dialogue))
            .filter_map(|(id, fact)| Some((fact.dialogue, obstacle_in(fact)?, *id)));
        let first = obstacles.min_by_key(|(dialogue, _, _)| *dialogue != kind);
        first.map(|(_, reason, id)| (reason, id))
    }
}

/// What ended a dialogue before its time.
fn obstacle_in(fact: &SmtpFact) -> Option<Reason> {
    match &fact.event {
        SmtpEvent::NotConnected(failure) => Some(Reason::NotConnected {
            port: fact.port,
            failure: *failure,
        }),
        SmtpEvent::NotReplied { step, instead, .. } => Some(match instead {
            NoReply::TimedOut => Reason::Silent { step: step.clone() },
            NoReply::Closed => Reason::HungUp { step: step.clone() },
            NoReply::Malformed(_) | NoReply::Endless => Reason::NotSmtp { step: step.clone() },
        }),
        SmtpEvent::Replied { step, reply, .. } => refusal_of_us(step, reply),
        _ => None,
    }
}

/// Whether a reply only says that TLS or a password comes first.
const fn demands_more(reply: &Reply) -> bool {
    reply.code == DEMANDS_TLS_OR_AUTH
}

/// A reply that is about us or about the server's load, whatever was asked.
fn refusal_of_us(step: &Step, reply: &Reply) -> Option<Reason> {
    let opening = matches!(step, Step::Greeting | Step::Ehlo | Step::Helo);
    let (reply_code, text) = (reply.code, reply.text().to_owned());
    match reply.code {
        // RFC 5321 §3.8: 421 may come at any time, and ends everything.
        421 => Some(Reason::Throttled { reply_code, text }),
        400..=499 if opening => Some(Reason::Throttled { reply_code, text }),
        // 500 and 502 to EHLO only mean that HELO follows.
        500 | 502 if *step == Step::Ehlo => None,
        500..=599 if opening => Some(Reason::TurnedAway { reply_code, text }),
        _ => None,
    }
}
