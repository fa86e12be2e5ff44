//! Records that somebody is about to publish.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::{Printed, postern, run};

/// Lints what standard input holds.
fn run_with(arguments: &[&str], input: &[u8]) -> Printed {
    let mut command = postern(arguments);
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // What is refused as too large is not read to its end.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Printed {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn each_remark_points_at_its_place() {
    let printed = run(&["lint", "spf", "v=spf1 ptr ip4:192.0.2.1/33 -all"]);
    assert_eq!(
        printed.stdout,
        "warning: character 8: ptr is slow, unreliable, and should no longer be used.
  v=spf1 ptr ip4:192.0.2.1/33 -all
         ^^^
error: character 25: The prefix length is longer than the address.
  v=spf1 ptr ip4:192.0.2.1/33 -all
                          ^^^
"
    );
    assert_eq!((printed.code, printed.stderr.as_str()), (Some(1), ""));
}

#[test]
fn without_an_error_the_exit_code_is_that_of_success() {
    let printed = run(&["lint", "spf", "v=spf1 mx -all"]);
    assert_eq!(
        printed.stdout,
        "Nothing to remark in this SPF text. What it looks up was not looked at.\n"
    );
    assert_eq!(printed.code, Some(0));
    let warned = run(&["lint", "dmarc", "v=DMARC1; p=reject; adkim=x"]);
    assert!(
        warned
            .stdout
            .starts_with("warning: character 27: x is no value")
    );
    assert_eq!(warned.code, Some(0), "{warned:?}");
}

#[test]
fn programs_get_places_codes_and_words() {
    let printed = run(&["lint", "dmarc", "v=DMARC1; p=rejct", "--format", "json"]);
    assert_eq!(printed.code, Some(1));
    let found: Value = serde_json::from_str(&printed.stdout).unwrap();
    assert_eq!(
        found,
        json!({
            "kind": "dmarc",
            "text": "v=DMARC1; p=rejct",
            "joined_strings": false,
            "has_errors": true,
            "remarks": [{
                "level": "error",
                "span": { "start": 12, "end": 17 },
                "line": 1,
                "column": 13,
                "code": { "dmarc": { "invalid_value": "p" } },
                "message": "rejct is no policy that p can have. The record counts as p=none when it \
                            asks for reports, else as nothing.",
            }],
        })
    );
}

#[test]
fn persian_says_the_same() {
    let printed = run(&["lint", "spf", "v=spf1 mx x -all", "--lang", "fa"]);
    assert_eq!(
        printed.stdout,
        "خطا: نویسه‌ی ۱۱: مکانیزمی با این نام وجود ندارد.\n  v=spf1 mx x -all\n            ^\n"
    );
    let printed = run(&["lint", "dmarc", "MS=1", "--lang", "fa"]);
    assert_eq!(
        printed.stdout.lines().next(),
        Some(
            "خطا: نویسه‌ی ۱: این رکورد DMARC نیست؛ چنین رکوردی با \u{2066}v=DMARC1;\u{2069} آغاز می‌شود."
        )
    );
}

#[test]
fn standard_input_is_read_without_its_last_line_end() {
    for input in ["v=spf1 mx -all", "v=spf1 mx -all\n", "v=spf1 mx -all\r\n"] {
        let printed = run_with(&["lint", "spf", "-"], input.as_bytes());
        assert_eq!(printed.code, Some(0), "{input:?}: {printed:?}");
    }
    // Octets as DNS holds them, and a line end that stands inside.
    let printed = run_with(&["lint", "spf", "-"], b"v=spf1 \xe9\n-all");
    assert_eq!(printed.code, Some(1));
    let lines: Vec<&str> = printed.stdout.lines().collect();
    assert!(
        lines[0].starts_with("error: line 1, character 8: "),
        "{lines:?}"
    );
    assert_eq!(lines[1..3], ["  v=spf1 é", "         ^"]);
}

