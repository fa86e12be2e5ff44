//! How far something may be relied on.

/// The four levels of NCSC-NL's IT Security Guidelines for TLS (2025-05), the worst first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// Not to be used.
    Insufficient,
    /// Safe today, and to be given up.
    PhaseOut,
    /// Safe.
    Sufficient,
    /// Safe, and likely to stay so.
    Good,
}
