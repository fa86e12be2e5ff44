//! Why a finding about the ports where people hand in mail has its status.

use serde::Serialize;

use super::Reason;

/// The reasons of this check (RFC 6409, RFC 8314).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum SubmissionReason {
    /// Nobody hands in mail here: the ports are closed.
    #[serde(rename = "submission_closed")]
    Closed,
    /// Silence on the ports of another's server: closed to strangers at least.
    #[serde(rename = "submission_elsewhere")]
    Elsewhere,
    /// Login is offered, and only inside TLS.
    #[serde(rename = "submission_in_tls")]
    InTls {
        /// The port.
        port: u16,
    },
    /// Passwords are asked for in clear too: TLS is there, but may be left out.
    #[serde(rename = "submission_optional_tls")]
    OptionalTls {
        /// The port.
        port: u16,
        /// The mechanisms that send the password.
        mechanisms: Vec<String>,
    },
    /// Passwords are asked for in clear, and there is no TLS.
    #[serde(rename = "submission_in_clear")]
    InClear {
        /// The port.
        port: u16,
        /// The mechanisms that send the password.
        mechanisms: Vec<String>,
    },
    /// There is no TLS.
    #[serde(rename = "submission_without_tls")]
    WithoutTls {
        /// The port.
        port: u16,
    },
    /// TLS is announced, or due at once, and does not come about.
    #[serde(rename = "submission_broken_tls")]
    BrokenTls {
        /// The port.
        port: u16,
    },
    /// STARTTLS was put off.
    #[serde(rename = "submission_deferred")]
    Deferred {
        /// The port.
        port: u16,
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// A server answers, and offers no login.
    #[serde(rename = "submission_without_login")]
    WithoutLogin {
        /// The port.
        port: u16,
    },
}

impl From<SubmissionReason> for Reason {
    fn from(reason: SubmissionReason) -> Self {
        Self::Submission(reason)
    }
}
