//! What can be said about the certificates of mail servers.

use serde::Serialize;

use super::Reason;
use crate::dns::Name;
use crate::tls::{CertificateWeakness, Fault};

/// Why a finding about certificates has its status. Where a server shows several, `key` tells them apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum CertificateReason {
    /// Any sender who checks takes it.
    #[serde(rename = "certificate_valid")]
    Valid {
        /// The mail server.
        host: Name,
        /// The algorithm of its key.
        key: Option<String>,
        /// For how many more days.
        days: u32,
    },
    /// It will be out of date soon.
    #[serde(rename = "certificate_ends_soon")]
    EndsSoon {
        /// The mail server.
        host: Name,
        /// The algorithm of its key.
        key: Option<String>,
        /// In how many days.
        days: u32,
    },
    /// A sender who checks refuses it.
    #[serde(rename = "certificate_refused")]
    Refused {
        /// The mail server.
        host: Name,
        /// The algorithm of its key.
        key: Option<String>,
        /// Why.
        why: Fault,
    },
    /// The server does not have its key (RFC 8446 §4.4.3).
    #[serde(rename = "certificate_key_mismatch")]
    KeyMismatch {
        /// The mail server.
        host: Name,
    },
    /// It protects too little, whoever vouches for it.
    #[serde(rename = "certificate_weak")]
    Weak {
        /// The mail server.
        host: Name,
        /// The algorithm of its key.
        key: Option<String>,
        /// Why.
        why: CertificateWeakness,
    },
    /// Senders that know DANE know the server by its key, whatever else its certificate says (RFC 7672 §3.1.1).
    #[serde(rename = "certificate_bound")]
    Bound {
        /// The mail server.
        host: Name,
    },
    /// An MTA-STS policy in force has senders refuse it.
    #[serde(rename = "certificate_enforced")]
    Enforced {
        /// The mail server.
        host: Name,
    },
    /// Its RSA key has fewer than 3072 bits.
    #[serde(rename = "certificate_rsa_2048")]
    Rsa2048 {
        /// The mail server.
        host: Name,
        /// Its length in bits.
        bits: u32,
    },
    /// The certificates that vouch for it came in another order than one vouches for the next.
    #[serde(rename = "certificate_disorder")]
    Disorder {
        /// The mail server.
        host: Name,
    },
    /// The root came along, which whoever checks must have.
    #[serde(rename = "certificate_root_sent")]
    RootSent {
        /// The mail server.
        host: Name,
    },
    /// The handshakes showed no certificate.
    #[serde(rename = "certificate_not_seen")]
    NotSeen,
    /// This machine knows no authorities, so it cannot tell who vouches.
    #[serde(rename = "certificate_no_roots")]
    NoRoots,
}

impl From<CertificateReason> for Reason {
    fn from(reason: CertificateReason) -> Self {
        Self::Certificate(reason)
    }
}
