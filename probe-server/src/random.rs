//! Randomness: of no secret anywhere, only so that nobody can foresee it.

use ring::rand::{SecureRandom as _, SystemRandom};

/// One random octet; 0 where the system has none to give.
pub(crate) fn random_octet() -> u8 {
    let mut octet = [0];
    let _ = SystemRandom::new().fill(&mut octet);
    u8::from_ne_bytes(octet)
}
