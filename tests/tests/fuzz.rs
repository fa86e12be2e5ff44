//! The fuzz targets on a compiler that cannot fuzz: every input that is kept, and what grows of it.

// The whole file is a test: a file that is not as described stops it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use postern_tests::place;

use fuzz::{TARGETS, Target};

fn folder() -> PathBuf {
    place::repository().join("tests/fuzz")
}

/// The inputs that are kept for one target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = folder().join("seeds").join(target);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|_| panic!("{target} has no seeds"));
    let paths = files.map(|file| file.expect("a file").path());
    paths
        .map(|path| std::fs::read(path).expect("a seed"))
        .collect()
}

#[test]
fn every_target_has_its_seeds_and_its_program() {
    let manifest = std::fs::read_to_string(folder().join("Cargo.toml")).expect("a manifest");
    let names: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names.len(), TARGETS.len(), "a name stands there twice");
    let kept = std::fs::read_dir(folder().join("seeds")).expect("seeds");
    let kept: BTreeSet<String> = kept
        .map(|target| {
            let name = target.expect("a folder").file_name();
            name.into_string().expect("a name")
        })
        .collect();
    assert_eq!(kept, names);
    for name in &names {
        let program = format!("fuzz_targets/{name}.rs");
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"{program}\"")));
        let source = std::fs::read_to_string(folder().join(&program)).expect("a program");
        assert!(source.contains(&format!("postern_fuzz::{name}(octets)")));
    }
}

#[test]
fn what_was_found_once_is_not_found_again() {
    for (name, target) in TARGETS {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for seed in &seeds {
            target(seed);
            // Cut anywhere, and with each octet another one.
            for at in 0..seed.len().min(512) {
                target(&seed[..at]);
                let mut changed = seed.clone();
                changed[at] ^= 0x15;
                target(&changed);
            }
        }
    }
}

/// Eight times the input may take 32 times as long, on a busy machine; what is quadratic takes 64 times.
#[test]
fn time_grows_with_the_input() {
    /// What is measured takes this long at least.
    const LONG: Duration = Duration::from_millis(10);

    for (name, target) in TARGETS {
        for seed in seeds(name) {
            let mut length = 1 << 12;
            let (small, large) = loop {
                let small = time(*target, &grown(&seed, length));
                if small > LONG || length >= 1 << 17 {
                    break (small, time(*target, &grown(&seed, 8 * length)));
                }
                length *= 2;
            };
            assert!(
                large < small.max(LONG) * 32,
                "{name}: {small:?} for {length}, {large:?} for eight times as much"
            );
        }
    }
}

/// A seed whose end is repeated up to a length.
fn grown(seed: &[u8], length: usize) -> Vec<u8> {
    let end = &seed[seed.len().saturating_sub(12)..];
    let more = end.iter().cycle().take(length);
    seed.iter().chain(more).copied().collect()
}

/// The shortest of three times.
fn time(target: Target, octets: &[u8]) -> Duration {
    let measured = (0..3).map(|_| {
        let begin = Instant::now();
        target(octets);
        begin.elapsed()
    });
    measured.min().expect("three times")
}
