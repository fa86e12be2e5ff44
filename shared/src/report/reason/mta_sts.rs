//! Why a finding about MTA-STS has its status.

use serde::Serialize;

use crate::dns::Name;
use crate::evidence::NoPolicy;
use crate::mta_sts::{Diagnostic, Mode, NearMiss, PolicyDiagnosticCode};

/// The reasons of this check, all of them RFC 8461's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum MtaStsReason {
    /// No record.
    #[serde(rename = "mta_sts_absent")]
    Absent,
    /// No record, but DANE does the same work.
    #[serde(rename = "mta_sts_needless")]
    Needless,
    /// Several records: none counts (§3.1).
    #[serde(rename = "mta_sts_several")]
    Several {
        /// How many.
        count: u32,
    },
    /// Something at the name that was meant as a record and is none.
    #[serde(rename = "mta_sts_ignored")]
    Ignored {
        /// The record's text.
        text: String,
        /// How it comes close.
        near_miss: NearMiss,
    },
    /// Something is wrong in the record, at a place.
    #[serde(rename = "mta_sts_record")]
    Record {
        /// The record's text.
        text: String,
        /// What is wrong, and where.
        diagnostic: Diagnostic,
    },
    /// There is a record, and no policy could be fetched (§3.3).
    #[serde(rename = "mta_sts_not_fetched")]
    NotFetched {
        /// The policy host.
        host: Name,
        /// Why.
        why: NoPolicy,
    },
    /// Something is wrong in the policy, at a place.
    #[serde(rename = "mta_sts_policy")]
    Policy {
        /// The line, counted from 1.
        line: u32,
        /// What stands at the place, safe to show.
        text: String,
        /// What is wrong.
        diagnostic: PolicyDiagnosticCode,
    },
    /// The policy is served as something else than `text/plain` (§3.2).
    #[serde(rename = "mta_sts_media_type")]
    MediaType {
        /// As what, safe to show; nothing where the server does not say.
        media_type: Option<String>,
    },
    /// The policy does not name mail exchanges of the domain.
    #[serde(rename = "mta_sts_uncovered")]
    Uncovered {
        /// Which.
        exchanges: Vec<Name>,
        /// Whether it names no other either.
        all: bool,
        /// The policy's mode.
        mode: Mode,
    },
    /// Certificates of mail exchanges are not valid for them, or not at all (§4.2).
    #[serde(rename = "mta_sts_certificate_refused")]
    CertificateRefused {
        /// Whose.
        exchanges: Vec<Name>,
        /// Whether no other is left that mail can go to.
        all: bool,
        /// The policy's mode.
        mode: Mode,
    },
    /// Mail exchanges offer no TLS, which the policy demands (§5).
    #[serde(rename = "mta_sts_bare")]
    Bare {
        /// Which.
        exchanges: Vec<Name>,
        /// Whether no other is left that mail can go to.
        all: bool,
        /// The policy's mode.
        mode: Mode,
    },
    /// The policy enforces, and names every mail exchange.
    #[serde(rename = "mta_sts_enforces")]
    Enforces {
        /// For how long senders remember it, in seconds.
        max_age: u32,
    },
    /// The policy is on trial: senders report what they would do.
    #[serde(rename = "mta_sts_testing")]
    Testing,
    /// The policy is withdrawn (`mode: none`).
    #[serde(rename = "mta_sts_withdrawn")]
    Withdrawn,
}
