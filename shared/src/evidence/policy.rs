//! What happened when the host of an MTA-STS policy was asked for it (RFC 8461 §3.3).

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::ConnectFailure;
use crate::dns::{Failure, Name};
use crate::mta_sts;
use crate::time::Millis;

/// One fetch.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct PolicyFact {
    /// Whose policy: that of this domain, on the host `mta-sts.` of it.
    pub domain: Name,
    /// The address that was asked; nothing where it did not come to that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// What came of it.
    pub outcome: PolicyOutcome,
    /// How long it took, from the first look-up to the last octet.
    pub took: Millis,
}

impl PolicyFact {
    /// Where the policy stands, as people type it.
    #[must_use]
    pub fn url(&self) -> String {
        mta_sts::policy_url(&self.domain)
    }
}

/// What can come of a fetch.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyOutcome {
    /// A file, over TLS with a valid certificate, with status 200.
    Fetched(PolicyFile),
    /// None.
    NotFetched(NoPolicy),
}

/// The file.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct PolicyFile {
    /// What `Content-Type` says, safe to show.
    pub media_type: Option<String>,
    /// Its text, at most 64 KiB, read lossily as UTF-8.
    pub body: String,
}

/// Why there is no file.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPolicy {
    /// The look-up of the host failed.
    Unresolved(Failure),
    /// The host's name leads to no address.
    NoAddress,
    /// None of its addresses is a public one.
    NotPublic,
    /// It has addresses of IPv6 only, and the probe server has no IPv6.
    NoIpv6,
    /// The people of the host asked not to be probed.
    OptedOut,
    /// The host was visited often a moment ago, by whatever scans.
    Resting,
    /// No TCP connection.
    NotConnected(ConnectFailure),
    /// The probe server has no roots to judge certificates by.
    NoRoots,
    /// Its certificate is not valid for the host.
    Untrusted {
        /// Why, in the TLS library's words, safe to show.
        detail: String,
    },
    /// The TLS handshake failed for another cause.
    NotSecured {
        /// What went wrong, in the TLS library's words, safe to show.
        detail: String,
    },
    /// What came back is no HTTP, or was cut short.
    NotHttp {
        /// What is wrong with it, in the HTTP library's words, safe to show.
        detail: String,
    },
    /// Another status than 200. Redirects must not be followed (RFC 8461 §3.3).
    Status {
        /// The status.
        status: u16,
        /// Where it redirects to, safe to show.
        location: Option<String>,
    },
    /// More than 64 KiB.
    TooLarge,
    /// It was not all there in time.
    TimedOut,
}

impl NoPolicy {
    /// Whether the fault may as well be on our side, or in between: then nothing is known about the policy.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        match self {
            Self::Unresolved(_)
            | Self::NoIpv6
            | Self::OptedOut
            | Self::Resting
            | Self::NoRoots
            | Self::TimedOut
            | Self::NotConnected(
                ConnectFailure::TimedOut | ConnectFailure::Unreachable | ConnectFailure::Local,
            ) => true,
            Self::NoAddress
            | Self::NotPublic
            | Self::NotConnected(ConnectFailure::Refused)
            | Self::Untrusted { .. }
            | Self::NotSecured { .. }
            | Self::NotHttp { .. }
            | Self::Status { .. }
            | Self::TooLarge => false,
        }
    }
}
