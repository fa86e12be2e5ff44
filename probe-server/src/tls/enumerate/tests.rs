use std::collections::{BTreeMap, BTreeSet};

use postern_shared::tls::{Group, KeyExchange, Suite};

use super::*;
use crate::tls::hello::candidates::{GROUPS, HYBRIDS, WEAK_CURVES, suites as candidates};
use crate::tls::model::{Model, groups, legacy, modern, suites as codes};

/// What the answers show.
#[derive(Debug, Default)]
struct Found {
    suites: BTreeMap<Version, BTreeSet<Suite>>,
    groups: BTreeMap<Version, BTreeSet<Group>>,
    ssl2: bool,
    fallback: Option<HelloAnswer>,
    offers: Vec<Offer>,
}

impl Found {
    fn suites(&self, version: Version) -> BTreeSet<Suite> {
        self.suites.get(&version).cloned().unwrap_or_default()
    }

    fn groups(&self, version: Version) -> BTreeSet<Group> {
        self.groups.get(&version).cloned().unwrap_or_default()
    }

    fn hear(&mut self, offer: Offer, answer: HelloAnswer) {
        if offer.fallback {
            self.fallback = Some(answer.clone());
        }
        match answer {
            HelloAnswer::Chosen(chosen) => {
                let suites = self.suites.entry(chosen.version).or_default();
                suites.insert(chosen.suite);
                let groups = self.groups.entry(chosen.version).or_default();
                groups.extend(chosen.group);
            }
            HelloAnswer::Ssl2 { .. } => self.ssl2 = true,
            _ => {}
        }
        self.offers.push(offer);
    }
}

/// Makes all hellos, so many at once; their answers come in turn.
fn run(at_once: usize, mut answer: impl FnMut(&Offer) -> HelloAnswer) -> Found {
    let mut enumeration = Enumeration::new();
    let mut found = Found::default();
    let mut under_way = std::collections::VecDeque::new();
    loop {
        while under_way.len() < at_once {
            let Some(next) = enumeration.next_offer() else {
                break;
            };
            under_way.push_back(next);
        }
        let Some((task, offer)) = under_way.pop_front() else {
            assert!(enumeration.is_done(), "nothing to do, and not done");
            break;
        };
        assert!(!enumeration.is_done());
        let answer = answer(&offer);
        enumeration.heard(task, &offer, &answer);
        found.hear(offer, answer);
    }
    assert!(found.offers.len() <= MAX_HELLOS, "{}", found.offers.len());
    for offer in &found.offers {
        let once: BTreeSet<_> = offer.suites.iter().collect();
        assert_eq!(once.len(), offer.suites.len(), "{offer:?}");
        assert!(offer.suites.len() <= MAX_SUITES);
        assert!(offer.suites.is_empty() == (offer.version == Version::Ssl2));
        assert!(offer.suites.iter().all(|suite| suite.fits(offer.version)));
    }
    found
}

fn set<T: Copy + Ord>(items: &[T]) -> BTreeSet<T> {
    items.iter().copied().collect()
}

/// What was found is what was configured.
fn check(model: &Model, found: &Found) {
    for version in VERSIONS {
        let taken = set(model.suites_of(version));
        assert_eq!(found.suites(version), taken, "{version} of {model:?}");
    }
    let has = |version, kind| {
        let mut suites = model.suites_of(version).iter();
        suites.any(|suite| suite.key_exchange() == kind)
    };
    if has(Version::Tls12, KeyExchange::Ecdhe) {
        assert_eq!(
            found.groups(Version::Tls12),
            set(&model.curves),
            "{model:?}"
        );
    }
    // Where nothing newer is taken, the next version tells of groups.
    if model.suites_of(Version::Tls12).is_empty() && has(Version::Tls11, KeyExchange::Ecdhe) {
        assert_eq!(
            found.groups(Version::Tls11),
            set(&model.curves),
            "{model:?}"
        );
    }
    if has(Version::Tls13, KeyExchange::Apart) {
        assert_eq!(
            found.groups(Version::Tls13),
            set(&model.groups),
            "{model:?}"
        );
    }
    assert_eq!(found.ssl2, model.ssl2 > 0);
}

/// As many as are made, one at once and three at once.
fn count(model: &Model) -> [usize; 2] {
    [1, 3].map(|at_once| {
        let found = run(at_once, |offer| model.answer(offer));
        check(model, &found);
        found.offers.len()
    })
}

#[test]
fn hellos_to_a_modern_server() {
    let found = run(3, |offer| modern().answer(offer));
    assert_eq!(found.fallback, Some(HelloAnswer::Alert(86)));
    assert_eq!(count(&modern()), [21, 21]);
    let ordered = Model {
        has_order: true,
        has_group_order: true,
        ..modern()
    };
    assert_eq!(count(&ordered), [25, 25]);
}

