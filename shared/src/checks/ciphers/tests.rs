use super::*;
use crate::evidence::{Chosen, Hello, HelloAnswer, Offer, SmtpEvent, TlsFact, Trust};

const USUAL: [u16; 1] = [0x0017];

fn hello(version: Version, suites: &[u16], groups: &[u16], answer: HelloAnswer) -> SmtpEvent {
    let offer = Offer {
        version,
        suites: suites.iter().map(|code| Suite(*code)).gather(),
        groups: groups.iter().map(|code| Group(*code)).gather(),
        fallback: false,
    };
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

/// TLS 1.2 with this suite alone, taken.
fn takes(suite: u16) -> SmtpEvent {
    takes_with(choice(Version::Tls12, suite))
}

fn takes_with(chosen: Chosen) -> SmtpEvent {
    let (version, suite) = (chosen.version, chosen.suite.0);
    hello(
        version,
        &[suite],
        &USUAL,
        HelloAnswer::Chosen(Box::new(chosen)),
    )
}

/// TLS 1.2 with these suites, refused.
fn refuses(suites: &[u16]) -> SmtpEvent {
    hello(Version::Tls12, suites, &USUAL, HelloAnswer::Alert(40))
}

/// A handshake of TLS 1.3.
fn modern() -> SmtpEvent {
    SmtpEvent::Secured(TlsFact {
        version: "TLS 1.3".into(),
        suite: "TLS_AES_256_GCM_SHA384".into(),
        group: Some("x25519".into()),
        server_name: "mx.example.org".into(),
        trust: Trust::Trusted,
        chain: None,
    })
}

fn told(events: &[SmtpEvent]) -> (Status, Vec<String>) {
    let (status, reasons) = read(&Observed::of(events));
    let code = |reason: &Reason| {
        let json = serde_json::to_value(reason).unwrap();
        json["code"].as_str().unwrap().replace("ciphers_", "")
    };
    (status, reasons.iter().map(code).gather())
}

fn word(status: Status, reasons: &[&str]) -> (Status, Vec<String>) {
    let reasons = reasons.iter().map(|code| (*code).to_owned());
    (status, reasons.gather())
}

#[test]
fn weak_suites() {
    use Status::{Fail, Pass, Unknown, Warn};
    for (events, expected) in [
        (
            vec![modern(), refuses(&[0x002f, 0x000a])],
            word(Pass, &["safe"]),
        ),
        (vec![modern()], word(Unknown, &["not_asked"])),
        (
            // Nothing of TLS 1.2 is taken.
            vec![
                modern(),
                hello(Version::Tls12, &[0x002f], &USUAL, HelloAnswer::Alert(70)),
            ],
            word(Pass, &["safe"]),
        ),
        (
            vec![
                modern(),
                hello(Version::Tls12, &[0x002f], &USUAL, HelloAnswer::Closed),
            ],
            word(Unknown, &["not_asked"]),
        ),
        (vec![modern(), takes(0x002f)], word(Warn, &["insufficient"])),
        (vec![modern(), takes(0x000a)], word(Warn, &["insufficient"])),
        (vec![modern(), takes(0x0034)], word(Warn, &["insufficient"])),
        (vec![takes(0x002f)], word(Fail, &["only_insufficient"])),
        (vec![modern(), takes(0x0005)], word(Fail, &["open"])),
        (
            vec![modern(), takes(0x0005), takes(0x002f)],
            word(Fail, &["open", "insufficient"]),
        ),
        (vec![modern(), takes(0xc027)], word(Warn, &["phase_out"])),
        (
            vec![modern(), takes(0x009e), takes(0x002f)],
            word(Warn, &["insufficient", "phase_out"]),
        ),
        (
            vec![modern(), takes(0xc02f), refuses(&[0x002f])],
            word(Pass, &["safe"]),
        ),
    ] {
        assert_eq!(told(&events), expected, "{events:?}");
    }
}

#[test]
fn who_chooses_matters_where_there_is_something_weak_to_choose() {
    let both = |first: u16, second: u16| {
        let asked = |suites: &[u16]| {
            let answer = HelloAnswer::Chosen(Box::new(choice(Version::Tls12, suites[0])));
            hello(Version::Tls12, suites, &USUAL, answer)
        };
        let events = [
            asked(&[first, second]),
            asked(&[second, first]),
            refuses(&[0x000a]),
        ];
        told(&events)
    };
    let strong = word(Status::Pass, &["safe"]);
    assert_eq!(both(0xc02f, 0xc030), strong);
    let weak = word(Status::Warn, &["phase_out", "client_order"]);
    assert_eq!(both(0xc02f, 0xc027), weak);
}

#[test]
fn what_old_versions_take_is_said_of_the_version_but_for_what_hides_nothing() {
    let old = |suite| takes_with(choice(Version::Tls10, suite));
    let asked = || refuses(&[0x002f]);
    let weak = [modern(), asked(), old(0x002f)];
    assert_eq!(told(&weak), word(Status::Pass, &["safe"]));
    let open = [modern(), asked(), old(0x0005)];
    assert_eq!(told(&open), word(Status::Fail, &["open"]));
    assert_eq!(
        told(&[old(0x002f)]),
        word(Status::Fail, &["only_insufficient"])
    );
}

#[test]
fn what_hides_nothing() {
    // NULL, export, single DES and RC4, each with RSA; and what is weak in another way.
    for code in [
        0x0001, 0x003b, 0x0003, 0x0008, 0x0009, 0x0005, 0xc010, 0xc011,
    ] {
        assert!(is_open(Suite(code)), "{code:#06x}");
    }
    for code in [
        0x000a, 0x002f, 0x0034, 0x0035, 0xc013, 0xc02f, 0xc018, 0x1301,
    ] {
        assert!(!is_open(Suite(code)), "{code:#06x}");
    }
}

#[test]
fn keys_of_connections() {
    let prime = |bits| {
        takes_with(Chosen {
            prime_bits: Some(bits),
            ..choice(Version::Tls12, 0x1302)
        })
    };
    let asked = || refuses(&[0x002f]);
    let with = |event| told(&[modern(), asked(), event]);
    assert_eq!(with(prime(1024)), word(Status::Fail, &["short_prime"]));
    assert_eq!(with(prime(2048)), word(Status::Warn, &["own_prime"]));
    let weak = hello(
        Version::Tls13,
        &[0x1302],
        &[0x0015],
        HelloAnswer::Chosen(Box::new(Chosen {
            group: Some(Group(0x0015)),
            ..choice(Version::Tls13, 0x1302)
        })),
    );
    assert_eq!(with(weak), word(Status::Warn, &["weak_groups"]));
}

#[test]
fn how_connections_are_kept() {
    let answer = |change: fn(&mut Chosen)| {
        let mut chosen = choice(Version::Tls12, 0x1302);
        change(&mut chosen);
        told(&[modern(), refuses(&[0x002f]), takes_with(chosen)])
    };
    assert_eq!(
        answer(|chosen| chosen.compression = true),
        word(Status::Fail, &["compression"])
    );
    assert_eq!(
        answer(|chosen| chosen.secure_renegotiation = false),
        word(Status::Warn, &["insecure_renegotiation"])
    );
    assert_eq!(
        answer(|chosen| chosen.extended_master_secret = false),
        word(Status::Pass, &["safe", "no_extended_master_secret"])
    );
}

#[test]
fn what_holds_against_quantum_computers_is_good_news() {
    let hybrid = hello(
        Version::Tls13,
        &[0x1302],
        &[0x11ec],
        HelloAnswer::Chosen(Box::new(Chosen {
            group: Some(Group(0x11ec)),
            ..choice(Version::Tls13, 0x1302)
        })),
    );
    let expected = word(Status::Pass, &["safe", "post_quantum"]);
    assert_eq!(told(&[modern(), refuses(&[0x002f]), hybrid]), expected);
}
