//! Groups of the key exchange.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::Level;

/// A group of the key exchange, by its code in IANA's registry.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Group(pub u16);

/// Names of groups that follow each other, and the code of the first.
const NAMES: [(u16, &str); 4] = [
    (
        0x0001,
        "sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1 sect283k1 sect283r1 sect409k1 \
         sect409r1 sect571k1 sect571r1 secp160k1 secp160r1 secp160r2 secp192k1 secp192r1 secp224k1 secp224r1 secp256k1 \
         secp256r1 secp384r1 secp521r1 brainpoolP256r1 brainpoolP384r1 brainpoolP512r1 x25519 x448 brainpoolP256r1tls13 \
         brainpoolP384r1tls13 brainpoolP512r1tls13 GC256A GC256B GC256C GC256D GC512A GC512B GC512C curveSM2",
    ),
    (0x0100, "ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192"),
    (0x0200, "MLKEM512 MLKEM768 MLKEM1024"),
    (
        0x11eb,
        "SecP256r1MLKEM768 X25519MLKEM768 SecP384r1MLKEM1024 curveSM2MLKEM768",
    ),
];

impl Group {
    /// Its name in IANA's registry.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        NAMES.into_iter().find_map(|(first, names)| {
            let place = self.0.checked_sub(first)?;
            names.split(' ').nth(usize::from(place))
        })
    }

    /// The group with this name in IANA's registry, in letters of either case: TLS libraries write `X25519`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.into_iter().find_map(|(first, names)| {
            let place = names
                .split(' ')
                .position(|known| known.eq_ignore_ascii_case(name))?;
            first.checked_add(u16::try_from(place).ok()?).map(Self)
        })
    }

    /// Its level by NCSC-NL (2025-05); of one that nobody knows, the worst.
    #[must_use]
    pub const fn level(self) -> Level {
        match self.0 {
            0x11eb..=0x11ed => Level::Good,
            0x0017..=0x0021 => Level::Sufficient,
            0x0015 | 0x0101..=0x0104 => Level::PhaseOut,
            _ => Level::Insufficient,
        }
    }

    /// Whether it joins a curve with a method that quantum computers cannot break (ML-KEM).
    #[must_use]
    pub const fn is_hybrid(self) -> bool {
        matches!(self.0, 0x11eb..=0x11ee)
    }

    /// Whether it is a group of RFC 7919, of numbers modulo a prime.
    #[must_use]
    pub const fn is_finite_field(self) -> bool {
        matches!(self.0, 0x0100..=0x0104)
    }
}

/// Its name in IANA's registry; of one that nobody knows, its code as `0x1234`.
impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "0x{:04X}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_both_ways() {
        let named = |code, name: &str| {
            assert_eq!(Group(code).to_string(), name);
            assert_eq!(Group::named(name), Some(Group(code)));
        };
        named(0x0001, "sect163k1");
        named(0x0017, "secp256r1");
        named(0x001d, "x25519");
        named(0x0029, "curveSM2");
        named(0x0104, "ffdhe8192");
        named(0x11ec, "X25519MLKEM768");
        assert_eq!(Group(0x0105).to_string(), "0x0105");
        assert_eq!(Group(0x002a).to_string(), "0x002A");
        assert_eq!(Group::named(""), None);
    }
}
