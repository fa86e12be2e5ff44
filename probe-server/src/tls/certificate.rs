//! What stands in certificates (RFC 5280 §4.1). Whatever a server sends is read or called unreadable, never believed.

use data_encoding::{BASE64, HEXLOWER};
use postern_shared::evidence::{Certificate, Digests, Link};
use postern_shared::text;
use ring::digest;
use x509_parser::asn1_rs::{Any, Oid};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer as _;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::{SubjectPublicKeyInfo, X509Name};

use super::signature;

/// Octets of a certificate that is read; honest ones have two thousand.
const MAX_OCTETS: usize = 16 * 1024;
/// Characters of a name that are kept.
const MAX_NAME: usize = 300;
/// Characters of a DNS name that are kept: more than any can have.
const MAX_DNS_NAME: usize = 260;
/// Octets of the DNS names of one certificate that are kept: a hundred honest names have a third of it. With the
/// certificates themselves, those of a whole chain then fit a message of [`postern_shared::protocol`], also where every
/// character of them has to be written out.
const MAX_DNS_NAMES: usize = 8 * 1024;
/// Characters of an object identifier that are kept; honest ones have thirty.
const MAX_IDENTIFIER: usize = 100;

/// Reads the certificates of a chain as they came, the server's own first.
pub(super) fn read(chain: &[impl AsRef<[u8]>]) -> Vec<Link> {
    let parsed: Vec<_> = chain.iter().map(|der| parse(der.as_ref())).collect();
    let links = parsed.iter().enumerate().map(|(place, certificate)| {
        let Some(certificate) = certificate else {
            let octets = chain.get(place).map_or(0, |der| der.as_ref().len());
            let octets = u32::try_from(octets).unwrap_or(u32::MAX);
            return Link::Unreadable { octets };
        };
        let next = parsed.get(place + 1).and_then(Option::as_ref);
        Link::Read(Box::new(describe(certificate, next)))
    });
    links.collect()
}

fn parse(der: &[u8]) -> Option<X509Certificate<'_>> {
    if der.len() > MAX_OCTETS {
        return None;
    }
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => Some(certificate).filter(is_der),
        // What stands behind a certificate is none of it.
        Ok(_) | Err(_) => None,
    }
}

/// Whether the whole, what is signed of it and its key are each a SEQUENCE of DER up to its end. The parser also takes one
/// of another class, or that says it has no parts (X.690 §8.9.1), and leaves out what stands behind the parts it knows.
fn is_der(certificate: &X509Certificate<'_>) -> bool {
    let signed = certificate.tbs_certificate.as_ref();
    let parts = [certificate.as_raw(), signed, certificate.public_key().raw];
    let is_whole =
        |part: &[u8]| part.starts_with(&[0x30]) && matches!(Any::from_der(part), Ok(([], _)));
    parts.into_iter().all(is_whole)
}

fn describe(certificate: &X509Certificate<'_>, next: Option<&X509Certificate<'_>>) -> Certificate {
    let key = certificate.public_key();
    let (algorithm, key_bits, curve) = described(key);
    let own_issuer = certificate.subject().as_raw() == certificate.issuer().as_raw();
    let validity = certificate.validity();
    Certificate {
        subject: name(certificate.subject()),
        issuer: name(certificate.issuer()),
        names: dns_names(certificate),
        not_before: validity.not_before.timestamp(),
        not_after: validity.not_after.timestamp(),
        key: algorithm,
        key_bits,
        curve,
        signature: signature::name(&certificate.signature_algorithm),
        authority: certificate.is_ca(),
        // One that cannot be checked here is what it says it is.
        self_signed: own_issuer && signature::fits(certificate, key) != Some(false),
        signed_by_next: next.and_then(|next| signature::fits(certificate, next.public_key())),
        digests: digests(certificate.as_raw(), key.raw),
        der: BASE64.encode(certificate.as_raw()),
        key_at: place(certificate.as_raw(), key.raw),
    }
}

/// A name as RFC 4514 has it, most general first as it stands in the certificate.
fn name(name: &X509Name<'_>) -> String {
    let text = name
        .to_string_with_registry(x509_parser::objects::oid_registry())
        .unwrap_or_default();
    text::from_octets(text.as_bytes(), MAX_NAME)
}

