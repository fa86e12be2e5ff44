//! The page: Leptos, rendered in the browser.
//!
//! `model` is plain Rust and is tested on the host; `net` talks to resolvers, the probe server and the
//! browser's own stores; `state` holds the signals; components and pages paint them.
#![forbid(unsafe_code)]
// One page is built of this: what a folder offers to its neighbors is simply `pub`.
#![allow(unreachable_pub)]

mod app;
mod components;
mod i18n;
pub mod model;
pub mod net;
mod pages;
pub mod state;

/// Puts the page in the place of the skeleton that `index.html` shows until then.
pub fn mount() {
    leptos::mount::mount_to_body(app::Root);
    net::browser::remove_skeleton();
}
