//! One WebSocket: a [`Session`] machine apart from its socket, and the pump that lends it one.

mod machine;
mod pump;

pub use machine::{Input, Output, Session};
pub use pump::{Pace, Terms, run};
