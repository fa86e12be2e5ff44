//! What leaves the page: questions, the probe's socket, what the browser keeps.

pub mod browser;
pub mod doh;
pub mod driver;
pub mod probe;
pub mod store;
