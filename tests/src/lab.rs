//! The lab, as its environment describes it, and what its servers saw.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::place;

/// The running lab.
#[derive(Clone, Debug)]
pub struct Lab {
    /// Address and port of its DNS server.
    pub dns: String,
    /// Its certificate authority.
    pub ca: PathBuf,
    /// The folder of its servers' logs.
    pub log: PathBuf,
    /// Milliseconds between two connections to one of its servers: none, as they are ours.
    pub spacing_ms: u32,
}

impl Lab {
    /// The lab that this test runs in; nothing, after saying so loudly, outside of one.
    #[must_use]
    pub fn here() -> Option<Self> {
        let Ok(dns) = std::env::var("POSTERN_LAB_DNS") else {
            place::skipped("not in the lab (tests/lab/lab.sh run COMMAND; make test does)");
            return None;
        };
        let path = |name| PathBuf::from(std::env::var_os(name).expect("a variable of the lab"));
        Some(Self {
            dns,
            ca: path("POSTERN_LAB_CA"),
            log: path("POSTERN_LAB_LOG"),
            spacing_ms: 0,
        })
    }

    /// The options that a scan needs here: as fast as the servers answer, and not shy of loopback addresses.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        let ca = self.ca.display().to_string();
        let spacing = self.spacing_ms.to_string();
        [
            "--dns-server",
            &self.dns,
            "--allow-private-targets",
            "--ca-file",
            &ca,
            "--ehlo-name",
            "probe.lab.test",
            "--spacing-ms",
            &spacing,
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

/// The domains that the lab says it has.
#[must_use]
pub fn domains() -> Vec<String> {
    let file = place::repository().join("tests/lab/domains.txt");
    let text = std::fs::read_to_string(file).expect("the lab's list of domains");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split('\t').next())
        .map(str::to_owned)
        .collect()
}

/// What one server saw of one connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// The server's address.
    pub address: String,
    /// The names said in EHLO, as often as they were said.
    pub ehlo: Vec<String>,
    /// How often each verb was said, in upper case; what the server did not know is `UNKNOWN`.
    pub verbs: BTreeMap<String, u32>,
    /// Commands that were answered with an error.
    pub errors: u32,
    /// Whether something was said before the greeting.
    pub early: bool,
    /// Whether the server greeted, so that something could be said at all.
    pub greeted: bool,
    /// Whether the connection has ended.
    pub closed: bool,
}

impl Visit {
    /// Commands said in all.
    #[must_use]
    pub fn commands(&self) -> u32 {
        self.verbs.values().sum()
    }

    /// How often `verb` was said.
    #[must_use]
    pub fn count(&self, verb: &str) -> u32 {
        self.verbs.get(verb).copied().unwrap_or_default()
    }
}

/// The connections to the server at `address`, Postfix or a scripted peer, on port 25, the oldest first.
#[must_use]
pub fn visits(log: &Path, address: &str) -> Vec<Visit> {
    let scripted = std::fs::read_to_string(log.join(format!("{address}.jsonl")));
    let mut visits = match scripted {
        Ok(text) => scripted::visits(&text),
        Err(_) => {
            let maillog = std::fs::read_to_string(log.join("maillog")).expect("Postfix's log");
            postfix::visits(&maillog, address)
        }
    };
    for visit in &mut visits {
        address.clone_into(&mut visit.address);
    }
    visits
}

