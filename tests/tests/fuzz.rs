//! The fuzz targets on a compiler that cannot fuzz: every input that is kept, and what grows of it.

// The whole file is a test: a file that is not as described stops it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::collections::BTreeSet;

use postern_tests::seeds::{folder, grown, seeds};

use fuzz::TARGETS;

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

/// What this costs is measured by the benchmark `growth`.
#[test]
fn growth_ends() {
    const LENGTH: usize = 1 << 15;
    for (name, target) in TARGETS {
        for seed in seeds(name) {
            target(&grown(&seed, LENGTH));
        }
    }
}
