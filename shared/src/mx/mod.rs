//! Mail exchanges (RFC 1035 §3.3.9, RFC 5321 §5.1, RFC 7505), as people write them: one record a line.
//!
//! [`parse`] reads `10 mail.example.org` and its like, also whole lines of a zone file, and keeps every
//! record that can be read. Printing the [`Reading`] gives lines that read the same.

mod diagnostic;
mod parse;

use core::fmt;
use std::net::IpAddr;

use serde::Serialize;

pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use parse::{Reading, parse};

use crate::dns::{Name, RecordData};
use crate::span::Span;

/// One MX record.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Record {
    /// Lower is tried first.
    pub preference: u16,
    /// The host that takes the mail; the root is the null MX (RFC 7505 §3).
    pub exchange: Name,
    /// The characters of the text that hold it.
    pub span: Span,
}

impl Record {
    /// The record as an answer of DNS holds it.
    #[must_use]
    pub fn data(&self) -> RecordData {
        RecordData::Mx {
            preference: self.preference,
            exchange: self.exchange.clone(),
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&line(self.preference, &self.exchange))
    }
}

/// A record's data as a zone file writes it: `10 mail.example.org.`, `0 .`.
#[must_use]
pub fn line(preference: u16, exchange: &Name) -> String {
    let dot = if exchange.is_root() { "" } else { "." };
    format!("{preference} {exchange}{dot}")
}

/// What an MX record must not name.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeProblem {
    /// An IP address written as a name.
    IsAddress,
    /// `localhost`, or another name of one label.
    IsLocal,
    /// The root beside other exchanges (RFC 7505 §3 allows it alone only).
    IsNull,
}

impl ExchangeProblem {
    /// What is wrong with this name as an exchange beside others.
    #[must_use]
    pub fn of(name: &Name) -> Option<Self> {
        let last = name.labels().next_back()?;
        // A colon, or the brackets of mail addresses (RFC 5321 §4.1.3), come from people who type them.
        let bare = name.as_str().trim_matches(['[', ']']);
        if last.bytes().all(|b| b.is_ascii_digit()) || bare.parse::<IpAddr>().is_ok() {
            Some(Self::IsAddress)
        } else if name.labels().count() == 1 || last == "localhost" {
            Some(Self::IsLocal)
        } else {
            None
        }
    }
}
