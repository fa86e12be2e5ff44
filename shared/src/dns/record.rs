//! What is asked and what comes back.

use crate::gather::Gather;
use core::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use super::{Name, Octets};
use crate::sorting::sorted;

/// The record types that Postern reads.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// IPv4 address (RFC 1035 §3.4.1).
    A,
    /// IPv6 address (RFC 3596).
    Aaaa,
    /// Certification authority authorization (RFC 8659).
    Caa,
    /// Public key of a signed zone (RFC 4034 §2).
    Dnskey,
    /// Delegation signer (RFC 4034 §5).
    Ds,
    /// Mail exchange (RFC 1035 §3.3.9).
    Mx,
    /// Domain name pointer (RFC 1035 §3.3.12).
    Ptr,
    /// Certificate association (RFC 6698 §2).
    Tlsa,
    /// Text (RFC 1035 §3.3.14).
    Txt,
}

impl RecordType {
    /// Every type, in code point order of nothing but habit: what `/dns-query` may be asked.
    pub const ALL: [Self; 9] = [
        Self::A,
        Self::Aaaa,
        Self::Caa,
        Self::Dnskey,
        Self::Ds,
        Self::Mx,
        Self::Ptr,
        Self::Tlsa,
        Self::Txt,
    ];

    /// The mnemonic of the standards.
    #[must_use]
    pub const fn mnemonic(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Caa => "CAA",
            Self::Dnskey => "DNSKEY",
            Self::Ds => "DS",
            Self::Mx => "MX",
            Self::Ptr => "PTR",
            Self::Tlsa => "TLSA",
            Self::Txt => "TXT",
        }
    }
}

impl fmt::Display for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.mnemonic())
    }
}

/// One question: a name and a type, always in class IN.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Question {
    /// The owner name asked for.
    pub name: Name,
    /// The record type asked for.
    #[serde(rename = "type")]
    pub record_type: RecordType,
    /// The CD bit: the resolver is to answer what it could not validate too (RFC 4035 §3.2.2). What then comes
    /// where there was SERVFAIL before is bogus, not broken.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub unchecked: bool,
}

impl Question {
    /// Asks `name` for `record_type`.
    #[must_use]
    pub const fn new(name: Name, record_type: RecordType) -> Self {
        Self {
            name,
            record_type,
            unchecked: false,
        }
    }

    /// The last of the ranks.
    pub const LAST_RANK: u8 = 3;

    /// What more depends on is asked first, should a scan have more questions than it may ask: 0 routes and
    /// policies, 1 addresses and what secures them, 2 the names of addresses, 3 keys under guessed names.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self.record_type {
            RecordType::Txt if self.name.as_str().contains("._domainkey.") => 3,
            RecordType::Mx | RecordType::Txt => 0,
            RecordType::Ptr => 2,
            _ => 1,
        }
    }

    /// The same question with the CD bit.
    #[must_use]
    pub fn unchecked(self) -> Self {
        Self {
            unchecked: true,
            ..self
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.record_type)?;
        f.write_str(if self.unchecked { " +cd" } else { "" })
    }
}

/// What one resolver said to one question.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Answer {
    /// The data, its absence, or why neither is known.
    pub response: Response,
    /// The AD bit: the resolver vouches that DNSSEC validated this answer (RFC 4035 §3.2.3).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub authenticated: bool,
    /// The name at which the chain of CNAMEs ended; nothing where the name asked for is no alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<Name>,
}

impl Answer {
    /// An answer without the AD bit, at the name that was asked for.
    #[must_use]
    pub const fn new(response: Response) -> Self {
        Self {
            response,
            authenticated: false,
            canonical: None,
        }
    }
}

/// The four outcomes of a look-up; they must never be mixed up.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Records of the type asked for, CNAMEs already followed; sorted, so that two resolvers agree.
    Records(Vec<RecordData>),
    /// The name exists without such a record (NOERROR, empty).
    NoData,
    /// The name does not exist (RFC 8020: nor does anything below it).
    NxDomain,
    /// Nobody knows: never read this as absence.
    Failed(Failure),
}