#[test]
fn hellos_to_an_old_server() {
    assert_eq!(count(&legacy()), [57, 57]);
    let ordered = Model {
        has_order: true,
        has_group_order: true,
        ..legacy()
    };
    assert_eq!(count(&ordered), [62, 62]);
}

/// What takes much is asked for in parts, so that time grows slower than what is taken.
#[test]
fn much_is_asked_for_side_by_side() {
    let common = candidates(Version::Tls12);
    let model = Model {
        suites: vec![(Version::Tls12, common.get(..58).expect("so many").to_vec())],
        ..modern()
    };
    let mut enumeration = Enumeration::new();
    let (mut rounds, mut hellos) = (0, 0);
    while !enumeration.is_done() {
        let offers: Vec<_> = (0..10).map_while(|_| enumeration.next_offer()).collect();
        for (task, offer) in &offers {
            enumeration.heard(*task, offer, &model.answer(offer));
        }
        (rounds, hellos) = (rounds + 1, hellos + offers.len());
    }
    assert!(hellos > 60 && rounds < hellos / 3, "{hellos} in {rounds}");
}

/// OpenSSL 3 itself: its own order counts in groups of TLS 1.3, the client's in suites.
#[test]
fn hellos_to_servers_with_an_order_of_groups() {
    for (model, most) in [(modern(), 24), (legacy(), 58)] {
        let model = Model {
            has_group_order: true,
            ..model
        };
        let [one, three] = count(&model);
        assert!(one <= most && three <= most, "{one} {three}");
    }
}

/// With TLS 1.3 alone, and with what nobody should speak any more.
#[test]
fn other_servers() {
    let mut newest = modern();
    newest.suites.remove(1);
    assert_eq!(count(&newest), [13, 13]);
    let ancient = Model {
        suites: vec![(Version::Ssl3, codes(&[0x000a, 0x0005, 0x0004, 0x0003]))],
        ssl2: 5,
        ..Model::default()
    };
    assert_eq!(count(&ancient), [7, 7]);
    assert_eq!(count(&Model::default()), [4, 4]);
    let odd = Model {
        suites: vec![(Version::Tls11, codes(&[0xc013]))],
        curves: groups(&[0x0015]),
        ..Model::default()
    };
    assert!(count(&odd)[0] <= 8);
}

/// Whose order counts shows: of the same two, now one was chosen and now the other; or one that stood behind.
#[test]
fn the_order_shows() {
    for version in [Version::Tls13, Version::Tls12] {
        for has_order in [false, true] {
            let model = Model {
                has_order,
                ..modern()
            };
            let mut chosen = Vec::new();
            run(1, |offer| {
                let answer = model.answer(offer);
                if let HelloAnswer::Chosen(choice) = &answer
                    && choice.version == version
                {
                    chosen.push((choice.suite, offer.suites.clone()));
                }
                answer
            });
            let taken = model.suites_of(version);
            let first = |(suite, offered): &(Suite, Vec<Suite>)| {
                offered.iter().find(|it| taken.contains(it)) == Some(suite)
            };
            let contradicts = chosen.iter().any(|(suite, offered)| {
                chosen.iter().any(|(other, before)| {
                    suite != other && offered.contains(other) && before.contains(suite)
                })
            });
            assert_eq!(chosen.iter().all(first), !has_order, "{version}");
            assert_eq!(contradicts, !has_order, "{version}");
        }
    }
}

#[test]
fn a_curt_server_is_found_out_as_well() {
    for base in [modern(), legacy()] {
        let polite = run(3, |offer| base.answer(offer)).offers.len();
        let curt = Model {
            is_curt: true,
            ..base
        };
        let [one, three] = count(&curt);
        // Each kind of work may have to be repeated once before this is known.
        assert!(one <= polite + 4 && three <= polite + 4, "{one} {three}");
    }
}

#[test]
fn silence_ends_it() {
    let silent = |answer: HelloAnswer| run(3, |_| answer.clone()).offers.len();
    assert!(silent(HelloAnswer::Closed) <= MAX_SILENT + 2);
    assert!(silent(HelloAnswer::TimedOut) <= MAX_SILENT + 2);
    assert!(silent(HelloAnswer::NotTls("220".to_owned())) <= MAX_SILENT + 2);
    assert!(silent(HelloAnswer::Malformed) <= 6);
    // A server that goes silent in between.
    let model = legacy();
    let mut count = 0;
    let found = run(3, |offer| {
        count += 1;
        if count > 10 {
            HelloAnswer::TimedOut
        } else {
            model.answer(offer)
        }
    });
    assert!(found.offers.len() <= 10 + MAX_SILENT + 2);
}

/// A single connection that breaks changes nothing.
#[test]
fn one_lost_answer_is_asked_for_again() {
    for lost in 1..=21 {
        let model = modern();
        let mut count = 0;
        let found = run(1, |offer| {
            count += 1;
            let answer = model.answer(offer);
            if count == lost {
                HelloAnswer::Closed
            } else {
                answer
            }
        });
        check(&model, &found);
        assert_eq!(found.offers.len(), 22, "the answer that was lost: {lost}");
    }
}

