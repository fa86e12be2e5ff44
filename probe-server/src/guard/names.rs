//! Which names strangers may have looked up by this server's resolver.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::is_public;

/// Domains that mean something only inside a network, or nowhere (RFC 6761, RFC 6762, RFC 8375, RFC 9476,
/// and those that ICANN set aside because networks use them: `internal`, `home`, `corp`).
const INSIDE: &[&str] = &[
    "alt",
    "corp",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "test",
];

/// Whether a name, in presentation form, is one of the public DNS. The resolver may know others too, of
/// the network that it stands in; those are nobody else's business.
#[must_use]
pub fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    // The root's own records are the same everywhere.
    if name.is_empty() {
        return true;
    }
    let below = |domain: &&str| {
        let above = name.strip_suffix(*domain);
        above.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    // A name of one label is completed by what the resolver's network is called.
    name.contains('.') && !INSIDE.iter().any(below) && !is_inside_reverse(&name)
}

/// Whether a name lies in the reverse zone of a network that is not public.
fn is_inside_reverse(name: &str) -> bool {
    let address = if let Some(rest) = name.strip_suffix(".in-addr.arpa") {
        let mut octets = [0; 4];
        let labels = rest.rsplit('.').map_while(|label| label.parse().ok());
        octets
            .iter_mut()
            .zip(labels)
            .for_each(|(o, label)| *o = label);
        IpAddr::V4(Ipv4Addr::from(octets))
    } else if let Some(rest) = name.strip_suffix(".ip6.arpa") {
        let nibble = |label: &str| u8::from_str_radix(label, 16).ok().filter(|n| *n < 16);
        let nibbles = rest.rsplit('.').map_while(nibble).take(32);
        let bits = nibbles.zip(0..).fold(0, |bits, (nibble, place)| {
            bits | u128::from(nibble) << (124 - 4 * place)
        });
        IpAddr::V6(Ipv6Addr::from_bits(bits))
    } else {
        return false;
    };
    !is_public(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_public_dns_and_others() {
        for name in [
            "",
            ".",
            "example.org",
            "_dmarc.example.org.",
            "local.example.org",
            "mylocal.org",
            "25.2.9.8.in-addr.arpa",
            "1.0-25.8.8.8.in-addr.arpa",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.8.4.0.6.2.ip6.arpa",
        ] {
            assert!(is_public_name(name), "{name}");
        }
        for name in [
            "wiki",
            "localhost",
            "printer.LOCAL.",
            "db.internal",
            "nas.home.arpa",
            "dc1.ad.corp",
            "x.onion",
            "1.0.0.10.in-addr.arpa",
            "10.in-addr.arpa",
            "x.168.192.in-addr.arpa",
            "254.169.254.169.in-addr.arpa",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa",
            "0.8.e.f.ip6.arpa",
        ] {
            assert!(!is_public_name(name), "{name}");
        }
    }
}
