//! The TLSA records of one mail server, and what senders make of them.

use std::net::IpAddr;

use super::PORT;
use crate::checks::dnssec::{host_state, unvalidated};
use crate::checks::tls::{self, Live};
use crate::checks::{Exchange, Scene};
use crate::dane::{self, Note, Record, notes};
use crate::dns::{Failure, Name, Question, RecordType};
use crate::dnssec::State;
use crate::evidence::{Chain, ObservationId};
use crate::gather::Gather;
use crate::report::{DnssecReason, Reason};

/// The usage of records that name an authority (RFC 7218 §2.1: DANE-TA).
const AUTHORITY: u8 = 2;

/// One mail server.
pub(super) struct Host<'a> {
    /// Its name in the MX record.
    pub(super) name: &'a Name,
    /// The name under which its records are, or would be.
    pub(super) base: Name,
    /// What senders make of them.
    pub(super) outcome: Outcome,
    /// The certificates that its addresses showed.
    pub(super) live: Vec<(IpAddr, Live<'a>)>,
    /// Whether an address of it offers no TLS.
    pub(super) bare: bool,
    /// The observations that prove it.
    pub(super) proof: Vec<ObservationId>,
}

/// Whether senders that know DANE can deliver where they look for a record that fits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fit {
    /// No certificate was seen.
    NotCompared,
    /// They can: each certificate that was seen has a record.
    Fits,
    /// They cannot: one has none.
    Differs,
    /// They cannot: TLS is a must, and an address offers none (RFC 7672 §2.2).
    Bare,
}

/// What senders make of the records of a mail server (RFC 7672 §2.1.1, §2.1.2, §2.2).
pub(super) enum Outcome {
    /// Senders look for one that fits.
    Usable(Vec<Record>),
    /// There are records, and none that a sender can use: TLS is asked for, and nobody's word is checked.
    Useless(Vec<Record>),
    /// Proven to be absent.
    Absent,
    /// The answers are not signed, so nobody looks at them.
    Insecure {
        /// Whether there are records nevertheless.
        published: bool,
    },
    /// The mail server's zone is signed, and questions for its records fail: senders must wait.
    Withheld,
    /// Nobody could be asked.
    Unseen(Question, State),
}

impl Outcome {
    /// Whether senders look for a record that fits.
    pub(super) const fn is_usable(&self) -> bool {
        matches!(self, Self::Usable(_))
    }

    /// Whether senders take any certificate.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self, Self::Absent | Self::Insecure { .. })
    }

    /// The records that senders see.
    pub(super) fn records(&self) -> &[Record] {
        match self {
            Self::Usable(records) | Self::Useless(records) => records,
            _ => &[],
        }
    }

    /// Whether this is to say about the records.
    pub(super) fn has(&self, note: Note) -> bool {
        notes(self.records()).contains(&note)
    }
}

impl<'a> Host<'a> {
    /// Looks up the records; nothing while answers are wanted.
    pub(super) fn read(scene: &Scene<'_>, name: &'a Name) -> Option<Self> {
        // Wanted at once: it is asked in any case but that of an alias.
        let base = base(name);
        let question = Question::new(base.clone(), RecordType::Tlsa);
        let direct = scene.dns.answer(&question);
        let state = host_state(scene, name)?;
        let host = |base: Name, outcome| {
            let proof = [(&base, RecordType::Tlsa), (name, RecordType::A)];
            let proof = proof
                .into_iter()
                .flat_map(|(name, of)| scene.answered(name, of));
            Some(Self {
                name,
                live: Vec::new(),
                bare: false,
                proof: proof.gather(),
                base,
                outcome,
            })
        };
        match state {
            State::Secure => {}
            State::Insecure => {
                let published = !direct?.response.records().is_empty();
                return host(base, Outcome::Insecure { published });
            }
            unseen => {
                let address = Question::new(name.clone(), RecordType::A);
                return host(base, Outcome::Unseen(address, unseen));
            }
        }
        // Where an alias leads is tried first (RFC 7672 §2.2.3).
        let canonical = canonical(scene, name).map(self::base);
        let mut outcome = Outcome::Absent;
        for base in canonical.iter().chain([&base]) {
            outcome = look(scene, Question::new(base.clone(), RecordType::Tlsa))?;
            if !outcome.is_open() {
                return host(base.clone(), outcome);
            }
        }
        host(canonical.unwrap_or(base), outcome)
    }

    /// The same with the certificates of `exchange`, where records are compared with them, or can be made of them;
    /// nothing while they are awaited.
    pub(super) fn compared<'s: 'a>(
        mut self,
        scene: &Scene<'s>,
        exchange: &Exchange,
    ) -> Option<Self> {
        let live = tls::live(scene, exchange);
        match self.outcome {
            Outcome::Usable(_) => self.live = live?,
            _ => self.live = live.unwrap_or_default(),
        }
        let binds = matches!(self.outcome, Outcome::Usable(_) | Outcome::Useless(_));
        self.bare = binds && tls::is_bare(scene, exchange);
        for (_, live) in &self.live {
            if !self.proof.contains(live.id) {
                self.proof.push(live.id.clone());
            }
        }
        Some(self)
    }

