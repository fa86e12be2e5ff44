//! Networks: addresses that begin alike.

use std::net::IpAddr;

/// All addresses whose first bits are those of one of them (RFC 4632 §3.1, RFC 4291 §2.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Network {
    address: IpAddr,
    length: u32,
}

impl Network {
    /// Reads `192.0.2.0/24`, or an address, which is a network of its own.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let length = length.map_or(Some(bits), |length| length.parse().ok())?;
        (length <= bits).then_some(Self { address, length })
    }

    /// Whether `address`, however it is written, lies within.
    pub(super) const fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(v4)) => {
                (network.to_bits() ^ v4.to_bits()).leading_zeros() >= self.length
            }
            (IpAddr::V6(network), IpAddr::V6(v6)) => {
                (network.to_bits() ^ v6.to_bits()).leading_zeros() >= self.length
            }
            _ => false,
        }
    }
}
