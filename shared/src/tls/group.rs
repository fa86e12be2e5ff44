//! Groups of the key exchange.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::Level;

/// A group of the key exchange, by its code in IANA's registry.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Group(pub u16);

impl Group {
    /// Its level; of one that nobody knows, the worst.
    #[must_use]
    pub const fn level(self) -> Level {
        match self.0 {
            0x0017..=0x0019 | 0x001d | 0x001e => Level::Sufficient,
            _ => Level::Insufficient,
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:04X}", self.0)
    }
}
