//! DNS blocklists: which are asked, how, and what their answers mean (RFC 5782).
//!
//! Lists die, and dead lists answer for the whole world: this table is dated, and no list is believed
//! before it has passed its own test points.

use crate::gather::Gather;
use std::net::{IpAddr, Ipv4Addr};

use crate::dns::Name;
use crate::evidence::{BlocklistOutcome, BlocklistTest, Family};

/// When the table was last reviewed.
pub const REVIEWED: &str = "2026-11";

/// How much a listing counts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Tier {
    /// A listing decides: many receivers refuse by it.
    Decisive,
    /// One listing is a note, two are a warning.
    Minor,
    /// About a neighbourhood, never about this address.
    Information,
}

/// One list.
#[derive(Clone, Copy, Debug)]
pub struct Zone {
    /// The zone that is asked.
    pub zone: &'static str,
    /// How much it counts.
    pub tier: Tier,
    /// Whether it lists IPv4 addresses.
    pub ipv4: bool,
    /// Whether it lists IPv6 addresses.
    pub ipv6: bool,
    /// Where the owner of an address can ask about a listing.
    pub lookup: &'static str,
}

const fn list(
    zone: &'static str,
    tier: Tier,
    ipv4: bool,
    ipv6: bool,
    lookup: &'static str,
) -> Zone {
    Zone {
        zone,
        tier,
        ipv4,
        ipv6,
        lookup,
    }
}

/// The lists that are asked, the weightiest first.
pub const ZONES: &[Zone] = &[
    list(
        "zen.spamhaus.org",
        Tier::Decisive,
        true,
        true,
        "https://check.spamhaus.org/",
    ),
    list(
        "bl.spamcop.net",
        Tier::Decisive,
        true,
        false,
        "https://www.spamcop.net/bl.shtml",
    ),
    list(
        "b.barracudacentral.org",
        Tier::Decisive,
        true,
        false,
        "https://www.barracudacentral.org/lookups",
    ),
    list(
        "psbl.surriel.com",
        Tier::Decisive,
        true,
        false,
        "https://psbl.org/",
    ),
    list(
        "bl.mailspike.net",
        Tier::Minor,
        true,
        false,
        "https://mailspike.org/iplookup.html",
    ),
    list(
        "dnsbl-1.uceprotect.net",
        Tier::Minor,
        true,
        false,
        "https://www.uceprotect.net/en/rblcheck.php",
    ),
    list(
        "dnsbl.dronebl.org",
        Tier::Minor,
        true,
        true,
        "https://dronebl.org/lookup",
    ),
    list(
        "all.s5h.net",
        Tier::Minor,
        true,
        true,
        "https://www.usenix.org.uk/content/rbl.html",
    ),
    list(
        "bl.blocklist.de",
        Tier::Minor,
        true,
        true,
        "https://www.blocklist.de/en/search.html",
    ),
    list(
        "truncate.gbudb.net",
        Tier::Minor,
        true,
        false,
        "https://www.gbudb.com/",
    ),
    list(
        "bl.spameatingmonkey.net",
        Tier::Minor,
        true,
        false,
        "https://spameatingmonkey.com/lookup",
    ),
    list(
        "bl.ipv6.spameatingmonkey.net",
        Tier::Minor,
        false,
        true,
        "https://spameatingmonkey.com/lookup",
    ),
    list(
        "dnsbl-2.uceprotect.net",
        Tier::Information,
        true,
        false,
        "https://www.uceprotect.net/en/rblcheck.php",
    ),
    list(
        "dnsbl-3.uceprotect.net",
        Tier::Information,
        true,
        false,
        "https://www.uceprotect.net/en/rblcheck.php",
    ),
];

/// The lists that know addresses of this family.
pub fn zones_for(family: Family) -> impl Iterator<Item = &'static Zone> {
    ZONES.iter().filter(move |zone| match family {
        Family::V4 => zone.ipv4,
        Family::V6 => zone.ipv6,
    })
}

/// The name to ask about `address`: its octets or nibbles reversed, under the zone (RFC 5782 §2.1, §2.4).
#[must_use]
pub fn query_name(zone: &str, address: IpAddr) -> Option<Name> {
    Name::parse(&format!("{}.{zone}", reversed(address))).ok()
}

/// The octets of an IPv4 address, or the nibbles of an IPv6 address, last first, with dots between.
#[must_use]
pub fn reversed(address: IpAddr) -> String {
    let parts: Vec<String> = match address {
        IpAddr::V4(v4) => v4.octets().iter().rev().map(u8::to_string).gather(),
        IpAddr::V6(v6) => {
            let nibbles = v6
                .octets()
                .into_iter()
                .flat_map(|octet| [octet >> 4, octet & 15]);
            nibbles.rev().map(|nibble| format!("{nibble:x}")).gather()
        }
    };
    parts.join(".")
}

