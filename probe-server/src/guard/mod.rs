//! Who may be dialed, who may ask, and how often.

mod address;

pub use address::{Guard, NotPublic, PublicAddr, is_public};
