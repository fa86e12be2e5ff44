//! What a person types or pastes, read as the command line reads it: by the core.

pub use postern_shared::input::parse;
