//! The tree of records that a domain's record stands for.

use serde::Serialize;

use super::{Cause, Problem, Qualifier};
use crate::dns::Failure;
use crate::span::Span;

/// All records that a full walk reaches, whoever the sender is.
///
/// An evaluation stops at the first match; a walk does not, so its counts are those of a sender who
/// matches nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tree {
    /// The domain's own record.
    pub root: Node,
    /// Terms that cause a look-up (RFC 7208 §4.6.4), over all records; one included twice counts twice.
    pub lookups: u32,
    /// Terms whose look-up finds nothing for a client on IPv4.
    pub void_lookups_ipv4: u32,
    /// Terms whose look-up finds nothing for a client on IPv6.
    pub void_lookups_ipv6: u32,
    /// The eleventh term that causes a look-up: whoever is not matched before it gets `permerror`.
    pub limit_at: Option<Place>,
    /// The first `all` of the effective record, `redirect=` followed; nothing where there is none.
    pub all: Option<Qualifier>,
    /// IPv4 addresses that pass by `ip4`, `a`, `mx` or `all`, each once: at most 2³². An upper bound,
    /// for what an earlier directive takes away is not subtracted.
    pub ipv4_addresses: u64,
    /// IPv6 networks of 64 bits of the global unicast space that pass, in whole or in part, each once: at most 2⁶¹.
    /// An upper bound too.
    pub ipv6_networks: u64,
    /// Everything that makes an evaluation end in error, each once, in the order of the walk; at most
    /// 500.
    pub problems: Vec<Problem>,
    /// Everything that is allowed and unwise, each once, in the order of the walk; at most 500.
    pub notes: Vec<Note>,
    /// The tree is larger than anybody will evaluate: what lies beyond was not walked or not listed.
    pub truncated: bool,
}

impl Tree {
    /// Whether nobody knows what a part of the tree holds: a look-up failed.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        let mut causes = self.problems.iter().map(|problem| &problem.cause);
        causes.any(|cause| matches!(cause, Cause::LookupFailed { .. }))
    }

    /// What makes an evaluation end in error at a term of the record of `domain`, or inside of it.
    pub fn problems_at(&self, domain: &str, term: Span) -> impl Iterator<Item = &Problem> {
        let here = move |problem: &&Problem| {
            problem.domain == domain && problem.span.is_some_and(|span| term.holds(span))
        };
        self.problems.iter().filter(here)
    }

    /// What is unwise about a term of the record of `domain`.
    pub fn notes_at(&self, domain: &str, term: Span) -> impl Iterator<Item = &Note> {
        let here = move |note: &&Note| {
            note.domain == domain && note.span.is_some_and(|span| term.holds(span))
        };
        self.notes.iter().filter(here)
    }
}

/// One record of the tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// The domain whose record this is.
    pub domain: String,
    /// What its TXT records hold.
    pub status: RecordStatus,
    /// The record as published, joined (§3.3); nothing unless there is exactly one.
    pub record: Option<String>,
    /// Its terms in the order written, also those that cannot be read.
    pub terms: Vec<TermNode>,
    /// Terms that cause a look-up, here and below.
    pub lookups: u32,
}

/// What the TXT records of a name hold (RFC 7208 §4.5).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordStatus {
    /// Exactly one record.
    One,
    /// None, though the name exists.
    None,
    /// The name does not exist.
    NxDomain,
    /// Too many.
    Several(u32),
    /// Nobody knows.
    Failed(Failure),
}

/// One term of a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermNode {
    /// Its place in the record.
    pub span: Span,
    /// The term as written.
    pub text: String,
    /// Whether an evaluation can get here: not behind `all`, and readable.
    pub reached: bool,
    /// What it looks up.
    pub target: Target,
    /// Terms that cause a look-up: itself and those below.
    pub lookups: u32,
    /// Whether its look-up finds nothing for a client on IPv4.
    pub void_ipv4: bool,
    /// Whether its look-up finds nothing for a client on IPv6.
    pub void_ipv6: bool,
    /// IPv4 addresses that pass through this term, and through what it leads to; each once, as in [`Tree::ipv4_addresses`].
    pub ipv4_addresses: u64,
    /// IPv6 networks of 64 bits that pass through it, as in [`Tree::ipv6_networks`].
    pub ipv6_networks: u64,
    /// The record that `include:` or `redirect=` leads to.
    pub child: Option<Node>,
}

