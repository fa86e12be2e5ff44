//! What travels over the WebSocket: JSON, one message a frame, subprotocol [`SUBPROTOCOL`].
//!
//! The client says one thing: which domain. The server says at once what it is, then one observation
//! after another (its plan is made of observations too), then that it has finished; or why it will not.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::DomainName;
use crate::evidence::{Observation, Vantage};
use crate::time::Millis;

/// The subprotocol of RFC 6455 §1.9 that carries the version.
pub const SUBPROTOCOL: &str = "postern.v1";
/// Octets of a client's message before it is refused.
pub const MAX_CLIENT_MESSAGE: usize = 4096;
/// Octets of a server's message: a reply of a hundred long lines fits.
pub const MAX_SERVER_MESSAGE: usize = 512 * 1024;

/// What a client may say.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// Scan this domain. Never an address: the server dials only what it finds itself.
    Scan {
        /// The domain.
        domain: DomainName,
        /// Everything that its servers take is to be found out, in as many connections as that needs. Only a server
        /// whose [`Limits`] say so does that.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        deep: bool,
    },
}

/// What a server may say.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerMessage {
    /// The first message.
    Welcome {
        /// From where it looks.
        vantage: Vantage,
        /// What it holds itself to.
        limits: Limits,
    },
    /// Something was seen.
    Observed(Observation),
    /// What is being done now, for people who wait; no fact.
    Progress(Progress),
    /// The last message of a scan.
    Finished {
        /// How long it took.
        took: Millis,
    },
    /// The scan will not be made, or not to its end.
    Refused {
        /// Why.
        code: RefusalCode,
        /// When to come back, in seconds.
        retry_after: Option<u32>,
    },
}

/// A server's limits, as it tells them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Limits {
    /// Connections to one address in one scan.
    pub connections_per_address: u8,
    /// Scans of one client in a minute.
    pub scans_per_minute: u32,
    /// Seconds between two scans of one domain.
    pub cool_down: u32,
    /// Whether it makes deep scans.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub deep: bool,
}

/// What is being done now.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Looking up the mail exchanges.
    Resolving,
    /// Asking blocklists about an address.
    Blocklists {
        /// The address.
        address: std::net::IpAddr,
    },
    /// Connecting to an address.
    Connecting {
        /// The address.
        address: std::net::IpAddr,
    },
    /// Waiting for an answer; servers that make strangers wait are seen here.
    Waiting {
        /// The address.
        address: std::net::IpAddr,
        /// For the answer to what.
        step: crate::evidence::Step,
    },
    /// Fetching the MTA-STS policy.
    FetchingPolicy {
        /// From which host.
        host: crate::dns::Name,
    },
    /// Keeping the distance between two connections.
    Pausing {
        /// The address.
        address: std::net::IpAddr,
    },
}

/// Why a server will not scan.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// All places are taken.
    Busy,
    /// This client asked for too many scans.
    TooManyRequests,
    /// This domain is being scanned, or was a moment ago.
    CoolingDown,
    /// The message could not be read.
    BadMessage,
    /// The client speaks another version.
    UnknownVersion,
    /// The client did not say anything for too long.
    IdleTooLong,
    /// The page that asks is not one that this server serves.
    ForeignOrigin,
    /// The server is going down.
    ShuttingDown,
    /// The whole scan took longer than a scan may.
    TookTooLong,
    /// The people of this domain asked not to be probed.
    OptedOut,
    /// This server makes no deep scans.
    NotDeep,
}

/// Reads a message of the other side.
///
/// # Errors
/// The text is not a message of this version.
pub fn decode<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, BadMessage> {
    crate::json::read(text).map_err(|_| BadMessage)
}

/// Writes a message for the other side.
#[must_use]
pub fn encode<T: Serialize>(message: &T) -> String {
    // Strings, numbers and lists only: nothing in it can fail to be written.
    serde_json::to_string(message).unwrap_or_default()
}

/// The text is no message of this version.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BadMessage;

impl fmt::Display for BadMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a message of {SUBPROTOCOL}")
    }
}

impl core::error::Error for BadMessage {}
