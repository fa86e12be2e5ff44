//! The way to each mail server, as far as no language is needed to tell it.

use crate::dns::Name;
use crate::gather::Gather;
use crate::report::{Downgrade, Hold, Offer, Passage, Sender};

/// Mail servers of which the same is to be said.
pub(super) struct Way<'a> {
    pub(super) exchanges: Vec<&'a Name>,
    pub(super) kept: Kept,
}

/// What senders who were told to insist on encryption do there.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Kept {
    /// These deliver encrypted and to no other server; whether there are more of them is not known.
    For(&'static [Sender]),
    /// These cannot deliver.
    Out(&'static [Sender]),
    /// Those who check DANE deliver encrypted, and to whoever answers; the others take what they get.
    Encrypted,
    /// Nobody was told to.
    ByNobody(Offer),
    /// We could not see.
    Unknown,
}

/// The mail servers, those together of which the same is to be said.
pub(super) fn ways(downgrade: &Downgrade) -> Vec<Way<'_>> {
    let mut ways: Vec<Way<'_>> = Vec::new();
    for passage in &downgrade.exchanges {
        let kept = kept(passage);
        match ways.iter_mut().find(|way| way.kept == kept) {
            Some(way) => way.exchanges.push(&passage.exchange),
            None => ways.push(Way {
                exchanges: [&passage.exchange].into_iter().gather(),
                kept,
            }),
        }
    }
    ways
}

fn kept(passage: &Passage) -> Kept {
    let refused = senders(passage, Hold::Refuses);
    let sure = senders(passage, Hold::Insists);
    if !refused.is_empty() {
        Kept::Out(refused)
    } else if !sure.is_empty() {
        Kept::For(sure)
    } else if !senders(passage, Hold::Unknown).is_empty() {
        Kept::Unknown
    } else if passage.dane == Hold::Encrypts {
        Kept::Encrypted
    } else {
        Kept::ByNobody(passage.starttls)
    }
}

/// The senders who do this there.
fn senders(passage: &Passage, hold: Hold) -> &'static [Sender] {
    match (passage.dane == hold, passage.mta_sts == hold) {
        (true, true) => &[Sender::Dane, Sender::MtaSts],
        (true, false) => &[Sender::Dane],
        (false, true) => &[Sender::MtaSts],
        (false, false) => &[],
    }
}