impl TermNode {
    /// Its look-ups, IPv4 addresses and IPv6 networks, as far as they are news: that `ip4` with one address lets one
    /// pass it says itself.
    #[must_use]
    pub fn figures(&self) -> [u64; 3] {
        let news = |n: u64| if n > 1 || self.lookups > 0 { n } else { 0 };
        let [ipv4, ipv6] = [self.ipv4_addresses, self.ipv6_networks].map(news);
        [self.lookups.into(), ipv4, ipv6]
    }
}

/// The name that a term looks up.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// It looks nothing up.
    None,
    /// This name.
    Name(String),
    /// A name that macros make of the message (RFC 7208 §7): counted, never resolved.
    DependsOnMessage(String),
}

/// A term of one of the records.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Place {
    /// The domain whose record holds it.
    pub domain: String,
    /// Where in that record.
    pub span: Span,
}

/// Something allowed and unwise, and where.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Note {
    /// The domain whose record it is in.
    pub domain: String,
    /// Where in that record; nothing when the whole is meant.
    pub span: Option<Span>,
    /// What it is.
    pub code: NoteCode,
}

/// What is allowed and unwise.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteCode {
    /// The range begins in the middle of itself: the bits behind the prefix length are not zero.
    HostBitsSet,
    /// More than 450 octets: the answer may no longer fit into 512 (RFC 7208 §3.4).
    LongRecord {
        /// Octets of the joined text.
        octets: u32,
    },
    /// The widest of the record's own ranges, where these let more pass than any sender has: as good as `+all`.
    OpenRanges,
    /// More than 512 octets: the answer cannot fit.
    OversizeRecord {
        /// Octets of the joined text.
        octets: u32,
    },
    /// `?all`: to be treated as no record at all (§8.2).
    NeutralAll,
    /// Neither `all` nor `redirect=`: the same as `?all` (§4.7).
    NoAll,
    /// `+all`: everybody may send.
    PassAll,
    /// `ptr`, which "SHOULD NOT be published" (§5.5).
    Ptr,
    /// `%{p}`, which "SHOULD NOT be published" (§7.2).
    PtrMacro,
    /// `redirect=` beside `all` is never used (§6.1).
    RedirectWithAll,
    /// The record was included or redirected to before: each time costs look-ups.
    RepeatedInclude {
        /// The domain that comes again.
        target: String,
    },
    /// The same term stands earlier in the record.
    RepeatedTerm,
    /// A second `v=spf1` reads as a modifier without meaning.
    RepeatedVersion,
    /// A range that is not of the public internet: private, loopback, documentation and the like.
    SpecialPurposeRange,
    /// DNS cannot hold the name: the term matches nobody (§4.8).
    TargetMalformed {
        /// The name as the macros made it.
        target: String,
    },
    /// A colon, a slash or an at sign in a name: the grammar allows them, but no host is called so.
    TargetNotHost {
        /// The name as written.
        target: String,
    },
    /// A term behind `all` is never evaluated (§5.1).
    TermAfterAll,
    /// The third look-up that finds nothing for a client on IPv6, though IPv4 has fewer: such a client
    /// gets `permerror` unless it was matched before (§4.6.4).
    TooManyVoidLookupsIpv6,
    /// A modifier that no standard knows has no effect (§6).
    UnknownModifier {
        /// Its name as written.
        name: String,
    },
    /// The look-up finds nothing, neither for IPv4 nor for IPv6: the term matches nobody.
    VoidLookup,
    /// One term that lets in a whole IPv4 /8 or IPv6 /16, or more.
    WideRange {
        /// The prefix length.
        prefix: u8,
    },
}
