//! What is said about DNSSEC.

use super::numbers::{agree, list};
use crate::dnssec::mnemonic;
use crate::report::DnssecReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about DNSSEC has its status.
pub(super) fn reason(reason: &DnssecReason) -> Sentence {
    match reason {
        DnssecReason::Secure => say!(
            "DNS answers about the domain and its mail servers are signed, and the signatures are valid."
        ),
        DnssecReason::Unsigned => say!(
            "DNS answers about the domain are not signed: whoever forges one can lead your mail elsewhere."
        ),
        DnssecReason::Island { key_tags } => say!(
            "The domain is signed, but the zone above does not know: it has no `DS` record for {0} {1}. So the signatures protect nothing.",
            agree(key_tags, "key", "the keys"),
            tags(key_tags)
        ),
        DnssecReason::NotTrusted => say!(
            "The domain is signed, and still resolvers take it for unsigned: its algorithm is too old for them, or a zone above it is not signed."
        ),
        DnssecReason::Bogus => say!(
            "The signatures of the domain are wrong or have expired. Resolvers that validate withhold its answers (bogus), so their users cannot send you mail."
        ),
        DnssecReason::KeysDiffer { named, keys } => say!(
            "The `DS` records of the zone above name {0} {1}, but the zone is signed with {2}.",
            agree(named, "key", "the keys"),
            tags(named),
            tags(keys)
        ),
        DnssecReason::HostsUnsigned { hosts } => say!(
            "DNS answers about {0} are not signed: whoever forges one can take {1} place.",
            list(hosts),
            agree(hosts, "its", "their")
        ),
        DnssecReason::HostsBogus { hosts } => say!(
            "The signatures for {0} are wrong or have expired. Senders whose resolvers validate do not find {1} (bogus).",
            list(hosts),
            agree(hosts, "it", "them")
        ),
        DnssecReason::HostsUnseen { hosts } => {
            say!(
                "Whether answers about {0} are signed we could not find out.",
                list(hosts)
            )
        }
        DnssecReason::WeakAlgorithm { algorithm } => say!(
            "A key of the domain uses {0}, an algorithm that is no longer safe; some resolvers ignore it.",
            mnemonic(*algorithm)
        ),
        DnssecReason::WeakDigest { key_tags } => say!(
            "The zone above names {0} {1} by a digest that is no longer safe (`SHA-1` or `GOST`).",
            agree(key_tags, "key", "the keys"),
            tags(key_tags)
        ),
        DnssecReason::Unvalidated => {
            say!("We could not look: the DNS resolver that we asked does not validate signatures.")
        }
    }
}

/// Key tags as zone files write them.
pub(super) fn tags(tags: &[u16]) -> Sentence {
    list(tags.iter().map(Sentence::code))
}
