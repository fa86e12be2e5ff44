//! Sender Policy Framework (RFC 7208).
//!
//! [`select`] finds the record among the TXT records of a name, [`Record::parse`] reads it, and
//! [`evaluate`] asks it about one client; [`walk`] follows every `include:` and `redirect=` for the
//! report, whoever the client is. Both [`evaluate`] and [`walk`] give nothing while answers are
//! missing; they have then noted every question that they can already see.

mod evaluate;
mod macro_string;
pub mod macros;
mod outcome;
mod parse;
mod problem;
mod record;
mod repair;
mod select;
mod tree;
mod walk;

pub use evaluate::evaluate;
pub use macro_string::{
    DomainSpec, Letter, Macro, MacroError, MacroErrorKind, MacroString, Segment,
};
pub use outcome::{Outcome, Params, SpfResult, TraceEvent, TraceRecord, TraceStep};
pub use parse::{Reading, SyntaxCode, SyntaxError, read};
pub use problem::{Cause, Problem};
pub use record::{
    Capitals, Directive, Mechanism, Modifier, Prefixes, Qualifier, Record, Term, TermKind,
    WrittenIpv6,
};
pub(crate) use repair::is_meant_as_all;
pub use repair::{corrected, repaired};
pub use select::{NearMiss, NearMissKind, Selection, near_misses, select};
pub use tree::{Node, Note, NoteCode, Place, RecordStatus, Target, TermNode, Tree};
pub(crate) use walk::Characters;
pub use walk::{OPEN_IPV4, OPEN_IPV6, notes, walk};
