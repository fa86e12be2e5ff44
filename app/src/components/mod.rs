//! The pieces that pages are made of, one file each; each has a file of its name in `style/components`.

mod activity;
mod check_row;
mod copy_line;
mod gate;
mod history_list;
mod icon;
mod masthead;
mod mends;
mod notices;
pub mod open_rows;
mod question;
mod search;
mod segmented;
mod status;
mod summary;
mod unicode;
mod words;

pub use activity::Activity;
pub use gate::{Face, Gate, tone};
pub use history_list::HistoryList;
pub use masthead::Masthead;
pub use mends::Mends;
pub use notices::Notices;
pub use question::Question;
pub use search::Search;
pub use segmented::{Choice, Segmented};
pub use summary::{Summary, profiles};
pub use words::words;

/// A report that was just asked for is read from its beginning; one that is gone back to, from where it was left.
fn to_top() {
    leptos::prelude::window().scroll_to_with_x_and_y(0.0, 0.0);
}