/// The DNS names of `subjectAltName` (RFC 5280 §4.2.1.6).
fn dns_names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else {
        return Vec::new();
    };
    let names = extension.value.general_names.iter();
    let names = names.filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(name.to_ascii_lowercase()),
        _ => None,
    });
    let names = names
        .take(Certificate::MAX_NAMES)
        .map(|name| text::from_octets(name.as_bytes(), MAX_DNS_NAME));
    let mut octets = 0;
    let names = names.take_while(|name| {
        octets += name.len();
        octets <= MAX_DNS_NAMES
    });
    names.collect()
}

/// An object identifier in figures.
pub(super) fn identifier(oid: &Oid<'_>) -> String {
    text::from_octets(oid.to_id_string().as_bytes(), MAX_IDENTIFIER)
}

/// The key's algorithm, its bits, and its curve.
fn described(key: &SubjectPublicKeyInfo<'_>) -> (String, u32, Option<String>) {
    let identifier = identifier(&key.algorithm.algorithm);
    match identifier.as_str() {
        "1.2.840.10045.2.1" => {
            let curve = key.algorithm.parameters.as_ref();
            let curve = curve.and_then(|parameters| parameters.as_oid().ok());
            let (name, bits) = match curve {
                Some(oid) => self::curve(&oid),
                None => ("?".to_owned(), 0),
            };
            ("EC".to_owned(), bits, Some(name))
        }
        "1.3.101.112" => ("Ed25519".to_owned(), 256, None),
        "1.3.101.113" => ("Ed448".to_owned(), 456, None),
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => ("RSA".to_owned(), bits(key), None),
        "1.2.840.10040.4.1" => ("DSA".to_owned(), bits(key), None),
        _ => (identifier, 0, None),
    }
}

/// Bits of an RSA modulus, or of a DSA key.
fn bits(key: &SubjectPublicKeyInfo<'_>) -> u32 {
    let number = match key.parsed() {
        Ok(PublicKey::RSA(key)) => key.modulus,
        Ok(PublicKey::DSA(key)) => key,
        _ => return 0,
    };
    let zeros = number.iter().take_while(|octet| **octet == 0).count();
    let significant = number.len() - zeros;
    let top = number.get(zeros).map_or(0, |octet| octet.leading_zeros());
    (8 * u32::try_from(significant).unwrap_or(0)).saturating_sub(top)
}

/// A curve's name and the bits of its field (RFC 5480 §2.1.1.1, RFC 5639 §4.1).
fn curve(oid: &Oid<'_>) -> (String, u32) {
    const CURVES: [(&str, &str, u32); 9] = [
        ("1.2.840.10045.3.1.1", "secp192r1", 192),
        ("1.3.132.0.33", "secp224r1", 224),
        ("1.2.840.10045.3.1.7", "secp256r1", 256),
        ("1.3.132.0.10", "secp256k1", 256),
        ("1.3.132.0.34", "secp384r1", 384),
        ("1.3.132.0.35", "secp521r1", 521),
        ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", 256),
        ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1", 384),
        ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1", 512),
    ];
    let identifier = identifier(oid);
    let known = CURVES.iter().find(|(id, _, _)| *id == identifier);
    known.map_or((identifier, 0), |(_, name, bits)| {
        ((*name).to_owned(), *bits)
    })
}

fn digests(whole: &[u8], key: &[u8]) -> Digests {
    let sha256 = |octets| HEXLOWER.encode(digest::digest(&digest::SHA256, octets).as_ref());
    let sha512 = |octets| HEXLOWER.encode(digest::digest(&digest::SHA512, octets).as_ref());
    Digests {
        whole_sha256: sha256(whole),
        whole_sha512: sha512(whole),
        key_sha256: sha256(key),
        key_sha512: sha512(key),
    }
}

/// Where `part`, which is a part of `whole`, begins in it, and its length.
fn place(whole: &[u8], part: &[u8]) -> (u32, u32) {
    let begins = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
    let number = |number| u32::try_from(number).unwrap_or(0);
    (number(begins), number(part.len()))
}
