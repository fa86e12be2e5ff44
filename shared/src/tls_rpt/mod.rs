//! TLS-RPT (RFC 8460): where senders report whether they could deliver over TLS.
//!
//! [`select`] finds the record among a name's TXT records, [`read`] reads its text.

mod diagnostic;
mod record;

pub use crate::version_tag::{FieldFault, NearMiss};
pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use record::{Published, Record, Selection, Uri, UriTarget, read, select};

/// What the record's name begins with (RFC 8460 §3).
pub const RECORD_LABEL: &str = "_smtp._tls";
