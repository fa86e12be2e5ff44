//! All that a server takes: versions, suites, groups, whose order counts. For a scan of one's own servers only.
//!
//! An [`Enumeration`] knows of no socket: it is asked for offers, of which several may be made at the same time, and told
//! what came of each. Versions are asked apart, so that their hellos can be under way together; an older one waits until
//! it is known whether the newer one is taken at all. Of a version that takes much, parts of the suites are asked apart as
//! well.

mod chain;

use postern_shared::evidence::{Chosen, HelloAnswer, Offer};
use postern_shared::tls::Version;

use super::hello::MAX_SUITES;
use super::hello::candidates::CURVES;
use chain::{Chain, Status};

#[cfg(test)]
mod tests;

/// Hellos that are made at most, whatever the answers.
pub const MAX_HELLOS: usize = 240;
/// Silent answers after which nothing more is asked, when nothing else came between.
const MAX_SILENT: usize = 6;
/// Answers that were waited for in vain, or were no TLS, after which nothing more is asked.
const MAX_VAIN: usize = 8;

/// `protocol_version`: the server speaks no version that was offered.
const PROTOCOL_VERSION: u8 = 70;

/// The versions that have a chain, the newest first.
const VERSIONS: [Version; 5] = [
    Version::Tls13,
    Version::Tls12,
    Version::Tls11,
    Version::Tls10,
    Version::Ssl3,
];

/// What an answer belongs to.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct TaskId(Work);

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Work {
    /// Suites and groups of a version: its place among the chains.
    Chain(usize),
    /// Is SSL 2 taken?
    Ssl2,
    /// Is a second try with less than the best refused (RFC 7507)?
    Fallback,
}

/// The hellos that find out all that a server takes.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// One for each of [`VERSIONS`], then what was split off of them.
    chains: Vec<Chain>,
    /// Whether they were made.
    ssl2: bool,
    fallback: bool,
    /// What is under way.
    under_way: Vec<Work>,
    /// What got no answer and is to be asked once more.
    again: Vec<(Work, Offer)>,
    /// What was asked once more already.
    repeated: Vec<Work>,
    made: usize,
    silent: usize,
    vain: usize,
    /// Whether a closed connection is the server's way to say no.
    is_curt: bool,
    is_stopped: bool,
}

impl Default for Enumeration {
    fn default() -> Self {
        Self::new()
    }
}

