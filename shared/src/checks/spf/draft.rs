//! A record in the making, from the terms of those that there are.

use super::super::sending::{opens, vouches};
use super::super::{Scene, Sending};
use crate::address::is_public;
use crate::spf::{Directive, Mechanism, Modifier, Record, Term, TermKind};

/// `ip4:10.0.0.0/8` and its like.
pub(super) fn is_private(directive: &Directive) -> bool {
    matches!(directive.mechanism, Mechanism::Ip4(network, Some(8..)) if !is_public(network.into()))
}

/// Whether two terms say the same: `+mx` and `MX` do.
pub(super) fn same_term(one: &str, other: &str) -> bool {
    fn plain(text: &str) -> &str {
        text.strip_prefix('+').unwrap_or(text)
    }
    plain(one).eq_ignore_ascii_case(plain(other))
}

/// A record in the making.
#[derive(Default)]
pub(super) struct Draft {
    terms: Vec<String>,
    /// Some server is vouched for.
    vouches: bool,
    /// It ends in another's word.
    pub(super) redirects: bool,
    /// Something that let others pass was left out.
    pub(super) narrowed: bool,
}

impl Draft {
    /// Takes over the terms that are `wanted`, but for `all` and for ranges that open the record.
    pub(super) fn take(&mut self, record: &Record, wanted: impl Fn(&Term) -> bool) {
        let has_all = record.all().is_some();
        for term in record.terms.iter().filter(|term| wanted(term)) {
            match &term.kind {
                TermKind::Directive(directive) => {
                    if directive.mechanism == Mechanism::All {
                        continue;
                    }
                    if opens(directive) {
                        self.narrowed |= !is_private(directive);
                        continue;
                    }
                    self.vouches |= vouches(directive);
                }
                TermKind::Modifier(Modifier::Redirect(..)) => {
                    // Beside `all` it was never used (RFC 7208 §6.1).
                    if has_all {
                        continue;
                    }
                    self.redirects = true;
                }
                TermKind::Modifier(_) => {}
            }
            let text = term.to_string();
            if !self.terms.iter().any(|known| same_term(known, &text)) {
                self.terms.push(text);
            }
        }
    }

    /// The record. A domain that sends is never left without a server that may: then its own mail exchanges
    /// are named. Exchanges of another's only receive, as a rule: where they are all that is known, nothing is
    /// handed over, for honest mail would be disowned.
    pub(super) fn finish(mut self, ending: &str, scene: &Scene<'_>) -> Option<String> {
        let mut ending = ending;
        if !self.vouches && !self.redirects {
            match scene.sending() {
                Sending::Yes if scene.runs_its_exchanges() => {
                    self.terms.push("mx".to_owned());
                    ending = "~all";
                }
                Sending::No => ending = "-all",
                Sending::Yes | Sending::Unknown => return None,
            }
        }
        let mut words = vec!["v=spf1".to_owned()];
        words.append(&mut self.terms);
        if !ending.is_empty() {
            words.push(ending.to_owned());
        }
        Some(words.join(" "))
    }
}
