//! BIMI assertion records (draft-brand-indicators-for-message-identification §4.3).
//!
//! [`parse`] reads one TXT text; [`discover`] finds the record that counts for a domain. What the record points
//! to is not fetched.

mod diagnostic;
mod discover;
mod parse;

use core::fmt;

use serde::Serialize;

pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use discover::{Discovery, Found, discover};
pub use parse::{Parsed, Published, parse, repaired};

/// An assertion record. [`fmt::Display`] gives back the text that was parsed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Record {
    /// The whole record, its character-strings joined.
    pub text: String,
    /// `l`: the logo.
    pub location: Location,
    /// `a`: the certificate that vouches for it; absent and empty mean the same.
    pub evidence: Location,
    /// `lps`: local parts of addresses that begin so select a record of their own; all do where the list is empty,
    /// none where the tag is absent.
    pub local_parts: Option<Vec<String>>,
    /// `avp=personal`: a person's picture goes before the logo.
    pub personal_avatar: bool,
}

impl Record {
    /// Both tags empty: the domain declines to take part (§4.3.1).
    #[must_use]
    pub fn is_declination(&self) -> bool {
        self.location == Location::Empty
            && matches!(self.evidence, Location::Empty | Location::Absent)
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Where something can be fetched.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// The tag is not there.
    #[default]
    Absent,
    /// The tag is empty.
    Empty,
    /// At this `https:` URI.
    Https(String),
    /// The value is no such URI.
    Invalid,
}
