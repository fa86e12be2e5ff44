//! Which rows of the report are open. Kept above the page's content, so that a change of language closes none.

use leptos::ev;
use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::sorted::SortedSet;

/// The open rows, by handle.
#[derive(Clone, Copy)]
pub struct OpenRows {
    open: RwSignal<SortedSet<CheckId>>,
    /// On paper every row is open.
    printing: RwSignal<bool>,
    /// Whether the dialogues below the rows are.
    pub dialogues: RwSignal<bool>,
}

impl OpenRows {
    /// Puts it into the context.
    pub fn provide() {
        let rows = Self {
            open: RwSignal::default(),
            printing: RwSignal::new(false),
            dialogues: RwSignal::new(false),
        };
        window_event_listener(ev::beforeprint, move |_| rows.printing.set(true));
        window_event_listener(ev::afterprint, move |_| rows.printing.set(false));
        provide_context(rows);
    }

    /// From the context of any component below the root.
    pub fn get() -> Self {
        expect_context()
    }

    /// Whether the row is open; reactive.
    pub fn shows(self, id: CheckId) -> bool {
        self.printing.get() || self.open.with(|open| open.contains(&id))
    }

    /// Opens a closed row, closes an open one.
    pub fn toggle(self, id: CheckId) {
        self.open.update(|open| {
            if !open.remove(&id) {
                open.insert(id);
            }
        });
    }

    /// Opens a row.
    pub fn open(self, id: CheckId) {
        self.open.update(|open| {
            open.insert(id);
        });
    }
}
