//! Other people's scanners, run as they are installed, and what each found, in one form: ours is held against it.
//!
//! [`Findings`] holds what all of them tell. What a tool does not tell is absent, which is not the same as empty.

mod nmap;
mod ours;
mod sslscan;
mod sslyze;
mod testssl;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use postern_shared::tls::{Group, Suite, Version};

use crate::delay::DelayLine;
use crate::place;

pub use ours::Ours;

/// What one tool says of one server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// The versions that the server takes, and the suites that it takes in each.
    pub suites: Option<BTreeMap<Version, BTreeSet<Suite>>>,
    /// The groups that it takes, in whatever version.
    pub groups: Option<BTreeSet<Group>>,
    /// Its own certificates, one for each kind of key.
    pub certificates: Option<BTreeSet<Leaf>>,
}

/// A server's own certificate, as far as all tools tell of it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Leaf {
    /// The DNS names that it is for.
    pub names: BTreeSet<String>,
    /// Minutes since 1970 from which it is valid.
    pub not_before: i64,
    /// Minutes since 1970 to which it is valid.
    pub not_after: i64,
    /// The key and its length, as `EC 256`.
    pub key: String,
    /// How it is signed, as `ecdsa sha256`.
    pub signature: String,
    /// Certificates that were shown, with this one.
    pub chain: usize,
}

/// A tool that is an ordinary package.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Anchor {
    /// `testssl.sh`.
    Testssl,
    /// `sslyze`.
    Sslyze,
    /// `nmap --script ssl-enum-ciphers`.
    Nmap,
    /// `sslscan`.
    Sslscan,
}

/// How much is asked of an anchor.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Asked {
    /// All that it does by itself.
    Whole,
    /// Versions, suites, groups and certificates.
    Everything,
    /// Versions and certificates, of a tool that takes minutes for suites.
    Quickly,
    /// Certificates.
    Certificates,
}

/// How a scan went.
#[derive(Clone, Debug)]
pub struct Scanned {
    /// What was found.
    pub findings: Findings,
    /// From the program's start to its end.
    pub took: Duration,
    /// TCP connections that it opened, by the server's side.
    pub connections: u32,
    /// Round trips that it needed one after another, where the tool tells what it did: ours does.
    pub round_trips: u32,
}

impl Anchor {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Testssl, Self::Sslyze, Self::Nmap, Self::Sslscan];

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Testssl => "testssl.sh",
            Self::Sslyze => "sslyze",
            Self::Nmap => "nmap",
            Self::Sslscan => "sslscan",
        }
    }

    /// Its program; nothing, after saying so loudly, when it is not installed.
    #[must_use]
    pub fn program(self) -> Option<PathBuf> {
        let found = match self {
            Self::Testssl => on_path("testssl").or_else(|| on_path("testssl.sh")),
            Self::Sslyze => in_tools("sslyze/bin/sslyze").or_else(|| on_path("sslyze")),
            Self::Nmap => on_path("nmap"),
            Self::Sslscan => on_path("sslscan"),
        };
        if found.is_none() {
            place::skipped(&format!(
                "{} is not installed (.ci/setup.sh anchors), so nothing is shown beside it",
                self.name()
            ));
        }
        found
    }

    /// Scans what is at the other end of the line, by STARTTLS in SMTP, under the name of the server where the tool can
    /// be told one.
    #[must_use]
    pub fn scan(self, line: &DelayLine, name: &str, asked: Asked) -> Option<Scanned> {
        let program = self.program()?;
        let address = line.address();
        let output = place::temporary(&format!("{}.{}", self.name(), address.port()));
        // Some will not write over a file.
        let _ = std::fs::remove_file(&output);
        let mut command = Command::new(program);
        match self {
            Self::Testssl => testssl::prepare(&mut command, address, asked, &output),
            Self::Sslyze => sslyze::prepare(&mut command, address, name, asked, &output),
            Self::Nmap => nmap::prepare(&mut command, address, &output),
            Self::Sslscan => sslscan::prepare(&mut command, address, name, &output),
        }
        let (took, connections) = timed(&mut command, line);
        let text = std::fs::read_to_string(&output)
            .unwrap_or_else(|error| panic!("{} wrote nothing: {error}", self.name()));
        let findings = match self {
            Self::Testssl => testssl::read(&text, asked),
            Self::Sslyze => sslyze::read(&text, asked),
            Self::Nmap => nmap::read(&text),
            Self::Sslscan => sslscan::read(&text),
        };
        Some(Scanned {
            findings,
            took,
            connections,
            round_trips: 0,
        })
    }
}

/// Runs a command to its end, whatever it says of it, and gives the time and the connections that it took.
fn timed(command: &mut Command, line: &DelayLine) -> (Duration, u32) {
    let _ = line.take_count();
    let began = Instant::now();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.expect("a program that is there runs");
    (began.elapsed(), line.take_count())
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// A program in the folder of tools, which `.ci/env.sh` names too.
fn in_tools(program: &str) -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    let tools = variable("POSTERN_TOOLS")
        .or_else(|| variable("XDG_CACHE_HOME").map(|cache| cache.join("postern")))
        .or_else(|| variable("HOME").map(|home| home.join(".cache/postern")))?;
    Some(tools.join(program)).filter(|file| file.is_file())
}

/// Where a command line wants one word.
fn word(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// `127.0.0.1:25`.
fn target(address: SocketAddr) -> String {
    address.to_string()
}

/// The suite with a name of IANA's. A name that nobody knows is told, as it would be missing from the comparison.
fn suite(name: &str) -> Suite {
    Suite::named(name).unwrap_or_else(|| panic!("no suite is named {name}"))
}

/// The group that OpenSSL, GnuTLS or IANA call so; nothing of those that IANA has no name for.
fn group(name: &str) -> Option<Group> {
    let name = match name {
        "prime256v1" | "NIST P-256" => "secp256r1",
        "prime192v1" => "secp192r1",
        "X25519" => "x25519",
        "X448" => "x448",
        name => name,
    };
    Group::named(name)
}

/// A signature's algorithm, whatever it is called: `ECDSA with SHA256` and `ecdsa-with-SHA256` are `ecdsa sha256`.
fn signature(name: &str) -> String {
    let name = name.to_lowercase();
    let key = ["ecdsa", "rsa", "dsa", "ed25519"]
        .into_iter()
        .find(|key| name.contains(key));
    let digest = ["sha256", "sha384", "sha512", "sha1", "md5"]
        .into_iter()
        .find(|digest| name.contains(digest));
    format!("{} {}", key.unwrap_or(&name), digest.unwrap_or("-"))
}

/// Minutes since 1970 of a time that begins `2026-11-22T19:46` or `2026-11-22 19:46`, in UTC.
fn minutes(text: &str) -> i64 {
    let number = |from: usize, to: usize| -> i64 {
        text.get(from..to)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or_else(|| panic!("no time: {text}"))
    };
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    // Years begin in March here, so that the leap day is their last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days =
        year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719_469;
    (days * 24 + number(11, 13)) * 60 + number(14, 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_minutes() {
        assert_eq!(minutes("1970-01-01T00:00:00Z"), 0);
        assert_eq!(minutes("2000-02-29 23:59"), 951_868_740 / 60);
        assert_eq!(minutes("2026-11-22T19:46:05Z"), 1_795_376_765 / 60);
    }

    #[test]
    fn algorithms_have_one_name() {
        for name in ["ECDSA with SHA256", "ecdsa-with-SHA256"] {
            assert_eq!(signature(name), "ecdsa sha256");
        }
        assert_eq!(signature("sha1WithRSAEncryption"), "rsa sha1");
    }
}
