//! Questions, answers, and the view over them that every evaluator reads.
//!
//! An evaluator asks a [`DnsView`] and gets an [`Answer`], or nothing. Nothing means *not asked yet*:
//! the view has then noted the question as wanted, the shell around the core fetches it and evaluates
//! again. So nothing here is `async`, and nothing here waits.

mod name;
mod octets;
mod pattern;
mod record;
mod view;
pub mod wire;

pub use name::{Name, NameError};
pub use octets::Octets;
pub use pattern::NamePattern;
pub use record::{Answer, Failure, Question, RecordData, RecordType, Response, TxtRecord};
pub use view::{DnsView, Wanting, Zone};
