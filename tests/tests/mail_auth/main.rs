//! Our evaluators beside those of mail-auth, on the same answers. Where they differ, a table says who is right and why;
//! a difference that is not in it fails, and so does a row that no longer occurs.
//!
//! mail-auth alone: `viaspf`, the other evaluator in Rust, is under the GPL and is not used here, not even in tests.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod anchor;
mod dmarc;
mod spf;
mod table;