/// The test points of RFC 5782 §5: the address that must be listed, and the one that must not.
#[must_use]
pub const fn test_points(family: Family) -> (IpAddr, IpAddr) {
    let (listed, unlisted) = (Ipv4Addr::new(127, 0, 0, 2), Ipv4Addr::new(127, 0, 0, 1));
    match family {
        Family::V4 => (IpAddr::V4(listed), IpAddr::V4(unlisted)),
        Family::V6 => (
            IpAddr::V6(listed.to_ipv6_mapped()),
            IpAddr::V6(unlisted.to_ipv6_mapped()),
        ),
    }
}

/// What an answer means, once the list is believed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Meaning {
    /// Listed as a source of spam or attacks.
    Listed,
    /// Listed as a range that should not send directly: no fault of a host that receives.
    PolicyRange,
    /// Not listed.
    NotListed,
    /// The list refuses to answer us, or somebody else answered in its name.
    NoAnswer,
}

/// Reads an answer by the codes of its zone.
#[must_use]
pub fn meaning(zone: &str, outcome: &BlocklistOutcome) -> Meaning {
    match outcome {
        BlocklistOutcome::NotListed => Meaning::NotListed,
        BlocklistOutcome::Failed(_) => Meaning::NoAnswer,
        BlocklistOutcome::Answered { codes, .. } => {
            if codes.is_empty() || codes.iter().any(|code| is_refusal(*code)) {
                Meaning::NoAnswer
            } else if zone == "zen.spamhaus.org"
                && codes
                    .iter()
                    .all(|code| matches!(code.octets(), [127, 0, 0, 10 | 11]))
            {
                Meaning::PolicyRange
            } else {
                Meaning::Listed
            }
        }
    }
}

/// Codes that are no listing: outside 127.0.0.0/8 a resolver rewrote the answer or the zone is parked;
/// 127.255.255.0/24 says that we may not ask; 127.0.0.1 is "blocked" at some, and no listing at the rest.
fn is_refusal(code: Ipv4Addr) -> bool {
    let [first, second, third, _] = code.octets();
    first != 127 || (second, third) == (255, 255) || code == Ipv4Addr::LOCALHOST
}

/// Whether a list passed its test points and may be believed.
#[must_use]
pub fn passed(test: &BlocklistTest) -> bool {
    let listed = match &test.listed {
        BlocklistOutcome::Answered { codes, .. } => {
            !codes.is_empty() && !codes.iter().any(|code| is_refusal(*code))
        }
        BlocklistOutcome::NotListed | BlocklistOutcome::Failed(_) => false,
    };
    listed && test.unlisted == BlocklistOutcome::NotListed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(codes: &[[u8; 4]]) -> BlocklistOutcome {
        BlocklistOutcome::Answered {
            codes: codes.iter().map(|&c| c.into()).collect(),
            reason: None,
        }
    }

    #[test]
    fn names_are_reversed() {
        let name = query_name("zen.spamhaus.org", "192.0.2.99".parse().unwrap()).unwrap();
        assert_eq!(name.as_str(), "99.2.0.192.zen.spamhaus.org");
        let v6 = reversed("2001:db8::1".parse().unwrap());
        assert!(v6.starts_with("1.0.0.0.") && v6.ends_with(".8.b.d.0.1.0.0.2") && v6.len() == 63);
    }

    #[test]
    fn codes_are_read_by_their_zone() {
        let zen = |codes| meaning("zen.spamhaus.org", &answered(codes));
        assert_eq!(zen(&[[127, 0, 0, 4]]), Meaning::Listed);
        assert_eq!(zen(&[[127, 0, 0, 10]]), Meaning::PolicyRange);
        assert_eq!(zen(&[[127, 0, 0, 10], [127, 0, 0, 4]]), Meaning::Listed);
        assert_eq!(zen(&[[127, 255, 255, 254]]), Meaning::NoAnswer);
        assert_eq!(zen(&[[203, 0, 113, 5]]), Meaning::NoAnswer);
        assert_eq!(zen(&[]), Meaning::NoAnswer);
        assert_eq!(
            meaning("bl.spamcop.net", &BlocklistOutcome::NotListed),
            Meaning::NotListed
        );
    }

    #[test]
    fn a_list_that_lists_the_whole_world_is_not_believed() {
        let test = |listed, unlisted| BlocklistTest {
            zone: "x".into(),
            family: Family::V4,
            listed,
            unlisted,
        };
        assert!(passed(&test(
            answered(&[[127, 0, 0, 2]]),
            BlocklistOutcome::NotListed
        )));
        assert!(!passed(&test(
            answered(&[[127, 0, 0, 2]]),
            answered(&[[127, 0, 0, 2]])
        )));
        assert!(!passed(&test(
            BlocklistOutcome::NotListed,
            BlocklistOutcome::NotListed
        )));
        assert!(!passed(&test(
            answered(&[[127, 255, 255, 254]]),
            BlocklistOutcome::NotListed
        )));
    }

    #[test]
    fn zones_are_unique_and_every_family_has_some() {
        let mut names: Vec<_> = ZONES.iter().map(|zone| zone.zone).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ZONES.len());
        assert!(zones_for(Family::V6).count() >= 3 && zones_for(Family::V4).count() >= 3);
    }
}
