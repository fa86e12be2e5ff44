//! What is worth offering.

use postern_shared::tls::{Authentication, Group, KeyExchange, Suite, Version};

/// The suites up to TLS 1.2 that are met most, those first.
const COMMON: [u16; 58] = [
    0xc02f, 0xc030, 0xcca8, 0xc02b, 0xc02c, 0xcca9, 0xc027, 0xc028, 0xc023, 0xc024, 0xc013, 0xc014,
    0xc009, 0xc00a, 0x009e, 0x009f, 0xccaa, 0x0067, 0x006b, 0x0033, 0x0039, 0x009c, 0x009d, 0x003c,
    0x003d, 0x002f, 0x0035, 0x000a, 0x0005, 0x0004, 0xc012, 0xc011, 0x0016, 0xc008, 0xc007, 0x0034,
    0x003a, 0x0018, 0x001b, 0xc018, 0xc019, 0x0041, 0x0084, 0x0045, 0x0088, 0x0096, 0x009a, 0x0007,
    0x0009, 0x0003, 0x0002, 0xc010, 0xc09e, 0xc09f, 0xc09c, 0xc09d, 0xc0ac, 0xc0ad,
];

/// The curves that a client of today offers up to TLS 1.2.
///
/// None of RFC 7919's groups is among them: a server that knows that RFC and takes none of those would keep back all
/// suites with DHE (§4).
pub const CURVES: [Group; 8] = [
    Group(0x001d),
    Group(0x0017),
    Group(0x0018),
    Group(0x0019),
    Group(0x001e),
    Group(0x001a),
    Group(0x001b),
    Group(0x001c),
];

/// Curves that are too short, or that hardly anybody has looked at, up to TLS 1.2.
pub const WEAK_CURVES: [Group; 22] = [
    Group(0x0015),
    Group(0x0013),
    Group(0x0016),
    Group(0x0014),
    Group(0x0012),
    Group(0x0011),
    Group(0x0010),
    Group(0x000f),
    Group(0x000e),
    Group(0x000d),
    Group(0x000c),
    Group(0x000b),
    Group(0x000a),
    Group(0x0009),
    Group(0x0008),
    Group(0x0007),
    Group(0x0006),
    Group(0x0005),
    Group(0x0004),
    Group(0x0003),
    Group(0x0002),
    Group(0x0001),
];

/// The groups of TLS 1.3 that quantum computers cannot break.
pub const HYBRIDS: [Group; 3] = [Group(0x11ec), Group(0x11eb), Group(0x11ed)];

/// The other groups of TLS 1.3.
pub const GROUPS: [Group; 16] = [
    Group(0x001d),
    Group(0x0017),
    Group(0x0018),
    Group(0x0019),
    Group(0x001e),
    Group(0x001f),
    Group(0x0020),
    Group(0x0021),
    Group(0x0100),
    Group(0x0101),
    Group(0x0102),
    Group(0x0103),
    Group(0x0104),
    Group(0x0201),
    Group(0x0200),
    Group(0x0202),
];

/// The suites that a server may take in `version`, those first that are met most; of SSL 2 none are named.
#[must_use]
pub fn suites(version: Version) -> Vec<Suite> {
    let common = COMMON.into_iter().map(Suite);
    let rest = Suite::all().filter(|suite| !COMMON.contains(&suite.0));
    common
        .chain(rest)
        .filter(|suite| suite.fits(version) && is_likely(*suite))
        .collect()
}

/// Whether a mail server could take it.
///
/// Left out is what needs a secret that both sides have before (PSK, SRP, Kerberos): no stranger has one, and the server
/// refuses or asks for it whatever it is. Left out too is what needs a certificate that no public authority has ever given:
/// with a Diffie-Hellman, DSA or GOST key. And what has a code but came to no server: two drafts for export with MD5, an
/// experiment (CECPQ1), and Camellia and ARIA with elliptic keys that stay, or ARIA without a certificate.
fn is_likely(suite: Suite) -> bool {
    let exchange = matches!(
        suite.key_exchange(),
        KeyExchange::Apart
            | KeyExchange::Rsa
            | KeyExchange::Dhe
            | KeyExchange::Ecdh
            | KeyExchange::Ecdhe
    );
    let authentication = matches!(
        suite.authentication(),
        Some(
            Authentication::Apart
                | Authentication::None
                | Authentication::Rsa
                | Authentication::Ecdsa
        )
    );
    let never_came = matches!(
        suite.0,
        0x0060 | 0x0061 | 0x16b7
            ..=0x16ba
                | 0xff01
                | 0xc046
                | 0xc047
                | 0xc04a
                | 0xc04b
                | 0xc04e
                | 0xc04f
                | 0xc05a
                | 0xc05b
                | 0xc05e
                | 0xc05f
                | 0xc062
                | 0xc063
                | 0xc074
                | 0xc075
                | 0xc078
                | 0xc079
                | 0xc088
                | 0xc089
                | 0xc08c
                | 0xc08d
    );
    exchange && authentication && !never_came
}

#[cfg(test)]
mod tests {
    use postern_shared::tls::Level;

    use super::*;
    use crate::tls::hello::MAX_SUITES;

    /// One hello rules a version up to TLS 1.1 out; TLS 1.2 needs three.
    #[test]
    fn counts() {
        let count = |version| suites(version).len();
        assert_eq!(count(Version::Ssl2), 0);
        assert_eq!(count(Version::Ssl3), MAX_SUITES);
        assert_eq!(count(Version::Tls11), MAX_SUITES);
        assert_eq!(count(Version::Tls12), 143);
        assert_eq!(count(Version::Tls13), 9);
        assert!(
            suites(Version::Tls12)
                .iter()
                .zip(COMMON)
                .all(|(a, b)| a.0 == b)
        );
    }

    #[test]
    fn nothing_stands_twice_and_names_are_right() {
        for version in Version::ALL {
            let all = suites(version);
            let once: std::collections::BTreeSet<_> = all.iter().collect();
            assert_eq!(once.len(), all.len());
            let has = |first, second| {
                let mut names = all.iter().map(|suite| suite.to_string());
                names.any(|name| name.contains(first) && name.contains(second))
            };
            assert!(
                !has("_ECDH_ECDSA", "ARIA")
                    && !has("_ECDH_RSA", "CAMELLIA")
                    && !has("anon", "ARIA")
            );
            for suite in all {
                let name = suite.to_string();
                let has = |word: &str| name.contains(word);
                assert!(!has("PSK") && !has("SRP") && !has("KRB5") && !has("GOST") && !has("DSS"));
            }
        }
        assert!(CURVES.iter().all(|it| it.level() == Level::Sufficient));
        assert!(WEAK_CURVES.iter().all(|it| it.level() <= Level::PhaseOut));
        assert!(HYBRIDS.iter().all(|it| it.is_hybrid()));
        let known = |groups: &[Group]| groups.iter().all(|it| it.name().is_some());
        assert!(known(&CURVES) && known(&WEAK_CURVES) && known(&HYBRIDS) && known(&GROUPS));
    }
}
