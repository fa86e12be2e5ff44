//! Fetches an MTA-STS policy, as senders do (RFC 8461 §3.3).
//!
//! Where it stands is fixed: nobody outside chooses host, port or path. What answers is a stranger's: the guard
//! must let its address through, redirects are not followed, and everything has a bound and a deadline.

mod exchange;

use std::net::IpAddr;
use std::time::Instant;

use postern_shared::DomainName;
use postern_shared::dns::{Failure, Name, RecordType, Response};
use postern_shared::evidence::{
    ConnectFailure, Fact, NoPolicy, PolicyFact, PolicyFile, PolicyOutcome,
};
use postern_shared::mta_sts::{self, Selection};
use postern_shared::protocol::Progress;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::clock;
use crate::context::Context;
use crate::dns::Memo;
use crate::guard::{PublicAddr, is_public};
use crate::scan::address_of;
use crate::sink::Sink;
use crate::smtp::connect_failure;
use crate::tls::NotSecured;

/// Addresses of one host that are tried, while they do not take a connection.
const MAX_TRIES: usize = 2;

/// Fetches the policy of `domain` and tells what came of it, where its record says that there is one, or was
/// meant to.
pub(crate) async fn policy(domain: &DomainName, context: &Context, memo: &Memo<'_>, sink: &Sink) {
    let (Ok(record), Ok(host)) = (
        domain.name().prefixed(mta_sts::RECORD_LABEL),
        domain.name().prefixed(mta_sts::HOST_LABEL),
    ) else {
        return;
    };
    let texts = memo.ask(&record, RecordType::Txt).await;
    if matches!(mta_sts::select(&texts), Selection::None(meant) if meant.is_empty()) {
        return;
    }
    sink.progress(Progress::FetchingPolicy { host: host.clone() });
    let started = Instant::now();
    let mut fetch = Fetch {
        host: &host,
        context,
        address: None,
    };
    let fetched = timeout(context.etiquette.policy, fetch.run(memo)).await;
    let outcome = match fetched.unwrap_or(Err(NoPolicy::TimedOut)) {
        Ok(file) => PolicyOutcome::Fetched(file),
        Err(why) => PolicyOutcome::NotFetched(why),
    };
    sink.fact(Fact::Policy(PolicyFact {
        domain: domain.name().clone(),
        address: fetch.address,
        outcome,
        took: clock::millis(started.elapsed()),
    }))
    .await;
}

/// One fetch under way.
struct Fetch<'a> {
    host: &'a Name,
    context: &'a Context,
    /// Who is asked, once it has come to that.
    address: Option<IpAddr>,
}

impl Fetch<'_> {
    async fn run(&mut self, memo: &Memo<'_>) -> Result<PolicyFile, NoPolicy> {
        if self.context.opt_outs.contain(self.host) {
            return Err(NoPolicy::OptedOut);
        }
        let targets = self.targets(memo).await?;
        let stream = self.connect(targets).await?;
        let etiquette = &self.context.etiquette;
        let name = self.host.as_str();
        let secured = timeout(etiquette.handshake, self.context.tls.secure(stream, name)).await;
        let stream = match secured {
            Ok(Ok(stream)) => stream,
            Ok(Err(NotSecured::NoRoots)) => return Err(NoPolicy::NoRoots),
            Ok(Err(NotSecured::Untrusted(detail))) => return Err(NoPolicy::Untrusted { detail }),
            Ok(Err(NotSecured::Failed(detail))) => return Err(NoPolicy::NotSecured { detail }),
            Err(_) => return Err(NoPolicy::TimedOut),
        };
        exchange::get(stream, name, etiquette).await
    }

    /// The addresses that may be dialed, IPv4 first.
    async fn targets(&self, memo: &Memo<'_>) -> Result<Vec<PublicAddr>, NoPolicy> {
        let (v4, v6) = tokio::join!(
            memo.ask(self.host, RecordType::A),
            memo.ask(self.host, RecordType::Aaaa)
        );
        let records = v4.records().iter().chain(v6.records());
        let addresses: Vec<IpAddr> = records.filter_map(address_of).collect();
        if addresses.is_empty() {
            let failed = failure(&v4).or_else(|| failure(&v6));
            return Err(failed.map_or(NoPolicy::NoAddress, NoPolicy::Unresolved));
        }
        let mut targets = Vec::new();
        // Of several obstacles the first is told.
        let mut obstacle = None;
        for address in addresses {
            match self.rule(address) {
                Ok(target) => targets.push(target),
                Err(why) => drop(obstacle.get_or_insert(why)),
            }
        }
        match obstacle {
            Some(why) if targets.is_empty() => Err(why),
            _ => Ok(targets),
        }
    }

    fn rule(&self, address: IpAddr) -> Result<PublicAddr, NoPolicy> {
        let context = self.context;
        let target = context.guard.admit_policy_host(address);
        let target = target.map_err(|_| NoPolicy::NotPublic)?;
        if context.opt_outs.contain_address(address) {
            return Err(NoPolicy::OptedOut);
        }
        // A lab's own addresses (::1, unique local) need no way to the internet.
        if address.is_ipv6() && !context.reach.ipv6 && is_public(address) {
            return Err(NoPolicy::NoIpv6);
        }
        Ok(target)
    }

    /// The first connection that stands.
    async fn connect(&mut self, targets: Vec<PublicAddr>) -> Result<TcpStream, NoPolicy> {
        let mut failed = NoPolicy::NoAddress;
        for target in targets.into_iter().take(MAX_TRIES) {
            // A host that many domains share is not to be asked without end.
            if !self
                .context
                .visits
                .book(target.ip(), &self.context.etiquette)
            {
                failed = NoPolicy::Resting;
                continue;
            }
            self.address = Some(target.ip());
            let dialed = timeout(self.context.etiquette.connect, target.dial()).await;
            failed = NoPolicy::NotConnected(match dialed {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => connect_failure(&error),
                Err(_) => ConnectFailure::TimedOut,
            });
        }
        Err(failed)
    }
}

const fn failure(response: &Response) -> Option<Failure> {
    match response {
        Response::Failed(failure) => Some(*failure),
        _ => None,
    }
}
