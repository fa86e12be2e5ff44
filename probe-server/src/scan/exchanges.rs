//! From a domain to the addresses that will be spoken to.

use std::collections::BTreeSet;
use std::net::IpAddr;

use futures_util::future::join_all;
use postern_shared::DomainName;
use postern_shared::dns::{Name, RecordData, RecordType};
use postern_shared::evidence::{Fact, TargetFact, TargetRuling};

use crate::context::Context;
use crate::dns::Memo;
use crate::guard::{PublicAddr, is_public};
use crate::sink::Sink;

/// Who is spoken to.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// The exchanges in the order of their preference, each with the addresses that are its to probe.
    pub(super) exchanges: Vec<Exchange>,
    /// The addresses to ask DNS about: those planned, and those out of our reach only.
    pub(super) public: Vec<IpAddr>,
}

/// One mail exchange; an address that several share belongs to the first.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) name: Name,
    pub(super) targets: Vec<PublicAddr>,
}

/// Looks up the exchanges of `domain` and their addresses, and tells the guard's ruling on each.
///
/// Without MX records there is nothing to probe: that mail would go to the address of the domain itself
/// (RFC 5321 §5.1) is not asked for by publishing a web server. A null MX (RFC 7505) takes no mail.
pub(super) async fn find(
    domain: &DomainName,
    context: &Context,
    memo: &Memo<'_>,
    sink: &Sink,
) -> Targets {
    let names = exchange_names(domain, context, memo).await;
    let most = context.etiquette.addresses * 2;
    let looked_up = names.iter().map(|name| addresses(name, most, memo));
    let addresses = join_all(looked_up).await;
    let mut ruled = Rulings::default();
    let mut targets = Targets::default();
    for (name, addresses) in names.into_iter().zip(addresses) {
        let mut exchange = Exchange {
            name,
            targets: Vec::new(),
        };
        for address in addresses {
            let (ruling, target) = ruled.rule(&exchange.name, address, context);
            if let Some(target) = target {
                exchange.targets.push(target);
            }
            sink.fact(Fact::Target(TargetFact {
                exchange: exchange.name.clone(),
                address,
                ruling,
            }))
            .await;
        }
        targets.exchanges.push(exchange);
    }
    targets.public = ruled.public;
    targets
}

/// The exchanges, the most preferred first, each once.
async fn exchange_names(domain: &DomainName, context: &Context, memo: &Memo<'_>) -> Vec<Name> {
    let response = memo.ask(domain.name(), RecordType::Mx).await;
    let mut seen = BTreeSet::new();
    // Records are sorted, and the preference is what they are sorted by first.
    let exchanges = response.records().iter().filter_map(|record| match record {
        RecordData::Mx { exchange, .. } => Some(exchange),
        _ => None,
    });
    exchanges
        .filter(|name| !name.is_root() && seen.insert((*name).clone()))
        .take(context.etiquette.exchanges)
        .cloned()
        .collect()
}

/// The addresses of one exchange, IPv4 first; at most so many of each family, so that a hostile zone
/// makes no flood of facts.
async fn addresses(name: &Name, most: usize, memo: &Memo<'_>) -> Vec<IpAddr> {
    let (v4, v6) = tokio::join!(
        memo.ask(name, RecordType::A),
        memo.ask(name, RecordType::Aaaa)
    );
    let records = v4.records().iter().take(most);
    let records = records.chain(v6.records().iter().take(most));
    records.filter_map(address_of).collect()
}

/// The address in an address record.
pub(crate) const fn address_of(record: &RecordData) -> Option<IpAddr> {
    match record {
        RecordData::A(v4) => Some(IpAddr::V4(*v4)),
        RecordData::Aaaa(v6) => Some(IpAddr::V6(*v6)),
        _ => None,
    }
}

/// What was ruled so far.
#[derive(Debug, Default)]
struct Rulings {
    seen: BTreeSet<IpAddr>,
    public: Vec<IpAddr>,
    planned: usize,
}

impl Rulings {
    /// The ruling on an address and, the first time that it is let through, the target.
    fn rule(
        &mut self,
        exchange: &Name,
        address: IpAddr,
        context: &Context,
    ) -> (TargetRuling, Option<PublicAddr>) {
        let Ok(target) = context.guard.admit(address) else {
            return (TargetRuling::NotPublic, None);
        };
        if context.opt_outs.contain(exchange) || context.opt_outs.contain_address(address) {
            return (TargetRuling::OptedOut, None);
        }
        // A lab's own addresses (::1, unique local) need no way to the internet.
        if address.is_ipv6() && !context.reach.ipv6 && is_public(address) {
            self.ask_dns_about(address, context);
            return (TargetRuling::NoIpv6, None);
        }
        if self.seen.contains(&address) {
            return (TargetRuling::Planned, None);
        }
        if self.planned >= context.etiquette.addresses {
            return (TargetRuling::TooMany, None);
        }
        // Lists and reverse names can be asked about without knocking.
        if !context.visits.book(address, &context.etiquette) {
            self.ask_dns_about(address, context);
            return (TargetRuling::Resting, None);
        }
        self.planned += 1;
        self.seen.insert(address);
        self.public.push(address);
        (TargetRuling::Planned, Some(target))
    }

    fn ask_dns_about(&mut self, address: IpAddr, context: &Context) {
        let room = self.public.len() < 2 * context.etiquette.addresses;
        if room && !self.public.contains(&address) {
            self.public.push(address);
        }
    }
}
