//! Why a finding about commands behind STARTTLS has its status.

use serde::Serialize;

use super::Reason;

/// The reasons of this check (RFC 3207 §4.2, CVE-2011-0411 and its family).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum InjectionReason {
    /// A command sent in clear was answered inside TLS.
    #[serde(rename = "injection_answered")]
    Answered {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// What waited was thrown away when TLS began.
    #[serde(rename = "injection_discarded")]
    Discarded,
    /// The server does not go on with a command waiting.
    #[serde(rename = "injection_refused")]
    Refused,
    /// STARTTLS was put off.
    #[serde(rename = "injection_deferred")]
    Deferred {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// One answer came, and it cannot be told which command it is for.
    #[serde(rename = "injection_inconclusive")]
    Inconclusive {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// There is no TLS to begin.
    #[serde(rename = "injection_without_tls")]
    WithoutTls,
}

impl From<InjectionReason> for Reason {
    fn from(reason: InjectionReason) -> Self {
        Self::Injection(reason)
    }
}
