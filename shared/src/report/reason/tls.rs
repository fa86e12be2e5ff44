//! What can be said about TLS: whether it could be looked at, and its versions.

use serde::Serialize;

use super::Reason;
use crate::tls::Version;

/// Why a finding about TLS has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum TlsReason {
    /// The server does not offer STARTTLS, so there is no TLS to look at.
    #[serde(rename = "tls_not_offered")]
    NotOffered,
    /// Something on the way takes STARTTLS out, so there is no TLS to look at.
    #[serde(rename = "tls_masked")]
    Masked,
    /// The server offers STARTTLS and does not begin with it.
    #[serde(rename = "tls_not_begun")]
    NotBegun {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// No handshake came about, and nothing that the server said tells what it takes.
    #[serde(rename = "tls_not_secured")]
    NotSecured {
        /// What went wrong, safe to show.
        detail: Option<String>,
    },
    /// Only TLS 1.2 and newer are taken.
    #[serde(rename = "tls_versions_new_only")]
    NewOnly {
        /// Which, the oldest first.
        versions: Vec<Version>,
    },
    /// TLS 1.0 or 1.1 are taken too.
    #[serde(rename = "tls_versions_old_too")]
    OldToo {
        /// Which.
        versions: Vec<Version>,
    },
    /// Nothing newer than TLS 1.1 is taken.
    #[serde(rename = "tls_versions_old_only")]
    OldOnly {
        /// The newest.
        best: Version,
    },
    /// SSL is taken.
    #[serde(rename = "tls_versions_ssl")]
    Ssl {
        /// What is taken of SSL, and of TLS before 1.2.
        versions: Vec<Version>,
    },
    /// Whether older versions are taken was not learned.
    #[serde(rename = "tls_versions_old_not_asked")]
    OldNotAsked {
        /// What is known to be taken.
        versions: Vec<Version>,
    },
    /// TLS 1.3 is not taken.
    #[serde(rename = "tls_versions_no_tls13")]
    NoTls13,
}

impl From<TlsReason> for Reason {
    fn from(reason: TlsReason) -> Self {
        Self::Tls(reason)
    }
}