impl Enumeration {
    /// Nothing is known yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            chains: VERSIONS.map(Chain::new).into(),
            ssl2: false,
            fallback: false,
            under_way: Vec::new(),
            again: Vec::new(),
            repeated: Vec::new(),
            made: 0,
            silent: 0,
            vain: 0,
            is_curt: false,
            is_stopped: false,
        }
    }

    /// An offer to make; nothing while none can be made before something is [heard](Self::heard), and when it
    /// [is done](Self::is_done).
    pub fn next_offer(&mut self) -> Option<(TaskId, Offer)> {
        if self.is_stopped || self.made >= MAX_HELLOS {
            return None;
        }
        let (work, offer) = match self.again.pop() {
            Some(again) => again,
            None => self
                .works()
                .find_map(|work| Some((work, self.offer(work)?)))?,
        };
        match work {
            Work::Chain(_) => {}
            Work::Ssl2 => self.ssl2 = true,
            Work::Fallback => self.fallback = true,
        }
        self.under_way.push(work);
        self.made += 1;
        Some((TaskId(work), offer))
    }

    /// Whether nothing is under way and nothing left to ask.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let is_spent = self.is_stopped || self.made >= MAX_HELLOS;
        let nothing_left =
            || self.again.is_empty() && self.works().all(|it| self.offer(it).is_none());
        self.under_way.is_empty() && (is_spent || nothing_left())
    }

    /// All that there is to do, the longest first. What is not ready yet is passed over.
    fn works(&self) -> impl Iterator<Item = Work> + use<> {
        let parts = (VERSIONS.len()..self.chains.len()).map(Work::Chain);
        [1, 0, 2, 3, 4]
            .map(Work::Chain)
            .into_iter()
            .chain(parts)
            .chain([Work::Ssl2, Work::Fallback])
    }

    /// What came of an offer.
    pub fn heard(&mut self, task: TaskId, offer: &Offer, answer: &HelloAnswer) {
        let TaskId(work) = task;
        let Some(place) = self.under_way.iter().position(|it| *it == work) else {
            return;
        };
        self.under_way.remove(place);
        match answer {
            HelloAnswer::Closed | HelloAnswer::TimedOut | HelloAnswer::NotTls(_) => {
                self.vain += usize::from(*answer != HelloAnswer::Closed);
                self.silence(work, offer, answer);
            }
            _ => {
                self.silent = 0;
                self.repeated.retain(|it| *it != work);
                if let Work::Chain(at) = work {
                    self.answered(at, offer, answer);
                }
            }
        }
    }

    /// A closed connection proves nothing: it is asked again. If then nothing comes either, while other hellos are
    /// answered, this is how the server says no.
    fn silence(&mut self, work: Work, offer: &Offer, answer: &HelloAnswer) {
        self.silent += 1;
        if self.silent >= MAX_SILENT || self.vain >= MAX_VAIN {
            self.is_stopped = true;
            return;
        }
        let is_no = self.is_curt && *answer == HelloAnswer::Closed;
        if !is_no && !self.repeated.contains(&work) {
            self.repeated.push(work);
            self.again.push((work, offer.clone()));
            return;
        }
        self.repeated.retain(|it| *it != work);
        self.is_curt |= self.chains.iter().any(|chain| !chain.taken.is_empty());
        if let Work::Chain(at) = work {
            self.refused(at, offer);
        }
    }

    fn answered(&mut self, at: usize, offer: &Offer, answer: &HelloAnswer) {
        match answer {
            HelloAnswer::Chosen(chosen) if chosen.version == offer.version => {
                let Some(chain) = self.chains.get_mut(at) else {
                    return;
                };
                chain.chose(offer, chosen);
                let parts = chain.split();
                self.chains.extend(parts);
                let is_part = at >= VERSIONS.len();
                let place = VERSIONS.iter().position(|it| *it == chosen.version);
                if let Some(whole) = place
                    .filter(|_| is_part)
                    .and_then(|at| self.chains.get_mut(at))
                {
                    whole.adopt(chosen.suite);
                }
                self.teach(at);
            }
            HelloAnswer::Chosen(chosen) => self.chose_older(at, offer, chosen),
            HelloAnswer::Alert(alert) => {
                let chain = self.chains.get_mut(at);
                // Whatever the suites.
                if let Some(chain) = chain.filter(|_| *alert == PROTOCOL_VERSION) {
                    chain.stop_if_open();
                }
                self.refused(at, offer);
            }
            // What cannot be read will not be understood the next time.
            _ => {
                if let Some(chain) = self.chains.get_mut(at) {
                    chain.stop();
                }
                self.teach(at);
            }
        }
    }

    /// A lower version than was offered at most: nothing of those between is taken with these suites.
    fn chose_older(&mut self, at: usize, offer: &Offer, chosen: &Chosen) {
        let place_of = |version: Version| VERSIONS.iter().position(|it| *it == version);
        let (Some(offered), Some(place)) = (place_of(offer.version), place_of(chosen.version))
        else {
            return;
        };
        let between = (offered + 1..place).chain([at]);
        for index in between {
            match self.chains.get_mut(index) {
                Some(chain) if chain.status == Status::Open => chain.stop(),
                Some(chain) => chain.refused(offer),
                None => {}
            }
        }
        // What the refusal of the newer ones tells comes before what was found.
        self.teach(offered);
        if let Some(chain) = self.chains.get_mut(place) {
            chain.found(chosen);
        }
        self.teach(place);
    }

    fn refused(&mut self, at: usize, offer: &Offer) {
        if let Some(chain) = self.chains.get_mut(at) {
            chain.refused(offer);
        }
        self.rule_out(at);
        self.teach(at);
    }

    /// Who takes nothing of TLS 1.1 or less, offered with all that servers of its time had, takes no older version.
    fn rule_out(&mut self, at: usize) {
        let is_old = VERSIONS.get(at).is_some_and(|it| *it <= Version::Tls11);
        let is_refused = |chain: &Chain| chain.status == Status::Refused;
        if is_old && self.chains.get(at).is_some_and(is_refused) {
            let older = self.chains.iter_mut().take(VERSIONS.len()).skip(at);
            older.for_each(Chain::stop);
        }
    }

    /// When it is known whether a version is taken, the next older one learns from it.
    fn teach(&mut self, at: usize) {
        let chains = self.chains.iter_mut().take(VERSIONS.len());
        let mut chains = chains.skip(at.max(1));
        let Some(mut newer) = chains.next() else {
            return;
        };
        for older in chains {
            if newer.status == Status::Open {
                return;
            }
            older.follow(newer);
            newer = older;
        }
    }

    /// What this work has to offer now.
    fn offer(&self, work: Work) -> Option<Offer> {
        let is_under_way = self.under_way.contains(&work);
        let is_to_be_repeated = self.again.iter().any(|(it, _)| *it == work);
        if is_under_way || is_to_be_repeated {
            return None;
        }
        match work {
            Work::Chain(at) => {
                let newer = at.checked_sub(1).and_then(|newer| self.chains.get(newer));
                let is_older = (2..VERSIONS.len()).contains(&at);
                let waits = is_older && newer.is_some_and(|newer| newer.status == Status::Open);
                let chain = self.chains.get(at).filter(|_| !waits)?;
                chain.offer()
            }
            Work::Ssl2 => (!self.ssl2).then_some(Offer {
                version: Version::Ssl2,
                suites: Vec::new(),
                groups: Vec::new(),
                fallback: false,
            }),
            Work::Fallback => self.second_try(),
        }
    }

    /// With the second of the versions that the server takes, a second try makes no sense, and is to be refused.
    fn second_try(&self) -> Option<Offer> {
        if self.fallback {
            return None;
        }
        let mut taken = 0;
        for chain in self.chains.iter().take(VERSIONS.len()) {
            match chain.status {
                Status::Open => return None,
                Status::Refused => {}
                Status::Taken | Status::Done => taken += 1,
            }
            if taken == 2 {
                let suites = chain.taken.iter().take(MAX_SUITES);
                return (!chain.taken.is_empty()).then(|| Offer {
                    version: chain.version,
                    suites: suites.copied().collect(),
                    groups: CURVES.to_vec(),
                    fallback: true,
                });
            }
        }
        None
    }
}
