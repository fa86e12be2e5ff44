//! One scan: what a browser cannot see of a domain's mail, told fact by fact.
//!
//! The domain is all that comes from outside. Its mail exchanges are looked up here, their addresses go
//! through the guard, and what the guard lets through is spoken to by the rules of [`Etiquette`].
//!
//! [`Etiquette`]: crate::etiquette::Etiquette

mod address;
mod depth;
mod exchanges;
mod pointers;
mod server;
mod visit;

use std::time::Instant;

use futures_util::StreamExt as _;
use futures_util::stream;
use postern_shared::DomainName;
use postern_shared::evidence::{Fact, ProbeOutcome};
use postern_shared::protocol::{Progress, RefusalCode};
use postern_shared::time::Millis;

pub use crate::sink::{ScanEvent, Sink};
pub use depth::Depth;
pub use server::{Server, tls};

use crate::blocklist;
use crate::clock;
use crate::context::Context;
use crate::dns::Memo;
use crate::https;
pub(crate) use exchanges::address_of;

use exchanges::Targets;

/// Scans `domain` and tells `sink` everything, with how it ended as the last fact.
///
/// When the future is dropped, nothing runs on behind it but the leave that is taken of the servers it was
/// speaking to: see [`Context::take_leave`].
///
/// # Errors
/// [`RefusalCode::TookTooLong`] when the deadline for the whole scan passed; what was seen until then
/// has been told.
pub async fn run(
    domain: &DomainName,
    depth: Depth,
    context: &Context,
    sink: &Sink,
) -> Result<Millis, RefusalCode> {
    run_with(
        domain,
        depth,
        context,
        &Memo::new(&context.resolver, sink),
        sink,
    )
    .await
}

/// As [`run`], with look-ups that others share: no question is asked twice.
///
/// # Errors
/// As [`run`].
pub async fn run_with(
    domain: &DomainName,
    depth: Depth,
    context: &Context,
    memo: &Memo<'_>,
    sink: &Sink,
) -> Result<Millis, RefusalCode> {
    let started = Instant::now();
    // Who asks is nowhere in the logs; about whom, only where somebody looks for a fault.
    tracing::debug!(%domain, "scan begun");
    sink.fact(Fact::Vantage(context.vantage())).await;
    let work = probe(domain, depth, context, memo, sink);
    if tokio::time::timeout(context.etiquette.scan, work)
        .await
        .is_err()
    {
        let code = RefusalCode::TookTooLong;
        tracing::warn!("scan took too long");
        sink.fact(Fact::Probe(ProbeOutcome::Refused(code))).await;
        return Err(code);
    }
    let took = clock::millis(started.elapsed());
    tracing::info!(took_ms = took.0, "scan finished");
    sink.fact(Fact::Probe(ProbeOutcome::Finished { took }))
        .await;
    Ok(took)
}

async fn probe(domain: &DomainName, depth: Depth, context: &Context, memo: &Memo<'_>, sink: &Sink) {
    sink.progress(Progress::Resolving);
    let Targets { exchanges, public } = exchanges::find(domain, context, memo, sink).await;
    for address in &public {
        sink.progress(Progress::Blocklists { address: *address });
    }
    let lists = blocklist::ask(&public, &context.resolver, &context.blocklist_tests, sink);
    let names = pointers::follow(&public, &context.etiquette, memo);
    // A policy is about mail exchanges: where there are none, nobody asks for it.
    let takes_mail = !exchanges.is_empty();
    let policy = async {
        if takes_mail {
            https::policy(domain, context, memo, sink).await;
        }
    };
    let spoken = stream::iter(exchanges)
        .map(|exchange| async move {
            for target in exchange.targets {
                address::probe(domain, &exchange.name, target, depth, context, sink).await;
            }
        })
        .buffer_unordered(context.etiquette.exchanges_at_once)
        .collect::<()>();
    tokio::join!(lists, names, policy, spoken);
}
