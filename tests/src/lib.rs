//! Shared by the tests: where things are, how to start them, and what to ask of them.
//!
//! Everything here fails as a test fails: by a panic that says what was expected.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod anchors;
pub mod browser;
pub mod delay;
pub mod kept;
pub mod lab;
pub mod place;
pub mod postern;
pub mod seeds;
pub mod server;
pub mod static_host;
pub mod trees;
