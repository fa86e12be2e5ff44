//! Whether a mechanism matches the client (RFC 7208 §5).

use crate::gather::Gather;
use std::net::IpAddr;

use super::names::address;
use super::{Evaluation, Scope, Step, VOID_LOOKUP_LIMIT, is_void};
use crate::dns::{Name, Question, RecordData, RecordType, Response};
use crate::spf::{Cause, Directive, DomainSpec, Mechanism, Prefixes, SpfResult, Term, TraceEvent};

/// RFC 7208 §4.6.4: "more than 10 address records" of one `mx` are a `permerror`.
pub(in crate::spf) const MX_HOST_LIMIT: usize = 10;

/// A term under evaluation.
struct Asking<'t> {
    scope: &'t Scope<'t>,
    term: &'t Term,
    /// Where the trace speaks of it.
    at: usize,
    /// One of its look-ups found nothing.
    void: bool,
}

impl Evaluation<'_> {
    /// Evaluates a directive; its step in the trace is at `at`.
    pub(super) fn evaluate_directive(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        directive: &Directive,
        at: usize,
    ) -> Step<TraceEvent> {
        if term.causes_lookup() {
            self.count_lookup(scope, term)?;
        }
        if let Mechanism::Include(target) = &directive.mechanism {
            return self.include(scope, term, directive, target, at);
        }
        let mut asking = Asking {
            scope,
            term,
            at,
            void: false,
        };
        let matched = self.matches(&mut asking, &directive.mechanism)?;
        self.void_lookups += u32::from(asking.void);
        if matched {
            return Ok(TraceEvent::Matched {
                result: directive.qualifier().result(),
            });
        }
        // RFC 7208 §4.6.4: "SPF implementations SHOULD limit "void lookups" to two".
        if asking.void && self.void_lookups > VOID_LOOKUP_LIMIT {
            return Err(scope.problem(term.span, Cause::TooManyVoidLookups));
        }
        Ok(if asking.void {
            TraceEvent::Void
        } else {
            TraceEvent::NotMatched
        })
    }

    /// RFC 7208 §5.2: only `pass` of the included record is a match; its `fail` is not ours.
    fn include(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        directive: &Directive,
        target: &DomainSpec,
        at: usize,
    ) -> Step<TraceEvent> {
        let name = self.record_target(scope, term, target, at)?;
        let decision = self.evaluate_target(scope, term, &name)?;
        Ok(match decision.result {
            SpfResult::Pass => TraceEvent::Matched {
                result: directive.qualifier().result(),
            },
            result => TraceEvent::Included { result },
        })
    }

    fn matches(&mut self, asking: &mut Asking<'_>, mechanism: &Mechanism) -> Step<bool> {
        match mechanism {
            // An `include` is a record of its own: see `Evaluation::include`.
            Mechanism::Include(_) => Ok(false),
            Mechanism::All => Ok(true),
            Mechanism::Ip4(network, prefix) => {
                Ok(within(self.ip, IpAddr::V4(*network), prefix.unwrap_or(32)))
            }
            Mechanism::Ip6(network, prefix) => {
                let network = IpAddr::V6(network.address);
                Ok(within(self.ip, network, prefix.unwrap_or(128)))
            }
            Mechanism::A(target, prefixes) => match self.name(asking, target.as_ref())? {
                Some(name) => self.matches_host(asking, &name, *prefixes),
                None => Ok(false),
            },
            Mechanism::Mx(target, prefixes) => match self.name(asking, target.as_ref())? {
                Some(name) => self.matches_mx(asking, &name, *prefixes),
                None => Ok(false),
            },
            Mechanism::Ptr(target) => match self.name(asking, target.as_ref())? {
                Some(name) => self.matches_ptr(asking, &name),
                None => Ok(false),
            },
            // RFC 7208 §5.7: "The lookup type is A even when the connection type is IPv6."
            Mechanism::Exists(target) => match self.name(asking, Some(target))? {
                Some(name) => Ok(!self
                    .lookup(asking, &name, RecordType::A)?
                    .records()
                    .is_empty()),
                None => Ok(false),
            },
        }
    }

    /// The name to ask for. One that DNS cannot hold has no records: the mechanism does not match,
    /// as the community's test suite prefers where RFC 7208 §4.8 is silent.
    fn name(&mut self, asking: &Asking<'_>, target: Option<&DomainSpec>) -> Step<Option<Name>> {
        let name = self.target(asking.scope.domain, target)?;
        match &name {
            Ok(name) => self.name_target(asking.at, name.as_str()),
            Err(text) => self.name_target(asking.at, text),
        }
        Ok(name.ok())
    }

    /// RFC 7208 §5.3.
    fn matches_host(&self, asking: &mut Asking<'_>, name: &Name, prefixes: Prefixes) -> Step<bool> {
        let response = self.lookup(asking, name, self.address_type())?;
        let prefix = match self.ip {
            IpAddr::V4(_) => prefixes.ipv4.unwrap_or(32),
            IpAddr::V6(_) => prefixes.ipv6.unwrap_or(128),
        };
        let mut addresses = response.records().iter().filter_map(address);
        Ok(addresses.any(|network| within(self.ip, network, prefix)))
    }

    /// RFC 7208 §5.4: the exchanges alone; a name without MX is not looked up as a host.
    fn matches_mx(&self, asking: &mut Asking<'_>, name: &Name, prefixes: Prefixes) -> Step<bool> {
        let response = self.lookup(asking, name, RecordType::Mx)?;
        let hosts: Vec<&Name> = response.records().iter().filter_map(exchange).gather();
        if hosts.len() > MX_HOST_LIMIT {
            let cause = Cause::TooManyMxHosts {
                target: name.to_string(),
                count: u32::try_from(hosts.len()).unwrap_or(u32::MAX),
            };
            return Err(asking.scope.problem(asking.term.span, cause));
        }
        for host in hosts.into_iter().filter(|host| !host.is_root()) {
            if self.matches_host(asking, host, prefixes)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// RFC 7208 §5.5. An error is no match: the names belong to the client, not to the domain.
    fn matches_ptr(&self, asking: &mut Asking<'_>, name: &Name) -> Step<bool> {
        if let Some(reverse) = self.reverse_name() {
            asking.void = is_void(self.ask(&reverse, RecordType::Ptr)?);
        }
        let validated = self.validated_names()?;
        Ok(validated.iter().any(|client| client.is_within(name)))
    }

    /// Asks for a term: a failure ends the evaluation (RFC 7208 §5), an empty answer is remembered.
    fn lookup(
        &self,
        asking: &mut Asking<'_>,
        name: &Name,
        record_type: RecordType,
    ) -> Step<&Response> {
        let response = self.ask(name, record_type)?;
        if let Response::Failed(failure) = response {
            let cause = Cause::LookupFailed {
                question: Question::new(name.clone(), record_type),
                failure: *failure,
            };
            return Err(asking.scope.problem(asking.term.span, cause));
        }
        asking.void |= is_void(response);
        Ok(response)
    }
}

/// The exchange of an MX record.
pub(in crate::spf) const fn exchange(record: &RecordData) -> Option<&Name> {
    match record {
        RecordData::Mx { exchange, .. } => Some(exchange),
        _ => None,
    }
}

/// Whether `ip` agrees with `network` in its first `prefix` bits; never across families
/// (RFC 7208 §5: an IPv4 client does not match an IPv6 network).
fn within(ip: IpAddr, network: IpAddr, prefix: u8) -> bool {
    match (ip, network) {
        (IpAddr::V4(ip), IpAddr::V4(network)) => {
            let differ = ip.to_bits() ^ network.to_bits();
            differ.leading_zeros() >= u32::from(prefix)
        }
        (IpAddr::V6(ip), IpAddr::V6(network)) => {
            let differ = ip.to_bits() ^ network.to_bits();
            differ.leading_zeros() >= u32::from(prefix)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        let in_network = |ip: &str, network: &str, prefix| {
            within(ip.parse().unwrap(), network.parse().unwrap(), prefix)
        };
        assert!(in_network("192.0.2.77", "192.0.2.1", 24));
        assert!(!in_network("192.0.3.77", "192.0.2.1", 24));
        assert!(in_network("203.0.113.1", "0.0.0.0", 0));
        assert!(in_network("2001:db8::1", "2001:db8::1", 128));
        assert!(!in_network("2001:db8::1", "2001:db8::2", 127));
        assert!(!in_network("192.0.2.1", "::ffff:192.0.2.1", 0));
    }
}
