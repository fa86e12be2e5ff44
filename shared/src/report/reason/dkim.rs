//! What can be said about DKIM keys.

use serde::Serialize;

/// Why a finding about DKIM keys has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum DkimReason {}
