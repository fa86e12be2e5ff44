//! All suites and groups that a server takes in one version.
//!
//! A hello offers all that is open; the server picks a suite and a group, and each hello finds one of both. There are more
//! suites than groups up to TLS 1.2: there a suite is offered no more once it was found, and a group after all others, so
//! that nothing is refused because of its group. In TLS 1.3, where groups are more, it is the other way round. When the
//! suites are through, hellos with those that were found look for the groups that are left.

use postern_shared::evidence::{Chosen, Offer};
use postern_shared::tls::{Group, KeyExchange, Suite, Version};

use crate::tls::hello::MAX_SUITES;
use crate::tls::hello::candidates::{CURVES, GROUPS, HYBRIDS, WEAK_CURVES, suites};

/// Suites of a version after which it is clear that a server takes many, so that those that are left are asked for in
/// parts: one of today takes fewer.
const MANY: usize = 8;

/// Into how many parts: each costs a connection more, and TLS 1.2 has by far the most suites.
const fn parts(version: Version) -> usize {
    match version {
        Version::Tls12 => 5,
        _ => 2,
    }
}

/// The hellos of one version, or of some of its suites.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) version: Version,
    /// What may still be found.
    suites: Vec<Suite>,
    groups: Vec<Group>,
    /// What was found, in that order.
    pub(super) taken: Vec<Suite>,
    taken_groups: Vec<Group>,
    pub(super) status: Status,
    order: Order,
    /// Of groups, whose order counts.
    group_order: Order,
    /// A hello of its own was answered: what is chosen next can be held against that.
    is_begun: bool,
    /// A hello with open suites and open groups was refused: they are looked for one after the other.
    apart: bool,
    /// Others ask for a share of its suites.
    is_shared: bool,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    /// Nothing of the version was taken yet.
    Open,
    /// Something was.
    Taken,
    /// Something was, and nothing is left to ask.
    Done,
    /// Nothing of it is taken.
    Refused,
}

/// Whose order decides.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Order {
    Unknown,
    /// The client's: of the same two, now one was chosen and now the other.
    Client,
    /// The server's, or there is nothing to choose from.
    Server,
}

impl Chain {
    pub(super) fn new(version: Version) -> Self {
        let (groups, taken_groups) = match version {
            Version::Tls13 => ([&HYBRIDS[..], &GROUPS].concat(), Vec::new()),
            Version::Tls12 => (curves(), Vec::new()),
            // Older versions know no other groups than TLS 1.2: where that is taken, those are not asked again.
            Version::Tls11 | Version::Tls10 => (Vec::new(), curves()),
            Version::Ssl3 | Version::Ssl2 => (Vec::new(), Vec::new()),
        };
        Self {
            version,
            suites: suites(version),
            groups,
            taken: Vec::new(),
            taken_groups,
            status: Status::Open,
            order: Order::Unknown,
            group_order: Order::Unknown,
            is_begun: false,
            apart: false,
            is_shared: false,
        }
    }

    /// Learns from a newer version, of which something or nothing was taken.
    pub(super) fn follow(&mut self, newer: &Self) {
        if self.status != Status::Open {
            return;
        }
        self.order = newer.order;
        if newer.status == Status::Refused && self.groups.is_empty() {
            // No newer version has told which groups are taken.
            self.groups = std::mem::take(&mut self.taken_groups);
        }
    }

    /// What can be asked apart from now on, at the same time as the rest: once a version is taken, the suites that are
    /// hardly ever met, and where many are taken, a share of those that are left.
    pub(super) fn split(&mut self) -> Vec<Self> {
        if self.status != Status::Taken || self.version >= Version::Tls13 || self.apart {
            return Vec::new();
        }
        if self.suites.len() > MAX_SUITES {
            let rare = self.suites.split_off(MAX_SUITES);
            return vec![self.part(rare)];
        }
        let parts = parts(self.version);
        if self.is_shared || self.taken.len() < MANY || self.suites.len() < parts {
            return Vec::new();
        }
        self.is_shared = true;
        let left = std::mem::take(&mut self.suites);
        let share = |of: usize| left.iter().skip(of).step_by(parts).copied().collect();
        self.suites = share(0);
        (1..parts).map(|of| self.part(share(of))).collect()
    }

