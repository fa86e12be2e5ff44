//! The way that mail takes to a domain: its MX records and their addresses (RFC 5321 §5.1).

use crate::gather::Gather;
use std::net::IpAddr;

use crate::DomainName;
use crate::dns::{Failure, Name, Question, RecordData, RecordType, Response, Wanting};
use crate::mx::ExchangeProblem;
use crate::sorted::SortedSet;
use crate::sorting::sorted;

/// Exchanges that are looked up: no honest domain has more.
const MAX_EXCHANGES: usize = 20;
/// Addresses of one exchange that are looked at.
const MAX_ADDRESSES: usize = 10;
/// Addresses of one domain that are looked at: each costs questions, and a zone may name thousands.
const MAX_HOSTS: usize = 40;

/// The way that mail takes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    /// The MX answer is not there yet.
    Pending,
    /// Nobody knows.
    Failed(Question, Failure),
    /// The domain does not exist.
    NoSuchDomain,
    /// "No mail, please" (RFC 7505).
    NullMx,
    /// No MX record; senders may fall back on an address record (RFC 5321 §5.1).
    NoMx,
    /// Mail exchanges.
    Exchanges(Exchanges),
}

/// The mail exchanges of a domain, the most preferred first.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Exchanges {
    /// Those that are looked at.
    pub looked_at: Vec<Exchange>,
    /// The names of those beyond what one scan looks at.
    pub left_out: Vec<Name>,
}

/// One mail exchange.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Exchange {
    /// Its name.
    pub name: Name,
    /// Its preference: lower is tried first.
    pub preference: u16,
    /// What is wrong with the name itself.
    pub problem: Option<ExchangeProblem>,
    /// Where its CNAMEs lead, if it is an alias (RFC 2181 §10.3 does not allow that).
    pub alias_of: Option<Name>,
    /// Whether its name, or the one that it is an alias of, does not exist.
    pub missing: bool,
    /// Its addresses, as many as are looked at.
    pub addresses: Lookup<Vec<IpAddr>>,
    /// How many more it has.
    pub left_out: u32,
}

/// Something that is looked up.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Lookup<T> {
    /// Not known yet.
    Pending,
    /// Cannot be known now.
    Failed(Question, Failure),
    /// Known.
    Known(T),
}

impl Route {
    /// Reads the MX records of `domain` and the addresses of each exchange; notes what is wanted.
    #[must_use]
    pub fn read(dns: &Wanting<'_>, domain: &DomainName) -> Self {
        let Some(answer) = dns.ask(domain.name(), RecordType::Mx) else {
            return Self::Pending;
        };
        let records = match &answer.response {
            Response::Records(records) => records,
            Response::NoData => return Self::NoMx,
            Response::NxDomain => return Self::NoSuchDomain,
            Response::Failed(failure) => {
                return Self::Failed(
                    Question::new(domain.name().clone(), RecordType::Mx),
                    *failure,
                );
            }
        };
        let exchanges = records.iter().filter_map(|data| match data {
            RecordData::Mx {
                preference,
                exchange,
            } => Some((*preference, exchange)),
            _ => None,
        });
        let mut exchanges: Vec<(u16, &Name)> = sorted(exchanges.gather());
        if matches!(exchanges.as_slice(), [(_, only)] if only.is_root()) {
            return Self::NullMx;
        }
        let beyond = exchanges.split_off(exchanges.len().min(MAX_EXCHANGES));
        let mut seen = SortedSet::new();
        Self::Exchanges(Exchanges {
            looked_at: exchanges
                .into_iter()
                .map(|(preference, name)| Exchange::read(dns, preference, name).within(&mut seen))
                .gather(),
            left_out: beyond.into_iter().map(|(_, name)| name.clone()).gather(),
        })
    }

    /// Every address with its exchange, each address once.
    pub fn hosts(&self) -> impl Iterator<Item = (&Exchange, IpAddr)> {
        let exchanges = match self {
            Self::Exchanges(exchanges) => exchanges.looked_at.as_slice(),
            _ => &[],
        };
        let mut seen = SortedSet::new();
        exchanges
            .iter()
            .flat_map(|exchange| match &exchange.addresses {
                Lookup::Known(addresses) => addresses
                    .iter()
                    .map(|&address| (exchange, address))
                    .gather(),
                _ => Vec::new(),
            })
            .filter(move |(_, address)| seen.insert(*address))
    }
}

impl Exchange {
    /// Looks up the addresses of a name that can have some.
    fn read(dns: &Wanting<'_>, preference: u16, name: &Name) -> Self {
        let problem = if name.is_root() {
            Some(ExchangeProblem::IsNull)
        } else {
            ExchangeProblem::of(name)
        };
        let addresses = match problem {
            Some(_) => Lookup::Known(Vec::new()),
            None => addresses(dns, name),
        };
        let answers = [RecordType::A, RecordType::Aaaa]
            .into_iter()
            .filter(|_| problem.is_none())
            .filter_map(|family| dns.ask(name, family));
        Self {
            name: name.clone(),
            preference,
            problem,
            alias_of: answers.clone().find_map(|answer| answer.canonical.clone()),
            missing: answers
                .into_iter()
                .any(|answer| answer.response == Response::NxDomain),
            addresses,
            left_out: 0,
        }
    }

