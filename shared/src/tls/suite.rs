//! Cipher suites.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::Level;

/// A cipher suite, by its code in IANA's registry.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Suite(pub u16);

impl Suite {
    /// Its level; of one that nobody knows, the worst.
    #[must_use]
    pub const fn level(self) -> Level {
        match self.0 {
            0x1302 | 0x1303 => Level::Good,
            0x1301 | 0x1304 => Level::Sufficient,
            _ => Level::Insufficient,
        }
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:04X}", self.0)
    }
}
