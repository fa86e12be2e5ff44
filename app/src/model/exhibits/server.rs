//! Who was spoken to.

use std::net::IpAddr;

use postern_shared::evidence::{Chain, Evidence, Fact, Observation, SmtpFact};
use postern_shared::gather::Gather;
use postern_shared::sorted::SortedSet;
use postern_shared::time::Timestamp;

/// Pairs of an exchange and an address that are read; a scan names fewer.
const MAX_TARGETS: usize = 256;

/// One port of one address, with all that happened there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Server<'e> {
    /// The mail exchanges that have the address, in order; none where the evidence does not say.
    pub exchanges: Vec<&'e str>,
    /// The address.
    pub address: IpAddr,
    /// The port.
    pub port: u16,
    /// What happened, in the order of the identities.
    pub seen: Vec<Event<'e>>,
}

/// One event of a dialogue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Event<'e> {
    /// When it was over.
    pub at: Timestamp,
    /// What it was.
    pub fact: &'e SmtpFact,
    /// The same, as a fact among others.
    pub whole: &'e Fact,
}

/// All servers that anybody spoke to, by exchange, address and port.
#[must_use]
pub fn servers(evidence: &Evidence) -> Vec<Server<'_>> {
    let mut targets = Vec::new();
    let mut found: Vec<Server<'_>> = Vec::new();
    for (_, Observation { at, fact: whole }) in evidence.observations() {
        match whole {
            Fact::Target(target) if targets.len() < MAX_TARGETS => targets.push(target),
            Fact::Smtp(fact) => {
                let event = Event {
                    at: *at,
                    fact,
                    whole,
                };
                // Identities sort by address and port, so that what belongs together comes together.
                match found.last_mut() {
                    Some(last) if last.address == fact.address && last.port == fact.port => {
                        last.seen.push(event);
                    }
                    _ => found.push(Server {
                        exchanges: Vec::new(),
                        address: fact.address,
                        port: fact.port,
                        seen: vec![event],
                    }),
                }
            }
            _ => {}
        }
    }
    let mut order = SortedSet::new();
    for (place, server) in found.iter_mut().enumerate() {
        let own = targets
            .iter()
            .filter(|target| target.address == server.address);
        server.exchanges = own.map(|target| target.exchange.as_str()).gather();
        // Those without a name come last.
        let name = server.exchanges.first().copied();
        order.insert((name.is_none(), name, server.address, server.port, place));
    }
    let places = order.into_vec().into_iter();
    places
        .filter_map(|(.., place)| found.get(place).cloned())
        .gather()
}

impl<'e> Server<'e> {
    /// The chains that it showed, each once, with the moment at which it did.
    #[must_use]
    pub fn chains(&self) -> Vec<(&'e Chain, Timestamp)> {
        let mut chains: Vec<(&Chain, Timestamp)> = Vec::new();
        for event in &self.seen {
            let Some(chain) = event.fact.event.chain() else {
                continue;
            };
            let is_known = chains.iter().any(|(known, _)| known.links == chain.links);
            if !is_known && chains.len() < Self::MAX_CHAINS {
                chains.push((chain, event.at));
            }
        }
        chains
    }

    /// Different chains of one server that are kept: one for each kind of key, and some more.
    pub const MAX_CHAINS: usize = 4;
}

#[cfg(test)]
mod tests {
    use super::super::world::World;
    use super::*;

    #[test]
    fn by_exchange_address_and_port() {
        let evidence = World::new()
            .target("mx2.example.org", "192.0.2.1")
            .target("mx1.example.org", "192.0.2.10")
            .target("mx1.example.org", "2001:db8::1")
            .target("mx3.example.org", "192.0.2.1")
            .connected("192.0.2.1", 587)
            .connected("192.0.2.1", 25)
            .connected("192.0.2.10", 25)
            .connected("2001:db8::1", 25)
            .connected("198.51.100.1", 25)
            .evidence();
        let found = servers(&evidence);
        let told: Vec<String> = found
            .iter()
            .map(|server| {
                format!(
                    "{} {} {}",
                    server.exchanges.join("+"),
                    server.address,
                    server.port
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "mx1.example.org 192.0.2.10 25",
                "mx1.example.org 2001:db8::1 25",
                "mx2.example.org+mx3.example.org 192.0.2.1 25",
                "mx2.example.org+mx3.example.org 192.0.2.1 587",
                " 198.51.100.1 25",
            ]
        );
    }

    #[test]
    fn a_chain_is_kept_once() {
        let evidence = World::new()
            .secured("192.0.2.1", 25, World::chain("mx1.example.org"))
            .secured("192.0.2.1", 25, World::chain("mx1.example.org"))
            .secured("192.0.2.1", 25, World::chain("mx2.example.org"))
            .evidence();
        let found = servers(&evidence);
        let names: Vec<_> = found[0]
            .chains()
            .iter()
            .map(|(chain, _)| chain.leaf().unwrap().subject.clone())
            .collect();
        assert_eq!(names, ["CN=mx1.example.org", "CN=mx2.example.org"]);
    }
}
