//! DANE for SMTP: TLSA records, and which of them a sender can use (RFC 6698, RFC 7671, RFC 7672).

mod diagnostic;
mod fit;
mod parse;
mod record;
mod set;

pub use diagnostic::{Diagnostic, DiagnosticCode, Field};
pub use fit::fits;
pub use parse::{Parsed, parse};
pub use record::{Record, Unusable};
pub use set::{Note, notes};
