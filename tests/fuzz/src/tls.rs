//! What comes of a ClientHello (RFC 8446 §4.1.3, RFC 5246 §7.4).

use postern_shared::evidence::{Chain, HelloAnswer, Offer};
use postern_shared::tls::Version;
use probe_server::tls::hello::candidates::{CURVES, GROUPS, HYBRIDS, suites};
use probe_server::tls::hello::{Ending, Heard, HelloReader, MAX_CERTIFICATE, MAX_SUITES, write};

/// A first octet that says what was offered, and what a server answers: however that is cut into pieces, the same comes of
/// it, and nothing that was not offered.
pub fn tls_hello_reader(octets: &[u8]) {
    let Some((choice, octets)) = octets.split_first() else {
        return;
    };
    let offer = offer(*choice);
    assert!(write(&offer, "mx.example.org", &[7; 32]).len() < 1024);
    let whole = hear(&offer, octets, octets.len().max(1));
    for size in [1, 5, 64] {
        assert_eq!(hear(&offer, octets, size), whole, "pieces of {size}");
    }
    check(&offer, &whole);
}

fn offer(choice: u8) -> Offer {
    let version = Version::ALL[usize::from(choice) % Version::ALL.len()];
    let mut suites = suites(version);
    suites.truncate(MAX_SUITES);
    let groups = match version {
        Version::Tls13 => [&HYBRIDS[..], &GROUPS].concat(),
        _ => CURVES.to_vec(),
    };
    Offer {
        version,
        suites,
        groups,
        fallback: choice > 127,
    }
}

fn hear(offer: &Offer, octets: &[u8], size: usize) -> Heard {
    let mut reader = HelloReader::new(offer);
    let heard = octets.chunks(size).find_map(|piece| reader.hear(piece));
    heard.unwrap_or_else(|| reader.end(Ending::Closed))
}

fn check(offer: &Offer, heard: &Heard) {
    assert!(heard.certificates.len() <= Chain::MAX);
    let longest = heard.certificates.iter().map(Vec::len).max();
    assert!(longest.is_none_or(|length| length <= MAX_CERTIFICATE));
    match &heard.answer {
        HelloAnswer::Chosen(chosen) => {
            assert!(chosen.version <= offer.version && chosen.version > Version::Ssl2);
            assert!(chosen.version == offer.version || offer.version < Version::Tls13);
            assert!(offer.suites.contains(&chosen.suite));
            let named = |group| offer.groups.contains(&group) || group.is_finite_field();
            assert!(chosen.group.is_none_or(named));
            assert!(chosen.chain.is_none());
        }
        HelloAnswer::Ssl2 { .. } => assert_eq!(offer.version, Version::Ssl2),
        HelloAnswer::NotTls(text) => assert!(!text.chars().any(char::is_control)),
        HelloAnswer::TimedOut => panic!("it was closed"),
        HelloAnswer::Alert(_)
        | HelloAnswer::Closed
        | HelloAnswer::Malformed
        | HelloAnswer::Endless => {}
    }
}
