//! What a script sees.

use std::io::pipe;

use crate::servers::name_server;
use crate::{postern, run, scan};

#[test]
fn a_scan_that_could_not_be_made_has_no_score() {
    let printed = scan("absent.test", &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&printed.stdout).unwrap();
    assert!(report["grade"].is_null() && report["score"].is_null());
    assert!(report["checks"].is_array());
    assert_eq!(printed.code, Some(3));
}

#[test]
fn evidence_that_was_no_scan_is_none_when_it_is_read_again() {
    let file = std::env::temp_dir().join(format!("postern-absent-{}.json", std::process::id()));
    let file = file.to_str().unwrap();
    let scanned = scan("absent.test", &["--evidence-out", file]);
    let again = run(&["assess", file]);
    assert_eq!((scanned.code, again.code), (Some(3), Some(3)));
    assert_eq!(
        (scanned.stdout, scanned.stderr),
        (again.stdout, again.stderr)
    );
    let persian = run(&["assess", file, "--lang", "fa"]);
    assert!(persian.stderr.contains("وجود ندارد"), "{persian:?}");
    std::fs::remove_file(file).unwrap();
}

/// As `2>&1 | head -1` does it, once `head` has gone.
#[test]
fn a_reader_that_has_had_enough_changes_no_exit_code() {
    let server = name_server();
    for (arguments, code) in [
        (&["scan", "absent.test", "--dns-server", &server][..], 3),
        (
            &[
                "scan",
                "absent.test",
                "--dns-server",
                &server,
                "--format",
                "json",
            ],
            3,
        ),
        (&["scan", ""], 2),
        (&["dance"], 2),
        (&["--help"], 0),
        (
            &[
                "spf",
                "--ip",
                "192.0.2.1",
                "--mail-from",
                "",
                "--helo",
                "absent.test",
                "--dns-server",
                &server,
            ],
            0,
        ),
    ] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let mut command = postern(arguments);
        command.stdout(writer.try_clone().unwrap()).stderr(writer);
        let ended = command.status().unwrap();
        assert_eq!(ended.code(), Some(code), "{arguments:?}");
    }
}
