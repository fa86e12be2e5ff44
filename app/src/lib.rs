//! The page: Leptos, rendered in the browser.
//!
//! `model` is plain Rust and is tested on the host; `net` talks to resolvers, the probe server and the
//! browser's own stores; `state` holds the signals; components and pages paint them.
#![forbid(unsafe_code)]

pub mod model;
pub mod net;
pub mod state;
