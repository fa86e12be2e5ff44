//! The programs as people run them, against real servers.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod assessed_again;
mod bad_input;
mod dnssec;
mod etiquette;
mod guard;
mod json;
mod policies;
mod probe;
mod progress;
mod spf;
mod tls;
mod verdicts;
