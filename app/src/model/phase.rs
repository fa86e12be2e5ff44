//! Where a scan stands.

/// Where the scan on the screen stands.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Phase {
    /// No scan was asked for yet.
    #[default]
    Idle,
    /// It runs.
    Running {
        /// DNS questions asked so far.
        asked: u32,
        /// Those of them that were answered, failures included.
        answered: u32,
    },
    /// It has come to its end, was stopped, or was opened from the history.
    Done,
}

impl Phase {
    /// Whether observations may still arrive.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Running { .. })
    }
}
