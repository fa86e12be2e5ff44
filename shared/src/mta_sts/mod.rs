//! MTA-STS (RFC 8461): a record that says there is a policy, and the policy itself.
//!
//! [`select`] finds the record among a name's TXT records and [`read`] reads its text; [`read_policy`] reads
//! the file that stands behind it. What a policy means for a mail exchange says [`Policy::covers`]. Nothing
//! here fetches anything.

mod diagnostic;
mod id;
mod pattern;
mod policy;
mod policy_parse;
mod record;

pub use crate::version_tag::{FieldFault, NearMiss};
pub use diagnostic::{
    Diagnostic, DiagnosticCode, PolicyDiagnostic, PolicyDiagnosticCode, PolicyField,
};
pub use id::{digest, next};
pub use pattern::MxPattern;
pub use policy::{Mode, Policy};
pub use policy_parse::{MAX_POLICY, ReadPolicy, read_policy};
pub use record::{Published, Record, Selection, read, select};

use crate::dns::Name;

/// What the record's name begins with (RFC 8461 §3.1).
pub const RECORD_LABEL: &str = "_mta-sts";
/// What the policy host's name begins with (RFC 8461 §3.2).
pub const HOST_LABEL: &str = "mta-sts";
/// Where the policy stands on its host (RFC 8461 §3.2).
pub const POLICY_PATH: &str = "/.well-known/mta-sts.txt";

/// Where the policy of `domain` stands, as people type it (RFC 8461 §3.3).
#[must_use]
pub fn policy_url(domain: &Name) -> String {
    format!("https://{HOST_LABEL}.{domain}{POLICY_PATH}")
}
