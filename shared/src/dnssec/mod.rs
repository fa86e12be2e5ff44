//! DNSSEC as a stub resolver sees it (RFC 4033 §5, RFC 4035 §4.3): what a validating resolver vouches for, and by
//! which keys.
//!
//! Nothing is validated here. The AD bit is a resolver's word, as good as the resolver and the way to it; the
//! evidence names both.

mod keys;
mod validation;

pub use keys::{Keys, is_weak_algorithm, is_weak_digest, key_tag, mnemonic};
pub use validation::{State, Validation, control};
