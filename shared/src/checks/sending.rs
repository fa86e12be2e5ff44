//! Whether the domain sends mail: what may be advised hangs on it.

use super::{Exchange, Route, Scene};
use crate::spf::{self, Directive, Mechanism, Prefixes, Qualifier, RecordStatus, TermKind};

/// Whether the domain sends mail, as far as DNS tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sending {
    /// It has mail servers, so people write from it.
    Yes,
    /// It says that it takes no mail (RFC 7505), and names no server that sends.
    No,
    /// Nobody knows: its mail servers are not known yet, cannot be known, or lead nowhere.
    Unknown,
}

impl Scene<'_> {
    /// Whether the domain sends mail. What is not known is never a no: who is told to disown all servers
    /// must have none.
    #[must_use]
    pub fn sending(&self) -> Sending {
        match &self.route {
            Route::Exchanges(exchanges) => {
                let mut looked_at = exchanges.looked_at.iter();
                if looked_at.any(Exchange::leads_somewhere) {
                    Sending::Yes
                } else {
                    Sending::Unknown
                }
            }
            Route::NullMx if self.names_servers() == Some(false) => Sending::No,
            Route::NullMx => Sending::Unknown,
            Route::Pending | Route::Failed(..) | Route::NoSuchDomain | Route::NoMx => {
                Sending::Unknown
            }
        }
    }

    /// Whether the domain has no mail of its own that could be lost: it says that it sends none, or it takes none and
    /// names no server.
    pub(super) fn disowns_all_mail(&self) -> bool {
        self.says_it_sends_nothing() || self.sending() == Sending::No
    }

    /// Whether `-all` is all that the domain's SPF record holds. (A null MX says only that it takes no mail.)
    pub(super) fn says_it_sends_nothing(&self) -> bool {
        // A record that nobody can read says nothing, whatever its other terms say.
        let terms = |text: &str| spf::Record::parse(text).map(|record| record.terms);
        let disowns = |text: &str| match terms(text).as_deref() {
            Ok([term]) => matches!(&term.kind, TermKind::Directive(directive)
                if directive.qualifier() == Qualifier::Fail && directive.mechanism == Mechanism::All),
            _ => false,
        };
        let record = self.spf_tree().and_then(|tree| tree.root.record.as_deref());
        record.is_some_and(disowns)
    }

    /// Whether SPF vouches for any server in particular; nothing while nobody knows, and where a record is broken,
    /// for what cannot be read in it may well be meant for a server.
    pub(super) fn names_servers(&self) -> Option<bool> {
        let root = &self.spf_tree()?.root;
        match root.status {
            RecordStatus::Failed(_) => None,
            _ => {
                let record = root.record.as_deref();
                let whole = record.is_none_or(|text| spf::Record::parse(text).is_ok());
                let names = names_servers(record);
                (names || whole).then_some(names)
            }
        }
    }

    /// Whether all mail exchanges are the domain's own by their names, so that mail may well be sent from
    /// them too.
    #[must_use]
    pub fn runs_its_exchanges(&self) -> bool {
        let own = self.evidence.domain().name();
        match &self.route {
            Route::Exchanges(exchanges) => exchanges
                .looked_at
                .iter()
                .all(|exchange| exchange.name.is_within(own)),
            _ => false,
        }
    }
}

/// Whether a record vouches for any server in particular.
pub(super) fn names_servers(record: Option<&str>) -> bool {
    record.is_some_and(|text| {
        spf::read(text)
            .record
            .terms
            .iter()
            .any(|term| match &term.kind {
                TermKind::Directive(directive) => vouches(directive) && !opens(directive),
                TermKind::Modifier(modifier) => matches!(modifier, spf::Modifier::Redirect(..)),
            })
    })
}

/// Whether a directive lets somebody pass.
pub(super) fn vouches(directive: &Directive) -> bool {
    directive.qualifier() == Qualifier::Pass
}

/// Whether a directive lets far more pass than any sender has: everybody, an IPv4 /8, an IPv6 /16.
pub(super) fn opens(directive: &Directive) -> bool {
    let wide4 = |prefix: Option<u8>| prefix.is_some_and(|prefix| prefix <= 8);
    let wide6 = |prefix: Option<u8>| prefix.is_some_and(|prefix| prefix <= 16);
    vouches(directive)
        && match &directive.mechanism {
            Mechanism::All => true,
            Mechanism::Ip4(_, prefix) => wide4(*prefix),
            Mechanism::Ip6(_, prefix) => wide6(*prefix),
            Mechanism::A(_, Prefixes { ipv4, ipv6 })
            | Mechanism::Mx(_, Prefixes { ipv4, ipv6 }) => wide4(*ipv4) || wide6(*ipv6),
            _ => false,
        }
}