    /// Some of the suites of a version that is taken. Groups are no longer its affair.
    fn part(&self, suites: Vec<Suite>) -> Self {
        let groups = match self.version {
            Version::Ssl3 | Version::Ssl2 => Vec::new(),
            _ => curves(),
        };
        Self {
            version: self.version,
            suites,
            groups: Vec::new(),
            taken: Vec::new(),
            taken_groups: groups,
            status: Status::Taken,
            // That is the affair of the others as well: what is chosen twice here shows nothing.
            order: Order::Server,
            group_order: Order::Server,
            is_begun: false,
            apart: false,
            is_shared: self.is_shared,
        }
    }

    /// Learns of a suite that a part of it has found. If it is the first that needs a group, there is something to look for.
    pub(super) fn adopt(&mut self, suite: Suite) {
        let had_any = !self.with_groups().is_empty();
        if !self.taken.contains(&suite) {
            self.taken.push(suite);
        }
        let has_any = !self.with_groups().is_empty();
        if self.status == Status::Done && !had_any && has_any && !self.groups.is_empty() {
            self.status = Status::Taken;
        }
    }

    pub(super) const fn is_over(&self) -> bool {
        matches!(self.status, Status::Done | Status::Refused)
    }

    /// The next hello; nothing when it is over.
    pub(super) fn offer(&self) -> Option<Offer> {
        if self.is_over() {
            return None;
        }
        let (suites, groups) = if self.suites.is_empty() && self.status == Status::Taken {
            (self.with_groups(), self.open_groups())
        } else if self.apart || self.groups.is_empty() {
            (self.open_suites(), self.taken_groups.clone())
        } else {
            (self.open_suites(), self.open_groups())
        };
        (!suites.is_empty()).then_some(Offer {
            version: self.version,
            suites,
            groups,
            fallback: false,
        })
    }

    /// Open suites, and some of those that were found.
    fn open_suites(&self) -> Vec<Suite> {
        let behind = self.behind();
        let open = self.suites.iter().take(MAX_SUITES - behind.len());
        open.copied().chain(behind).collect()
    }

    /// The suites that stand behind the open ones.
    fn behind(&self) -> Vec<Suite> {
        let last = || {
            self.taken
                .iter()
                .rev()
                .take(MAX_SUITES / 2)
                .copied()
                .collect()
        };
        let in_order = self.order == Order::Client && !self.groups.is_empty();
        if self.apart {
            return Vec::new();
        }
        // The first that was found, to see whose order counts.
        if self.asks_order() {
            return last();
        }
        if self.version == Version::Tls13 {
            let is_in_vain = self.groups.is_empty() || self.order == Order::Server;
            return if is_in_vain { Vec::new() } else { last() };
        }
        // In the last hello about suites, to look for groups as well.
        let mut found = Vec::new();
        if in_order && self.suites.len() < MAX_SUITES {
            found = self.with_groups();
            found.truncate(MAX_SUITES - self.suites.len());
        }
        found
    }

    fn asks_order(&self) -> bool {
        self.order == Order::Unknown && self.taken.len() == 1 && self.version < Version::Tls13
    }

    /// Open groups, and up to TLS 1.2 behind them those that were found: who has an elliptic certificate must be offered
    /// its curve, too (RFC 8422 §5.1).
    fn open_groups(&self) -> Vec<Group> {
        let mut groups = self.groups.clone();
        if self.group_order != Order::Server && self.version < Version::Tls13 {
            groups.extend(&self.taken_groups);
        }
        groups
    }

    /// The suites that were found and need a group, in reverse, which shows whose order counts.
    fn with_groups(&self) -> Vec<Suite> {
        let needs = |suite: &&Suite| {
            matches!(
                suite.key_exchange(),
                KeyExchange::Ecdhe | KeyExchange::Apart
            )
        };
        let found = self.taken.iter().rev().filter(needs);
        found.take(MAX_SUITES).copied().collect()
    }

    /// The server chose something of an offer, in this version.
    pub(super) fn chose(&mut self, offer: &Offer, chosen: &Chosen) {
        if self.is_over() {
            return;
        }
        let before = self.left();
        self.chose_suite(offer, chosen.suite);
        if let Some(group) = chosen.group {
            self.chose_group(offer, group);
        }
        self.settle(before);
    }

