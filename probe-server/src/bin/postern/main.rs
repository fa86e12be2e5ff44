//! `postern`: the command line. The verdicts are the page's own, from the same core.
//!
//! Exit codes: 0 done, 1 `lint` found errors, 2 misuse, 3 the scan could not be made, or DNS answered nothing.

mod args;
mod assess;
mod driver;
mod ending;
mod evidence_file;
mod excerpt;
mod lint;
mod output;
mod progress;
mod remote;
mod scan;
mod selectors;
mod spf;
mod tls;
mod unicode;

use std::io::{Write as _, stderr};
use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};

/// What was read has errors.
const ERRORS_FOUND: u8 = 1;
/// What was asked for makes no sense.
const MISUSE: u8 = 2;
/// What was asked for could not be done.
const FAILED: u8 = 3;

/// Why a command is no success; the text is for people, in their language.
#[derive(Debug)]
enum Failed {
    /// Errors were looked for, found, and printed.
    ErrorsFound,
    /// The caller's mistake.
    Misuse(String),
    /// The world's.
    NotDone(String),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Scan(args) => scan::run(args).await,
        Command::Assess(args) => assess::run(&args),
        Command::Spf(args) => spf::run(args).await,
        Command::Tls(args) => tls::run(args).await,
        Command::Lint(args) => lint::run(&args),
    };
    let (message, code) = match done {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failed::ErrorsFound) => return ExitCode::from(ERRORS_FOUND),
        Err(Failed::Misuse(message)) => (message, MISUSE),
        Err(Failed::NotDone(message)) => (message, FAILED),
    };
    // `eprintln!` would panic where nobody reads any more, and the exit code be lost.
    let _ = writeln!(stderr(), "postern: {message}");
    ExitCode::from(code)
}
