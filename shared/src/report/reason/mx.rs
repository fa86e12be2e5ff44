//! What can be said about MX records.

use serde::Serialize;

/// Why a finding about MX records has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum MxReason {}
