//! Clients and servers as they are counted, and the shares of clients.

use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

use postern_shared::address::is_public;

/// A client as it is counted: IPv6 by its /64, which is what one customer gets at least.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Client(IpAddr);

impl Client {
    /// The client at an address.
    pub(super) const fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

/// A server as it is counted. Whoever has a public IPv6 network has all 2⁶⁴ addresses of it, and a zone can
/// name ever new ones of somebody else's: it is one server. Labs and intranets number theirs one by one.
pub(crate) const fn server_of(address: IpAddr) -> IpAddr {
    if is_public(address) {
        Client::of(address).0
    } else {
        address
    }
}

/// A token bucket of one minute's allowance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    /// Thousandths of tokens.
    filled: u64,
    at: Instant,
}

impl Bucket {
    /// A full bucket.
    pub(super) const fn full(per_minute: u32, now: Instant) -> Self {
        Self {
            filled: per_minute as u64 * 1000,
            at: now,
        }
    }

    fn refilled(self, per_minute: u32, now: Instant) -> u64 {
        let passed = now.saturating_duration_since(self.at).as_millis();
        // Whoever was away for a minute has a full bucket.
        let passed = u64::try_from(passed.min(60_000)).unwrap_or(60_000);
        let full = u64::from(per_minute) * 1000;
        full.min(self.filled + passed * u64::from(per_minute) / 60)
    }

    /// Whether nothing is missing, so that it need not be remembered.
    pub(super) fn is_full(self, per_minute: u32, now: Instant) -> bool {
        self.refilled(per_minute, now) >= u64::from(per_minute) * 1000
    }

    /// Takes a token, or says when there will be one.
    pub(super) fn take(&mut self, per_minute: u32, now: Instant) -> Result<(), Duration> {
        let filled = self.refilled(per_minute, now);
        if filled < 1000 {
            // What is there stays counted from the old moment, so that asking often loses no fraction.
            let missing = (1000 - filled) * 60;
            let wait = missing.div_ceil(u64::from(per_minute).max(1));
            return Err(Duration::from_millis(wait));
        }
        *self = Self {
            filled: filled - 1000,
            at: now,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_ipv6_network_is_one_server_and_any_other_address_is_its_own() {
        let of = |address: &str| server_of(address.parse().unwrap());
        assert_eq!(of("2600:1:2:3::1"), of("2600:1:2:3:ffff::9"));
        assert_ne!(of("2600:1:2:3::1"), of("2600:1:2:4::1"));
        for pair in [
            ["8.8.8.8", "8.8.8.9"],
            ["127.0.0.1", "127.0.0.2"],
            ["::1", "::2"],
            ["fd00::1", "fd00::2"],
            ["::ffff:127.0.0.1", "::ffff:127.0.0.2"],
        ] {
            assert_ne!(of(pair[0]), of(pair[1]), "{pair:?}");
        }
    }
}
