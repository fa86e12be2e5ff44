//! DKIM keys: RFC 6376 §3.6.1, RFC 8301 and RFC 8463.

mod selector;

pub use selector::{Selector, SelectorError};
