//! What can be said about TLS-RPT.

use serde::Serialize;

/// Why a finding about TLS-RPT has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum TlsRptReason {}
