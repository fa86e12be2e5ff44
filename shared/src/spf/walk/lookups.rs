//! What the terms of a record look up, for clients of both families.

use crate::gather::Gather;
use std::net::IpAddr;

use super::coverage::Ranges;
use super::{Below, DEPTH_LIMIT, RESOLVED_LIMIT, Scope, Walk, Walked, status};
use crate::dns::{Name, Question, RecordType, Response};
use crate::spf::evaluate::{MX_HOST_LIMIT, address, exchange, is_void, without_record};
use crate::spf::macros::MacroContext;
use crate::spf::select::{Selection, select};
use crate::spf::{
    Cause, Directive, DomainSpec, Letter, Mechanism, Modifier, NoteCode, Prefixes, Problem,
    Qualifier, Segment, Target, Term, TermKind, TermNode,
};

impl Walk<'_> {
    /// Looks up what a reached mechanism asks; gives the addresses that it lets pass.
    pub(super) fn mechanism(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        directive: &Directive,
        node: &mut TermNode,
    ) -> Ranges {
        let matched = match &directive.mechanism {
            Mechanism::All => Ranges::everything(),
            Mechanism::Ip4(..) | Mechanism::Ip6(..) => Ranges::written(&directive.mechanism),
            Mechanism::Include(target) => self.child(scope, term, target, node).passing,
            Mechanism::A(target, prefixes) => {
                match self.target(scope, term, target.as_ref(), node) {
                    Some(name) => self.host(scope, term, &name, *prefixes, node),
                    None => Ranges::default(),
                }
            }
            Mechanism::Mx(target, prefixes) => {
                match self.target(scope, term, target.as_ref(), node) {
                    Some(name) => self.exchanges(scope, term, &name, *prefixes, node),
                    None => Ranges::default(),
                }
            }
            Mechanism::Ptr(target) => {
                // What it looks up first is the client's address, which only the message knows.
                self.target(scope, term, target.as_ref(), node);
                Ranges::default()
            }
            Mechanism::Exists(target) => {
                if let Some(name) = self.target(scope, term, Some(target), node) {
                    self.lookup(scope, term, &name, RecordType::A, node);
                    node.void_ipv6 = node.void_ipv4;
                }
                Ranges::default()
            }
        };
        if node.void_ipv4 && node.void_ipv6 && node.child.is_none() {
            self.note(scope, term.span, NoteCode::VoidLookup);
        }
        match directive.qualifier() {
            Qualifier::Pass => matched,
            Qualifier::Fail | Qualifier::Neutral | Qualifier::SoftFail => Ranges::default(),
        }
    }

    /// The record that `include:` or `redirect=` leads to.
    pub(super) fn child(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        spec: &DomainSpec,
        node: &mut TermNode,
    ) -> Below {
        let Some(name) = self.target(scope, term, Some(spec), node) else {
            return Below::default();
        };
        if self.path.contains(&name) {
            let target = name.to_string();
            self.problem(scope, term.span, Cause::Loop { target });
            return Below::default();
        }
        if !self.seen.insert(name.clone()) {
            let target = name.to_string();
            self.note(scope, term.span, NoteCode::RepeatedInclude { target });
        }
        if self.path.len() >= DEPTH_LIMIT {
            self.truncated = true;
            return Below::default();
        }
        let Some(walked) = self.child_record(scope, term, &name, node) else {
            return Below::default();
        };
        node.lookups += walked.node.lookups;
        node.child = Some(walked.node);
        Below {
            all: walked.all,
            passing: walked.passing,
        }
    }

    fn child_record(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        name: &Name,
        node: &mut TermNode,
    ) -> Option<Walked> {
        let response = self.ask(name, RecordType::Txt)?;
        node.void_ipv4 = is_void(response);
        node.void_ipv6 = node.void_ipv4;
        match select(response) {
            Selection::One(text) => {
                let effective = scope.effective && super::is_redirect(term);
                return Some(self.record(name, &text, effective));
            }
            Selection::Many(count) => {
                let cause = Cause::SeveralRecords { count };
                self.add_problem(Problem::of(name.as_str(), cause));
            }
            Selection::Failed(_) => self.failed(scope, term, name, RecordType::Txt, response),
            Selection::None | Selection::NxDomain => {
                self.problem(scope, term.span, without_record(term, name));
            }
        }
        Some(Walked::without_record(name, status(response)))
    }

    /// The name that a term asks for, where it can be known and is worth asking for.
    fn target(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        spec: Option<&DomainSpec>,
        node: &mut TermNode,
    ) -> Option<Name> {
        let text = match spec {
            None => scope.domain.to_string(),
            Some(spec) if depends_on_message(spec) => {
                node.target = Target::DependsOnMessage(spec.as_str().to_owned());
                return None;
            }
            Some(spec) => expand(scope.domain, spec),
        };
        let name = Name::parse(&text).ok().filter(|name| !name.is_root());
        node.target = Target::Name(name.as_ref().map_or_else(|| text.clone(), Name::to_string));
        if name.is_none() {
            self.malformed(scope, term, text);
        }
        if self.lookups > RESOLVED_LIMIT {
            self.truncated = true;
            return None;
        }
        name
    }

    fn malformed(&mut self, scope: &Scope<'_>, term: &Term, target: String) {
        let target = target.chars().take(256).collect();
        if leads_to_record(term) {
            self.problem(scope, term.span, Cause::TargetMalformed { target });
        } else {
            self.note(scope, term.span, NoteCode::TargetMalformed { target });
        }
    }

    /// `a`, or one exchange of `mx`: both families, for the client may come from either.
    fn host(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        name: &Name,
        prefixes: Prefixes,
        node: &mut TermNode,
    ) -> Ranges {
        let mut ranges = Ranges::default();
        for (record_type, prefix) in [
            (RecordType::A, prefixes.ipv4.unwrap_or(32)),
            (RecordType::Aaaa, prefixes.ipv6.unwrap_or(128)),
        ] {
            for ip in self.lookup(scope, term, name, record_type, node) {
                ranges.extend(Ranges::network(ip, prefix));
            }
        }
        ranges
    }

    fn exchanges(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        name: &Name,
        prefixes: Prefixes,
        node: &mut TermNode,
    ) -> Ranges {
        let Some(response) = self.ask(name, RecordType::Mx) else {
            return Ranges::default();
        };
        self.failed(scope, term, name, RecordType::Mx, response);
        node.void_ipv4 = is_void(response);
        node.void_ipv6 = node.void_ipv4;
        let hosts: Vec<&Name> = response.records().iter().filter_map(exchange).gather();
        if hosts.len() > MX_HOST_LIMIT {
            let cause = Cause::TooManyMxHosts {
                target: name.to_string(),
                count: u32::try_from(hosts.len()).unwrap_or(u32::MAX),
            };
            self.problem(scope, term.span, cause);
        }
        let mut ranges = Ranges::default();
        let asked = hosts.into_iter().filter(|host| !host.is_root());
        for host in asked.take(MX_HOST_LIMIT) {
            ranges.extend(self.host(scope, term, host, prefixes, node));
        }
        ranges
    }

    /// Asks for addresses and marks the term when there are none.
    fn lookup(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        name: &Name,
        record_type: RecordType,
        node: &mut TermNode,
    ) -> Vec<IpAddr> {
        let Some(response) = self.ask(name, record_type) else {
            return Vec::new();
        };
        self.failed(scope, term, name, record_type, response);
        match record_type {
            RecordType::Aaaa => node.void_ipv6 |= is_void(response),
            _ => node.void_ipv4 |= is_void(response),
        }
        response.records().iter().filter_map(address).gather()
    }

    fn failed(
        &mut self,
        scope: &Scope<'_>,
        term: &Term,
        name: &Name,
        record_type: RecordType,
        response: &Response,
    ) {
        if let Response::Failed(failure) = response {
            let cause = Cause::LookupFailed {
                question: Question::new(name.clone(), record_type),
                failure: *failure,
            };
            self.problem(scope, term.span, cause);
        }
    }
}

/// Whether the term cannot do without its name.
const fn leads_to_record(term: &Term) -> bool {
    match &term.kind {
        TermKind::Directive(directive) => matches!(directive.mechanism, Mechanism::Include(_)),
        TermKind::Modifier(modifier) => matches!(modifier, Modifier::Redirect(..)),
    }
}

/// Whether a name has a macro other than `%{d}`, which the record's own place in the tree answers.
fn depends_on_message(spec: &DomainSpec) -> bool {
    spec.as_macro_string()
        .segments()
        .any(|segment| matches!(segment, Segment::Macro(found) if found.letter != Letter::Domain))
}

fn expand(domain: &Name, spec: &DomainSpec) -> String {
    let context = MacroContext {
        ip: IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED),
        local_part: "",
        sender_domain: "",
        domain: domain.as_str(),
        helo: "",
        validated_name: "",
        receiver: "",
        now: 0,
    };
    context.expand_domain(spec)
}
