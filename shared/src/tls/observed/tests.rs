use super::*;
use crate::evidence::Trust;
use crate::gather::Gather;

const OLD: [u16; 5] = [0xc009, 0xc013, 0x002f, 0x0035, 0x000a];
const STRONG: [u16; 2] = [0xc02b, 0xc02f];
const USUAL: [u16; 2] = [0x001d, 0x0017];

fn offer(version: Version, suites: &[u16], groups: &[u16]) -> Offer {
    Offer {
        version,
        suites: suites.iter().map(|code| Suite(*code)).gather(),
        groups: groups.iter().map(|code| Group(*code)).gather(),
        fallback: false,
    }
}

fn hello(offer: Offer, answer: HelloAnswer) -> SmtpEvent {
    SmtpEvent::Hello(Box::new(Hello { offer, answer }))
}

fn choice(version: Version, suite: u16) -> Chosen {
    Chosen {
        version,
        suite: Suite(suite),
        group: None,
        prime_bits: None,
        signature: None,
        compression: false,
        secure_renegotiation: true,
        extended_master_secret: true,
        chain: None,
    }
}

fn chosen(version: Version, suite: u16) -> HelloAnswer {
    HelloAnswer::Chosen(Box::new(choice(version, suite)))
}

fn secured(version: &str, suite: &str, group: &str) -> SmtpEvent {
    SmtpEvent::Secured(TlsFact {
        version: version.into(),
        suite: suite.into(),
        group: Some(group.into()),
        server_name: "mx.example.org".into(),
        trust: Trust::Trusted,
        chain: None,
    })
}

/// The versions as `+` taken, `-` not taken, `?` not asked, the oldest first.
fn versions(events: &[SmtpEvent]) -> String {
    let sign = |(_, taken)| match taken {
        Taken::Yes => '+',
        Taken::No => '-',
        Taken::NotAsked => '?',
    };
    Observed::of(events).versions().map(sign).collect()
}

#[test]
fn only_a_word_on_the_offer_proves_that_a_version_is_not_taken() {
    use HelloAnswer::{Alert, Closed, Endless, Malformed, NotTls, Ssl2, TimedOut};
    use Version::{Ssl3, Tls11, Tls12, Tls13};
    let old = |answer| versions(&[hello(offer(Tls11, &OLD, &USUAL), answer)]);
    for alert in 0..=255 {
        let proves = [40, 47, 70, 71].contains(&alert);
        let expected = if proves { "?---??" } else { "??????" };
        assert_eq!(old(Alert(alert)), expected, "{alert}");
    }
    for nothing in [Closed, TimedOut, NotTls(String::new()), Malformed, Endless] {
        assert_eq!(old(nothing.clone()), "??????", "{nothing:?}");
    }
    assert_eq!(old(chosen(Tls11, 0x002f)), "???+??");
    assert_eq!(
        old(chosen(Ssl3, 0x002f)),
        "?+--??",
        "the highest that both know"
    );
    // A server may know none of these suites, or none of these groups, and take the version all the same.
    let partly = [
        hello(offer(Tls11, &[0x000a], &USUAL), Alert(40)),
        hello(offer(Tls11, &OLD, &[0x0016]), Alert(40)),
        hello(offer(Tls12, &STRONG, &USUAL), Alert(40)),
        hello(offer(Tls13, &[0x1301], &[0x11ec]), Alert(40)),
    ];
    assert_eq!(versions(&partly), "??????");
    let about_version = [hello(offer(Tls11, &[0x000a], &[]), Alert(70))];
    assert_eq!(versions(&about_version), "?---??");
    let weak = hello(
        offer(Tls12, &[0x000a], &USUAL),
        chosen(Version::Tls10, 0x000a),
    );
    assert_eq!(versions(&[weak]), "??+--?");
    let alone = hello(offer(Tls13, &[0x1301], &USUAL), Alert(70));
    assert_eq!(versions(&[alone]), "?????-", "TLS 1.3 is offered alone");
    let ssl2 = |answer| versions(&[hello(offer(Version::Ssl2, &[], &[]), answer)]);
    assert_eq!(ssl2(Ssl2 { ciphers: 3 }), "+?????");
    assert_eq!(ssl2(Ssl2 { ciphers: 0 }), "??????");
    assert_eq!(ssl2(Alert(40)), "-?????");
}

#[test]
fn a_handshake_ends_with_the_best_that_both_have() {
    let modern = secured("TLS 1.3", "TLS_AES_256_GCM_SHA384", "x25519MLKEM768");
    assert_eq!(versions(core::slice::from_ref(&modern)), "?????+");
    let older = secured(
        "TLS 1.2",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "secp256r1",
    );
    assert_eq!(versions(core::slice::from_ref(&older)), "????+-");
    // What was taken once is taken, whatever else was said.
    assert_eq!(versions(&[older.clone(), modern.clone()]), "????++");
    assert_eq!(versions(&[modern.clone(), older]), "????++");
    let observed = Observed::of([&modern]);
    assert_eq!(observed.best(), Some(Version::Tls13));
    assert_eq!(observed.suite(Version::Tls13, Suite(0x1302)), Taken::Yes);
    let hybrid = (Version::Tls13, Group(0x11ec), Taken::Yes);
    assert_eq!(observed.groups().gather(), [hybrid]);
}

