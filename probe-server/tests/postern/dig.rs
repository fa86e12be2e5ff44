//! Records as zone files and `dig` write them.

use serde_json::{Value, json};

use crate::lint::run_with;
use crate::run;

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
fn each_line_of_dig_is_a_record_of_its_own() {
    // As at an apex: tokens beside the record, and the name of an alias before them.
    let printed = run_with(
        &["lint", "spf", "-"],
        b"apex.example.\n\"token=1\"\n\"v=spf1 mx\" \" -all\"\n\"MS=ms1\"\n",
    );
    assert_eq!(
        printed.stdout,
        "Read as the strings of a zone file, joined:
  v=spf1 mx -all
Nothing to remark in this SPF text. What it looks up was not looked at.
"
    );
    assert_eq!(printed.code, Some(0));
    let two = b"\"v=spf1 a -all\"\n\"x\"\n\"v=spf1 ptr -all\"\n";
    let printed = run_with(&["lint", "spf", "-"], two);
    assert_eq!(
        printed.stdout,
        "Read as the strings of a zone file, joined:
  v=spf1 a -all
  v=spf1 ptr -all
error: line 2, character 1: 2 records stand here, and only one may: then none of them counts.
  v=spf1 ptr -all
  ^^^^^^^^^^^^^^^
warning: line 2, character 8: ptr is slow, unreliable, and should no longer be used.
  v=spf1 ptr -all
         ^^^
"
    );
    assert_eq!(printed.code, Some(1));
    let json = run_with(&["lint", "spf", "-", "--format", "json"], two);
    let found: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(found["text"], "v=spf1 a -all\nv=spf1 ptr -all");
    let remark = &found["remarks"][1];
    assert_eq!((&remark["line"], &remark["column"]), (&json!(2), &json!(8)));
    assert_eq!(remark["span"], json!({ "start": 21, "end": 24 }));
    let none = run_with(&["lint", "dmarc", "-"], b"\"a=1\"\n\"b=2\"\n");
    let first = "error: line 1, character 1: There is no DMARC record among these; one begins with v=DMARC1;.";
    assert!(none.stdout.contains(first), "{none:?}");
    assert_eq!(none.code, Some(1));
}

#[test]
fn an_alias_is_no_part_of_the_record_behind_it() {
    let answer =
        b"dmarc.provider.example.\n\"v=DMARC1; p=reject; rua=mailto:a@provider.example\"\n";
    let printed = run_with(&["lint", "dmarc", "-"], answer);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    let last = "Nothing to remark in this DMARC text.\n";
    assert!(printed.stdout.ends_with(last), "{printed:?}");
}

#[test]
fn how_a_record_is_divided_matters() {
    let printed = run(&[
        "lint",
        "spf",
        r#""v=spf1 include:a.com" "include:b.com -all""#,
    ]);
    let stuck = "\
warning: character 21: Strings are joined without a space, so include:b.com is part of the term before it. \
Put a space inside the quotation marks.
  v=spf1 include:a.cominclude:b.com -all
                      ^^^^^^^^^^^^^
";
    assert!(printed.stdout.contains(stuck), "{}", printed.stdout);
    let long = format!(
        "\"v=DMARC1; p=none; rua=mailto:{}@x.example\"",
        "a".repeat(240)
    );
    let printed = run(&["lint", "dmarc", &long]);
    let overlong = "error: character 256: A string holds no more than 255 octets.";
    assert!(printed.stdout.contains(overlong), "{}", printed.stdout);
    assert_eq!(printed.code, Some(1));
}

#[test]
fn octets_that_dig_escapes_are_shown_as_if_typed() {
    let typed = run(&["lint", "spf", "v=spf1 a:نمونه.example \u{2013}all"]);
    let dug = r#""v=spf1 a:\217\134\217\133\217\136\217\134\217\135.example \226\128\147all""#;
    let printed = run(&["lint", "spf", dug]);
    let joined =
        "Read as the strings of a zone file, joined:\n  v=spf1 a:نمونه.example \u{2013}all\n";
    assert_eq!(printed.stdout, format!("{joined}{}", typed.stdout));
    let excerpt = "  v=spf1 a:نمونه.example ⟨U+2013⟩all\n";
    let carets = "         ^\n";
    assert!(
        typed.stdout.contains(&format!("{excerpt}{}", &carets[..9])),
        "{typed:?}"
    );
}

#[test]
fn a_rollover_of_tlsa_records_is_read_line_by_line() {
    let digest = "0123456789abcdef0123456789abcdef0123456789abcdef01234567 89ABCDEF";
    let sound = format!("3 1 1 {digest}\n3 1 1 {digest}\n");
    let printed = run_with(&["lint", "tlsa", "-"], sound.as_bytes());
    assert_eq!(printed.stdout, "Nothing to remark in this TLSA text.\n");
    let wrong = format!("_25._tcp.mx.example. 3600 IN TLSA ( 3 1 1\n {digest} )\n3 1 x {digest}\n");
    let printed = run_with(&["lint", "tlsa", "-"], wrong.as_bytes());
    assert!(
        printed.stdout.starts_with("error: line 3, character 5: x "),
        "{printed:?}"
    );
    assert_eq!(printed.code, Some(1));
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
            "warning: line 2, character 1: 20 localhost. names the very machine that sends, so the mail \
             never comes to you.",
            "  20 localhost.",
            "  ^^^^^^^^^^^^^",
        ]
    );
    assert_eq!(printed.code, Some(0));
    assert_eq!(run_with(&["lint", "mx", "-"], b"").code, Some(1));
}
