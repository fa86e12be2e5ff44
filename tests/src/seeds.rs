//! The inputs that are kept for the fuzz targets, and what grows of them.

use std::path::PathBuf;

use crate::place;

/// Where the fuzz targets are.
#[must_use]
pub fn folder() -> PathBuf {
    place::repository().join("tests/fuzz")
}

/// The inputs that are kept for one target.
///
/// # Panics
///
/// Where there are none.
#[must_use]
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = folder().join("seeds").join(target);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|_| panic!("{target} has no seeds"));
    let paths = files.map(|file| file.expect("a file").path());
    paths
        .map(|path| std::fs::read(path).expect("a seed"))
        .collect()
}

/// A seed whose end is repeated, `length` octets more.
#[must_use]
pub fn grown(seed: &[u8], length: usize) -> Vec<u8> {
    let end = &seed[seed.len().saturating_sub(12)..];
    let more = end.iter().cycle().take(length);
    seed.iter().chain(more).copied().collect()
}
