//! What can be said about DNSSEC.

use serde::Serialize;

use super::Reason;
use crate::dns::Name;

/// Why a finding about DNSSEC has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum DnssecReason {
    /// The domain and all its mail servers are secure.
    #[serde(rename = "dnssec_secure")]
    Secure,
    /// The domain's zone is not signed.
    #[serde(rename = "dnssec_unsigned")]
    Unsigned,
    /// The zone is signed, but its parent has no DS record.
    #[serde(rename = "dnssec_island")]
    Island {
        /// The zone's keys.
        key_tags: Vec<u16>,
    },
    /// The zone is signed and its parent says so, and still it counts as unsigned.
    #[serde(rename = "dnssec_not_trusted")]
    NotTrusted,
    /// Resolvers that validate withhold the domain's answers.
    #[serde(rename = "dnssec_bogus")]
    Bogus,
    /// The parent names keys that the zone does not have.
    #[serde(rename = "dnssec_keys_differ")]
    KeysDiffer {
        /// Those that the parent names.
        named: Vec<u16>,
        /// Those that the zone has.
        keys: Vec<u16>,
    },
    /// The addresses of these mail servers are not signed.
    #[serde(rename = "dnssec_hosts_unsigned")]
    HostsUnsigned {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Resolvers that validate withhold the addresses of these mail servers.
    #[serde(rename = "dnssec_hosts_bogus")]
    HostsBogus {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Nobody could be asked about these mail servers.
    #[serde(rename = "dnssec_hosts_unseen")]
    HostsUnseen {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// The zone is signed with an algorithm that is no longer safe.
    #[serde(rename = "dnssec_weak_algorithm")]
    WeakAlgorithm {
        /// Its number.
        algorithm: u8,
    },
    /// The parent names keys by a digest that is no longer safe.
    #[serde(rename = "dnssec_weak_digest")]
    WeakDigest {
        /// The keys.
        key_tags: Vec<u16>,
    },
    /// The resolver that was asked does not validate.
    #[serde(rename = "dnssec_unvalidated")]
    Unvalidated,
}

impl From<DnssecReason> for Reason {
    fn from(reason: DnssecReason) -> Self {
        Self::Dnssec(reason)
    }
}