impl Response {
    /// Records in canonical order; [`Response::NoData`] for none.
    #[must_use]
    pub fn from_records(records: Vec<RecordData>) -> Self {
        if records.is_empty() {
            return Self::NoData;
        }
        let mut records = sorted(records);
        records.dedup();
        Self::Records(records)
    }

    /// The records, none where there are none or nobody knows.
    #[must_use]
    pub fn records(&self) -> &[RecordData] {
        match self {
            Self::Records(records) => records,
            Self::NoData | Self::NxDomain | Self::Failed(_) => &[],
        }
    }

    /// Whether this answers the question: anything but a failure.
    #[must_use]
    pub const fn is_definite(&self) -> bool {
        !matches!(self, Self::Failed(_))
    }
}

/// Why a look-up gave no answer.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// RCODE 2: the resolver could not get or validate an answer.
    ServFail,
    /// RCODE 5: the resolver will not answer us.
    Refused,
    /// Any other RCODE (RFC 1035 §4.1.1, RFC 6895 §2.3).
    Rcode(u16),
    /// No answer in time.
    TimedOut,
    /// The resolver could not be reached: down, blocked, or not allowed to a web page.
    Unreachable,
    /// Something came back that is no answer to the question.
    Malformed,
    /// Nobody was asked: the scan had asked all that one may, or was over.
    NotAsked,
}

/// One record's data.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordData {
    /// An IPv4 address.
    A(Ipv4Addr),
    /// An IPv6 address.
    Aaaa(Ipv6Addr),
    /// Who may issue certificates (RFC 8659 §4.1).
    Caa {
        /// 128 is the critical bit.
        flags: u8,
        /// `issue`, `issuewild`, `iodef`, `issuemail`, …; in lower case.
        tag: String,
        /// What the tag says; octets from 0x80 as in [`TxtRecord`].
        value: String,
    },
    /// A key of a signed zone (RFC 4034 §2.1).
    Dnskey {
        /// 256 zone key, 1 secure entry point, 128 revoked.
        flags: u16,
        /// Always 3.
        protocol: u8,
        /// The algorithm's number.
        algorithm: u8,
        /// The key itself.
        key: Octets,
    },
    /// The digest of a key, published by the parent zone (RFC 4034 §5.1).
    Ds {
        /// Of the key.
        key_tag: u16,
        /// The key's algorithm.
        algorithm: u8,
        /// How the digest is made.
        digest_type: u8,
        /// The digest itself.
        digest: Octets,
    },
    /// A mail exchange; the root as exchange is the null MX (RFC 7505).
    Mx {
        /// Lower is tried first.
        preference: u16,
        /// The host that takes the mail.
        exchange: Name,
    },
    /// A name for an address.
    Ptr(Name),
    /// Which certificate or key a server has (RFC 6698 §2.1).
    Tlsa {
        /// 0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE.
        usage: u8,
        /// 0 the certificate, 1 its public key.
        selector: u8,
        /// 0 itself, 1 its SHA-256, 2 its SHA-512.
        matching: u8,
        /// Certificate, key or digest.
        data: Octets,
    },
    /// Text.
    Txt(TxtRecord),
}

/// The character-strings of one TXT record.
///
/// Octets from 0x80 are kept as the characters U+0080 to U+00FF, so that nothing is lost and every
/// position in the text is a position in the record.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct TxtRecord(pub Vec<String>);

impl TxtRecord {
    /// A record of one string.
    #[must_use]
    pub fn single(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }

    /// From the octets of each string.
    #[must_use]
    pub fn from_octets<'a>(strings: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let latin = |octets: &[u8]| octets.iter().map(|&octet| char::from(octet)).collect();
        Self(strings.into_iter().map(latin).gather())
    }

    /// The strings joined without a space, as every mail standard reads them (RFC 7208 §3.3).
    #[must_use]
    pub fn text(&self) -> String {
        self.0.concat()
    }
}
