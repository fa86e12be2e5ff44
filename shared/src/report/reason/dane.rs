//! What can be said about DANE.

use serde::Serialize;

use super::Reason;
use crate::dane::Unusable;
use crate::dns::Name;

/// Why a finding about DANE has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum DaneReason {
    /// There are records that senders can use, and they fit each certificate that was seen.
    #[serde(rename = "dane_fits")]
    Fits {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// There are records, and none fits a certificate that was seen: senders that know DANE cannot deliver.
    #[serde(rename = "dane_differs")]
    Differs {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// The records name an authority, and its certificate does not come along (RFC 7672 §3.1.2).
    #[serde(rename = "dane_authority_not_sent")]
    AuthorityNotSent {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// A record that fits no certificate that was seen, beside one that does.
    #[serde(rename = "dane_idle_record")]
    IdleRecord {
        /// Where it stands.
        name: Name,
        /// The record.
        text: String,
    },
    /// There are records, and the server offers no TLS: senders that know DANE cannot deliver.
    #[serde(rename = "dane_bare")]
    Bare {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// There are records that senders can use; the certificate was not compared.
    #[serde(rename = "dane_usable")]
    Usable {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// There are records, but the MX records that lead to them are not secure.
    #[serde(rename = "dane_not_effective")]
    NotEffective,
    /// There are no records.
    #[serde(rename = "dane_missing")]
    Missing {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// There are no records, and without DNSSEC there cannot be.
    #[serde(rename = "dane_needs_dnssec")]
    NeedsDnssec,
    /// An MTA-STS policy does in place of DANE.
    #[serde(rename = "dane_mta_sts_instead")]
    MtaStsInstead,
    /// There are records which nobody looks at, as they are not signed.
    #[serde(rename = "dane_in_vain")]
    InVain {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Questions for the records fail: senders must wait.
    #[serde(rename = "dane_withheld")]
    Withheld {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// There are records, and none that senders can use.
    #[serde(rename = "dane_useless")]
    Useless {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// A record that senders cannot use.
    #[serde(rename = "dane_useless_record")]
    UselessRecord {
        /// Where it stands.
        name: Name,
        /// The record.
        text: String,
        /// Why.
        why: Unusable,
    },
    /// A certificate or key stands in DNS whole.
    #[serde(rename = "dane_full")]
    Full {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// The next renewal of the certificate makes the records wrong.
    #[serde(rename = "dane_renewal_breaks")]
    RenewalBreaks {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// One record alone: no room for the next key.
    #[serde(rename = "dane_alone")]
    Alone {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// SHA-256 beside SHA-512: senders may look at the latter alone.
    #[serde(rename = "dane_agility")]
    Agility {
        /// The mail servers.
        hosts: Vec<Name>,
    },
}

impl From<DaneReason> for Reason {
    fn from(reason: DaneReason) -> Self {
        Self::Dane(reason)
    }
}
