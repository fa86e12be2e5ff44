//! What can be said about DNSSEC.

use serde::Serialize;

/// Why a finding about DNSSEC has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum DnssecReason {}
