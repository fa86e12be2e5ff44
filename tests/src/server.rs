//! `probe-server serve`, started for a test and ended with it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::lab::Lab;
use crate::place;

/// A debug build starts in a moment; a busy machine is given its time.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running probe server.
#[derive(Debug)]
pub struct ProbeServer {
    child: Child,
    address: String,
}

impl ProbeServer {
    /// Starts a server for the lab on a free port. It lets everybody ask as often as they like, unless `more` says
    /// otherwise.
    #[must_use]
    pub fn start(lab: &Lab, more: &[&str]) -> Self {
        Self::start_at(lab, "127.0.0.1:0", more)
    }

    /// Starts a server for the lab at an address.
    #[must_use]
    pub fn start_at(lab: &Lab, listen: &str, more: &[&str]) -> Self {
        let mut child = Command::new(place::program("probe-server"))
            .args(["serve", "--listen", listen])
            .args(lab.options())
            .args(more)
            // One client makes all scans of all tests. Options go before these.
            .env("POSTERN_COOL_DOWN", "0")
            .env("POSTERN_SCANS_PER_MINUTE", "10000")
            .env("POSTERN_SCANS_PER_CLIENT", "32")
            .env("POSTERN_SCANS_PER_ADDRESS", "10000")
            .env("POSTERN_DNS_PER_MINUTE", "1000000")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("probe-server runs");
        let log = child.stderr.take().expect("a pipe");
        let address = address(log);
        Self { child, address }
    }

    /// Where it listens, as `127.0.0.1:43210`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The page's address, with `query` behind it.
    #[must_use]
    pub fn url(&self, query: &str) -> String {
        format!("http://{}/{query}", self.address)
    }

    /// Ends the server as a crash would: at once, without a word to anybody.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for ProbeServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads the log until it says where the server listens, and goes on reading, so that the pipe never fills.
fn address(log: ChildStderr) -> String {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(log).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    let mut said = Vec::new();
    while let Ok(line) = receiver.recv_timeout(PATIENCE) {
        if let Some((_, rest)) = line.split_once(" address=") {
            let address = rest.split(' ').next().expect("a word");
            return address.to_owned();
        }
        said.push(line);
    }
    panic!("the probe server did not start: {}", said.join("\n"));
}
