//! The pieces that pages are made of, one file each; each has a file of its name in `style/components`.

mod activity;
mod check_row;
mod copy_line;
mod editor;
mod exhibit;
mod exhibits;
mod gate;
mod history_list;
mod icon;
mod masthead;
mod mends;
mod notices;
pub mod open_rows;
mod outcome;
mod page_link;
pub mod pieces;
mod question;
mod search;
mod segmented;
mod selector_form;
mod sender_test;
mod spf_tree;
mod spoof_table;
mod status;
mod summary;
mod unicode;
mod words;

pub use activity::Activity;
pub use editor::Editor;
pub use exhibit::{exhibit, exhibit_of};
pub use exhibits::draw;
pub use gate::{Face, Gate, tone};
pub use history_list::HistoryList;
pub use masthead::Masthead;
pub use mends::Mends;
pub use notices::Notices;
pub use outcome::{outcome, spoken};
pub use page_link::{PageLink, instead};
pub use question::Question;
pub use search::Search;
pub use segmented::{Choice, Segmented};
pub use selector_form::SelectorForm;
pub use sender_test::SenderTest;
pub use spf_tree::{spf_tree, tree_of};
pub use spoof_table::spoof_table;
pub use summary::{Summary, profiles};
pub use words::words;

/// A report that was just asked for is read from its beginning; one that is gone back to, from where it was left.
fn to_top() {
    leptos::prelude::window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Takes the keyboard to an element.
fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let element = leptos::prelude::document().get_element_by_id(id);
    if let Some(element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // What is led to takes the focus.
        let _ = element.focus();
    }
}
