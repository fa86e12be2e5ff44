//! The dialogues with one address, one after another.

use postern_shared::DomainName;
use postern_shared::dns::Name;

use super::depth::Depth;
use super::visit::Visit;
use crate::context::Context;
use crate::guard::PublicAddr;
use crate::random::random_octet;
use crate::sink::Sink;
use crate::smtp::{Identity, Outcome, Plan};
use crate::tls::plan::{Plan as Hellos, Shown};

/// Speaks to one address: as a mail server that hands mail over, as one who is curious, with hellos of our own,
/// with a command smuggled behind STARTTLS, and at the ports where people hand in mail.
///
/// What tells most comes first, so that whatever ends it leaves the best. A server that does not take our EHLO, or
/// says 421, is not asked further.
pub(super) async fn probe(
    domain: &DomainName,
    exchange: &Name,
    target: PublicAddr,
    depth: Depth,
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
    let pace = depth.pace(&context.etiquette);
    let mut visit = Visit::new(target, pace, context, sink);
    let Some(first) = converse(&mut visit, &identity).await else {
        return;
    };
    if first.begins_tls() {
        match depth {
            Depth::Verdict => ask(&mut visit, &identity, &first, false).await,
            Depth::Deep => visit.enumerate(&identity, false).await,
        }
        // It looks most like an attack, and may cost us the server's trust: it comes last.
        if first.secured.is_some() && visit.is_prompt(&first) {
            visit.dialogue(Plan::injection(&identity), &mut 0).await;
        }
    }
    for at_once in [true, false] {
        let target = context.guard.submission(target, at_once);
        let mut visit = Visit::to_submission(target, pace, context, sink);
        let plan = Plan::submission(&identity, at_once);
        let open = visit.dialogue(plan, &mut 0).await;
        if depth == Depth::Deep && open.is_some_and(|outcome| at_once || outcome.offers_starttls) {
            visit.enumerate(&identity, at_once).await;
        }
    }
}

/// The relay forms inside TLS, where that is offered, and in clear where no handshake could be had; the survey, and
/// inside TLS what the server would not answer in clear (530).
async fn converse(visit: &mut Visit<'_>, identity: &Identity) -> Option<Outcome> {
    // Both are one dialogue to the evidence: its events are numbered through.
    let mut sequence = 0;
    let relay = visit.dialogue(Plan::relay(identity), &mut sequence).await?;
    if relay.insecure {
        let again = Plan::relay_in_clear(identity);
        visit.dialogue(again, &mut sequence).await?;
    }
    let survey = Plan::survey(identity, &mut random_octet);
    let survey = visit.dialogue(survey, &mut 0).await?;
    if relay.secured.is_some() && !survey.deferred.is_empty() {
        let put_off = Plan::starttls(identity, survey.deferred);
        visit.dialogue(put_off, &mut 0).await?;
    }
    Some(relay)
}

/// Hellos of our own, as many as there are connections left for before the last. A server that makes strangers
/// wait is asked one thing only.
pub(super) async fn ask(
    visit: &mut Visit<'_>,
    identity: &Identity,
    first: &Outcome,
    at_once: bool,
) {
    let shown = first.secured.as_ref().map(Shown::of).unwrap_or_default();
    let mut hellos = Hellos::new(&shown, visit.hellos_for(first));
    while let Some(offer) = hellos.next_offer() {
        let plan = Plan::hello(identity, offer.clone(), at_once);
        let Some(answer) = visit.hello(plan).await else {
            return;
        };
        hellos.heard(&offer, &answer);
    }
}
