//! The dialogues with one address, one after another.

use postern_shared::DomainName;
use postern_shared::dns::Name;
use postern_shared::protocol::Progress;
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::context::Context;
use crate::etiquette::{Ledger, Turn};
use crate::guard::PublicAddr;
use crate::sink::Sink;
use crate::smtp::{self, Command, Identity, Outcome, Plan};

/// Speaks to one address: the survey, the relay forms, STARTTLS; at most four connections.
///
/// A server that does not take our EHLO, or says 421, is not asked further. STARTTLS is tried where it was
/// announced; what the server would answer only inside TLS (530) is asked there, the relay forms and the
/// rest in a connection each, so that no dialogue has more errors than a server bears.
pub(super) async fn probe(
    domain: &DomainName,
    exchange: &Name,
    target: PublicAddr,
    context: &Context,
    sink: &Sink,
) {
    let identity = Identity {
        ehlo_name: context.ehlo_name.clone(),
        relay_domain: context.relay_domain.clone(),
        domain: domain.clone(),
        address: target.ip(),
        server_name: exchange.as_str().to_owned(),
    };
    let mut visit = Visit {
        target,
        context,
        sink,
        ledger: Ledger::new(&context.etiquette),
    };
    let survey = Plan::survey(&identity, &mut random_octet);
    let Some(survey) = visit.dialogue(survey, &mut 0).await else {
        return;
    };
    let Some(relay) = visit.dialogue(Plan::relay(&identity), &mut 0).await else {
        return;
    };
    if survey.offers_starttls || relay.offers_starttls {
        visit
            .secure(&identity, survey.deferred, relay.deferred)
            .await;
    }
}

/// One address and the books about it.
struct Visit<'a> {
    target: PublicAddr,
    context: &'a Context,
    sink: &'a Sink,
    ledger: Ledger,
}

impl Visit<'_> {
    /// The dialogue inside TLS; a second one where both others were put off.
    async fn secure(&mut self, identity: &Identity, survey: Vec<Command>, relay: Vec<Command>) {
        let (first, second) = if relay.is_empty() {
            (survey, Vec::new())
        } else {
            (relay, survey)
        };
        // Both are one dialogue to the evidence: its events are numbered through.
        let mut sequence = 0;
        let plan = Plan::starttls(identity, first);
        let outcome = self.dialogue(plan, &mut sequence).await;
        if outcome.is_some() && !second.is_empty() {
            let plan = Plan::starttls(identity, second);
            self.dialogue(plan, &mut sequence).await;
        }
    }

    /// Makes one connection, in its turn and at its distance. `None` when no more are to be made.
    async fn dialogue(&mut self, plan: Plan, sequence: &mut u16) -> Option<Outcome> {
        let visits = &self.context.visits;
        let address = self.target.ip();
        if visits.is_quiet(address) || !self.ledger.enter() {
            return None;
        }
        let turn = self.turn().await;
        // While we waited, it may have told another scan to go away.
        if visits.is_quiet(address) {
            return None;
        }
        let (target, context) = (self.target, self.context);
        let outcome = smtp::converse(target, turn, plan, context, self.sink, sequence).await;
        if let Some(answered) = outcome.answered {
            self.context.reach.note(answered);
        }
        if outcome.unwelcome {
            visits.hush(address, context.etiquette.quiet);
        }
        if outcome.unwelcome || !outcome.welcomed {
            self.ledger.back_off();
            return None;
        }
        Some(outcome)
    }

    /// Waits until nobody else is at the door, and until our last visit is long enough ago.
    async fn turn(&self) -> Turn {
        let address = self.target.ip();
        let doorsteps = &self.context.doorsteps;
        let pausing = || self.sink.progress(Progress::Pausing { address });
        let turn = match doorsteps.try_turn(address) {
            Some(turn) => turn,
            None => {
                pausing();
                doorsteps.queue(address).await
            }
        };
        let pause = turn.pause(self.context.etiquette.spacing);
        if !pause.is_zero() {
            pausing();
            tokio::time::sleep(pause).await;
        }
        turn
    }
}

/// One random octet; 0 where the system has none to give.
fn random_octet() -> u8 {
    let mut octet = [0];
    let _ = SystemRandom::new().fill(&mut octet);
    u8::from_ne_bytes(octet)
}
