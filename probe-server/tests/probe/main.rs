//! The probe against servers that live in this process: polite ones, rude ones, and broken ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod blocklists;
mod connections;
mod etiquette;
mod misbehavior;
mod names;
mod partings;
mod policies;
mod process;
mod routes;
mod sessions;
mod stage;
mod tls;
mod world;
