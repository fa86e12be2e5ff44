//! Postern's mind.
#![forbid(unsafe_code)]

pub mod address;
pub mod bimi;
pub mod blocklist;
pub mod checks;
pub mod diagnostic;
pub mod dmarc;
pub mod dns;
mod domain_name;
pub mod evidence;
pub mod input;
pub mod json;
pub mod mx;
pub mod protocol;
pub mod provider;
pub mod report;
pub mod smtp;
mod sorting;
pub mod span;
pub mod spf;
mod tag_list;
pub mod text;
pub mod time;
pub mod wording;

pub use domain_name::{DomainName, DomainNameError};
