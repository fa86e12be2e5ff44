//! What is drawn of the evidence, before it is drawn: who was spoken to, what they take, what they showed, what was said.

pub mod chain;
pub mod dialogue;
mod server;
pub mod takes;
#[cfg(test)]
pub(crate) mod world;

pub use server::{Server, servers};
