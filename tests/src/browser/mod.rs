//! A real browser, and the page in it as a person meets it.
//!
//! [`in_browser`] runs a test in a browser of its own; [`Page`] knows where things are on the page; [`Look`] sets
//! language, theme and size and takes pictures.

mod accessibility;
mod command;
mod driver;
mod look;
mod page;
mod persian;

pub use accessibility::serious_violations;
pub use driver::{Browser, in_browser};
pub use look::{DESKTOP, Look, PHONE, Size, pictures, print};
pub use page::{FINISHED, Page};
pub use persian::foreign_prose;
