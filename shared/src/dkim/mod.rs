//! DKIM keys: RFC 6376 §3.6.1, RFC 8301 and RFC 8463.
//!
//! [`parse`] reads one TXT text, [`key::read`] the key in it. Selectors cannot be listed: [`header::read`] finds
//! them in the signatures of a message, [`named`] in whatever a person types or pastes, and [`survey`] asks for
//! those, for the ones that the domain's providers use, and for the usual ones.

pub(crate) mod base64;
mod der;
mod diagnostic;
pub mod header;
pub mod key;
mod named;
mod parse;
mod record;
mod selector;
mod survey;

pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use header::Signature;
pub use key::{Algorithm, Form, KeyFault, PublicKey};
pub use named::{NotNamed, named, signed};
pub use parse::{Parsed, Published, parse};
pub use record::{NoKey, Record, Tag, TagName};
pub use selector::{Selector, SelectorError};
pub use survey::{Asked, COMMON, Found, Survey, survey};
