//! A policy, field by field.

use core::fmt;

use serde::Serialize;

use super::MxPattern;
use crate::dns::Name;

/// A policy (RFC 8461 §3.2). [`fmt::Display`] gives back the text that was parsed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Policy {
    /// The whole file, as far as it was read.
    pub text: String,
    /// Whether it says `version: STSv1`.
    pub versioned: bool,
    /// What senders are to do; nothing where no valid `mode` is there.
    pub mode: Option<Mode>,
    /// For how long senders remember it, in seconds; nothing where no valid `max_age` is there.
    pub max_age: Option<u32>,
    /// The mail exchanges that it names.
    pub mx: Vec<MxPattern>,
}

impl Policy {
    /// Whether mail may go to `exchange`, the name in the MX record (RFC 8461 §4.1).
    #[must_use]
    pub fn covers(&self, exchange: &Name) -> bool {
        self.mx.iter().any(|pattern| pattern.matches(exchange))
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What senders are to do with a mail exchange that does not fit (RFC 8461 §5).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Not deliver there.
    Enforce,
    /// Deliver, and report it.
    Testing,
    /// Nothing: the policy is withdrawn (RFC 8461 §8.3).
    None,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Enforce, Self::Testing, Self::None];

    /// The value as the standard writes it; its case counts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
