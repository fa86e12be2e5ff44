use super::*;
use crate::tls::model::{Model, groups, legacy, modern, suites as codes};

const SHOWN: Shown = Shown {
    version: Some(Version::Tls13),
    suite: Some(Suite(0x1302)),
    group: Some(Group(0x001d)),
    key: Some(Authentication::Rsa),
};

/// The offers that are made, each with what comes of it.
fn run(
    shown: &Shown,
    budget: u8,
    answer: impl Fn(&Offer) -> HelloAnswer,
) -> Vec<(Offer, HelloAnswer)> {
    let mut plan = Plan::new(shown, budget);
    let mut all = Vec::new();
    while let Some(offer) = plan.next_offer() {
        let answer = answer(&offer);
        plan.heard(&offer, &answer);
        all.push((offer, answer));
    }
    all
}

fn offers(shown: &Shown, budget: u8, model: &Model) -> Vec<Offer> {
    let all = run(shown, budget, |offer| model.answer(offer));
    all.into_iter().map(|(offer, _)| offer).collect()
}

fn versions(offers: &[Offer]) -> Vec<Version> {
    offers.iter().map(|offer| offer.version).collect()
}

fn worst(offer: &Offer) -> Option<Level> {
    offer.suites.iter().map(|suite| suite.level()).min()
}

fn best(offer: &Offer) -> Option<Level> {
    offer.suites.iter().map(|suite| suite.level()).max()
}

#[test]
fn a_good_server_is_asked_five_things() {
    let mut model = modern();
    model.suites[1].1 = codes(&[0xc030, 0xcca8, 0xc02f]);
    let offers = offers(&SHOWN, 5, &model);
    let [old, weak, key, hybrid, curves] = &offers[..] else {
        panic!("five: {offers:?}");
    };
    assert_eq!(old.version, Version::Tls11);
    assert_eq!(weak.version, Version::Tls12);
    assert_eq!(best(weak), Some(Level::PhaseOut));
    assert_eq!(key.version, Version::Tls12);
    assert!(
        key.suites
            .iter()
            .all(|it| it.authentication() == Some(Authentication::Ecdsa))
    );
    assert_eq!(worst(key), Some(Level::Sufficient));
    assert_eq!(hybrid.version, Version::Tls13);
    assert!(hybrid.groups.iter().all(|it| it.is_hybrid()));
    assert_eq!(curves.version, Version::Tls12);
    assert!(curves.groups.iter().all(|it| it.level() <= Level::PhaseOut));
    assert_eq!(worst(curves), Some(Level::Sufficient));
}

/// The suites that are to be phased out hide those that are worse.
#[test]
fn a_suite_to_be_phased_out_is_asked_behind() {
    let offers = offers(&SHOWN, 5, &modern());
    let [_, weak, insufficient, ..] = &offers[..] else {
        panic!("five: {offers:?}");
    };
    assert_eq!(best(weak), Some(Level::PhaseOut));
    assert_eq!(best(insufficient), Some(Level::Insufficient));
    assert_eq!(insufficient.suites.len(), MAX_SUITES);
}

#[test]
fn an_old_server_is_asked_for_ssl_3() {
    let offers = offers(&SHOWN, 5, &legacy());
    let expected = [
        Version::Tls11,
        Version::Tls12,
        Version::Ssl3,
        Version::Tls12,
        Version::Tls13,
    ];
    assert_eq!(versions(&offers), expected);
    assert!(offers[2].groups.is_empty());
}

#[test]
fn what_the_handshake_showed_is_not_asked() {
    let old = Shown {
        version: Some(Version::Tls12),
        suite: Some(Suite(0xc030)),
        ..SHOWN
    };
    let mut model = modern();
    model.suites.remove(0);
    let asked = versions(&offers(&old, 9, &model));
    assert!(!asked.contains(&Version::Tls13), "{asked:?}");
    let hybrid = Shown {
        group: Some(Group(0x11ec)),
        ..SHOWN
    };
    let asked = versions(&offers(&hybrid, 9, &modern()));
    assert!(!asked.contains(&Version::Tls13), "{asked:?}");
}

#[test]
fn a_server_without_tls_1_2_is_not_asked_about_it_again() {
    let mut model = modern();
    model.suites.remove(1);
    let asked = versions(&offers(&SHOWN, 9, &model));
    assert_eq!(asked, [Version::Tls11, Version::Tls12, Version::Tls13]);
    // Nor one that chooses less.
    let mut model = legacy();
    model.suites.drain(..2);
    let asked = versions(&offers(&Shown::default(), 9, &model));
    let twelves = asked.iter().filter(|it| **it == Version::Tls12);
    // The weak ones, and their reverse.
    assert_eq!(twelves.count(), 2, "{asked:?}");
}

