//! ClientHellos of our own: written, and what comes of them read. No keys are made and nothing is encrypted, so that
//! versions and suites can be asked for that no library has any more.
//!
//! [`write()`] makes the octets of an [`Offer`](postern_shared::evidence::Offer). A [`HelloReader`] takes what comes, in
//! any pieces, up to the ServerHelloDone of TLS 1.2 or the HelloRetryRequest of TLS 1.3. Nothing here knows of sockets.

pub mod candidates;
mod cursor;
mod flight;
mod offered;
mod primes;
mod reader;
mod records;
mod server_hello;
mod ssl2;
mod write;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use reader::{Ending, Heard, HelloReader};
pub use write::{MAX_SUITES, write};

/// Octets that are read of an answer. The longest honest ones, chains of RSA keys of 16384 bits, have a tenth of it.
pub const MAX_OCTETS: usize = 256 * 1024;
/// Octets of a certificate that is kept.
pub const MAX_CERTIFICATE: usize = 64 * 1024;
