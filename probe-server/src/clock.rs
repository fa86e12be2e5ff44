//! The wall clock, and spans as facts carry them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use postern_shared::time::{Millis, Timestamp};

/// Now.
#[must_use]
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// A span in whole milliseconds.
#[must_use]
pub fn millis(span: Duration) -> Millis {
    Millis(u32::try_from(span.as_millis()).unwrap_or(u32::MAX))
}