#[test]
fn suites_and_groups_are_refused_by_an_alert_to_an_offer_of_them() {
    use HelloAnswer::Alert;
    use Version::{Tls12, Tls13};
    let weak = hello(offer(Tls12, &[0x000a, 0x002f], &USUAL), Alert(40));
    let observed = Observed::of([&weak]);
    assert_eq!(observed.suite(Tls12, Suite(0x000a)), Taken::No);
    assert_eq!(observed.suite(Tls12, Suite(0x0005)), Taken::NotAsked);
    // Without a group that servers have, the alert may be about that.
    let odd = hello(offer(Tls12, &[0xc02f], &[0x0015]), Alert(40));
    let alone = Observed::of([&odd]);
    assert_eq!(alone.suite(Tls12, Suite(0xc02f)), Taken::NotAsked);
    assert_eq!(alone.groups().gather(), []);
    let strong = hello(offer(Tls12, &[0xc02f], &USUAL), chosen(Tls12, 0xc02f));
    let refused = (Tls12, Group(0x0015), Taken::No);
    for events in [[&odd, &strong], [&strong, &odd]] {
        let observed = Observed::of(events);
        assert_eq!(observed.groups().gather(), [refused]);
        assert_eq!(observed.suite(Tls12, Suite(0xc02f)), Taken::Yes);
    }
    let modern = secured("TLS 1.3", "TLS_AES_128_GCM_SHA256", "x25519");
    let hybrid = hello(offer(Tls13, &[0x1301], &[0x11ec]), Alert(40));
    let groups = Observed::of([&modern, &hybrid]).groups().gather();
    let classical = (Tls13, Group(0x001d), Taken::Yes);
    assert_eq!(groups, [classical, (Tls13, Group(0x11ec), Taken::No)]);
}

/// Whose suite proves nobody to be the server has a worse fault than the length of its prime.
#[test]
fn a_prime_counts_where_it_is_the_weakest_part() {
    for (suite, counts) in [(0x0033, true), (0x0034, false), (0x0014, false)] {
        let prime_bits = Some(1024);
        let chosen = Chosen {
            prime_bits,
            ..choice(Version::Tls12, suite)
        };
        let answer = HelloAnswer::Chosen(Box::new(chosen));
        let event = hello(offer(Version::Tls12, &STRONG, &USUAL), answer);
        let observed = Observed::of([&event]);
        assert_eq!(
            observed.prime_bits,
            prime_bits.filter(|_| counts),
            "{suite:x}"
        );
    }
}

#[test]
fn the_worst_answer_counts() {
    let good = choice(Version::Tls12, 0xc02f);
    let bad = Chosen {
        compression: true,
        secure_renegotiation: false,
        extended_master_secret: false,
        prime_bits: Some(1024),
        ..good.clone()
    };
    let long = Chosen {
        prime_bits: Some(2048),
        ..good.clone()
    };
    let event = |chosen: Chosen| {
        let answer = HelloAnswer::Chosen(Box::new(chosen));
        hello(offer(Version::Tls12, &STRONG, &USUAL), answer)
    };
    let [good, bad, long] = [good, bad, long].map(event);
    for events in [[&good, &bad, &long], [&long, &bad, &good]] {
        let observed = Observed::of(events);
        assert_eq!(observed.compression, Some(true));
        assert_eq!(observed.secure_renegotiation, Some(false));
        assert_eq!(observed.extended_master_secret, Some(false));
        assert_eq!(observed.prime_bits, Some(1024));
    }
    let observed = Observed::of([&good]);
    assert_eq!(observed.compression, Some(false));
    assert_eq!(observed.secure_renegotiation, Some(true));
    assert_eq!(observed.extended_master_secret, Some(true));
    // TLS 1.3 has none of these, so its answers do not tell.
    let modern = hello(
        offer(Version::Tls13, &[0x1301], &USUAL),
        HelloAnswer::Chosen(Box::new(Chosen {
            secure_renegotiation: false,
            extended_master_secret: false,
            ..choice(Version::Tls13, 0x1301)
        })),
    );
    let observed = Observed::of([&modern]);
    assert_eq!(observed.secure_renegotiation, None);
    assert_eq!(observed.extended_master_secret, None);
}

#[test]
fn who_decides_shows_in_the_same_suites_in_another_order() {
    let forth = [0xc02f, 0xc030];
    let back = [0xc030, 0xc02f];
    let order = |first: u16, second: u16, more: Option<u16>| {
        let asked = |suites: &[u16], taken| {
            hello(
                offer(Version::Tls12, suites, &USUAL),
                chosen(Version::Tls12, taken),
            )
        };
        let mut events = vec![asked(&forth, first), asked(&back, second)];
        events.extend(more.map(|suite| asked(&[suite], suite)));
        Observed::of(&events).order
    };
    assert_eq!(order(0xc02f, 0xc030, None), Some(Order::Client));
    assert_eq!(order(0xc030, 0xc030, None), None, "it may have no other");
    assert_eq!(order(0xc030, 0xc030, Some(0xc02f)), Some(Order::Server));
}
