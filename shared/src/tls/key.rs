//! Levels of keys.

use super::{Group, Level};

/// The level of a Diffie-Hellman group that is none of RFC 7919's, whatever the length of its prime: who made it, and
/// how, is not known (NCSC-NL 2025-05). Below 2048 bits it is dangerous (Logjam).
pub const OTHER_PRIME: Level = Level::Insufficient;

/// The level of a certificate's key by NCSC-NL (2025-05).
///
/// `key` is its algorithm as [`Certificate::key`](crate::evidence::Certificate::key) has it, `bits` the length of its
/// modulus, `curve` the name of its curve.
#[must_use]
pub fn key_level(key: &str, bits: u32, curve: Option<&str>) -> Level {
    match key {
        "RSA" if bits >= 3072 => Level::Sufficient,
        "RSA" if bits >= 2048 => Level::PhaseOut,
        "Ed25519" | "Ed448" => Level::Sufficient,
        "EC" => curve
            .and_then(Group::named)
            .map_or(Level::Insufficient, Group::level),
        _ => Level::Insufficient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_keys() {
        let level = |key, bits, curve| key_level(key, bits, curve);
        assert_eq!(level("RSA", 4096, None), Level::Sufficient);
        assert_eq!(level("RSA", 3072, None), Level::Sufficient);
        assert_eq!(level("RSA", 3071, None), Level::PhaseOut);
        assert_eq!(level("RSA", 2048, None), Level::PhaseOut);
        assert_eq!(level("RSA", 2047, None), Level::Insufficient);
        assert_eq!(level("EC", 256, Some("secp256r1")), Level::Sufficient);
        assert_eq!(level("EC", 224, Some("secp224r1")), Level::PhaseOut);
        assert_eq!(level("EC", 192, Some("secp192r1")), Level::Insufficient);
        assert_eq!(level("EC", 256, None), Level::Insufficient);
        assert_eq!(level("Ed25519", 256, None), Level::Sufficient);
        assert_eq!(level("DSA", 3072, None), Level::Insufficient);
    }
}