    /// Whether the records fit the certificates: each by itself, for senders reach any of the addresses and agree on
    /// any of the keys.
    pub(super) fn fit(&self, scene: &Scene<'_>) -> Fit {
        let Outcome::Usable(records) = &self.outcome else {
            return if self.bare {
                Fit::Bare
            } else {
                Fit::NotCompared
            };
        };
        let names = names(scene, self.name);
        let fits = |(_, live): &(_, Live<'_>)| dane::fits(records, live.chain, &names);
        match () {
            () if !self.live.iter().all(fits) => Fit::Differs,
            () if self.bare => Fit::Bare,
            () if self.live.is_empty() => Fit::NotCompared,
            () => Fit::Fits,
        }
    }

    /// Whether all records name an authority, and a certificate came alone that fits none: it must come along
    /// (RFC 7672 §3.1.2).
    pub(super) fn lacks_authority(&self) -> bool {
        let usable = self.outcome.records().iter();
        let mut usable = usable.filter(|record| record.unusable().is_none());
        usable.all(|record| record.usage == AUTHORITY)
            && self
                .live
                .iter()
                .any(|(_, live)| live.chain.links.len() == 1 && live.chain.left_out == 0)
    }

    /// The records that can be used and fit no certificate, where others fit all.
    pub(super) fn idle(&self, scene: &Scene<'_>) -> Vec<&Record> {
        if self.fit(scene) != Fit::Fits {
            return Vec::new();
        }
        let names = names(scene, self.name);
        let records = self.outcome.records().iter();
        let is_idle = |record: &&Record| {
            let alone = core::slice::from_ref(*record);
            let fits = |(_, live): &(_, Live<'_>)| dane::fits(alone, live.chain, &names);
            record.unusable().is_none() && !self.live.iter().any(fits)
        };
        records.filter(is_idle).gather()
    }

    /// The records that fit the certificates, one for each key, as zone files write them; nothing where no certificate
    /// was seen, or where our own reading of them does not say that they fit.
    pub(super) fn fitting(&self) -> Option<String> {
        let mut text = String::new();
        for (_, live) in &self.live {
            let line = ["3 1 1 ", &live.chain.leaf()?.digests.key_sha256].concat();
            let record = dane::parse(&line).record?;
            if !dane::fits(&[record], live.chain, &[]) {
                return None;
            }
            if !text.lines().any(|known| known == line) {
                text.push_str(if text.is_empty() { "" } else { "\n" });
                text.push_str(&line);
            }
        }
        (!text.is_empty()).then_some(text)
    }

    /// Why nobody knows, if nobody does.
    pub(super) fn unseen(&self, scene: &Scene<'_>) -> Option<Reason> {
        match &self.outcome {
            Outcome::Unseen(question, state) => Some(match state {
                State::Indeterminate => unvalidated(scene),
                State::Broken(failure) => Reason::DnsFailed {
                    question: question.clone(),
                    failure: *failure,
                },
                _ => DnssecReason::HostsBogus {
                    hosts: vec![self.name.clone()],
                }
                .into(),
            }),
            _ => None,
        }
    }
}

/// The name of a server's records. One that is too long for a prefix can have none: its own name stands for it.
fn base(name: &Name) -> Name {
    name.prefixed(PORT).unwrap_or_else(|_| name.clone())
}

/// The names that a certificate may be for where a trust anchor vouches for it (RFC 7672 §3.2.2): the mail domain's, the
/// mail server's, and that which this is an alias of.
fn names<'a>(scene: &'a Scene<'_>, host: &'a Name) -> Vec<&'a Name> {
    let domain = scene.evidence.domain().name();
    let names = [domain, host].into_iter();
    names.chain(canonical(scene, host)).gather()
}

/// Whether senders that know DANE know the mail server by a record of the key in this chain, so that nothing else in it
/// counts (RFC 7672 §3.1.1). Nothing while answers are wanted.
pub(in crate::checks) fn binds(scene: &Scene<'_>, host: &Name, chain: &Chain) -> Option<bool> {
    let mail = scene.evidence.domain().name().clone();
    let routed = scene.security(&Question::new(mail, RecordType::Mx))?;
    let Outcome::Usable(records) = Host::read(scene, host)?.outcome else {
        return Some(false);
    };
    // Without a name no trust anchor counts.
    Some(routed == State::Secure && dane::fits(&records, chain, &[]))
}

/// Where the aliases of a mail server end, if it is one.
fn canonical<'a>(scene: &Scene<'a>, name: &Name) -> Option<&'a Name> {
    [RecordType::A, RecordType::Aaaa]
        .into_iter()
        .find_map(|family| scene.dns.ask(name, family)?.canonical.as_ref())
}

/// What senders make of the answer to one question, asked about a mail server whose addresses are secure.
fn look(scene: &Scene<'_>, question: Question) -> Option<Outcome> {
    Some(match scene.security(&question)? {
        State::Secure => {
            let records = scene.dns.answer(&question)?.response.records();
            let records: Vec<Record> = records.iter().filter_map(Record::of).gather();
            match records.iter().any(|record| record.unusable().is_none()) {
                true => Outcome::Usable(records),
                false if records.is_empty() => Outcome::Absent,
                false => Outcome::Useless(records),
            }
        }
        // A part of the zone that was given away unsigned: as good as nothing.
        State::Insecure => Outcome::Absent,
        // Whoever fails to answer for it keeps mail waiting; who cannot be reached from here need not.
        State::Bogus | State::Broken(Failure::ServFail) => Outcome::Withheld,
        unseen => Outcome::Unseen(question, unseen),
    })
}
