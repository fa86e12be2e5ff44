//! Which hellos are worth their connections, when there are only a few.
//!
//! Each is a question whose answer changes a verdict; the most telling come first, and an answer decides what is asked
//! next. A [`Plan`] knows of no socket: it is asked for an offer, and told what came of it.

use std::collections::VecDeque;

use postern_shared::evidence::{HelloAnswer, Link, Offer, TlsFact};
use postern_shared::tls::{Authentication, Group, KeyExchange, Level, Suite, Version, Weakness};

use super::hello::MAX_SUITES;
use super::hello::candidates::{CURVES, HYBRIDS, WEAK_CURVES, suites};

#[cfg(test)]
mod tests;

/// Of the suites in the question of weak ones, how many may be insufficient; the rest are to be phased out.
const INSUFFICIENT: usize = 42;

/// `protocol_version`: the server speaks no version that was offered.
const PROTOCOL_VERSION: u8 = 70;

/// What a completed handshake showed: nothing, where there was none.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Shown {
    /// The version.
    pub version: Option<Version>,
    /// The suite.
    pub suite: Option<Suite>,
    /// The group.
    pub group: Option<Group>,
    /// The kind of the key in the server's own certificate.
    pub key: Option<Authentication>,
}

impl Shown {
    /// What stands in the evidence of a handshake.
    #[must_use]
    pub fn of(fact: &TlsFact) -> Self {
        let leaf = fact.chain.as_ref().and_then(|chain| chain.links.first());
        let key = match leaf {
            Some(Link::Read(leaf)) => match leaf.key.as_str() {
                "RSA" => Some(Authentication::Rsa),
                "EC" | "Ed25519" | "Ed448" => Some(Authentication::Ecdsa),
                _ => None,
            },
            _ => None,
        };
        let suite = Suite::named(&fact.suite);
        // Up to TLS 1.2 the suite tells it, too.
        let by_suite = suite
            .and_then(Suite::authentication)
            .filter(|it| *it != Authentication::Apart);
        Self {
            version: Version::named(&fact.version),
            suite,
            group: fact.group.as_deref().and_then(Group::named),
            key: key.or(by_suite),
        }
    }

    /// A hello that must work, because a handshake with the same did.
    fn control(&self) -> Option<Offer> {
        Some(Offer {
            version: self.version?,
            suites: vec![self.suite?],
            groups: self
                .group
                .map_or_else(|| CURVES.to_vec(), |group| vec![group]),
            fallback: false,
        })
    }
}

/// The hellos to a server, one after another.
#[derive(Clone, Debug)]
pub struct Plan {
    shown: Shown,
    /// How many connections may still be made.
    budget: u8,
    questions: VecDeque<Question>,
    /// What is asked at the moment.
    asking: Asking,
    /// An offer to be made before anything else.
    again: Option<Offer>,
    /// Silent answers in a row.
    silent: u8,
    /// Whether silence is the server's way to say no: it answered a control.
    is_curt: bool,
    learnt: Learnt,
}

