//! What a suite's name is made of.

use super::{Authentication, KeyExchange};

/// How keys are exchanged and the server proves itself: what stands before `_WITH_` in a suite's name.
///
/// In the order of [`EXCHANGES`].
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Exchange {
    /// TLS 1.3 names none: groups and signatures are agreed on apart (RFC 8446 §B.4).
    Apart,
    Null,
    Rsa,
    RsaExport,
    RsaExport1024,
    DhDss,
    DhDssExport,
    DhRsa,
    DhRsaExport,
    DheDss,
    DheDssExport,
    DheDssExport1024,
    DheRsa,
    DheRsaExport,
    DhAnon,
    DhAnonExport,
    EcdhEcdsa,
    EcdhRsa,
    EcdheEcdsa,
    EcdheRsa,
    EcdhAnon,
    Krb5,
    Krb5Export,
    Psk,
    DhePsk,
    /// `DHE_PSK` as RFC 6655 spells it.
    PskDhe,
    RsaPsk,
    EcdhePsk,
    SrpSha,
    SrpShaRsa,
    SrpShaDss,
    Gost94,
    Gost94Rsa,
    Gost2001,
    Cecpq1Rsa,
    Cecpq1Ecdsa,
}

/// The names of [`Exchange`].
const EXCHANGES: &str = " NULL RSA RSA_EXPORT RSA_EXPORT1024 DH_DSS DH_DSS_EXPORT DH_RSA DH_RSA_EXPORT DHE_DSS \
    DHE_DSS_EXPORT DHE_DSS_EXPORT1024 DHE_RSA DHE_RSA_EXPORT DH_anon DH_anon_EXPORT ECDH_ECDSA ECDH_RSA ECDHE_ECDSA \
    ECDHE_RSA ECDH_anon KRB5 KRB5_EXPORT PSK DHE_PSK PSK_DHE RSA_PSK ECDHE_PSK SRP_SHA SRP_SHA_RSA SRP_SHA_DSS \
    GOSTR341094 GOSTR341094_RSA GOSTR341001 CECPQ1_RSA CECPQ1_ECDSA";

impl Exchange {
    /// Its name; empty of [`Self::Apart`].
    pub(super) fn name(self) -> &'static str {
        nth(EXCHANGES, self as usize)
    }

    pub(super) const fn is_export(self) -> bool {
        matches!(
            self,
            Self::RsaExport
                | Self::RsaExport1024
                | Self::DhDssExport
                | Self::DhRsaExport
                | Self::DheDssExport
                | Self::DheDssExport1024
                | Self::DheRsaExport
                | Self::DhAnonExport
                | Self::Krb5Export
        )
    }

    pub(super) const fn kind(self) -> KeyExchange {
        match self {
            Self::Apart => KeyExchange::Apart,
            Self::Rsa | Self::RsaExport | Self::RsaExport1024 => KeyExchange::Rsa,
            Self::DhDss | Self::DhDssExport | Self::DhRsa | Self::DhRsaExport => KeyExchange::Dh,
            Self::DheDss
            | Self::DheDssExport
            | Self::DheDssExport1024
            | Self::DheRsa
            | Self::DheRsaExport
            | Self::DhAnon
            | Self::DhAnonExport => KeyExchange::Dhe,
            Self::EcdhEcdsa | Self::EcdhRsa => KeyExchange::Ecdh,
            Self::EcdheEcdsa | Self::EcdheRsa | Self::EcdhAnon => KeyExchange::Ecdhe,
            Self::Psk | Self::RsaPsk | Self::Krb5 | Self::Krb5Export => KeyExchange::Shared,
            Self::DhePsk | Self::PskDhe | Self::EcdhePsk => KeyExchange::SharedEphemeral,
            Self::SrpSha | Self::SrpShaRsa | Self::SrpShaDss => KeyExchange::SharedEphemeral,
            Self::Null | Self::Gost94 | Self::Gost94Rsa | Self::Gost2001 => KeyExchange::Other,
            // An experiment of 2016: a curve and, beside it, a method against quantum computers.
            Self::Cecpq1Rsa | Self::Cecpq1Ecdsa => KeyExchange::Ecdhe,
        }
    }

    pub(super) const fn authentication(self) -> Authentication {
        match self {
            Self::Apart => Authentication::Apart,
            Self::Null | Self::DhAnon | Self::DhAnonExport | Self::EcdhAnon => Authentication::None,
            Self::Rsa
            | Self::RsaExport
            | Self::RsaExport1024
            | Self::DhRsa
            | Self::DhRsaExport
            | Self::DheRsa
            | Self::DheRsaExport
            | Self::EcdhRsa
            | Self::EcdheRsa
            | Self::RsaPsk
            | Self::SrpShaRsa
            | Self::Cecpq1Rsa => Authentication::Rsa,
            Self::EcdhEcdsa | Self::EcdheEcdsa | Self::Cecpq1Ecdsa => Authentication::Ecdsa,
            Self::DhDss
            | Self::DhDssExport
            | Self::DheDss
            | Self::DheDssExport
            | Self::DheDssExport1024
            | Self::SrpShaDss => Authentication::Dss,
            Self::Krb5
            | Self::Krb5Export
            | Self::Psk
            | Self::DhePsk
            | Self::PskDhe
            | Self::EcdhePsk
            | Self::SrpSha => Authentication::Shared,
            Self::Gost94 | Self::Gost94Rsa | Self::Gost2001 => Authentication::Gost,
        }
    }
}

