//! The RFC 7208 suite once more, as the page runs our evaluator: compiled to WASM, here in node.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::panic)]

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use postern_tests::place;

/// Where the programs of `make test` come from.
const INSTALL: &str = "`make setup-all` installs it, `source .ci/env.sh` puts it on the path";

#[test]
fn the_suite_as_wasm() {
    let Some(suite) = place::conformance_path("spf/rfc7208-tests.json") else {
        return;
    };
    // node is started elsewhere.
    let suite = std::path::absolute(suite).expect("a path");
    let target = target_folder();
    let module = build(&target);
    let glue = target.join("suite-in-node");
    let arguments = ["--target", "nodejs", "--out-dir"].map(OsStr::new);
    let paths = [glue.as_os_str(), module.as_os_str()];
    run("wasm-bindgen", &[&arguments[..], &paths].concat());
    let script = "const [, glue, suite] = process.argv;
        console.log(require(glue).report(require('fs').readFileSync(suite, 'utf8')));";
    let glue = glue.join("postern_suite.js");
    let arguments = [
        "-e".as_ref(),
        script.as_ref(),
        glue.as_os_str(),
        suite.as_os_str(),
    ];
    let report = run("node", &arguments);
    let report = report.trim_end();
    place::say(&format!("RFC 7208 suite as WASM: {report}"));
    assert_eq!(report, "203 of 203 pass");
}

/// Cargo's own folder, which this test lies in: what is built there once is not built again.
fn target_folder() -> PathBuf {
    let test = std::env::current_exe().expect("a test is a program");
    let folder = test.ancestors().nth(3).expect("a folder above debug/deps");
    folder.to_owned()
}

/// The suite's runner, compiled for the browser's machine in the profile of the tests.
fn build(target: &Path) -> PathBuf {
    const TRIPLE: &str = "wasm32-unknown-unknown";
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = [
        "build",
        "--quiet",
        "--locked",
        "-p",
        "postern-suite",
        "--target",
        TRIPLE,
    ];
    let arguments = arguments.map(OsStr::new);
    let folder = ["--target-dir".as_ref(), target.as_os_str()];
    run(&cargo, &[&arguments[..], &folder].concat());
    target.join(TRIPLE).join("debug/postern_suite.wasm")
}

/// What the program prints.
fn run(program: impl AsRef<OsStr>, arguments: &[&OsStr]) -> String {
    let program = program.as_ref();
    let name = program.display();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(place::repository());
    let output = match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            panic!("{name} is missing: {INSTALL}")
        }
        output => output.expect("a program that runs"),
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}
