//! One server's TLS, without its domain: for who runs it.

use std::net::IpAddr;

use postern_shared::DomainName;
use postern_shared::evidence::{Fact, ProbeOutcome};

use super::address::ask;
use super::depth::Depth;
use super::visit::Visit;
use crate::clock;
use crate::context::Context;
use crate::guard::NotPublic;
use crate::sink::Sink;
use crate::smtp::{Identity, Plan};

/// A server, as the guard of the [`Context`] lets it through.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its name: said in SNI, and what its certificate should be for.
    pub name: DomainName,
    /// Its address.
    pub address: IpAddr,
    /// Whether it speaks TLS from the first octet.
    pub at_once: bool,
}

/// Finds out what the TLS of `server` takes, and tells `sink`.
///
/// # Errors
/// The guard does not let its address through.
pub async fn tls(
    server: &Server,
    depth: Depth,
    context: &Context,
    sink: &Sink,
) -> Result<(), NotPublic> {
    let started = std::time::Instant::now();
    let target = context.guard.admit(server.address)?;
    let identity = Identity {
        ehlo_name: context.ehlo_name.clone(),
        relay_domain: context.relay_domain.clone(),
        domain: server.name.clone(),
        address: server.address,
        server_name: server.name.as_str().to_owned(),
    };
    sink.fact(Fact::Vantage(context.vantage())).await;
    let pace = depth.pace(&context.etiquette);
    let mut visit = Visit::new(target, pace, context, sink);
    let plan = match server.at_once {
        true => Plan::submission(&identity, true),
        false => Plan::starttls(&identity, Vec::new()),
    };
    if let Some(first) = visit.dialogue(plan, &mut 0).await
        && first.begins_tls()
    {
        match depth {
            Depth::Verdict => {
                ask(&mut visit, &identity, &first, server.at_once).await;
            }
            Depth::Deep => visit.enumerate(&identity, server.at_once).await,
        }
        if first.secured.is_some() && !server.at_once {
            visit.dialogue(Plan::injection(&identity), &mut 0).await;
        }
    }
    let took = clock::millis(started.elapsed());
    sink.fact(Fact::Probe(ProbeOutcome::Finished { took }))
        .await;
    Ok(())
}
