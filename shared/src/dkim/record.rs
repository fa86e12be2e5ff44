//! A key record, tag by tag.

use core::fmt;

use serde::Serialize;

use super::key::{Algorithm, KeyFault, PublicKey};
use crate::span::Span;

/// The record of one key (RFC 6376 §3.6.1). [`fmt::Display`] gives back the text that was parsed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Record {
    /// The whole record, its character-strings joined.
    pub text: String,
    /// Every `name=value` in the order of the text, unknown and repeated ones too.
    pub tags: Vec<Tag>,
    /// The key, or why verifiers find none.
    pub key: Result<PublicKey, NoKey>,
    /// Whether the key is for mail (`s`).
    pub is_for_mail: bool,
    /// Whether signatures with SHA-256 may be made with it (`h`); nothing else may be used.
    pub allows_sha256: bool,
    /// `t=y`: what is signed with it is to be treated as if it were not.
    pub is_testing: bool,
    /// `t=s`: the domain of `i=` must be that of `d=`.
    pub is_strict: bool,
}

impl Record {
    /// Whether verifiers accept signatures that are made with this key: RFC 8301 §3 sets the bounds.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        let sound = |key: &PublicKey| key.algorithm != Algorithm::Rsa || key.bits >= MIN_BITS;
        self.key.as_ref().is_ok_and(sound) && self.is_for_mail && self.allows_sha256
    }
}

/// Bits of RSA below which verifiers must not accept a signature (RFC 8301 §3.2).
pub(super) const MIN_BITS: u32 = 1024;
/// Bits of RSA that a key should have (RFC 8301 §3.2).
pub(super) const GOOD_BITS: u32 = 2048;
/// Bits of RSA that verifiers must be able to read (RFC 8301 §3.2).
pub(super) const MAX_BITS: u32 = 4096;

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Why verifiers find no key in a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoKey {
    /// The list of tags is void as a whole (RFC 6376 §3.2), or of another version (§3.6.1).
    Void,
    /// There is no `p`.
    Missing,
    /// `p` is empty: the owner says that the key counts no longer.
    Revoked,
    /// `k` names a kind of key that verifiers do not know.
    UnknownType,
    /// What stands in `p` is no such key.
    Faulty(KeyFault),
}

/// One tag's place in the record.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Tag {
    /// Which tag; `None` for one that no DKIM standard defines.
    pub name: Option<TagName>,
    /// Where its name stands.
    pub name_span: Span,
    /// Where its value stands.
    pub value_span: Span,
}

/// The tags of RFC 6376 §3.6.1, and `g` of RFC 4871, which it removed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TagName {
    /// `v`
    V,
    /// `h`
    H,
    /// `k`
    K,
    /// `n`
    N,
    /// `p`
    P,
    /// `s`
    S,
    /// `t`
    T,
    /// `g`, removed
    G,
}

impl TagName {
    /// The name as the standards write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V => "v",
            Self::H => "h",
            Self::K => "k",
            Self::N => "n",
            Self::P => "p",
            Self::S => "s",
            Self::T => "t",
            Self::G => "g",
        }
    }

    /// The tag of this name; letter case counts (RFC 6376 §3.2).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "v" => Self::V,
            "h" => Self::H,
            "k" => Self::K,
            "n" => Self::N,
            "p" => Self::P,
            "s" => Self::S,
            "t" => Self::T,
            "g" => Self::G,
            _ => return None,
        })
    }
}
