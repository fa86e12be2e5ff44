//! Places in a record.

use serde::{Deserialize, Serialize};

/// A half-open range of characters in a record's joined text (RFC 7208 §3.3), counted from 0.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
pub struct Span {
    /// The first character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

impl Span {
    /// From offsets; those past `u32::MAX` (which no DNS answer can hold) are pinned there.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let pin = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: pin(start),
            end: pin(end),
        }
    }

    /// Whether `other` lies within this range.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}
