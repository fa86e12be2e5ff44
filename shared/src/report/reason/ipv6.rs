//! Why a finding about IPv6 has its status.

use serde::Serialize;

use super::Reason;
use crate::dns::Name;

/// The reasons of this check.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum Ipv6Reason {
    /// Mail servers answer over IPv6.
    #[serde(rename = "ipv6_reachable")]
    Reachable {
        /// Which.
        hosts: Vec<Name>,
    },
    /// Others have no IPv6 address.
    #[serde(rename = "ipv6_only_some")]
    OnlySome {
        /// Which have none.
        hosts: Vec<Name>,
    },
    /// Mail servers have an IPv6 address at which nothing answers.
    #[serde(rename = "ipv6_unreachable")]
    Unreachable {
        /// Which.
        hosts: Vec<Name>,
    },
    /// No mail server has an IPv6 address.
    #[serde(rename = "ipv6_absent")]
    Absent,
}

impl From<Ipv6Reason> for Reason {
    fn from(reason: Ipv6Reason) -> Self {
        Self::Ipv6(reason)
    }
}
