//! What can be said about BIMI.

use serde::Serialize;

/// Why a finding about BIMI has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum BimiReason {}
