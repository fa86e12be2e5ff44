//! What can be said about BIMI.

use serde::Serialize;

use crate::bimi;
use crate::dns::Name;

/// Why a finding about BIMI has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum BimiReason {
    /// No record: nothing is wrong with that.
    #[serde(rename = "bimi_missing")]
    Missing,
    /// The domain declines to take part.
    #[serde(rename = "bimi_declined")]
    Declined,
    /// A text that was meant as a record and is none.
    #[serde(rename = "bimi_ignored")]
    Ignored {
        /// The text.
        text: String,
    },
    /// Several records: none counts.
    #[serde(rename = "bimi_several")]
    Several {
        /// How many.
        count: u32,
    },
    /// Something is wrong in the record, at a place.
    #[serde(rename = "bimi_diagnostic")]
    Diagnostic {
        /// The record's text.
        text: String,
        /// What is wrong, and where.
        diagnostic: bimi::Diagnostic,
    },
    /// The record is sound, but DMARC is not what receivers ask for before they show a logo.
    #[serde(rename = "bimi_needs_dmarc")]
    NeedsDmarc {
        /// What is missing.
        need: BimiNeed,
    },
    /// The record is sound.
    #[serde(rename = "bimi_published")]
    Published {
        /// Whether it points to a certificate.
        evidence: bool,
    },
    /// The record is the organizational domain's.
    #[serde(rename = "bimi_inherited")]
    Inherited {
        /// Where it is.
        name: Name,
    },
}

/// What DMARC must say before a logo is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BimiNeed {
    /// `quarantine` or `reject`.
    Enforcement,
    /// The same for subdomains: no `sp=none`.
    Subdomains,
    /// No test mode.
    NoTesting,
    /// `quarantine` for all mail: no `pct` below 100.
    AllMail,
}
