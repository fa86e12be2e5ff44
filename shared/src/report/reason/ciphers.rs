//! What can be said about the suites and groups of TLS.

use serde::Serialize;

use super::Reason;
use crate::tls::{Group, Suite};

/// Why a finding about suites and groups has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum CipherReason {
    /// Weak suites were asked for, and none is taken.
    #[serde(rename = "ciphers_safe")]
    Safe,
    /// Suites are taken that do not keep mail from being read.
    #[serde(rename = "ciphers_open")]
    Open {
        /// Which.
        suites: Vec<Suite>,
    },
    /// Suites are taken that the guidelines call insufficient, beside better ones.
    #[serde(rename = "ciphers_insufficient")]
    Insufficient {
        /// Which.
        suites: Vec<Suite>,
    },
    /// No better suites are taken than insufficient ones.
    #[serde(rename = "ciphers_only_insufficient")]
    OnlyInsufficient {
        /// Which.
        suites: Vec<Suite>,
    },
    /// Suites are taken that are to be given up.
    #[serde(rename = "ciphers_phase_out")]
    PhaseOut {
        /// Which.
        suites: Vec<Suite>,
    },
    /// A Diffie-Hellman exchange goes over a prime that is too short.
    #[serde(rename = "ciphers_short_prime")]
    ShortPrime {
        /// Its length in bits.
        bits: u32,
    },
    /// A Diffie-Hellman exchange goes over a prime of the server's own, or over none that is named.
    #[serde(rename = "ciphers_own_prime")]
    OwnPrime {
        /// Its length in bits.
        bits: u32,
    },
    /// Groups are taken that are to be given up, or are not to be used.
    #[serde(rename = "ciphers_weak_groups")]
    WeakGroups {
        /// Which.
        groups: Vec<Group>,
    },
    /// TLS compresses.
    #[serde(rename = "ciphers_compression")]
    Compression,
    /// A handshake can be put in front of another's (RFC 5746).
    #[serde(rename = "ciphers_insecure_renegotiation")]
    InsecureRenegotiation,
    /// The master secret is not bound to the handshake (RFC 7627).
    #[serde(rename = "ciphers_no_extended_master_secret")]
    NoExtendedMasterSecret,
    /// Senders choose among the suites, not the server.
    #[serde(rename = "ciphers_client_order")]
    ClientOrder,
    /// Groups are taken that hold against quantum computers too.
    #[serde(rename = "ciphers_post_quantum")]
    PostQuantum {
        /// Which.
        groups: Vec<Group>,
    },
    /// Whether weak suites are taken was not learned.
    #[serde(rename = "ciphers_not_asked")]
    NotAsked,
}

impl From<CipherReason> for Reason {
    fn from(reason: CipherReason) -> Self {
        Self::Ciphers(reason)
    }
}