/// What was learnt so far.
#[derive(Clone, Debug, Default)]
struct Learnt {
    /// The version up to TLS 1.1 that was taken.
    old: Option<Version>,
    /// The level of the weak suite that was taken.
    weak: Option<Level>,
    /// TLS 1.2 is not taken.
    without_12: bool,
    /// The last offer up to TLS 1.2 of which something was chosen.
    answered: Option<Offer>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Question {
    /// Is anything up to TLS 1.1 taken?
    Old,
    /// Is a suite taken in TLS 1.2 that is insufficient or to be phased out?
    Weak,
    /// One that is insufficient?
    Insufficient,
    /// Is SSL 3 taken?
    Ssl3,
    /// Is there a certificate with the other kind of key?
    OtherKey,
    /// Is a group taken that quantum computers cannot break?
    Hybrid,
    /// Is a weak curve taken in TLS 1.2?
    WeakCurves,
    /// Whose order of suites counts? For that, one answer is compared with that to the same suites in reverse.
    Order,
    /// The reverse of it.
    Reverse,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Asking {
    Question(Question),
    /// Does the server still answer what it answered before?
    Control,
}

impl Plan {
    /// For a server that showed this in its handshake, with so many connections at most.
    #[must_use]
    pub fn new(shown: &Shown, budget: u8) -> Self {
        Self {
            shown: *shown,
            budget,
            questions: VecDeque::from([
                Question::Old,
                Question::Weak,
                Question::Insufficient,
                Question::Ssl3,
                Question::OtherKey,
                Question::Hybrid,
                Question::WeakCurves,
                Question::Order,
            ]),
            asking: Asking::Question(Question::Old),
            again: None,
            silent: 0,
            is_curt: false,
            learnt: Learnt::default(),
        }
    }

    /// The next offer to make; nothing when all is said. What comes of it is to be told with [`Self::heard`] before the
    /// next one is asked for.
    pub fn next_offer(&mut self) -> Option<Offer> {
        self.budget = self.budget.checked_sub(1)?;
        if let Some(offer) = self.again.take() {
            return Some(offer);
        }
        while let Some(question) = self.questions.pop_front() {
            if let Some(offer) = self.offer(question) {
                self.asking = Asking::Question(question);
                return Some(offer);
            }
        }
        None
    }

    /// What came of an offer.
    pub fn heard(&mut self, offer: &Offer, answer: &HelloAnswer) {
        if matches!(
            answer,
            HelloAnswer::Closed | HelloAnswer::TimedOut | HelloAnswer::NotTls(_)
        ) {
            self.silence(offer);
            return;
        }
        self.silent = 0;
        match self.asking {
            Asking::Question(question) => self.learn(question, offer, answer),
            Asking::Control => match answer {
                HelloAnswer::Chosen(_) => self.is_curt = true,
                // It was to work: whatever this is, it would be taken for an answer to what is asked next.
                _ => self.budget = 0,
            },
        }
    }

    /// A closed connection proves nothing: the same again, then something that must work, then no more.
    fn silence(&mut self, offer: &Offer) {
        if self.is_curt {
            return;
        }
        self.silent += 1;
        self.again = match (self.asking, self.silent) {
            (Asking::Question(_), 1) => Some(offer.clone()),
            (Asking::Question(_), _) => self.shown.control(),
            (Asking::Control, _) => None,
        };
        if self.silent > 1 {
            self.asking = Asking::Control;
        }
        if self.again.is_none() {
            self.budget = 0;
        }
    }

    fn learn(&mut self, question: Question, offer: &Offer, answer: &HelloAnswer) {
        let learnt = &mut self.learnt;
        match (question, answer) {
            (question, HelloAnswer::Chosen(chosen)) => {
                if offer.version < Version::Tls13 && offer.suites.len() > 1 {
                    learnt.answered = Some(offer.clone());
                }
                match question {
                    Question::Old => learnt.old = Some(chosen.version),
                    Question::Weak => learnt.weak = Some(chosen.suite.level()),
                    _ => {}
                }
                // Less than was offered at most.
                learnt.without_12 |=
                    offer.version == Version::Tls12 && chosen.version < offer.version;
            }
            (Question::Weak, HelloAnswer::Alert(PROTOCOL_VERSION)) => learnt.without_12 = true,
            _ => {}
        }
    }

    /// What a question offers; nothing where it is answered, or makes no sense here.
    fn offer(&mut self, question: Question) -> Option<Offer> {
        let with_12 = |suites, groups: &[Group]| Offer {
            version: Version::Tls12,
            suites,
            groups: groups.to_vec(),
            fallback: false,
        };
        let has_12 = !self.learnt.without_12;
        match question {
            Question::Old => Some(old(Version::Tls11)),
            Question::Weak => Some(with_12(weak(), &CURVES)),
            Question::Insufficient => (has_12 && self.learnt.weak == Some(Level::PhaseOut))
                .then(|| with_12(of_level(Level::Insufficient, MAX_SUITES), &CURVES)),
            Question::Ssl3 => (self.learnt.old > Some(Version::Ssl3)).then(|| old(Version::Ssl3)),
            Question::OtherKey => {
                let key = self.other_key()?;
                has_12.then(|| with_12(strong(Some(key)), &CURVES))
            }
            Question::Hybrid => self.may_be_hybrid().then(|| Offer {
                version: Version::Tls13,
                suites: suites(Version::Tls13),
                groups: HYBRIDS.to_vec(),
                fallback: false,
            }),
            Question::WeakCurves => has_12.then(|| with_12(strong(None), &WEAK_CURVES)),
            Question::Order if self.learnt.answered.is_none() => {
                self.questions.push_back(Question::Reverse);
                has_12.then(|| with_12(strong(None), &CURVES))
            }
            Question::Order | Question::Reverse => {
                let mut offer = self.learnt.answered.take()?;
                offer.suites.reverse();
                Some(offer)
            }
        }
    }

    fn other_key(&self) -> Option<Authentication> {
        match self.shown.key? {
            Authentication::Rsa => Some(Authentication::Ecdsa),
            Authentication::Ecdsa => Some(Authentication::Rsa),
            _ => None,
        }
    }

    /// Not of a server that chose TLS 1.2 when TLS 1.3 was offered, nor of one that has shown it already.
    fn may_be_hybrid(&self) -> bool {
        self.shown.version.is_none_or(|it| it == Version::Tls13)
            && !self.shown.group.is_some_and(Group::is_hybrid)
    }
}

/// At most this old version, with all that servers of its time had.
fn old(version: Version) -> Offer {
    let groups = if version > Version::Ssl3 {
        CURVES.to_vec()
    } else {
        Vec::new()
    };
    Offer {
        version,
        suites: suites(version),
        groups,
        fallback: false,
    }
}

/// The suites of TLS 1.2 with a level that are met most.
fn of_level(level: Level, count: usize) -> Vec<Suite> {
    let suites = suites(Version::Tls12).into_iter();
    suites
        .filter(|it| it.level() == level)
        .take(count)
        .collect()
}

/// The worst first: a server without an order of its own takes those.
fn weak() -> Vec<Suite> {
    let mut weak = of_level(Level::Insufficient, INSUFFICIENT);
    weak.sort_by_key(|suite| worst(*suite));
    weak.extend(of_level(Level::PhaseOut, MAX_SUITES - INSUFFICIENT));
    weak
}

/// How bad it is: the place of its worst weakness.
fn worst(suite: Suite) -> usize {
    let place = Weakness::ALL.iter().position(|it| suite.has(*it));
    place.unwrap_or(Weakness::ALL.len())
}

/// The sufficient suites of TLS 1.2, of servers that prove themselves so; all have new keys each time.
fn strong(key: Option<Authentication>) -> Vec<Suite> {
    let mut strong = of_level(Level::Sufficient, MAX_SUITES);
    strong.retain(|suite| {
        suite.key_exchange() == KeyExchange::Ecdhe
            && key.is_none_or(|key| suite.authentication() == Some(key))
    });
    strong
}
