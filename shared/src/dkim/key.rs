//! What stands in `p`: the key itself, and how long it really is.

use serde::Serialize;

use super::base64;
use super::der::{BIT_STRING, Der, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, Unreadable};

/// The kinds of keys that verifiers know.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// RSA (RFC 6376 §3.3).
    Rsa,
    /// Ed25519 (RFC 8463).
    Ed25519,
}

impl Algorithm {
    /// The kind of this name; letter case counts (RFC 6376 §3.2).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "rsa" => Some(Self::Rsa),
            "ed25519" => Some(Self::Ed25519),
            _ => None,
        }
    }

    /// Its name as people write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "RSA",
            Self::Ed25519 => "Ed25519",
        }
    }
}

/// A public key.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct PublicKey {
    /// Its kind.
    pub algorithm: Algorithm,
    /// How it is written.
    pub form: Form,
    /// Bits of the modulus, or of the Ed25519 key (256).
    pub bits: u32,
}

/// How a key is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7): what everybody publishes.
    Spki,
    /// `RSAPublicKey` (RFC 8017 A.1.1): what RFC 6376 §3.6.1 describes; verifiers take both.
    Pkcs1,
    /// The 32 octets themselves (RFC 8463 §4).
    Raw,
}

/// Why there is no key in `p`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyFault {
    /// A character that base64 has not; its place in the text, in characters.
    Base64(usize),
    /// The key ends too early; mostly it was cut at 255 octets, the length of one string of a TXT record.
    Truncated,
    /// No public key of the kind that the record says.
    Foreign,
    /// An exponent that is even or one: with it nothing is secret.
    Exponent,
    /// A private key. Whoever reads it can sign.
    Private,
    /// An Ed25519 key in `SubjectPublicKeyInfo`, where its 32 octets alone belong (RFC 8463 §4).
    Wrapped,
}

/// The content of `1.2.840.113549.1.1.1`, rsaEncryption.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// What stands in front of an Ed25519 key in `SubjectPublicKeyInfo` (RFC 8410 §4).
const ED25519_PREFIX: &[u8] = &[
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
/// Octets of an Ed25519 key.
const ED25519_LENGTH: usize = 32;

/// A key, and whether its base64 ends as it must.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeyText {
    /// The key.
    pub key: PublicKey,
    /// Whether padding (`=`) is missing at the end: some verifiers do not take it.
    pub lacks_padding: bool,
}

/// Reads the key of kind `algorithm` in `text`, the value of `p`. One pass, whatever the length.
///
/// # Errors
/// Says why it is none.
pub fn read(algorithm: Algorithm, text: &str) -> Result<KeyText, KeyFault> {
    let decoded = base64::decode(text).map_err(KeyFault::Base64)?;
    let key = match algorithm {
        Algorithm::Rsa => rsa(&decoded.octets)?,
        Algorithm::Ed25519 => ed25519(&decoded.octets)?,
    };
    Ok(KeyText {
        key,
        lacks_padding: !decoded.is_whole,
    })
}

fn ed25519(octets: &[u8]) -> Result<PublicKey, KeyFault> {
    let key = PublicKey {
        algorithm: Algorithm::Ed25519,
        form: Form::Raw,
        bits: 256,
    };
    match octets.len() {
        ED25519_LENGTH => Ok(key),
        _ if octets.starts_with(ED25519_PREFIX) => Err(KeyFault::Wrapped),
        ..ED25519_LENGTH => Err(KeyFault::Truncated),
        _ => Err(KeyFault::Foreign),
    }
}

fn rsa(octets: &[u8]) -> Result<PublicKey, KeyFault> {
    let (form, modulus, exponent) = numbers(octets)?;
    if !is_odd(modulus) {
        return Err(KeyFault::Foreign);
    }
    if !is_odd(exponent) || exponent == [1] {
        return Err(KeyFault::Exponent);
    }
    Ok(PublicKey {
        algorithm: Algorithm::Rsa,
        form,
        bits: bits(modulus),
    })
}

/// Modulus and exponent without leading zeros.
fn numbers(octets: &[u8]) -> Result<(Form, &[u8], &[u8]), KeyFault> {
    let mut key = Der(Der(octets).read(SEQUENCE).map_err(fault)?);
    let form = match key.tag() {
        Some(SEQUENCE) => {
            let mut algorithm = Der(key.read(SEQUENCE).map_err(fault)?);
            if algorithm.read(OBJECT_IDENTIFIER).map_err(fault)? != RSA {
                return Err(KeyFault::Foreign);
            }
            let bits = key.read(BIT_STRING).map_err(fault)?;
            // The first octet counts the bits that are not used: none of a key's.
            let inner = bits.strip_prefix(&[0]).ok_or(KeyFault::Foreign)?;
            key = Der(Der(inner).read(SEQUENCE).map_err(fault)?);
            Form::Spki
        }
        _ => Form::Pkcs1,
    };
    let modulus = without_zeros(key.read(INTEGER).map_err(fault)?);
    if modulus.is_empty() {
        // PKCS#1 and PKCS#8 begin a private key with the version 0 (RFC 8017 A.1.2, RFC 5958 §2).
        return Err(KeyFault::Private);
    }
    let exponent = without_zeros(key.read(INTEGER).map_err(fault)?);
    Ok((form, modulus, exponent))
}

const fn fault(unreadable: Unreadable) -> KeyFault {
    match unreadable {
        Unreadable::Cut => KeyFault::Truncated,
        Unreadable::Other => KeyFault::Foreign,
    }
}

fn without_zeros(mut number: &[u8]) -> &[u8] {
    while let [0, rest @ ..] = number {
        number = rest;
    }
    number
}

const fn is_odd(number: &[u8]) -> bool {
    matches!(number, [.., last] if *last % 2 == 1)
}

/// The bit length of a number without leading zeros.
fn bits(number: &[u8]) -> u32 {
    let octets = u32::try_from(number.len()).unwrap_or(u32::MAX / 8);
    let leading = number.first().map_or(0, |first| first.leading_zeros());
    (8 * octets).saturating_sub(leading)
}

#[cfg(test)]
mod tests;
