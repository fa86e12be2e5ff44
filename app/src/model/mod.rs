//! The page's own logic in plain Rust: no browser, no Leptos, so it is tested where it is built.

pub mod caret;
pub mod exhibits;
pub mod fallback;
pub mod history;
pub mod input;
pub mod phase;
pub mod query;
pub mod resolvers;
pub mod sender;
pub mod settings;
