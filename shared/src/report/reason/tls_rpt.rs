//! Why a finding about TLS-RPT has its status.

use serde::Serialize;

use crate::tls_rpt::{Diagnostic, NearMiss};

/// The reasons of this check, all of them RFC 8460's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum TlsRptReason {
    /// No record.
    #[serde(rename = "tls_rpt_absent")]
    Absent,
    /// No record, though MTA-STS or DANE may turn mail away.
    #[serde(rename = "tls_rpt_blind")]
    Blind,
    /// Several records: none counts (§3).
    #[serde(rename = "tls_rpt_several")]
    Several {
        /// How many.
        count: u32,
    },
    /// Something at the name that was meant as a record and is none.
    #[serde(rename = "tls_rpt_ignored")]
    Ignored {
        /// The record's text.
        text: String,
        /// How it comes close.
        near_miss: NearMiss,
    },
    /// Something is wrong in the record, at a place.
    #[serde(rename = "tls_rpt_record")]
    Record {
        /// The record's text.
        text: String,
        /// What is wrong, and where.
        diagnostic: Diagnostic,
    },
    /// Reports have somewhere to go.
    #[serde(rename = "tls_rpt_valid")]
    Valid {
        /// Where, as the record writes it.
        destinations: Vec<String>,
    },
}
