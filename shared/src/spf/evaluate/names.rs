//! The names that terms look up, and the client's own name.

use super::{Evaluation, Scope, Step};
use crate::dns::{Name, RecordData, RecordType};
use crate::gather::Gather;
use crate::spf::macros::{MacroContext, dotted};
use crate::spf::{Cause, DomainSpec, MacroString, Term};
use std::net::IpAddr;

impl Evaluation<'_> {
    /// The name that a mechanism asks for: the expanded domain-spec, or the record's own domain.
    /// `Err` holds a text that DNS cannot hold as a name.
    pub(super) fn target(
        &self,
        domain: &Name,
        spec: Option<&DomainSpec>,
    ) -> Step<Result<Name, String>> {
        let Some(spec) = spec else {
            return Ok(Ok(domain.clone()));
        };
        let text = self.with_context(domain, spec.as_macro_string(), |context| {
            context.expand_domain(spec)
        })?;
        Ok(Name::parse(&text)
            .ok()
            .filter(|name| !name.is_root())
            .ok_or_else(|| text.chars().take(super::SHOWN_LIMIT).collect()))
    }

    /// As [`Evaluation::target`] for terms that cannot do without a name.
    pub(super) fn record_target(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        spec: &DomainSpec,
        at: usize,
    ) -> Step<Name> {
        match self.target(scope.domain, Some(spec))? {
            Ok(name) => {
                self.name_target(at, name.as_str());
                Ok(name)
            }
            // RFC 7208 §6.1 says so of `redirect=`; for `include:` it follows from §4.3 and §5.2.
            Err(target) => Err(scope.problem(term.span, Cause::TargetMalformed { target })),
        }
    }

    /// Gives `expand` what macros stand for in the record of `domain`. Only a text with `%{p}` makes
    /// us look for the client's name.
    pub(super) fn with_context<T>(
        &self,
        domain: &Name,
        text: &MacroString,
        expand: impl FnOnce(&MacroContext<'_>) -> T,
    ) -> Step<T> {
        let validated_name = if text.wants_validated_name() {
            self.validated_name(domain)?
        } else {
            None
        };
        Ok(expand(&MacroContext {
            ip: self.ip,
            local_part: &self.sender.local_part,
            sender_domain: &self.sender.domain,
            domain: domain.as_str(),
            helo: &self.params.helo,
            validated_name: validated_name.as_ref().map_or("unknown", Name::as_str),
            receiver: &self.params.receiver,
            now: self.params.now,
        }))
    }

    /// RFC 7208 §7.3: the domain itself is preferred, then a subdomain of it, then any.
    fn validated_name(&self, domain: &Name) -> Step<Option<Name>> {
        let names = self.validated_names()?;
        let best = names
            .iter()
            .find(|name| *name == domain)
            .or_else(|| names.iter().find(|name| name.is_within(domain)))
            .or_else(|| names.first());
        Ok(best.cloned())
    }

    /// The names of the client that lead back to it (RFC 7208 §5.5), among the first ten. A look-up
    /// that fails takes a name away and is no error.
    pub(super) fn validated_names(&self) -> Step<Vec<Name>> {
        let names = self.client_names()?;
        // Ask for all of them before waiting for the first.
        for name in &names {
            self.dns.prefetch(name, self.address_type());
        }
        let mut validated = Vec::new();
        for name in names {
            if self.has_address(&name, |address| address == self.ip)? {
                validated.push(name);
            }
        }
        Ok(validated)
    }

    /// RFC 7208 §4.6.4: of more than ten names "all records other than the first 10 MUST be ignored".
    fn client_names(&self) -> Step<Vec<Name>> {
        let Some(reverse) = self.reverse_name() else {
            return Ok(Vec::new());
        };
        let records = self.ask(&reverse, RecordType::Ptr)?.records();
        let names = records.iter().filter_map(|record| match record {
            RecordData::Ptr(name) if !name.is_root() => Some(name.clone()),
            _ => None,
        });
        Ok(names.take(10).gather())
    }

    /// Where the client's names are looked up (RFC 1035 §3.5, RFC 3596 §2.5).
    pub(super) fn reverse_name(&self) -> Option<Name> {
        let forward = dotted(self.ip);
        let mut labels: Vec<&str> = forward.split('.').gather();
        labels.reverse();
        let zone = match self.ip {
            IpAddr::V4(_) => "in-addr.arpa",
            IpAddr::V6(_) => "ip6.arpa",
        };
        Name::parse(&format!("{}.{zone}", labels.join("."))).ok()
    }

    /// RFC 7208 §5: the type that fits the client.
    pub(super) const fn address_type(&self) -> RecordType {
        match self.ip {
            IpAddr::V4(_) => RecordType::A,
            IpAddr::V6(_) => RecordType::Aaaa,
        }
    }

    fn has_address(&self, name: &Name, is: impl Fn(IpAddr) -> bool) -> Step<bool> {
        let response = self.ask(name, self.address_type())?;
        Ok(response.records().iter().filter_map(address).any(is))
    }
}

/// The address of an A or AAAA record.
pub(in crate::spf) const fn address(record: &RecordData) -> Option<IpAddr> {
    match record {
        RecordData::A(ip) => Some(IpAddr::V4(*ip)),
        RecordData::Aaaa(ip) => Some(IpAddr::V6(*ip)),
        _ => None,
    }
}
