//! Levels of signatures, by the hash that is signed (NCSC-NL 2025-05).

use super::Level;

/// The level of a signature by its name, as `sha256WithRSAEncryption` or `ecdsa-with-SHA384`; of one that nobody knows,
/// the worst.
#[must_use]
pub fn signature_level(name: &str) -> Level {
    let name = name.to_ascii_lowercase();
    let has = |known: &[&str]| known.iter().any(|hash| name.contains(hash));
    if has(&["sha256", "sha384", "sha512", "ed25519", "ed448"]) {
        Level::Sufficient
    } else if has(&["sha224"]) {
        Level::PhaseOut
    } else {
        Level::Insufficient
    }
}

/// The level of a signature in a handshake, by its `SignatureScheme` (RFC 8446 §4.2.3; before, RFC 5246 §7.4.1.4.1).
#[must_use]
pub fn scheme_level(scheme: u16) -> Level {
    scheme_name(scheme).map_or(Level::Insufficient, signature_level)
}

/// The name of a `SignatureScheme`, in IANA's registry or, where that has none, after its manner.
#[must_use]
pub const fn scheme_name(scheme: u16) -> Option<&'static str> {
    Some(match scheme {
        0x0101 => "rsa_pkcs1_md5",
        0x0201 => "rsa_pkcs1_sha1",
        0x0202 => "dsa_sha1",
        0x0203 => "ecdsa_sha1",
        0x0301 => "rsa_pkcs1_sha224",
        0x0302 => "dsa_sha224",
        0x0303 => "ecdsa_sha224",
        0x0401 => "rsa_pkcs1_sha256",
        0x0402 => "dsa_sha256",
        0x0403 => "ecdsa_secp256r1_sha256",
        0x0501 => "rsa_pkcs1_sha384",
        0x0502 => "dsa_sha384",
        0x0503 => "ecdsa_secp384r1_sha384",
        0x0601 => "rsa_pkcs1_sha512",
        0x0602 => "dsa_sha512",
        0x0603 => "ecdsa_secp521r1_sha512",
        0x0804 => "rsa_pss_rsae_sha256",
        0x0805 => "rsa_pss_rsae_sha384",
        0x0806 => "rsa_pss_rsae_sha512",
        0x0807 => "ed25519",
        0x0808 => "ed448",
        0x0809 => "rsa_pss_pss_sha256",
        0x080a => "rsa_pss_pss_sha384",
        0x080b => "rsa_pss_pss_sha512",
        0x081a => "ecdsa_brainpoolP256r1tls13_sha256",
        0x081b => "ecdsa_brainpoolP384r1tls13_sha384",
        0x081c => "ecdsa_brainpoolP512r1tls13_sha512",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_signatures() {
        assert_eq!(
            signature_level("sha256WithRSAEncryption"),
            Level::Sufficient
        );
        assert_eq!(signature_level("ecdsa-with-SHA384"), Level::Sufficient);
        assert_eq!(signature_level("Ed25519"), Level::Sufficient);
        assert_eq!(signature_level("ecdsa-with-SHA224"), Level::PhaseOut);
        assert_eq!(
            signature_level("sha1WithRSAEncryption"),
            Level::Insufficient
        );
        assert_eq!(signature_level("md5WithRSAEncryption"), Level::Insufficient);
        assert_eq!(signature_level("1.2.3"), Level::Insufficient);
    }

    #[test]
    fn levels_of_schemes() {
        assert_eq!(scheme_level(0x0804), Level::Sufficient);
        assert_eq!(scheme_level(0x0301), Level::PhaseOut);
        assert_eq!(scheme_level(0x0201), Level::Insufficient);
        assert_eq!(scheme_level(0x9999), Level::Insufficient);
    }
}
