//! Postern's mind.
#![forbid(unsafe_code)]

pub mod dmarc;
pub mod dns;
mod domain_name;
pub mod span;
pub mod spf;

pub use domain_name::{DomainName, DomainNameError};
