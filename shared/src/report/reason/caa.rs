//! What can be said about CAA records.

use serde::Serialize;

/// Why a finding about CAA records has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum CaaReason {}
