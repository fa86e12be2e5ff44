//! The loop of the core: assess, ask what is wanted, take the answers in, assess again.

use std::collections::BTreeSet;
use std::future::Future;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use postern_shared::DomainName;
use postern_shared::evidence::{Evidence, Fact, Observation};
use postern_shared::report::{Profile, assess};
use probe_server::clock;
use probe_server::dns::Resolver;
use probe_server::scan::ScanEvent;
use tokio::sync::mpsc::Receiver;

use crate::progress::Progress;

/// Questions of one scan: an honest domain needs a tenth of it.
const MAX_QUESTIONS: usize = 400;

/// Drives a scan to its end: until nothing is wanted and `probe` has ended.
///
/// `probe` speaks to the mail servers and tells what it sees through `events`.
pub(crate) async fn drive(
    domain: DomainName,
    profile: &Profile,
    resolver: &Resolver,
    mut events: Receiver<ScanEvent>,
    probe: impl Future<Output = ()>,
    progress: &mut Progress,
) -> Evidence {
    let mut evidence = Evidence::new(domain);
    let mut asked = BTreeSet::new();
    let mut lookups = FuturesUnordered::new();
    let mut probing = true;
    tokio::pin!(probe);
    loop {
        for question in assess(&evidence, profile).wants {
            if asked.len() < MAX_QUESTIONS && asked.insert(question.clone()) {
                lookups.push(async move { resolver.lookup(&question).await });
            }
        }
        progress.answers(asked.len() - lookups.len(), asked.len());
        if lookups.is_empty() && !probing && events.is_empty() {
            progress.end();
            return evidence;
        }
        tokio::select! {
            Some(fact) = lookups.next() => take(&mut evidence, Observation::new(clock::now(), Fact::Dns(fact))),
            Some(event) = events.recv() => handle(&mut evidence, event, progress),
            () = &mut probe, if probing => probing = false,
        }
        // Whatever else is there already is taken in before the next assessment.
        while let Ok(event) = events.try_recv() {
            handle(&mut evidence, event, progress);
        }
    }
}

fn handle(evidence: &mut Evidence, event: ScanEvent, progress: &mut Progress) {
    match event {
        ScanEvent::Observed(observation) => take(evidence, observation),
        ScanEvent::Progress(step) => progress.probe(&step),
    }
}

fn take(evidence: &mut Evidence, observation: Observation) {
    evidence.apply(observation);
}
