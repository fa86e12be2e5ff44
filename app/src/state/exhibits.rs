//! What draws the evidence, fetched once.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::App;
use crate::lazy;

impl App {
    /// Has it fetched, unless it is here or on its way. Where that fails, the next who needs it tries again.
    pub fn need_exhibits(self) {
        static BEGUN: AtomicBool = AtomicBool::new(false);
        if !BEGUN.swap(true, Ordering::Relaxed) {
            spawn_local(async move {
                let here = lazy::learn_to_draw().await;
                BEGUN.store(here, Ordering::Relaxed);
                if here {
                    self.exhibits.set(true);
                }
            });
        }
    }
}
