//! The page: Leptos, rendered in the browser.
//!
//! `model` is plain Rust and is tested on the host; `net` talks to resolvers, the probe server and the
//! browser's own stores; `state` holds the signals; components and pages paint them.
// One page is built of this: what a folder offers to its neighbors is simply `pub`.
#![allow(unreachable_pub)]

mod app;
mod components;
mod i18n;
mod lazy;
pub mod model;
pub mod net;
mod pages;
pub mod state;

/// Seconds until what could not be fetched is asked for again, at first and at most.
const RETRY: (u32, u32) = (1, 32);

/// Puts the page in the place of the skeleton that `index.html` shows until then.
pub fn mount() {
    // Leptos has no executor before it is mounted.
    wasm_bindgen_futures::spawn_local(async {
        let language = net::browser::spoken();
        persist(async || lazy::learn(language).await.then_some(())).await;
        leptos::mount::mount_to_body(app::Root);
        net::browser::remove_skeleton();
    });
}

/// Tries until it succeeds: what the page is made of lies where the page came from.
async fn persist<T>(attempt: impl AsyncFn() -> Option<T>) -> T {
    let (mut pause, most) = RETRY;
    loop {
        if let Some(done) = attempt().await {
            return done;
        }
        net::browser::sleep(pause * 1000).await;
        pause = most.min(pause * 2);
    }
}