/// How octets are enciphered: what stands behind `_WITH_`. In the order of [`CIPHERS`].
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Cipher {
    Null,
    Rc4x40,
    Rc4x56,
    Rc4x128,
    Rc2Cbc40,
    Rc2x56,
    IdeaCbc,
    Des40Cbc,
    DesCbc40,
    DesCbc,
    TripleDesCbc,
    SeedCbc,
    Aes128Cbc,
    Aes256Cbc,
    Camellia128Cbc,
    Camellia256Cbc,
    Aria128Cbc,
    Aria256Cbc,
    Aes128Gcm,
    Aes256Gcm,
    Aes128Ccm,
    Aes256Ccm,
    Aes128Ccm8,
    Aes256Ccm8,
    Camellia128Gcm,
    Camellia256Gcm,
    Aria128Gcm,
    Aria256Gcm,
    ChaCha20,
    Gost28147,
    Sm4Gcm,
    Sm4Ccm,
    /// Nothing is enciphered, and what is sent is sealed by the hash (RFC 9150).
    Sha256,
    /// Likewise.
    Sha384,
}

/// The names of [`Cipher`].
const CIPHERS: &str = "NULL RC4_40 RC4_56 RC4_128 RC2_CBC_40 RC2_56 IDEA_CBC DES40_CBC DES_CBC_40 DES_CBC 3DES_EDE_CBC \
    SEED_CBC AES_128_CBC AES_256_CBC CAMELLIA_128_CBC CAMELLIA_256_CBC ARIA_128_CBC ARIA_256_CBC AES_128_GCM AES_256_GCM \
    AES_128_CCM AES_256_CCM AES_128_CCM_8 AES_256_CCM_8 CAMELLIA_128_GCM CAMELLIA_256_GCM ARIA_128_GCM ARIA_256_GCM \
    CHACHA20_POLY1305 28147_CNT SM4_GCM SM4_CCM SHA256 SHA384";

impl Cipher {
    pub(super) fn name(self) -> &'static str {
        nth(CIPHERS, self as usize)
    }

    /// Whether it chains blocks (CBC).
    pub(super) const fn chains(self) -> bool {
        self.has_old_blocks()
            || matches!(
                self,
                Self::TripleDesCbc
                    | Self::SeedCbc
                    | Self::Aes128Cbc
                    | Self::Aes256Cbc
                    | Self::Camellia128Cbc
                    | Self::Camellia256Cbc
                    | Self::Aria128Cbc
                    | Self::Aria256Cbc
            )
    }

    /// Whether it is a cipher of the last century, other than 3DES, with blocks of 64 bits.
    pub(super) const fn has_old_blocks(self) -> bool {
        matches!(
            self,
            Self::Rc2Cbc40
                | Self::Rc2x56
                | Self::IdeaCbc
                | Self::Des40Cbc
                | Self::DesCbc40
                | Self::DesCbc
        )
    }
}

/// The hash that seals records or makes keys: the end of a suite's name. In the order of [`HASHES`].
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Hash {
    /// It is not named.
    Unnamed,
    Null,
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sm3,
    GostImit,
    Gost94,
    Gost3411,
    /// SHA-256, of a suite that was tried before RFC 7905 and then changed.
    Sha256Old,
}

/// The names of [`Hash`].
const HASHES: &str = " NULL MD5 SHA SHA256 SHA384 SM3 IMIT GOST94 GOSTR3411 SHA256_OLD";

impl Hash {
    /// Its name; empty of [`Self::Unnamed`].
    pub(super) fn name(self) -> &'static str {
        nth(HASHES, self as usize)
    }

    pub(super) const fn is_national(self) -> bool {
        matches!(self, Self::GostImit | Self::Gost94 | Self::Gost3411)
    }
}

fn nth(names: &'static str, place: usize) -> &'static str {
    names.split(' ').nth(place).unwrap_or_default()
}
