//! TLS as it is judged: versions, suites and groups by their codes in IANA's registries, with their names and the
//! levels that NCSC-NL gives them (IT Security Guidelines for TLS, 2025-05).

mod alert;
mod chain;
mod group;
mod key;
mod level;
mod observed;
mod signature;
mod suite;
mod version;
mod weakness;

pub use alert::alert_name;
#[cfg(test)]
pub(crate) use chain::samples;
pub use chain::{CertificateWeakness, Fault};
pub use group::Group;
pub use key::{OTHER_PRIME, key_level};
pub use level::Level;
pub use observed::{Observed, Order, Taken};
pub use signature::{scheme_level, scheme_name, signature_level};
pub use suite::{Authentication, KeyExchange, Suite};
pub use version::Version;
pub use weakness::Weakness;
