//! Cipher suites.

mod parts;
mod table;

use core::fmt;

use serde::{Deserialize, Serialize};

use super::{Level, Version, Weakness};
use parts::{Cipher, Exchange, Hash};
use table::{Parts, codes, parts_of};

/// A cipher suite, by its code in IANA's registry.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Suite(pub u16);

/// How a suite exchanges keys.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyExchange {
    /// TLS 1.3: the suite says nothing of it; keys are always made anew, over a group.
    Apart,
    /// The key of the certificate decrypts it: who gets that key later reads all that was recorded.
    Rsa,
    /// Diffie-Hellman with a key that stays.
    Dh,
    /// Diffie-Hellman with a new key each time.
    Dhe,
    /// Diffie-Hellman over an elliptic curve, with a key that stays.
    Ecdh,
    /// Diffie-Hellman over an elliptic curve, with a new key each time.
    Ecdhe,
    /// A secret that both sides had before, and nothing made anew (PSK, Kerberos).
    Shared,
    /// A secret that both sides had before, and a new key each time (PSK with Diffie-Hellman, SRP).
    SharedEphemeral,
    /// None, or one of the Russian standard, with a key that stays.
    Other,
}

/// How a suite makes the server prove itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Authentication {
    /// TLS 1.3: the suite says nothing of it.
    Apart,
    /// Not at all.
    None,
    /// With an RSA key in its certificate.
    Rsa,
    /// With an elliptic key in its certificate, EdDSA too (RFC 8422 §2).
    Ecdsa,
    /// With a DSA key in its certificate.
    Dss,
    /// With a key of the Russian standard in its certificate.
    Gost,
    /// With the secret that both sides had before.
    Shared,
}

impl Suite {
    /// All that have a name, by their codes.
    pub fn all() -> impl Iterator<Item = Self> {
        codes().map(Self)
    }

    /// The suite with this name in IANA's registry.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|suite| parts_of(suite.0).is_some_and(|parts| parts.spell(name)))
    }

    /// Whether it has a name.
    #[must_use]
    pub fn is_known(self) -> bool {
        parts_of(self.0).is_some()
    }

    /// Its level by NCSC-NL; of one that nobody knows, the worst.
    #[must_use]
    pub fn level(self) -> Level {
        parts_of(self.0).map_or(Level::Insufficient, Parts::level)
    }

    /// What is wrong with it; of one that nobody knows, nothing is known.
    pub fn weaknesses(self) -> impl Iterator<Item = Weakness> {
        Weakness::ALL
            .into_iter()
            .filter(move |weakness| self.has(*weakness))
    }

    /// Whether this is wrong with it.
    #[must_use]
    pub fn has(self, weakness: Weakness) -> bool {
        parts_of(self.0).is_some_and(|parts| parts.has(weakness))
    }

    /// The oldest version that it can be used in: [`Version::Tls13`] (in no other), [`Version::Tls12`] (in no other
    /// either), or [`Version::Ssl3`] (up to TLS 1.2). Nothing of one that nobody knows.
    #[must_use]
    pub fn since(self) -> Option<Version> {
        parts_of(self.0).map(Parts::since)
    }

    /// Whether it can be used in `version`. One that nobody knows is not.
    #[must_use]
    pub fn fits(self, version: Version) -> bool {
        match self.since() {
            Some(Version::Tls13) => version == Version::Tls13,
            Some(since) => since <= version && version < Version::Tls13,
            None => false,
        }
    }

    /// How it exchanges keys.
    #[must_use]
    pub fn key_exchange(self) -> KeyExchange {
        parts_of(self.0).map_or(KeyExchange::Other, |parts| parts.exchange.kind())
    }

    /// How it makes the server prove itself; nothing of one that nobody knows.
    #[must_use]
    pub fn authentication(self) -> Option<Authentication> {
        parts_of(self.0).map(|parts| parts.exchange.authentication())
    }
}

impl Parts {
    /// NCSC-NL, IT Security Guidelines for TLS 2025-05, tables of suites.
    fn level(self) -> Level {
        let chained = |cipher: Cipher| cipher.chains() && self.hash != Hash::Sha1;
        match (self.exchange, self.cipher) {
            (Exchange::Apart, Cipher::Aes256Gcm | Cipher::ChaCha20) => Level::Good,
            (Exchange::Apart, Cipher::Aes128Gcm | Cipher::Aes128Ccm) => Level::Sufficient,
            (Exchange::EcdheEcdsa | Exchange::EcdheRsa | Exchange::DheRsa, cipher) => {
                let curve = self.exchange != Exchange::DheRsa;
                match cipher {
                    Cipher::ChaCha20 if self.hash == Hash::Sha256Old => Level::Insufficient,
                    Cipher::Aes128Gcm
                    | Cipher::Aes256Gcm
                    | Cipher::Aes128Ccm
                    | Cipher::Aes256Ccm
                    | Cipher::ChaCha20
                        if curve =>
                    {
                        Level::Sufficient
                    }
                    Cipher::Aes128Gcm
                    | Cipher::Aes256Gcm
                    | Cipher::Aes128Ccm
                    | Cipher::Aes256Ccm
                    | Cipher::ChaCha20
                    | Cipher::Camellia128Gcm
                    | Cipher::Camellia256Gcm
                    | Cipher::Aria128Gcm
                    | Cipher::Aria256Gcm => Level::PhaseOut,
                    cipher if chained(cipher) => Level::PhaseOut,
                    _ => Level::Insufficient,
                }
            }
            _ => Level::Insufficient,
        }
    }

