//! What can be said about DKIM keys.

use serde::Serialize;

use crate::dkim::{Algorithm, Diagnostic};
use crate::dns::Name;
use crate::evidence::SelectorSource;

/// Why a finding about DKIM keys has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum DkimReason {
    /// A key with which mail can be signed.
    #[serde(rename = "dkim_key")]
    Key {
        /// Where it stands.
        name: Name,
        /// Its kind.
        algorithm: Algorithm,
        /// Its length.
        bits: u32,
        /// Who manages it, where that shows.
        provider: Option<&'static str>,
    },
    /// All keys found are Ed25519, which many receivers cannot check.
    #[serde(rename = "dkim_ed25519_alone")]
    Ed25519Alone,
    /// Something about the text of a key record.
    #[serde(rename = "dkim_diagnostic")]
    Diagnostic {
        /// Where it stands.
        name: Name,
        /// The record.
        text: String,
        /// What and where.
        diagnostic: Diagnostic,
    },
    /// One name holds several key records (RFC 6376 §3.6.2.2).
    #[serde(rename = "dkim_several")]
    Several {
        /// Where they stand.
        name: Name,
        /// How many.
        count: u32,
    },
    /// Keys were found, and all of them are revoked.
    #[serde(rename = "dkim_revoked")]
    Revoked {
        /// Where they stand.
        names: Vec<Name>,
    },
    /// There is no key under a selector that is in use.
    #[serde(rename = "dkim_missing")]
    Missing {
        /// Where it should stand.
        name: Name,
        /// Who says that it is in use.
        source: SelectorSource,
    },
    /// An alias for a key leads to a name without one.
    #[serde(rename = "dkim_dangling")]
    Dangling {
        /// The alias.
        name: Name,
        /// Where it leads.
        target: Name,
        /// Who should have a key there, where that shows.
        provider: Option<&'static str>,
    },
    /// Nothing stands below `_domainkey`.
    #[serde(rename = "dkim_none")]
    NoNames,
    /// No key under the names that were guessed, which proves nothing.
    #[serde(rename = "dkim_not_found")]
    NotFound {
        /// How many names were answered.
        answered: u32,
    },
    /// Every name below `_domainkey` has the same answer.
    #[serde(rename = "dkim_wildcard")]
    Wildcard {
        /// Whether it revokes every key.
        revokes: bool,
    },
    /// The domain sends no mail, so there is nothing to sign.
    #[serde(rename = "dkim_sends_nothing")]
    SendsNothing,
}
