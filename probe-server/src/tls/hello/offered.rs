//! Whether what a server chose had been offered to it.

use postern_shared::evidence::Offer;
use postern_shared::tls::{Group, Suite, Version};

use super::write::MAX_SUITES;

/// Up to TLS 1.2 a lower version may be chosen.
pub(super) fn version(offer: &Offer, version: Version) -> bool {
    match offer.version {
        Version::Ssl2 => false,
        Version::Tls13 => version == Version::Tls13,
        highest => (Version::Ssl3..=highest).contains(&version),
    }
}

pub(super) fn suite(offer: &Offer, suite: Suite) -> bool {
    offer.suites.iter().take(MAX_SUITES).any(|it| *it == suite)
}

/// Who offers no groups leaves the choice to the server (RFC 8422 §4).
pub(super) fn group(offer: &Offer, group: Group) -> bool {
    offer.groups.is_empty() || offer.groups.contains(&group)
}
