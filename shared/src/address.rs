//! Which IP addresses the internet at large can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether the internet at large can reach `address` (IANA special-purpose registries, RFC 6890).
#[must_use]
pub const fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !within_v4(v4, REFUSED_V4),
        // Only 2000::/3 is handed out; mapped, compatible, NAT64, unique local, link-local and
        // multicast addresses all lie outside.
        IpAddr::V6(v6) => {
            within_v6(v6, &[(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3)])
                && !within_v6(v6, REFUSED_V6)
        }
    }
}

const fn within_v4(address: Ipv4Addr, mut ranges: &[(Ipv4Addr, u32)]) -> bool {
    while let [(network, length), rest @ ..] = ranges {
        let differing = address.to_bits() ^ network.to_bits();
        if differing.leading_zeros() >= *length {
            return true;
        }
        ranges = rest;
    }
    false
}

const fn within_v6(address: Ipv6Addr, mut ranges: &[(Ipv6Addr, u32)]) -> bool {
    while let [(network, length), rest @ ..] = ranges {
        let differing = address.to_bits() ^ network.to_bits();
        if differing.leading_zeros() >= *length {
            return true;
        }
        ranges = rest;
    }
    false
}

/// IPv4 networks that are not public, each with the length of its prefix.
const REFUSED_V4: &[(Ipv4Addr, u32)] = &[
    // "This network" (RFC 791 §3.2).
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    // Private use (RFC 1918).
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    // Shared address space of carrier-grade NAT (RFC 6598).
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    // Loopback (RFC 1122 §3.2.1.3).
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Link-local (RFC 3927): cloud metadata lives here.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    // IETF protocol assignments (RFC 6890 §2.1).
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    // Documentation (RFC 5737).
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // 6to4 relay anycast (RFC 7526).
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    // Benchmarking (RFC 2544).
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    // Multicast (RFC 5771), reserved (RFC 1112 §4), limited broadcast (RFC 919 §7).
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Networks inside 2000::/3 that are not public.
const REFUSED_V6: &[(Ipv6Addr, u32)] = &[
    // IETF protocol assignments (RFC 2928): Teredo, benchmarking, ORCHID and others.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation (RFC 3849, RFC 9637).
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4 (RFC 7526): an IPv4 address is wrapped in it.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_every_range() {
        // (just below, first, last, just above): the middle two refused, the outer two let through;
        // an empty text where the neighbor is refused for a reason of its own.
        for [below, first, last, above] in [
            ["", "0.0.0.0", "0.255.255.255", "1.0.0.0"],
            ["9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"],
            [
                "100.63.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "100.128.0.0",
            ],
            [
                "126.255.255.255",
                "127.0.0.0",
                "127.255.255.255",
                "128.0.0.0",
            ],
            [
                "169.253.255.255",
                "169.254.0.0",
                "169.254.255.255",
                "169.255.0.0",
            ],
            [
                "172.15.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "172.32.0.0",
            ],
            ["191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"],
            ["192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"],
            [
                "192.88.98.255",
                "192.88.99.0",
                "192.88.99.255",
                "192.88.100.0",
            ],
            [
                "192.167.255.255",
                "192.168.0.0",
                "192.168.255.255",
                "192.169.0.0",
            ],
            [
                "198.17.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.20.0.0",
            ],
            [
                "198.51.99.255",
                "198.51.100.0",
                "198.51.100.255",
                "198.51.101.0",
            ],
            [
                "203.0.112.255",
                "203.0.113.0",
                "203.0.113.255",
                "203.0.114.0",
            ],
            ["223.255.255.255", "224.0.0.0", "255.255.255.255", ""],
            [
                "",
                "::",
                "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "2000::",
            ],
            ["2000:ffff::", "2001::", "2001:1ff:ffff::", "2001:200::"],
            [
                "2001:db7:ffff::",
                "2001:db8::",
                "2001:db8:ffff::",
                "2001:db9::",
            ],
            ["2001:ffff::", "2002::", "2002:ffff:ffff::", "2003::"],
            ["3ffe:ffff::", "3fff::", "3fff:fff:ffff::", "3fff:1000::"],
            ["3fff:ffff::", "4000::", "ffff:ffff::", ""],
        ] {
            let public = |text: &str| is_public(text.parse().unwrap());
            assert!(below.is_empty() || public(below), "{below}");
            assert!(!public(first), "{first}");
            assert!(!public(last), "{last}");
            assert!(above.is_empty() || public(above), "{above}");
        }
    }

    #[test]
    fn disguises_do_not_help() {
        for text in [
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2002:7f00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "8.8.8.8",
            "85.9.67.4",
            "2606:4700::6812:1",
            "2a00:1450:4001::1b",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }
}
