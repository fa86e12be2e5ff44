//! What SPF says to strangers.

use crate::report::{Reason, Stranger};
use crate::spf::{Cause, OPEN_IPV4, OPEN_IPV6, Outcome, SpfResult, Tree};

/// SPF's word on strangers of either family: the one that lets more through.
pub(crate) struct Word<'a> {
    /// The word; nothing while it cannot be known.
    pub(crate) stranger: Option<Stranger>,
    /// The evaluation that it comes from.
    pub(crate) outcome: &'a Outcome,
    /// Why strangers pass, where they do.
    pub(crate) opened: Reason,
}

impl<'a> Word<'a> {
    /// Weighs what a stranger on IPv4 gets against what one on IPv6 gets.
    pub(crate) fn read(tree: &Tree, ipv4: &'a Outcome, ipv6: &'a Outcome) -> Self {
        let word = |stranger, outcome, opened| Word {
            stranger,
            outcome,
            opened,
        };
        let (four, six) = (plain(ipv4), plain(ipv6));
        if four == Some(Stranger::Pass) {
            return word(four, ipv4, Reason::SpfOpen);
        }
        if tree.ipv4_addresses > OPEN_IPV4 && four != Some(Stranger::PermError) {
            let addresses = tree.ipv4_addresses;
            return word(Some(Stranger::Pass), ipv4, Reason::SpfWide { addresses });
        }
        let wide = tree.ipv6_networks > OPEN_IPV6;
        if wide && !matches!(six, Some(Stranger::Pass | Stranger::PermError)) {
            return word(Some(Stranger::Pass), ipv6, Reason::SpfWideOverIpv6);
        }
        let counts = match six {
            Some(Stranger::Pass) => true,
            // Hosts without IPv6 make void look-ups for such strangers alone: a note says so.
            Some(Stranger::PermError) if has_void_lookups(ipv6) => false,
            Some(_) => four.is_some() && six > four,
            None => false,
        };
        if counts {
            word(six, ipv6, Reason::SpfOpenOverIpv6)
        } else {
            word(four, ipv4, Reason::SpfOpen)
        }
    }
}

fn has_void_lookups(outcome: &Outcome) -> bool {
    matches!(&outcome.cause, Some(problem) if problem.cause == Cause::TooManyVoidLookups)
}

/// A result as the report names it.
const fn plain(outcome: &Outcome) -> Option<Stranger> {
    match outcome.result {
        SpfResult::None => Some(Stranger::None),
        SpfResult::Neutral => Some(Stranger::Neutral),
        SpfResult::Pass => Some(Stranger::Pass),
        SpfResult::Fail => Some(Stranger::Fail),
        SpfResult::SoftFail => Some(Stranger::SoftFail),
        SpfResult::PermError => Some(Stranger::PermError),
        SpfResult::TempError => None,
    }
}
