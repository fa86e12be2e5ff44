//! Octets that are no text.

use core::fmt::{self, Write as _};
use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Octets, written in lower-case hexadecimal as zone files write digests (RFC 6698 §2.2).
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Octets(pub Vec<u8>);

impl Octets {
    /// Reads hexadecimal digits of either case, two for each octet.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if !digits.len().is_multiple_of(2) {
            return None;
        }
        let octet = |pair: &[u8]| {
            let [high, low] = pair else { return None };
            let digit = |c: u8| char::from(c).to_digit(16);
            u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
        };
        digits.chunks(2).map(octet).collect::<Option<_>>().map(Self)
    }
}

impl fmt::Display for Octets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |of: u8| char::from_digit(u32::from(of), 16).unwrap_or('0');
        self.0.iter().try_for_each(|octet| {
            f.write_char(digit(octet >> 4))?;
            f.write_char(digit(octet & 15))
        })
    }
}

impl Serialize for Octets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| serde::de::Error::custom("not hexadecimal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_are_written_and_read_back() {
        let octets = Octets(vec![0, 0x0f, 0xa0, 0xff]);
        assert_eq!(octets.to_string(), "000fa0ff");
        assert_eq!(Octets::from_hex("000FA0ff"), Some(octets));
        assert_eq!(Octets::from_hex(""), Some(Octets::default()));
        for text in ["0", "0g", "é", "+1", " 1"] {
            assert_eq!(Octets::from_hex(text), None, "{text}");
        }
    }
}
