//! Why a finding about STARTTLS has its status.

use std::net::IpAddr;

use serde::Serialize;

use super::Reason;
use crate::dns::Name;

/// The reasons of this check, all of them RFC 3207's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum StartTlsReason {
    /// TLS came about.
    #[serde(rename = "starttls_works")]
    Works,
    /// A full handshake failed, but the server answered a hello: some senders agree with it, those of today may not.
    #[serde(rename = "starttls_works_for_some")]
    WorksForSome,
    /// Not announced.
    #[serde(rename = "starttls_missing")]
    Missing,
    /// The server knows HELO alone: no extensions (RFC 5321 §4.1.1.1).
    #[serde(rename = "starttls_helo_alone")]
    HeloAlone,
    /// The keyword is overwritten: something on the way takes STARTTLS out.
    #[serde(rename = "starttls_stripped")]
    Stripped {
        /// What stands in its place, safe to show.
        keyword: String,
    },
    /// Announced, and the key with which the server signs is not that of its certificate (RFC 8446 §4.4.3).
    #[serde(rename = "starttls_key_mismatch")]
    KeyMismatch,
    /// Announced, and every handshake failed.
    #[serde(rename = "starttls_broken")]
    Broken {
        /// What went wrong, safe to show.
        detail: String,
    },
    /// Announced, and refused when asked for.
    #[serde(rename = "starttls_refused")]
    Refused {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// Announced, and put off when asked for (§4): no verdict.
    #[serde(rename = "starttls_deferred")]
    Deferred {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// Only some of the mail servers are without.
    #[serde(rename = "starttls_partly")]
    Partly {
        /// Which.
        hosts: Vec<Name>,
    },
    /// Only some of the addresses of mail servers are without.
    #[serde(rename = "starttls_some_addresses")]
    SomeAddresses {
        /// Which.
        addresses: Vec<IpAddr>,
    },
}

impl From<StartTlsReason> for Reason {
    fn from(reason: StartTlsReason) -> Self {
        Self::StartTls(reason)
    }
}
