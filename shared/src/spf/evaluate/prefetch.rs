//! All questions that can be seen to be needed, so that a scan goes down the tree by its depth.

use std::rc::Rc;

use super::matching::{MX_HOST_LIMIT, exchange};
use super::{Evaluation, LOOKUP_LIMIT};
use crate::dns::{Name, RecordType};
use crate::spf::select::{Selection, select};
use crate::spf::{DomainSpec, Mechanism, Modifier, Record, Term, TermKind};

impl Evaluation<'_> {
    /// Goes through the known records as an evaluation without a match would, and notes what each
    /// term asks. It goes no further than the tenth look-up, as no evaluation does.
    pub(super) fn prefetch(&self) {
        if let Ok(domain) = self.first_domain() {
            let mut left = LOOKUP_LIMIT;
            self.prefetch_record(&domain, &mut left);
        }
    }

    fn prefetch_record(&self, domain: &Name, left: &mut u32) {
        let Some(record) = self.known_record(domain) else {
            return;
        };
        let all = record.all().map(|(term, _)| term.span);
        for term in record.terms.iter().filter(|term| term.causes_lookup()) {
            let dead = all.is_some_and(|all| all < term.span || is_redirect(term));
            if *left == 0 {
                return;
            }
            if !dead {
                *left -= 1;
                self.prefetch_term(domain, term, left);
            }
        }
    }

    /// The record of `domain`, which the evaluation has read already if it came so far.
    fn known_record(&self, domain: &Name) -> Option<Rc<Record>> {
        if let Some((_, record)) = self.read.iter().find(|(name, _)| name == domain) {
            return Some(Rc::clone(record));
        }
        let answer = self.dns.ask(domain, RecordType::Txt)?;
        let Selection::One(text) = select(&answer.response) else {
            return None;
        };
        Record::parse(&text).ok().map(Rc::new)
    }

    fn prefetch_term(&self, domain: &Name, term: &Term, left: &mut u32) {
        match &term.kind {
            TermKind::Directive(directive) => match &directive.mechanism {
                Mechanism::All | Mechanism::Ip4(..) | Mechanism::Ip6(..) => {}
                Mechanism::A(target, _) => {
                    self.prefetch_name(domain, target.as_ref(), self.address_type());
                }
                Mechanism::Mx(target, _) => self.prefetch_mx(domain, target.as_ref()),
                // What is noted matters here, not what comes back.
                Mechanism::Ptr(_) => drop(self.validated_names()),
                Mechanism::Exists(target) => {
                    self.prefetch_name(domain, Some(target), RecordType::A);
                }
                Mechanism::Include(target) => self.prefetch_target(domain, target, left),
            },
            TermKind::Modifier(Modifier::Redirect(_, target)) => {
                self.prefetch_target(domain, target, left);
            }
            TermKind::Modifier(_) => {}
        }
    }

    fn prefetch_target(&self, domain: &Name, target: &DomainSpec, left: &mut u32) {
        if let Ok(Ok(name)) = self.target(domain, Some(target)) {
            self.prefetch_record(&name, left);
        }
    }

    fn prefetch_name(&self, domain: &Name, target: Option<&DomainSpec>, record_type: RecordType) {
        if let Ok(Ok(name)) = self.target(domain, target) {
            self.dns.prefetch(&name, record_type);
        }
    }

    /// Asks for the MX and, as soon as they are known, for the addresses of the first ten.
    fn prefetch_mx(&self, domain: &Name, target: Option<&DomainSpec>) {
        let Ok(Ok(name)) = self.target(domain, target) else {
            return;
        };
        let Some(answer) = self.dns.ask(&name, RecordType::Mx) else {
            return;
        };
        let hosts = answer.response.records().iter().filter_map(exchange);
        for host in hosts.filter(|host| !host.is_root()).take(MX_HOST_LIMIT) {
            self.dns.prefetch(host, self.address_type());
        }
    }
}

const fn is_redirect(term: &Term) -> bool {
    matches!(term.kind, TermKind::Modifier(Modifier::Redirect(..)))
}
