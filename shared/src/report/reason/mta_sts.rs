//! What can be said about MTA-STS.

use serde::Serialize;

/// Why a finding about MTA-STS has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum MtaStsReason {}