/// How many connections each server has taken on port 25, by its own log and under its address.
#[must_use]
pub fn connections(log: &Path) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let files = |folder: &Path| {
        std::fs::read_dir(folder)
            .expect("a folder of the lab")
            .map(|entry| entry.expect("an entry").path())
    };
    for file in files(log).filter(|file| {
        file.extension()
            .is_some_and(|extension| extension == "jsonl")
    }) {
        let text = std::fs::read_to_string(&file).expect("a peer's log");
        let address = file
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        counts.insert(address, text.matches(r#""event": "connect""#).count());
    }
    for folder in files(&log.with_file_name("exim")).filter(|path| path.is_dir()) {
        let text = std::fs::read_to_string(folder.join("mainlog")).expect("Exim's log");
        let address = folder
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        counts.insert(
            address,
            text.matches("]:25 (TCP/IP connection count").count(),
        );
    }
    let maillog = std::fs::read_to_string(log.join("maillog")).expect("Postfix's log");
    for line in maillog.lines() {
        let service = line
            .split_once("]: connect from")
            .and_then(|(before, _)| before.split_once("/smtpd["))
            .and_then(|(before, _)| before.rsplit(' ').next());
        // `127.25.0.12:587` is another port; `fd25::12` is not.
        let address = service.filter(|name| name.parse::<std::net::IpAddr>().is_ok());
        if let Some(address) = address {
            *counts.entry(address.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// Scripted peers write a JSON line for all that comes and goes.
mod scripted {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::Visit;

    pub(super) fn visits(log: &str) -> Vec<Visit> {
        let mut visits = BTreeMap::<u64, Visit>::new();
        for line in log.lines() {
            let entry: Value = serde_json::from_str(line).expect("a JSON line");
            let number = entry["connection"].as_u64().expect("a connection's number");
            let text = entry["text"].as_str().unwrap_or_default();
            let visit = visits.entry(number).or_default();
            match entry["event"].as_str() {
                Some("early") => visit.early = true,
                Some("command") => command(visit, text),
                Some("reply") => reply(visit, text),
                Some("close") => visit.closed = true,
                _ => {}
            }
        }
        visits.into_values().collect()
    }

    fn command(visit: &mut Visit, line: &str) {
        let mut words = line.splitn(2, [' ', ':']);
        let verb = words.next().unwrap_or_default().to_ascii_uppercase();
        if verb == "EHLO" {
            visit.ehlo.extend(words.next().map(str::to_owned));
        }
        *visit.verbs.entry(verb).or_default() += 1;
    }

    fn reply(visit: &mut Visit, line: &str) {
        if visit.verbs.is_empty() {
            visit.greeted = line.starts_with("220");
        } else if line.starts_with(['4', '5']) {
            visit.errors += 1;
        }
    }
}

/// Postfix counts each verb in the line that it writes when a client leaves.
mod postfix {
    use std::collections::HashMap;

    use super::Visit;

    pub(super) fn visits(log: &str, address: &str) -> Vec<Visit> {
        let tag = format!(" {address}/smtpd[");
        let mut visits = Vec::new();
        // One process serves one client at a time.
        let mut open = HashMap::<&str, usize>::new();
        for line in log.lines() {
            let Some((process, event)) = line
                .split_once(&tag)
                .and_then(|(_, rest)| rest.split_once("]: "))
            else {
                continue;
            };
            if event.starts_with("connect from") {
                open.insert(process, visits.len());
                visits.push(Visit {
                    greeted: true,
                    ..Visit::default()
                });
            } else if let Some(index) = open.get(process) {
                note(&mut visits[*index], event);
            }
        }
        visits
    }

    fn note(visit: &mut Visit, event: &str) {
        if event.contains("info: EHLO") {
            let name = event
                .rsplit_once("helo=<")
                .map(|(_, name)| name.trim_end_matches('>'));
            visit.ehlo.extend(name.map(str::to_owned));
        } else if let Some(counts) = event.strip_prefix("disconnect from ") {
            visit.closed = true;
            counts
                .split(' ')
                .filter_map(|count| count.split_once('='))
                .for_each(|(verb, count)| tally(visit, verb, count));
        }
    }

    /// `vrfy=4/6`: four of six were answered well.
    fn tally(visit: &mut Visit, verb: &str, count: &str) {
        let (good, all) = count.split_once('/').unwrap_or((count, count));
        let (good, all): (u32, u32) = (
            good.parse().expect("a number"),
            all.parse().expect("a number"),
        );
        if verb == "commands" {
            visit.errors = all - good;
        } else {
            visit.verbs.insert(verb.to_ascii_uppercase(), all);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postfix_logs_are_read_by_process() {
        let log = "\
Nov 21 23:27:15 mail 127.25.0.11/smtpd[7]: connect from unknown[127.0.0.1]
Nov 21 23:27:15 mail 127.25.0.15/smtpd[8]: connect from unknown[127.0.0.1]
Nov 21 23:27:15 mail 127.25.0.11/smtpd[7]: NOQUEUE: info: EHLO from unknown[127.0.0.1]: ; proto=SMTP helo=<x1.lab.test>
Nov 21 23:27:15 mail 127.25.0.11/smtpd[7]: disconnect from unknown[127.0.0.1] ehlo=1 vrfy=4/6 quit=1 unknown=0/2 commands=6/10";
        let visits = postfix::visits(log, "127.25.0.11");
        assert_eq!(visits.len(), 1);
        let visit = &visits[0];
        assert_eq!(
            (visit.commands(), visit.errors, visit.count("VRFY")),
            (10, 4, 6)
        );
        assert_eq!(
            (visit.ehlo.as_slice(), visit.closed),
            (["x1.lab.test".to_owned()].as_slice(), true)
        );
    }

    #[test]
    fn scripted_logs_are_read_by_connection() {
        let log = r#"{"time":1,"connection":2,"event":"connect","text":""}
{"time":1,"connection":2,"event":"reply","text":"220 mx ready"}
{"time":1,"connection":2,"event":"command","text":"EHLO x1.lab.test"}
{"time":1,"connection":2,"event":"reply","text":"250 mx"}
{"time":1,"connection":2,"event":"command","text":"HELP"}
{"time":1,"connection":2,"event":"reply","text":"502 No"}
{"time":1,"connection":3,"event":"early","text":""}"#;
        let visits = scripted::visits(log);
        let counts = |visit: &Visit| (visit.commands(), visit.errors, visit.greeted, visit.early);
        assert_eq!(
            visits.iter().map(counts).collect::<Vec<_>>(),
            [(2, 1, true, false), (0, 0, false, true)]
        );
    }
}