    /// The server chose something of this version, of an offer that was about a newer one.
    pub(super) fn found(&mut self, chosen: &Chosen) {
        if self.is_over() {
            return;
        }
        self.status = Status::Taken;
        if let Some(place) = self.suites.iter().position(|it| *it == chosen.suite) {
            self.suites.remove(place);
            self.taken.push(chosen.suite);
        }
        if let Some(place) = self.groups.iter().position(|it| Some(*it) == chosen.group) {
            self.taken_groups.push(self.groups.remove(place));
        }
    }

    fn chose_suite(&mut self, offer: &Offer, suite: Suite) {
        let was_begun = std::mem::replace(&mut self.is_begun, true);
        self.status = Status::Taken;
        if let Some(place) = self.suites.iter().position(|it| *it == suite) {
            let compared = offer.suites.iter().any(|it| self.taken.contains(it));
            if was_begun && compared && self.order == Order::Unknown {
                // A hello before had offered both, too, and the other one was chosen.
                self.order = Order::Client;
            }
            self.suites.remove(place);
            self.taken.push(suite);
        } else if !offer.suites.iter().any(|it| self.suites.contains(it)) {
            // It was about groups.
        } else if self.order != Order::Client {
            self.order = Order::Server;
        } else if self.version == Version::Tls13 {
            // There seems to be no other; a hello without those that were found will tell.
            self.apart = true;
        } else {
            // All that stood before it would have been preferred.
            self.suites.retain(|it| !offer.suites.contains(it));
        }
    }

    fn chose_group(&mut self, offer: &Offer, group: Group) {
        let tried = offer.groups.iter().any(|it| self.groups.contains(it));
        if let Some(place) = self.groups.iter().position(|it| *it == group) {
            if self.group_order == Order::Unknown && !self.taken_groups.is_empty() {
                self.group_order = Order::Client;
            }
            self.groups.remove(place);
            self.taken_groups.push(group);
        } else if tried && self.group_order != Order::Client {
            self.group_order = Order::Server;
        } else if tried && self.suites.is_empty() {
            self.groups.clear();
        }
    }

    /// The server took nothing of an offer.
    pub(super) fn refused(&mut self, offer: &Offer) {
        if self.is_over() {
            return;
        }
        let before = self.left();
        let any = |of: &[Suite]| offer.suites.iter().any(|it| of.contains(it));
        let any_group = |of: &[Group]| offer.groups.iter().any(|it| of.contains(it));
        let is_about_suites = any(&self.suites);
        // Groups that were found stand there, or nothing depends on groups.
        let groups_are_good = any_group(&self.taken_groups)
            || !any_group(&self.groups)
            || self.taken_groups.is_empty();
        if self.status == Status::Open || (is_about_suites && groups_are_good) {
            self.suites.retain(|it| !offer.suites.contains(it));
        } else if !is_about_suites || any(&self.with_groups()) {
            self.groups.clear();
        } else {
            self.apart = true;
        }
        self.settle(before);
    }

    /// Nothing more is to be asked, whatever is open.
    pub(super) const fn stop(&mut self) {
        self.status = match self.status {
            Status::Taken | Status::Done => Status::Done,
            Status::Open | Status::Refused => Status::Refused,
        };
    }

    /// The version is not taken, unless it was.
    pub(super) fn stop_if_open(&mut self) {
        if self.status == Status::Open {
            self.stop();
        }
    }

    /// What is not known yet: every hello changes it, or was in vain.
    const fn left(&self) -> (usize, usize, Status, Order, Order, bool) {
        (
            self.suites.len(),
            self.groups.len(),
            self.status,
            self.order,
            self.group_order,
            self.apart,
        )
    }

    fn settle(&mut self, before: (usize, usize, Status, Order, Order, bool)) {
        let needs_groups = !self.groups.is_empty() && !self.with_groups().is_empty();
        let is_through = self.suites.is_empty() && (self.status == Status::Open || !needs_groups);
        if is_through || self.left() == before {
            self.stop();
        }
    }
}

/// All curves of TLS 1.2 and older.
fn curves() -> Vec<Group> {
    [&CURVES[..], &WEAK_CURVES].concat()
}
