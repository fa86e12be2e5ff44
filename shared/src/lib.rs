//! Postern's mind.
#![forbid(unsafe_code)]

pub mod address;
pub mod bimi;
pub mod blocklist;
pub mod caa;
pub mod checks;
pub mod dane;
pub mod diagnostic;
pub mod dkim;
pub mod dmarc;
pub mod dns;
pub mod dnssec;
mod domain_name;
pub mod evidence;
pub mod gather;
pub mod input;
pub mod json;
pub mod lint;
pub mod mta_sts;
pub mod mx;
pub mod protocol;
pub mod provider;
pub mod report;
pub mod smtp;
pub mod sorted;
mod sorting;
pub mod span;
pub mod spf;
mod tag_list;
pub mod text;
pub mod time;
pub mod tls;
pub mod tls_rpt;
mod version_tag;
pub mod what_if;
pub mod wording;

pub use domain_name::{DomainName, DomainNameError};
