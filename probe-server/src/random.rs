//! Randomness: of no secret anywhere, only so that nobody can foresee it.

use ring::rand::{SecureRandom as _, SystemRandom};

/// One random octet; 0 where the system has none to give.
pub(crate) fn random_octet() -> u8 {
    let [octet] = random_octets();
    octet
}

/// So many random octets; 0 where the system has none to give.
pub(crate) fn random_octets<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut octets = [0; LENGTH];
    let _ = SystemRandom::new().fill(&mut octets);
    octets
}
