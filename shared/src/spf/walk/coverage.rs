//! How many addresses a set of networks holds.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::sorting::sorted;
use crate::spf::{Mechanism, Prefixes};

/// Beyond this ranges are as good as everybody: more than a /8, which hardly anybody holds (2²⁴ addresses).
pub const OPEN_IPV4: u64 = 1 << 24;
/// The same of IPv6, in networks of 64 bits: more than a /16, the most that a registry gives at once (ARIN's Number
/// Resource Policy Manual §6.5.2.1).
pub const OPEN_IPV6: u64 = 1 << 48;

/// The first and the last network of 64 bits in the global unicast space (RFC 4291 §2.4), which is `2000::/3`.
const GLOBAL_UNICAST: (u64, u64) = (0x2000 << 48, (0x4000 << 48) - 1);

/// Networks of both families, first and last of each; they may overlap. IPv4 in addresses, IPv6 in networks of 64 bits:
/// the least that a site has, and what two hosts of one site share. Of IPv6 the global unicast space alone: mail comes
/// from nowhere else.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranges {
    ipv4: Vec<(u64, u64)>,
    ipv6: Vec<(u64, u64)>,
}

impl Ranges {
    /// All addresses there are.
    pub(super) fn everything() -> Self {
        Self {
            ipv4: vec![(0, u32::MAX.into())],
            ipv6: vec![GLOBAL_UNICAST],
        }
    }

    /// The network of the first `prefix` bits of `address`.
    pub(super) fn network(address: IpAddr, prefix: u8) -> Self {
        let mut ranges = Self::default();
        match address {
            IpAddr::V4(address) => {
                let host = u32::MAX.checked_shr(prefix.into()).unwrap_or(0);
                let first = address.to_bits() & !host;
                ranges.ipv4.push((first.into(), (first | host).into()));
            }
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                let high = [a, b, c, d]
                    .into_iter()
                    .fold(0, |high, part| high << 16 | u64::from(part));
                let host = u64::MAX.checked_shr(prefix.into()).unwrap_or(0);
                let (first, last) = GLOBAL_UNICAST;
                let within = ((high & !host).max(first), (high | host).min(last));
                ranges.ipv6.extend((within.0 <= within.1).then_some(within));
            }
        }
        ranges
    }

    /// What a mechanism says by itself: the networks of `ip4` and `ip6`. Of `a` and `mx` with prefix lengths one network
    /// of each, as large as those of their hosts, wherever these are.
    pub(super) fn written(mechanism: &Mechanism) -> Self {
        let network = |address, prefix| Self::network(address, prefix);
        match mechanism {
            Mechanism::Ip4(address, prefix) => network(IpAddr::V4(*address), prefix.unwrap_or(32)),
            Mechanism::Ip6(written, prefix) => {
                network(IpAddr::V6(written.address), prefix.unwrap_or(128))
            }
            Mechanism::A(_, Prefixes { ipv4, ipv6 })
            | Mechanism::Mx(_, Prefixes { ipv4, ipv6 }) => {
                let mut ranges = Self::default();
                if let Some(prefix) = ipv4 {
                    ranges.extend(network(IpAddr::V4(Ipv4Addr::UNSPECIFIED), *prefix));
                }
                if let Some(prefix) = ipv6 {
                    let first = Ipv6Addr::from_bits(u128::from(GLOBAL_UNICAST.0) << 64);
                    ranges.extend(network(IpAddr::V6(first), *prefix));
                }
                ranges
            }
            _ => Self::default(),
        }
    }

    /// Adds the networks of `other`.
    pub(super) fn extend(&mut self, other: Self) {
        self.ipv4.extend(other.ipv4);
        self.ipv6.extend(other.ipv6);
    }

    /// IPv4 addresses in all, each counted once: at most 2³².
    pub(super) fn ipv4_addresses(&self) -> u64 {
        count(&self.ipv4)
    }

    /// IPv6 networks of 64 bits in all, each counted once; a part of one counts as one: at most 2⁶¹.
    pub(super) fn ipv6_networks(&self) -> u64 {
        count(&self.ipv6)
    }
}

fn count(ranges: &[(u64, u64)]) -> u64 {
    let mut total: u64 = 0;
    // The first that is not counted yet; nothing when the last of all is.
    let mut next = Some(0);
    for (first, last) in sorted(ranges.to_vec()) {
        let Some(begin) = next.map(|next: u64| next.max(first)) else {
            break;
        };
        if begin <= last {
            total = total.saturating_add(last - begin).saturating_add(1);
            next = last.checked_add(1);
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(networks: &[(&str, u8)]) -> Ranges {
        let mut ranges = Ranges::default();
        for (address, prefix) in networks {
            ranges.extend(Ranges::network(address.parse().unwrap(), *prefix));
        }
        ranges
    }

    #[test]
    fn what_overlaps_is_counted_once() {
        let count = |networks: &[_]| ranges(networks).ipv4_addresses();
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[("192.0.2.1", 32), ("192.0.2.1", 32)]), 1);
        assert_eq!(count(&[("192.0.2.77", 24), ("192.0.2.0", 25)]), 256);
        assert_eq!(count(&[("0.0.0.0", 1), ("128.0.0.0", 1)]), 1 << 32);
        assert_eq!(count(&[("10.1.2.3", 0), ("192.0.2.0", 24)]), 1 << 32);
        assert_eq!(count(&[("198.51.100.0", 24), ("192.0.2.0", 24)]), 512);
    }

    #[test]
    fn no_mail_comes_from_outside_the_global_unicast_space() {
        let count = |network| ranges(&[network]).ipv6_networks();
        for (address, prefix) in [
            ("fd00::", 8),
            ("::ffff:192.0.2.0", 120),
            ("4000::", 3),
            ("::", 3),
        ] {
            assert_eq!(count((address, prefix)), 0, "{address}/{prefix}");
        }
        assert_eq!(count(("2000::", 2)), 1 << 61);
        assert_eq!(count(("3fff:ffff:ffff:ffff::", 64)), 1);
        assert_eq!(count(("2000::1", 128)), 1);
    }

    #[test]
    fn ipv6_is_counted_in_networks_of_64_bits() {
        let count = |networks: &[_]| ranges(networks).ipv6_networks();
        assert_eq!(count(&[("192.0.2.1", 32)]), 0);
        assert_eq!(count(&[("2001:db8::1", 128), ("2001:db8::2", 96)]), 1);
        assert_eq!(count(&[("2001:db8::", 32), ("2001:db8:1::", 48)]), 1 << 32);
        assert_eq!(count(&[("2001:db8:0:1::", 64), ("2001:db8:0:2::", 64)]), 2);
        assert_eq!(count(&[("::", 0), ("2001:db8::", 32)]), 1 << 61);
        assert_eq!(Ranges::everything().ipv6_networks(), 1 << 61);
        assert_eq!(Ranges::everything().ipv4_addresses(), 1 << 32);
    }
}