    /// Whether there may be a server behind it: not where the name can have no address, or has none.
    #[must_use]
    pub fn leads_somewhere(&self) -> bool {
        let nowhere = matches!(&self.addresses, Lookup::Known(found) if found.is_empty());
        self.problem.is_none() && !nowhere
    }

    /// The same exchange with as many addresses as are looked at; `seen` are those of the domain so far.
    fn within(mut self, seen: &mut SortedSet<IpAddr>) -> Self {
        if let Lookup::Known(addresses) = &mut self.addresses {
            let all = addresses.len();
            addresses.truncate(MAX_ADDRESSES);
            addresses.retain(|address| {
                seen.contains(address) || (seen.len() < MAX_HOSTS && seen.insert(*address))
            });
            self.left_out = u32::try_from(all - addresses.len()).unwrap_or(u32::MAX);
        }
        self
    }
}

/// A and AAAA of a name: one family is enough to go on, and a failure counts only where nothing was found.
pub(super) fn addresses(dns: &Wanting<'_>, name: &Name) -> Lookup<Vec<IpAddr>> {
    let answers = [RecordType::A, RecordType::Aaaa].map(|family| (family, dns.ask(name, family)));
    let mut found = Vec::new();
    let mut failed = None;
    for (family, answer) in answers {
        let Some(answer) = answer else {
            return Lookup::Pending;
        };
        found.extend(answer.response.records().iter().filter_map(address_of));
        if let Response::Failed(failure) = answer.response {
            failed.get_or_insert_with(|| (Question::new(name.clone(), family), failure));
        }
    }
    match failed {
        Some((question, failure)) if found.is_empty() => Lookup::Failed(question, failure),
        _ => Lookup::Known(found),
    }
}

/// The address in an address record.
pub(super) const fn address_of(data: &RecordData) -> Option<IpAddr> {
    match data {
        RecordData::A(v4) => Some(IpAddr::V4(*v4)),
        RecordData::Aaaa(v6) => Some(IpAddr::V6(*v6)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::Zone;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    fn mx(zone: &mut Zone, preference: u16, exchange: &str) {
        let exchange = name(exchange);
        zone.add(
            &name("example.org"),
            RecordType::Mx,
            RecordData::Mx {
                preference,
                exchange,
            },
        );
    }

    fn read(zone: &Zone) -> Route {
        Route::read(
            &Wanting::new(zone),
            &DomainName::parse("example.org").unwrap(),
        )
    }

    #[test]
    fn the_shapes_of_a_domain() {
        assert_eq!(read(&Zone::new()), Route::NoSuchDomain);
        assert_eq!(read(&Zone::new().txt("example.org", "hello")), Route::NoMx);
        let mut zone = Zone::new();
        mx(&mut zone, 0, ".");
        assert_eq!(read(&zone), Route::NullMx);
        mx(&mut zone, 5, "192.0.2.1");
        mx(&mut zone, 6, "localhost");
        let Route::Exchanges(exchanges) = read(&zone) else {
            panic!()
        };
        let problems: Vec<_> = exchanges
            .looked_at
            .iter()
            .map(|e| e.problem.unwrap())
            .collect();
        assert_eq!(
            problems,
            [
                ExchangeProblem::IsNull,
                ExchangeProblem::IsAddress,
                ExchangeProblem::IsLocal
            ]
        );
    }

    #[test]
    fn a_hostile_zone_makes_no_flood_of_hosts() {
        let mut zone = Zone::new();
        for exchange in 0..20_u8 {
            let host = format!("mx{exchange}.example.org");
            mx(&mut zone, exchange.into(), &host);
            let records = (0..250_u8).map(|last| RecordData::A([198, 18, exchange, last].into()));
            zone.insert(
                Question::new(name(&host), RecordType::A),
                Response::from_records(records.collect()),
            );
        }
        let route = read(&zone);
        assert_eq!(route.hosts().count(), MAX_HOSTS);
        let Route::Exchanges(exchanges) = route else {
            panic!()
        };
        let left_out: Vec<u32> = exchanges.looked_at.iter().map(|e| e.left_out).collect();
        assert_eq!(left_out[..4], [240; 4]);
        assert_eq!(left_out[4..], [250; 16]);
    }

    #[test]
    fn one_address_of_two_exchanges_is_one_host() {
        let mut zone = Zone::new();
        mx(&mut zone, 20, "b.example.org");
        mx(&mut zone, 10, "a.example.org");
        for host in ["a.example.org", "b.example.org"] {
            zone.add(
                &name(host),
                RecordType::A,
                RecordData::A([192, 0, 2, 1].into()),
            );
        }
        let route = read(&zone);
        let hosts: Vec<_> = route
            .hosts()
            .map(|(e, a)| (e.name.to_string(), a.to_string()))
            .collect();
        assert_eq!(
            hosts,
            [("a.example.org".to_owned(), "192.0.2.1".to_owned())]
        );
    }
}