/// Numbers that look random, and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from((self.0 >> 33) % sides as u64).expect("small")
    }

    /// So many of a list, or fewer, in any order.
    fn some<T: Copy>(&mut self, list: &[T], count: usize) -> Vec<T> {
        let mut rest = list.to_vec();
        let count = self.roll(count.min(list.len()) + 1);
        (0..count)
            .map(|_| rest.swap_remove(self.roll(rest.len())))
            .collect()
    }
}

fn any_server(dice: &mut Dice) -> Model {
    let mut all = dice.some(&candidates(Version::Tls12), 20);
    all.extend(dice.some(&candidates(Version::Tls13), 9));
    let mut suites = Vec::new();
    for version in VERSIONS {
        let fitting: Vec<Suite> = all.iter().filter(|it| it.fits(version)).copied().collect();
        if !fitting.is_empty() && dice.roll(3) > 0 {
            suites.push((version, fitting));
        }
    }
    let mut model = Model {
        suites,
        curves: dice.some(&[&CURVES[..], &WEAK_CURVES[..4]].concat(), 8),
        groups: dice.some(&[&HYBRIDS[..], &GROUPS].concat(), 8),
        has_order: dice.roll(2) == 0,
        has_group_order: dice.roll(2) == 0,
        knows_fallback: dice.roll(2) == 0,
        ssl2: u32::from(dice.roll(4) == 0),
        ..Model::default()
    };
    model.curves.push(Group(0x0017));
    model.curves.dedup();
    model.curves.sort();
    model.curves.dedup();
    if model.groups.is_empty() {
        model.groups = groups(&[0x001d]);
    }
    model
}

#[test]
fn any_server_is_found_out() {
    let mut dice = Dice(7);
    for _ in 0..150 {
        let model = any_server(&mut dice);
        let at_once = 1 + dice.roll(3);
        let found = run(at_once, |offer| model.answer(offer));
        check(&model, &found);
        let of = |version| model.suites_of(version).len().max(1);
        let bound =
            of(Version::Tls12) + model.curves.len() + of(Version::Tls13) + model.groups.len();
        assert!(
            found.offers.len() <= bound + 50,
            "{} of {model:?}",
            found.offers.len()
        );
    }
}

/// Whatever is answered, it ends. The choices are among what was offered: the reader sees to that.
#[test]
fn any_answers_come_to_an_end() {
    let mut dice = Dice(11);
    for _ in 0..100 {
        let at_once = 1 + dice.roll(3);
        let kinds = 1 + dice.roll(7);
        run(at_once, |offer| {
            let mut model = Model {
                has_order: dice.roll(2) == 0,
                has_group_order: dice.roll(2) == 0,
                ssl2: 1,
                curves: dice.some(&offer.groups, 9),
                groups: dice.some(&offer.groups, 9),
                ..Model::default()
            };
            let version = VERSIONS[dice.roll(VERSIONS.len())].min(offer.version);
            model.suites.push((version, dice.some(&offer.suites, 9)));
            match dice.roll(kinds) {
                0..=2 => model.answer(offer),
                3 => HelloAnswer::Alert(40),
                4 => HelloAnswer::Closed,
                5 => HelloAnswer::Malformed,
                _ => HelloAnswer::Alert(70),
            }
        });
    }
}

/// One that takes everything would be asked for ever.
#[test]
fn a_server_that_takes_everything_is_bounded() {
    let everything = Model {
        suites: VERSIONS
            .map(|version| (version, candidates(version)))
            .to_vec(),
        curves: [&CURVES[..], &WEAK_CURVES].concat(),
        groups: [&HYBRIDS[..], &GROUPS].concat(),
        ssl2: 8,
        ..Model::default()
    };
    let found = run(3, |offer| everything.answer(offer));
    assert_eq!(found.offers.len(), MAX_HELLOS);
}

#[test]
fn answers_to_nothing_are_ignored() {
    let mut enumeration = Enumeration::new();
    let (task, offer) = enumeration.next_offer().expect("an offer");
    enumeration.heard(task, &offer, &HelloAnswer::Alert(70));
    let before = format!("{enumeration:?}");
    enumeration.heard(task, &offer, &HelloAnswer::Closed);
    assert_eq!(format!("{enumeration:?}"), before);
}

/// A suite that an older version took in a hello about a newer one tells nothing of an order: that hello had others.
#[test]
fn an_old_server_is_found_out_whose_order_counts() {
    let model = Model {
        suites: vec![(
            Version::Tls11,
            codes(&[0xc00f, 0x0089, 0x0007, 0x0033, 0x0005, 0xc010, 0x0019]),
        )],
        curves: groups(&[0x001d, 0x0017, 0x0013]),
        has_order: true,
        ..Model::default()
    };
    count(&model);
}
