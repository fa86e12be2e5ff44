//! What was seen, and how it folds into one body of evidence.
//!
//! An [`Observation`] is a fact with a time and an identity; [`Evidence`] is a set of them about one
//! domain. Folding is total, idempotent and commutative: facts may arrive in any order, twice, from
//! the browser's resolver and from a probe server at once, and the evidence is the same.

mod fold;
mod observation;
mod policy;
mod smtp;
mod tls;

pub use fold::{Evidence, LoadError};
pub use observation::{
    BlocklistFact, BlocklistOutcome, BlocklistTest, DnsFact, Fact, Family, Observation,
    ObservationId, ProbeOutcome, SelectorFact, SelectorSource, TargetFact, TargetRuling, Unlisted,
    Vantage,
};
pub use policy::{NoPolicy, PolicyFact, PolicyFile, PolicyOutcome};
pub use smtp::{ConnectFailure, DialogueKind, FailedHandshake, NoReply, SmtpEvent, SmtpFact, Step};
pub use tls::{
    Certificate, Chain, Chosen, Digests, Hello, HelloAnswer, Link, Offer, Path, TlsFact, Trust,
};
