//! TLS as it is judged: versions, suites and groups by their codes in IANA's registries, with their names and the
//! levels that NCSC-NL gives them (IT Security Guidelines for TLS, 2025-05).

mod chain;
mod group;
mod level;
mod observed;
mod suite;
mod version;

#[cfg(test)]
pub(crate) use chain::samples;
pub use chain::{Fault, Weakness};
pub use group::Group;
pub use level::Level;
pub use observed::{Observed, Order, Taken};
pub use suite::Suite;
pub use version::Version;
