//! TLS as it is judged: versions, suites and groups by their codes in IANA's registries, with their names and the
//! levels that NCSC-NL gives them (IT Security Guidelines for TLS, 2025-05).

mod group;
mod level;
mod suite;
mod version;

pub use group::Group;
pub use level::Level;
pub use suite::Suite;
pub use version::Version;
