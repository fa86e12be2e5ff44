//! What draws the evidence, fetched once.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::App;
use crate::{lazy, persist};

impl App {
    /// Has it fetched, unless it is here or on its way.
    pub fn need_exhibits(self) {
        static BEGUN: AtomicBool = AtomicBool::new(false);
        if !BEGUN.swap(true, Ordering::Relaxed) {
            spawn_local(async move {
                persist(async || lazy::learn_to_draw().await.then_some(())).await;
                self.exhibits.set(true);
            });
        }
    }
}
