//! DMARC: RFC 9989 (policy), RFC 9990 (aggregate reports), and where RFC 7489 readers differ.
//!
//! [`parse`] reads one TXT text. [`discover`] walks the tree from a domain and finds the record that
//! counts and the organizational domain. [`effective_policies`] says what that means for mail in the
//! domain's name and below it, [`align`] whether two domains belong together, and [`verify`] whether those
//! who are to get reports agreed to it.

mod align;
mod caveats;
mod destinations;
mod diagnostic;
mod discover;
mod near_miss;
mod parse;
mod policy;
mod record;
mod repair;
mod tag;
mod uri;
mod walk;

pub use align::{Alignment, align};
pub use caveats::caveats;
pub use destinations::{Destination, DestinationStatus, ReportKind, verify};
pub use diagnostic::{Diagnostic, DiagnosticCode, NearMiss};
pub use discover::{Discovery, PolicyScope, PolicySource, discover};
pub use parse::{Parsed, Published, parse};
pub use policy::{EffectivePolicies, EffectivePolicy, OlderPolicy, effective_policies};
pub use record::{
    AlignmentMode, Disposition, FailureOption, Processing, PublicSuffix, Record, ReportTarget,
    ReportUri,
};
pub use repair::{corrected, repaired};
pub use tag::{Tag, TagName, TagValue};
pub(crate) use uri::mail_host;
pub use walk::{Determination, WalkFinding, WalkStep, walk_targets};