#[test]
fn the_order_is_asked_in_reverse() {
    let asked = offers(&SHOWN, 9, &modern());
    let [.., before, last] = &asked[..] else {
        panic!("more: {asked:?}");
    };
    assert_eq!(before.groups, WEAK_CURVES);
    let mut reversed = last.clone();
    reversed.suites.reverse();
    assert!(asked.contains(&reversed));
    // Where nothing weak was taken, of the strong ones.
    let mut model = modern();
    model.suites[1].1 = codes(&[0xc030, 0xcca8, 0xc02f]);
    let asked = offers(&SHOWN, 9, &model);
    let [.., forth, back] = &asked[..] else {
        panic!("more: {asked:?}");
    };
    assert!(forth.suites.iter().rev().eq(&back.suites));
    assert_eq!(forth.groups, back.groups);
    assert_eq!(worst(back), Some(Level::Sufficient));
}

#[test]
fn silence_is_asked_again_and_then_compared() {
    let all = run(&SHOWN, 9, |_| HelloAnswer::Closed);
    let [first, again, control] = &all[..] else {
        panic!("three: {all:?}");
    };
    assert_eq!(first.0, again.0);
    assert_eq!(control.0.suites, codes(&[0x1302]));
    assert_eq!(control.0.groups, groups(&[0x1d]));
    assert_eq!(control.0.version, Version::Tls13);
    // Without a handshake there is nothing to compare with.
    assert_eq!(
        run(&Shown::default(), 9, |_| HelloAnswer::TimedOut).len(),
        2
    );
    let not_tls = |_: &Offer| HelloAnswer::NotTls("220".to_owned());
    assert_eq!(run(&Shown::default(), 9, not_tls).len(), 2);
}

/// A server that closes instead of saying no is asked everything, and nothing twice.
#[test]
fn a_curt_server_is_known_by_the_control() {
    let mut model = modern();
    model.is_curt = true;
    let asked = offers(&SHOWN, 12, &model);
    assert_eq!(asked[0], asked[1]);
    assert_eq!(asked[2].suites, codes(&[0x1302]));
    let once: std::collections::BTreeSet<_> = asked[1..].iter().collect();
    assert_eq!(once.len(), asked.len() - 1);
    assert!(versions(&asked[3..]).contains(&Version::Tls12));
}

#[test]
fn a_control_that_fails_ends_it() {
    let all = run(&SHOWN, 9, |offer| {
        if offer.suites.len() == 1 {
            HelloAnswer::Alert(80)
        } else {
            HelloAnswer::Closed
        }
    });
    assert_eq!(all.len(), 3);
}

#[test]
fn the_budget_holds_whatever_comes() {
    let answers = [
        HelloAnswer::Closed,
        HelloAnswer::Alert(40),
        HelloAnswer::Malformed,
        HelloAnswer::Endless,
        HelloAnswer::Ssl2 { ciphers: 3 },
        modern().answer(&old(Version::Tls11)),
        legacy().answer(&old(Version::Tls11)),
    ];
    for budget in 0..=8 {
        for seed in 0..60_usize {
            let turn = std::cell::Cell::new(seed);
            let all = run(&SHOWN, budget, |_| {
                let at = turn.get();
                turn.set(at / answers.len());
                answers[at % answers.len()].clone()
            });
            assert!(all.len() <= usize::from(budget));
            for (offer, _) in &all {
                assert!((1..=MAX_SUITES).contains(&offer.suites.len()));
            }
        }
    }
}

#[test]
fn facts_of_a_handshake_are_read() {
    let fact = TlsFact {
        version: "TLS 1.2".to_owned(),
        suite: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384".to_owned(),
        group: Some("x25519".to_owned()),
        server_name: "mx.example.org".to_owned(),
        trust: postern_shared::evidence::Trust::Trusted,
        chain: None,
    };
    let expected = Shown {
        version: Some(Version::Tls12),
        suite: Some(Suite(0xc02c)),
        group: Some(Group(0x001d)),
        key: Some(Authentication::Ecdsa),
    };
    assert_eq!(Shown::of(&fact), expected);
    let new = TlsFact {
        version: "TLS 1.3".to_owned(),
        suite: "TLS_AES_256_GCM_SHA384".to_owned(),
        ..fact
    };
    assert_eq!(Shown::of(&new).key, None);
}
