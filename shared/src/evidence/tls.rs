//! What TLS shows: completed handshakes, the answers to single hellos, and certificates.

use serde::{Deserialize, Serialize};

use crate::tls::{Group, Suite, Version};

/// What a completed handshake showed.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct TlsFact {
    /// As `TLS 1.3`.
    pub version: String,
    /// The suite's IANA name.
    pub suite: String,
    /// The group's IANA name, when there was one.
    pub group: Option<String>,
    /// The name sent in SNI and checked against.
    pub server_name: String,
    /// What the platform's verifier says of the chain.
    pub trust: Trust,
    /// The certificates that were shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Box<Chain>>,
}

/// The platform verifier's word on a chain.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// It leads to a root, is in date, and names the server.
    Trusted,
    /// It does not; why, in the verifier's words, safe to show.
    Untrusted(String),
    /// This machine has no roots to judge by.
    NoRoots,
}

/// Certificates as a server shows them (RFC 8446 §4.4.2, RFC 5246 §7.4.2).
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Chain {
    /// The server's own first, then in the order in which they came; at most [`Chain::MAX`].
    pub links: Vec<Link>,
    /// How many more came.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u32,
    /// Whether it leads to a root, in date, whatever name it is for.
    pub path: Path,
    /// The places of certificates that came along and that, were each the only root, would vouch for the server's
    /// own: valid signatures, in date, whatever name it is for. What DANE-TA asks (RFC 7672 §3.1.2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<u8>,
}

impl Chain {
    /// Certificates that are kept.
    pub const MAX: usize = 10;
}

/// One certificate of a chain.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// It could be read.
    Read(Box<Certificate>),
    /// It is no certificate (RFC 5280), or larger than any honest one.
    Unreadable {
        /// Its length in octets.
        octets: u32,
    },
}

/// What stands in a certificate (RFC 5280 §4.1). Texts are bounded and safe to show.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Certificate {
    /// Whom it is for, as `CN=mx.example.org`.
    pub subject: String,
    /// Who vouches for it, likewise.
    pub issuer: String,
    /// The DNS names that it is for (`subjectAltName`), in lower case, at most [`Certificate::MAX_NAMES`] and
    /// eight kilobytes of them.
    pub names: Vec<String>,
    /// Seconds since 1970 from which it is valid.
    pub not_before: i64,
    /// Seconds since 1970 to which it is valid.
    pub not_after: i64,
    /// The key's algorithm: `RSA`, `EC`, `Ed25519`, `Ed448`, `DSA`, else an object identifier.
    pub key: String,
    /// The key's length in bits: of RSA the modulus, of elliptic curves the field. 0 where unknown.
    pub key_bits: u32,
    /// The curve's name, of an elliptic key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curve: Option<String>,
    /// How it is signed, as `sha256WithRSAEncryption`; else an object identifier.
    pub signature: String,
    /// Whether it may vouch for others (`basicConstraints`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub authority: bool,
    /// Whether it vouches for itself, with a signature that fits.
    #[serde(default, skip_serializing_if = "is_false")]
    pub self_signed: bool,
    /// Whether the key of the next one in the chain made its signature; nothing for the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by_next: Option<bool>,
    /// The digests that TLSA records compare: of the whole and of its key (`SubjectPublicKeyInfo`), in hexadecimal.
    pub digests: Digests,
    /// The whole, in base64, where it is not larger than any honest one.
    pub der: String,
    /// Where its key begins in the whole, and how many octets it has.
    pub key_at: (u32, u32),
}

impl Certificate {
    /// Names that are kept.
    pub const MAX_NAMES: usize = 100;
}

/// Digests, in lower-case hexadecimal.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Digests {
    /// SHA-256 of the certificate.
    pub whole_sha256: String,
    /// SHA-512 of the certificate.
    pub whole_sha512: String,
    /// SHA-256 of its key.
    pub key_sha256: String,
    /// SHA-512 of its key.
    pub key_sha512: String,
}

/// Whether a chain leads to a root that this machine trusts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// It does.
    Trusted,
    /// Who vouches for the last one is not known here.
    UnknownIssuer,
    /// One of it is out of date.
    Expired,
    /// One of it is not valid yet.
    NotYetValid,
    /// A signature in it does not fit.
    BadSignature,
    /// A signature in it, or the key of one, is of a kind that is no longer taken.
    WeakSignature,
    /// One of it vouches for another and may not, or is not for servers.
    Misused,
    /// It cannot be read.
    Unreadable,
    /// Something else is wrong with it.
    Other,
    /// This machine has no roots to judge by.
    NoRoots,
}

/// A ClientHello of our own, and what came of it.
///
/// Nothing is concluded here. That a server takes what it chose is plain; that it does not take what was offered, only an
/// [`HelloAnswer::Alert`] tells.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Hello {
    /// What was offered.
    pub offer: Offer,
    /// What came.
    pub answer: HelloAnswer,
}

/// What a ClientHello offers.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Offer {
    /// The highest version. Up to TLS 1.2 servers may choose a lower one; TLS 1.3 is offered alone.
    pub version: Version,
    /// The suites, in order; of SSL 2 none are named, as all of them are offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suites: Vec<Suite>,
    /// The groups, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Whether it says that it is a second try after a failure (RFC 7507).
    #[serde(default, skip_serializing_if = "is_false")]
    pub fallback: bool,
}

/// What came of a ClientHello.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HelloAnswer {
    /// The server chose.
    Chosen(Box<Chosen>),
    /// The server takes SSL 2, with so many kinds of cipher.
    Ssl2 {
        /// How many.
        ciphers: u32,
    },
    /// The server said no, with this `AlertDescription` (RFC 8446 §6).
    Alert(u8),
    /// The server closed the connection.
    Closed,
    /// Nothing until the deadline.
    TimedOut,
    /// Something that is no TLS; its beginning, safe to show.
    NotTls(String),
    /// TLS that cannot be read, or is not what was offered.
    Malformed,
    /// More than any honest answer.
    Endless,
}

/// What a server chose (ServerHello or HelloRetryRequest, and ServerKeyExchange where one came with it).
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Chosen {
    /// The version.
    pub version: Version,
    /// The suite.
    pub suite: Suite,
    /// The group, if it is known by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Bits of the prime of a Diffie-Hellman exchange over no named group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prime_bits: Option<u32>,
    /// The `SignatureScheme` with which the key exchange is signed (RFC 8446 §4.2.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<u16>,
    /// Whether it would compress (CRIME).
    #[serde(default, skip_serializing_if = "is_false")]
    pub compression: bool,
    /// Whether it renegotiates securely (RFC 5746); TLS 1.3 does not at all.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secure_renegotiation: bool,
    /// Whether it binds the master secret to the handshake (RFC 7627); TLS 1.3 always does.
    #[serde(default, skip_serializing_if = "is_false")]
    pub extended_master_secret: bool,
    /// The certificates that were shown; TLS 1.3 hides them from who makes no key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Box<Chain>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(value: &u32) -> bool {
    *value == 0
}
