//! The command line, run as people run it.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::lab::Lab;
use crate::place;

/// What a command printed, and how it ended.
#[derive(Debug)]
pub struct Printed {
    /// The exit code; nothing when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Printed {
    /// Standard output as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in what was printed: {self:?}"))
    }
}

/// Runs `postern` with its output in pipes.
pub fn run<I: IntoIterator<Item: AsRef<OsStr>>>(arguments: I) -> Printed {
    let output = Command::new(place::program("postern"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("postern runs");
    let text = |octets| String::from_utf8(octets).expect("UTF-8");
    Printed {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Runs `postern scan` in the lab, with its JSON to be read.
pub fn scan(lab: &Lab, domain: &str, more: &[&str]) -> Printed {
    let mut arguments = vec![
        "scan".to_owned(),
        domain.to_owned(),
        "--format".into(),
        "json".into(),
    ];
    arguments.extend(lab.options());
    arguments.extend(more.iter().map(|&argument| argument.to_owned()));
    run(arguments)
}

/// Scans in the lab, and gives the evidence as a file.
#[must_use]
pub fn evidence(lab: &Lab, domain: &str) -> PathBuf {
    let file = place::temporary(&format!("{domain}.evidence.json"));
    let path = file.display().to_string();
    scan(lab, domain, &["--evidence-out", &path]);
    assert!(file.exists(), "no evidence of {domain}");
    file
}

/// The report on a file of evidence under a profile.
#[must_use]
pub fn assess(file: &std::path::Path, profile: &str) -> Value {
    let path = file.display().to_string();
    run(["assess", &path, "--profile", profile, "--format", "json"]).json()
}
