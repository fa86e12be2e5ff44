//! The command line as a process: what it takes, what it says, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod dig;
mod endings;
mod lint;
mod servers;
mod spf;

use std::process::{Command, Stdio};

use servers::{closed_port, name_server, tcp_server};

/// What a run printed, and how it ended.
#[derive(Debug)]
struct Printed {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn postern(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postern"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Printed {
    let output = postern(arguments).output().unwrap();
    let text = |octets| String::from_utf8(octets).unwrap();
    Printed {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Scans with a name server that knows no records, and these options.
fn scan(domain: &str, options: &[&str]) -> Printed {
    let server = name_server();
    run(&[&["scan", domain, "--dns-server", &server][..], options].concat())
}

#[test]
fn whatever_the_page_takes_is_taken() {
    for typed in [
        "absent.test",
        " Absent.TEST. ",
        "ann@absent.test",
        "Ann <ann@absent.test>",
        "mailto:ann@absent.test",
        "https://absent.test/",
        "https://ann:secret@absent.test:8443/a?b#c",
    ] {
        let printed = scan(typed, &[]);
        assert_eq!(printed.code, Some(3), "{typed:?}: {printed:?}");
        assert!(printed.stdout.starts_with("absent.test  –  "), "{typed:?}");
    }
    for typed in ["192.0.2.1", "http://[2001:db8::1]/", "ann@192.0.2.1"] {
        let printed = scan(typed, &[]);
        assert_eq!(printed.code, Some(2), "{typed:?}: {printed:?}");
        assert!(printed.stderr.contains("That is an IP address."));
    }
}

#[test]
fn a_domain_of_other_letters_is_named_both_ways() {
    let shown = "\u{2066}نمونه.test\u{2069} (xn--hhbbbed.test)  ";
    for typed in [
        "نمونه.test",
        "https://نمونه.test/صفحه",
        "علی@نمونه.test",
        "xn--hhbbbed.test",
    ] {
        let printed = scan(typed, &["--probe", &refusing()]);
        assert!(printed.stdout.starts_with(shown), "{typed:?}: {printed:?}");
        let json = scan(typed, &["--probe", &refusing(), "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!(report["domain"], "xn--hhbbbed.test");
    }
}

#[test]
fn options_that_cannot_be_read_are_said_in_words() {
    for (option, value, words) in [
        ("--dns-server", "dns.test", "name it by its IP address"),
        ("--relay-domain", "!!", "A domain cannot hold !."),
    ] {
        let printed = run(&["scan", "absent.test", option, value]);
        assert_eq!(printed.code, Some(2), "{printed:?}");
        assert!(printed.stderr.contains(words), "{printed:?}");
        assert!(!printed.stderr.contains("Character"), "{printed:?}");
    }
}

#[test]
fn addresses_and_names_that_are_none_are_said_in_the_callers_language() {
    for (option, value, english, persian) in [
        (
            "--probe",
            "http://probe.test/",
            "leads to no probe server",
            "نمی‌رسد",
        ),
        ("--probe", "probe.test", "wss://", "wss://"),
        ("--ehlo-name", "a b", "is no name to say in EHLO", "EHLO"),
    ] {
        for (language, words) in [("en", english), ("fa", persian)] {
            let printed = run(&["scan", "absent.test", option, value, "--lang", language]);
            assert_eq!((printed.code, &*printed.stdout), (Some(2), ""));
            assert!(printed.stderr.contains(words), "{printed:?}");
        }
    }
}

/// The URL of a probe server that is not there.
fn refusing() -> String {
    format!("ws://{}/", closed_port())
}

#[test]
fn who_finds_no_probe_server_is_told_where_and_why() {
    let says = |reply: &'static str| tcp_server(reply);
    let not_found = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    for (url, shown, why) in [
        (refusing(), "/ws", "the connection was refused"),
        (format!("ws://{}/nope", says(not_found)), "", "HTTP 404"),
        (format!("wss://{}/", says(not_found)), "ws", "no TLS"),
        (
            format!("ws://{}/x", says("220 mail.test ESMTP\r\n")),
            "",
            "does not speak as a probe server does",
        ),
        (
            "ws://nowhere.invalid/x".to_owned(),
            "",
            "its name leads to no address",
        ),
    ] {
        let printed = scan("good.test", &["--probe", &url]);
        assert_eq!(printed.code, Some(3), "{printed:?}");
        let shown = format!("{}{}", url, shown.trim_start_matches('/'));
        assert!(printed.stderr.contains(&shown), "{shown}: {printed:?}");
        assert!(printed.stderr.contains(why), "{why}: {printed:?}");
        let persian = scan("good.test", &["--probe", &url, "--lang", "fa"]);
        let isolated = format!("\u{2066}{shown}\u{2069}");
        assert!(persian.stderr.contains(&isolated), "{persian:?}");
    }
}

#[test]
fn the_network_is_blamed_only_where_nobody_answered() {
    let printed = scan("servfail.test", &[]);
    assert_eq!(printed.code, Some(3), "{printed:?}");
    assert!(printed.stderr.contains("SERVFAIL"), "{printed:?}");
    assert!(printed.stderr.contains("DNSSEC"), "{printed:?}");
    assert!(!printed.stderr.contains("network"), "{printed:?}");
    let nobody = closed_port();
    let printed = run(&["scan", "good.test", "--dns-server", &nobody]);
    assert!(printed.stderr.contains("Check the network"), "{printed:?}");
}
