//! What can be said about DANE.

use serde::Serialize;

/// Why a finding about DANE has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum DaneReason {}
