//! What one address showed of TLS on port 25: what the checks of it stand on.

pub(super) mod mend;

use std::net::IpAddr;

use super::dialogue::Dialogues;
use super::host::{Word, silence};
use super::{Exchange, Lookup, Scene, starttls};
use crate::evidence::{
    Certificate, Chain, DialogueKind, Fact, FailedHandshake, HelloAnswer, ObservationId, SmtpEvent,
    SmtpFact, Step,
};
use crate::report::{Reason, Status, TlsReason};
use crate::time::Timestamp;
use crate::tls::Observed;

/// The port of mail between servers.
const SMTP: u16 = 25;
/// Certificates of one address that are told apart: a server has one for each kind of key.
const MAX_CHAINS: usize = 4;

/// The handshakes and hellos with one address.
pub(super) struct Shown<'a> {
    facts: Vec<(&'a ObservationId, Timestamp, &'a SmtpFact)>,
    /// Whether no more of them will come.
    pub(super) is_settled: bool,
}

/// Certificates that an address showed.
#[derive(Clone, Copy)]
pub(super) struct Live<'a> {
    /// The observation.
    pub(super) id: &'a ObservationId,
    /// When they were seen.
    pub(super) at: Timestamp,
    /// They.
    pub(super) chain: &'a Chain,
}

impl<'a> Shown<'a> {
    /// Gathers what `address` showed.
    ///
    /// # Errors
    /// The word on an address that showed nothing: it has no TLS, or we could not look.
    pub(super) fn by(
        scene: &Scene<'a>,
        exchange: &Exchange,
        address: IpAddr,
    ) -> Result<Self, Word> {
        let place = ObservationId::dialogues_with(address, SMTP);
        let mut facts = Vec::new();
        // The injection comes when all else is done.
        let mut is_settled = scene.probe_outcome().is_some();
        for (id, observation) in scene.evidence.beginning(&place) {
            let Fact::Smtp(fact) = &observation.fact else {
                continue;
            };
            is_settled |= fact.dialogue == DialogueKind::Injection;
            if matches!(
                fact.event,
                SmtpEvent::Secured(_) | SmtpEvent::NotSecured(_) | SmtpEvent::Hello(_)
            ) {
                facts.push((id, observation.at, fact));
            }
        }
        match facts.is_empty() {
            true => Err(nothing(scene, exchange, address)),
            false => Ok(Self { facts, is_settled }),
        }
    }

    /// What the server takes and what it does not.
    pub(super) fn observed(&self) -> Observed {
        Observed::of(self.facts.iter().map(|(_, _, fact)| &fact.event))
    }

    /// A handshake of today's TLS that failed.
    pub(super) fn failure(&self) -> Option<(&'a ObservationId, &'a FailedHandshake)> {
        self.facts
            .iter()
            .find_map(|(id, _, fact)| match &fact.event {
                SmtpEvent::NotSecured(failed) => Some((*id, failed)),
                _ => None,
            })
    }

    /// The observations that tell anything: handshakes, and hellos on which the server gave its word.
    pub(super) fn proof(&self) -> impl Iterator<Item = &'a ObservationId> + '_ {
        let telling = self.facts.iter().filter(|(_, _, fact)| match &fact.event {
            SmtpEvent::Hello(hello) => matches!(
                hello.answer,
                HelloAnswer::Chosen(_) | HelloAnswer::Ssl2 { .. } | HelloAnswer::Alert(_)
            ),
            _ => true,
        });
        telling.map(|(id, _, _)| *id)
    }

    /// The certificates, each once: those of handshakes first, then those that hellos brought to light.
    pub(super) fn chains(&self) -> Vec<Live<'a>> {
        let mut chains: Vec<Live<'a>> = Vec::new();
        for by_hello in [false, true] {
            for (id, at, fact) in &self.facts {
                let Some(chain) = fact.event.chain().filter(|chain| !chain.links.is_empty()) else {
                    continue;
                };
                let known = |known: &Live<'_>| own_digest(known.chain) == own_digest(chain);
                if matches!(fact.event, SmtpEvent::Hello(_)) == by_hello
                    && chains.len() < MAX_CHAINS
                    && !chains.iter().any(known)
                {
                    let at = *at;
                    chains.push(Live { id, at, chain });
                }
            }
        }
        chains
    }
}

/// All certificates that the addresses of a mail server showed, with the address; nothing while more may come.
pub(super) fn live<'a>(scene: &Scene<'a>, exchange: &Exchange) -> Option<Vec<(IpAddr, Live<'a>)>> {
    let mut live = Vec::new();
    let Lookup::Known(addresses) = &exchange.addresses else {
        return Some(live);
    };
    for address in addresses {
        match Shown::by(scene, exchange, *address) {
            Ok(shown) if !shown.is_settled => return None,
            Ok(shown) => live.extend(shown.chains().into_iter().map(|one| (*address, one))),
            Err(word) if word.reasons.contains(&Reason::Pending) => return None,
            Err(_) => {}
        }
    }
    Some(live)
}

/// Whether an address of a mail server answers EHLO and offers no TLS, or something on the way takes the offer out.
pub(super) fn is_bare(scene: &Scene<'_>, exchange: &Exchange) -> bool {
    let Lookup::Known(addresses) = &exchange.addresses else {
        return false;
    };
    let is_bare = |word: Word| {
        let without = [TlsReason::NotOffered, TlsReason::Masked].map(Reason::from);
        without.iter().any(|reason| word.reasons.contains(reason))
    };
    let mut shown = addresses
        .iter()
        .map(|address| Shown::by(scene, exchange, *address));
    shown.any(|shown| shown.is_err_and(is_bare))
}

/// What tells certificates apart; one that cannot be read is like another.
fn own_digest(chain: &Chain) -> Option<&str> {
    let leaf: &Certificate = chain.leaf()?;
    Some(leaf.digests.whole_sha256.as_str())
}

/// The word on an address that showed nothing of TLS.
fn nothing(scene: &Scene<'_>, exchange: &Exchange, address: IpAddr) -> Word {
    let dialogues = Dialogues::with(scene, address);
    let begun = dialogues.replies(|step| *step == Step::StartTls);
    let refused = begun.iter().find(|answered| !answered.reply.is_positive());
    if let Some(answered) = refused {
        let (reply_code, text) = (answered.reply.code, answered.reply.text().to_owned());
        let reason = TlsReason::NotBegun { reply_code, text };
        return Word::unknown(reason.into()).proven_by([answered.id]);
    }
    match dialogues.extensions(false) {
        Some((announced, id)) if !announced.has("STARTTLS") => {
            let reason = match starttls::masked(&announced).is_some() {
                true => TlsReason::Masked,
                false => TlsReason::NotOffered,
            };
            Word::new(Status::Na, reason.into()).proven_by([id])
        }
        _ => dialogues.obstacle(DialogueKind::Relay).map_or_else(
            || Word::unknown(silence(scene, exchange, address)),
            |(reason, id)| Word::unknown(reason).proven_by([id]),
        ),
    }
}
