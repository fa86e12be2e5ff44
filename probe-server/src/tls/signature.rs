//! Signatures in certificates. The old and the weak are checked too: that one fits is a fact, what it is worth another.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    ED25519, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_2048_8192_SHA384, UnparsedPublicKey, VerificationAlgorithm,
};
use x509_parser::certificate::X509Certificate;
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

use super::certificate::identifier;

/// The names of algorithms (RFC 3279 §2.2, RFC 4055, RFC 5758, RFC 8410).
const NAMES: [(&str, &str); 16] = [
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    (SHA1_RSA, "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
    (SHA256_RSA, "sha256WithRSAEncryption"),
    (SHA384_RSA, "sha384WithRSAEncryption"),
    (SHA512_RSA, "sha512WithRSAEncryption"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    (ECDSA_SHA256, "ecdsa-with-SHA256"),
    (ECDSA_SHA384, "ecdsa-with-SHA384"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    ("1.2.840.10040.4.3", "dsa-with-SHA1"),
    (ED25519_ID, "Ed25519"),
    ("1.3.101.113", "Ed448"),
];

const SHA1_RSA: &str = "1.2.840.113549.1.1.5";
const SHA256_RSA: &str = "1.2.840.113549.1.1.11";
const SHA384_RSA: &str = "1.2.840.113549.1.1.12";
const SHA512_RSA: &str = "1.2.840.113549.1.1.13";
const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";
const ECDSA_SHA384: &str = "1.2.840.10045.4.3.3";
const ED25519_ID: &str = "1.3.101.112";
const P256: &str = "1.2.840.10045.3.1.7";
const P384: &str = "1.3.132.0.34";

/// The name of an algorithm; its object identifier where it has none here.
pub(super) fn name(algorithm: &AlgorithmIdentifier<'_>) -> String {
    let identifier = identifier(&algorithm.algorithm);
    let known = NAMES.iter().find(|(id, _)| *id == identifier);
    known.map_or(identifier, |(_, name)| (*name).to_owned())
}

/// Whether `key` made the signature of `certificate`; nothing where that cannot be checked here.
pub(super) fn fits(
    certificate: &X509Certificate<'_>,
    key: &SubjectPublicKeyInfo<'_>,
) -> Option<bool> {
    let algorithm = algorithm(certificate, key)?;
    let public = UnparsedPublicKey::new(algorithm, &key.subject_public_key.data);
    let verified = public.verify(
        certificate.tbs_certificate.as_ref(),
        &certificate.signature_value.data,
    );
    Some(verified.is_ok())
}

/// How to check; `None` too where a key is too short for it, as that would read as a signature that does not fit.
fn algorithm(
    certificate: &X509Certificate<'_>,
    key: &SubjectPublicKeyInfo<'_>,
) -> Option<&'static dyn VerificationAlgorithm> {
    let identifier = certificate.signature_algorithm.algorithm.to_id_string();
    let curve = || {
        let parameters = key.algorithm.parameters.as_ref()?;
        Some(parameters.as_oid().ok()?.to_id_string())
    };
    let octets = key.subject_public_key.data.len();
    let is_rsa = key.algorithm.algorithm.to_id_string() == "1.2.840.113549.1.1.1";
    Some(match identifier.as_str() {
        // A key of 1024 bits has 140 octets, one of 2048 bits 270.
        SHA1_RSA if is_rsa && octets >= 130 => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        SHA256_RSA if is_rsa && octets >= 130 => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        SHA384_RSA if is_rsa && octets >= 260 => &RSA_PKCS1_2048_8192_SHA384,
        SHA512_RSA if is_rsa && octets >= 130 => &RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        ECDSA_SHA256 => match curve()?.as_str() {
            P256 => &ECDSA_P256_SHA256_ASN1,
            P384 => &ECDSA_P384_SHA256_ASN1,
            _ => return None,
        },
        ECDSA_SHA384 => match curve()?.as_str() {
            P256 => &ECDSA_P256_SHA384_ASN1,
            P384 => &ECDSA_P384_SHA384_ASN1,
            _ => return None,
        },
        ED25519_ID => &ED25519,
        _ => return None,
    })
}
