//! The arms: what a browser cannot do.
//!
//! [`scan::run`] is the work: it takes a domain and a [`Context`] and tells a [`scan::Sink`] what it
//! sees. The server ([`serve`]) puts it behind a WebSocket, the command line calls it directly.

#![forbid(unsafe_code)]

mod advice;
pub mod blocklist;
pub mod clock;
pub mod config;
mod context;
pub mod dns;
pub mod etiquette;
pub mod guard;
pub mod http;
mod https;
mod random;
pub mod scan;
mod serve;
pub mod session;
mod sink;
pub mod smtp;
pub mod tls;
pub mod visits;

pub use context::{Context, Settings, SetupError, is_ehlo_name};
pub use serve::serve;