#[test]
fn what_dig_prints_is_read_as_the_joined_text() {
    let strings = "\"v=spf1 ip4:192.0.2\" \".1 -al\"\n";
    let printed = run_with(&["lint", "spf", "-"], strings.as_bytes());
    let lines: Vec<&str> = printed.stdout.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "Read as the strings of a zone file, joined:",
            "  v=spf1 ip4:192.0.2.1 -al"
        ]
    );
    let places = [lines[2], lines[5]].map(|line| line.split_once(": ").unwrap().1);
    assert!(places[0].starts_with("character 8: "), "{lines:?}");
    assert!(places[1].starts_with("character 23: "), "{lines:?}");
}

#[test]
fn in_a_policy_lines_are_counted() {
    let policy = "version: STSv1\r\nmode: enforce\r\nmx: *.*.example\r\nmax_age: 604800\r\n";
    let printed = run_with(&["lint", "mta-sts-policy", "-"], policy.as_bytes());
    let lines: Vec<&str> = printed.stdout.lines().collect();
    assert!(
        lines[0].starts_with("error: line 3, character 5: "),
        "{lines:?}"
    );
    assert_eq!(lines[1..], ["  mx: *.*.example", "      ^^^^^^^^^^^"]);
    assert_eq!(printed.code, Some(1));
    let json = ["lint", "mta-sts-policy", "-", "--format", "json"];
    let found: Value = serde_json::from_str(&run_with(&json, policy.as_bytes()).stdout).unwrap();
    let remark = &found["remarks"][0];
    assert_eq!((&remark["line"], &remark["column"]), (&json!(3), &json!(5)));
    assert_eq!(remark["span"], json!({ "start": 35, "end": 46 }));
}

#[test]
fn what_dig_prints_of_mx_records_is_read_line_by_line() {
    let printed = run_with(
        &["lint", "mx", "-"],
        b"10 mail.example.org.\n20 localhost.\n",
    );
    let lines: Vec<&str> = printed.stdout.lines().collect();
    assert_eq!(
        lines,
        [
            "warning: line 2, character 1: 20 localhost. names the very machine that sends, so the mail never comes to you.",
            "  20 localhost.",
            "  ^^^^^^^^^^^^^",
        ]
    );
    assert_eq!(printed.code, Some(0));
    assert_eq!(run_with(&["lint", "mx", "-"], b"").code, Some(1));
}

#[test]
fn a_logo_must_come_over_https() {
    let printed = run(&["lint", "bimi", "v=BIMI1; l=http://example.org/logo.svg"]);
    assert_eq!(
        printed.stdout,
        "error: character 12: http://example.org/logo.svg does not begin with https://.
  v=BIMI1; l=http://example.org/logo.svg
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
"
    );
    assert_eq!(printed.code, Some(1));
    let meant = run(&["lint", "bimi", "v=bimi1; l=", "--lang", "fa"]);
    assert!(
        meant.stdout.contains("\u{2066}v=BIMI1;\u{2069}"),
        "{meant:?}"
    );
}

#[test]
fn a_text_cannot_steer_the_terminal() {
    let text = "v=spf1 \u{1b}]0;gotcha\u{7}\u{202e} -all";
    for language in ["en", "fa"] {
        let printed = run(&["lint", "spf", text, "--lang", language]);
        assert!(
            printed.stdout.contains("␛]0;gotcha␇⟨U+202E⟩"),
            "{printed:?}"
        );
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!printed.stdout.contains(steers), "{printed:?}");
    }
}

#[test]
fn misuse_is_told_from_errors() {
    let too_large = "v=spf1".to_owned() + &" ".repeat(1_000_000);
    let printed = run_with(&["lint", "spf", "-"], too_large.as_bytes());
    assert_eq!(printed.code, Some(2));
    assert!(
        printed.stderr.contains("more than 1000000 octets"),
        "{printed:?}"
    );
    for (arguments, said) in [
        (&["lint"][..], "postern lint spf 'v=spf1"),
        (&["lint", "sfp", "v=spf1"], "spf, dmarc"),
        (&["lint", "spf"], "<TEXT>"),
    ] {
        let printed = run(arguments);
        assert_eq!(printed.code, Some(2), "{arguments:?}");
        assert!(printed.stderr.contains(said), "{printed:?}");
    }
}