    fn has(self, weakness: Weakness) -> bool {
        let Self {
            exchange,
            cipher,
            hash,
        } = self;
        match weakness {
            Weakness::NoEncryption => {
                matches!(cipher, Cipher::Null | Cipher::Sha256 | Cipher::Sha384)
            }
            Weakness::NoAuthentication => exchange.authentication() == Authentication::None,
            Weakness::Export => exchange.is_export(),
            Weakness::OldBlock => cipher.has_old_blocks(),
            Weakness::TripleDes => cipher == Cipher::TripleDesCbc,
            Weakness::Rc4 => matches!(cipher, Cipher::Rc4x40 | Cipher::Rc4x56 | Cipher::Rc4x128),
            Weakness::Md5 => hash == Hash::Md5,
            Weakness::NoForwardSecrecy => !exchange.kind().makes_anew(),
            Weakness::CbcSha1 => cipher.chains() && hash == Hash::Sha1,
            Weakness::Cbc => cipher.chains() && hash != Hash::Sha1,
            Weakness::ShortTag => matches!(cipher, Cipher::Aes128Ccm8 | Cipher::Aes256Ccm8),
            Weakness::National => cipher == Cipher::Gost28147 || hash.is_national(),
        }
    }

    fn since(self) -> Version {
        if self.exchange == Exchange::Apart {
            return Version::Tls13;
        }
        let shared = matches!(
            self.exchange.kind(),
            KeyExchange::Shared | KeyExchange::SharedEphemeral
        );
        let old = match self.hash {
            // RFC 5487 §3, RFC 5489 §3, RFC 6209 §2: with a secret shared before, in older versions too.
            Hash::Sha256 | Hash::Sha384 => {
                shared && (self.cipher.chains() || self.cipher == Cipher::Null)
            }
            Hash::Unnamed | Hash::Sha256Old => false,
            _ => true,
        };
        if old { Version::Ssl3 } else { Version::Tls12 }
    }

    /// The texts that its name consists of.
    fn words(self) -> [&'static str; 6] {
        let exchange = self.exchange.name();
        let hash = self.hash.name();
        [
            "TLS_",
            exchange,
            if exchange.is_empty() { "" } else { "_WITH_" },
            self.cipher.name(),
            if hash.is_empty() { "" } else { "_" },
            hash,
        ]
    }

    /// Whether its name is `name`.
    fn spell(self, name: &str) -> bool {
        let mut words = self.words().into_iter();
        let rest = words.try_fold(name, |rest, word| rest.strip_prefix(word));
        rest == Some("")
    }
}

impl KeyExchange {
    /// Whether keys are made anew each time, so that none can be had later.
    #[must_use]
    pub const fn makes_anew(self) -> bool {
        matches!(
            self,
            Self::Apart | Self::Dhe | Self::Ecdhe | Self::SharedEphemeral
        )
    }
}

/// Its name in IANA's registry; of one that nobody knows, its code as `0x1234`.
impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match parts_of(self.0) {
            Some(parts) => parts
                .words()
                .into_iter()
                .try_for_each(|word| f.write_str(word)),
            None => write!(f, "0x{:04X}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_built_and_read() {
        let named = |code, name: &str| {
            assert_eq!(Suite(code).to_string(), name);
            assert_eq!(Suite::named(name), Some(Suite(code)));
        };
        named(0x0000, "TLS_NULL_WITH_NULL_NULL");
        named(0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA");
        named(0x1302, "TLS_AES_256_GCM_SHA384");
        named(0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        named(0xc09e, "TLS_DHE_RSA_WITH_AES_128_CCM");
        named(0xc0b5, "TLS_SHA384_SHA384");
        named(0xcc15, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD");
        named(0xff01, "TLS_RSA_WITH_28147_CNT_GOST94");
        assert_eq!(Suite(0x0a0a).to_string(), "0x0A0A");
        assert_eq!(Suite::named("TLS_AES_256_GCM_SHA38"), None);
        assert_eq!(Suite::named("0x0A0A"), None);
    }

    #[test]
    fn every_name_stands_once() {
        let names: std::collections::BTreeSet<String> =
            Suite::all().map(|suite| suite.to_string()).collect();
        assert_eq!(names.len(), 353);
        assert!(Suite::all().is_sorted());
        assert!(Suite::all().all(Suite::is_known));
    }

    #[test]
    fn parts_tell_what_a_suite_is() {
        let old = Suite(0x0008);
        assert!(old.weaknesses().eq([
            Weakness::Export,
            Weakness::OldBlock,
            Weakness::NoForwardSecrecy,
            Weakness::CbcSha1,
        ]));
        assert_eq!(old.key_exchange(), KeyExchange::Rsa);
        assert_eq!(old.since(), Some(Version::Ssl3));
        let new = Suite(0xcca9);
        assert_eq!(new.weaknesses().count(), 0);
        assert_eq!(new.authentication(), Some(Authentication::Ecdsa));
        assert!(new.fits(Version::Tls12) && !new.fits(Version::Tls11));
        assert!(Suite(0x1301).fits(Version::Tls13) && !Suite(0x1301).fits(Version::Tls12));
        assert!(!Suite(0x0a0a).fits(Version::Tls12));
        assert_eq!(Suite(0x0a0a).level(), Level::Insufficient);
    }
}
