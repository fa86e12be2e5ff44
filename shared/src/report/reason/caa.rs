//! What can be said about CAA records.

use serde::Serialize;

use crate::dns::Name;

/// Why a finding about CAA records has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum CaaReason {
    /// Any authority may issue.
    #[serde(rename = "caa_absent")]
    Absent,
    /// Only these may issue.
    #[serde(rename = "caa_issuers")]
    Issuers {
        /// Where the set stands.
        at: Name,
        /// The authorities, by the names they go by in CAA.
        issuers: Vec<String>,
    },
    /// Nobody may issue.
    #[serde(rename = "caa_nobody")]
    Nobody {
        /// Where the set stands.
        at: Name,
    },
    /// A critical property that authorities do not know: nobody may issue (RFC 8659 §4.1).
    #[serde(rename = "caa_critical")]
    Critical {
        /// Where the set stands.
        at: Name,
        /// The property's tag.
        tag: String,
    },
    /// The mail servers are another's.
    #[serde(rename = "caa_no_own_hosts")]
    NoOwnHosts,
}
