//! How many IPv4 addresses a set of networks holds.

use std::net::Ipv4Addr;

use crate::sorting::sorted;

/// Networks, first and last address of each; they may overlap.
#[derive(Debug, Default)]
pub(super) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// All of IPv4.
    pub(super) fn everything() -> Self {
        Self(vec![(0, u32::MAX)])
    }

    /// The network of the first `prefix` bits of `address`.
    pub(super) fn network(address: Ipv4Addr, prefix: u8) -> Self {
        let host_bits = u32::MAX.checked_shr(u32::from(prefix)).unwrap_or(0);
        let first = address.to_bits() & !host_bits;
        Self(vec![(first, first | host_bits)])
    }

    /// Adds the networks of `other`.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Addresses in all, each counted once: at most 2³².
    pub(super) fn count(self) -> u64 {
        let mut total = 0;
        // One past the last address that is counted.
        let mut counted: u64 = 0;
        for (first, last) in sorted(self.0) {
            let end = u64::from(last) + 1;
            let begin = u64::from(first).max(counted);
            total += end.saturating_sub(begin);
            counted = counted.max(end);
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(networks: &[(&str, u8)]) -> u64 {
        let mut ranges = Ranges::default();
        for (address, prefix) in networks {
            ranges.extend(Ranges::network(address.parse().unwrap(), *prefix));
        }
        ranges.count()
    }

    #[test]
    fn what_overlaps_is_counted_once() {
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[("192.0.2.1", 32), ("192.0.2.1", 32)]), 1);
        assert_eq!(count(&[("192.0.2.77", 24), ("192.0.2.0", 25)]), 256);
        assert_eq!(count(&[("0.0.0.0", 1), ("128.0.0.0", 1)]), 1 << 32);
        assert_eq!(count(&[("10.1.2.3", 0), ("192.0.2.0", 24)]), 1 << 32);
        assert_eq!(count(&[("198.51.100.0", 24), ("192.0.2.0", 24)]), 512);
    }
}
