//! The community's suite for RFC 7208 (openspf, kept by pyspf): its zones, its cases, and what our evaluator makes of
//! them. The same code runs in the tests and, as WASM, in node.
//!
//! Everything here fails as a test fails: by a panic that says what was expected.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod cases;
mod rounds;
mod zone;

use wasm_bindgen::prelude::wasm_bindgen;

pub use cases::{Case, Verdict, cases, judge};
pub use rounds::drive;
pub use zone::SuiteZone;

/// Runs the suite, given as the JSON of the conformance data: one line that counts, then one for each case that fails.
#[wasm_bindgen]
#[must_use]
pub fn report(suite: &str) -> String {
    let verdicts: Vec<Verdict> = cases(suite).iter().map(judge).collect();
    let failures: Vec<&str> = verdicts
        .iter()
        .filter_map(|verdict| verdict.complaint.as_deref())
        .collect();
    let passed = verdicts.len() - failures.len();
    let count = format!("{passed} of {} pass", verdicts.len());
    [&[count.as_str()], failures.as_slice()].concat().join("\n")
}
