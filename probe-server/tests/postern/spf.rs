//! SPF's answer about one sender.

use serde_json::Value;

use crate::servers::{closed_port, name_server};
use crate::{Printed, run};

/// Asks about mail from 192.0.2.1, with the servers' few records.
fn spf(mail_from: &str, options: &[&str]) -> Printed {
    let server = name_server();
    let fixed = ["spf", "--ip", "192.0.2.1", "--mail-from", mail_from];
    run(&[&fixed[..], &["--dns-server", &server], options].concat())
}

#[test]
fn the_cause_is_said_in_words_and_shown_at_its_place() {
    let printed = spf("ann@wrong.test", &[]);
    assert_eq!(
        printed.stdout,
        "result: permerror
Receivers cannot make sense of the record (permerror). The reason: this is no IPv4 address \
(record of wrong.test, character 12).
  v=spf1 ip4:192.0.2.300 -all
             ^^^^^^^^^^^
lookups: 0
void_lookups: 0
"
    );
    assert_eq!((printed.code, printed.stderr.as_str()), (Some(0), ""));
    for (mail_from, english, persian) in [
        (
            "ann@hole.test",
            "include: leads to absent.test, which has no SPF record",
            "absent.test",
        ),
        ("ann@circle.test", "back to circle.test", "circle.test"),
        ("ann@good.test", "good.test has no SPF record", "good.test"),
        (
            "ann@absent.test",
            "absent.test does not exist",
            "absent.test",
        ),
    ] {
        let printed = spf(mail_from, &[]);
        assert!(printed.stdout.contains(english), "{printed:?}");
        assert_eq!(printed.code, Some(0));
        let printed = spf(mail_from, &["--lang", "fa"]);
        let isolated = format!("\u{2066}{persian}\u{2069}");
        assert!(printed.stdout.contains("علت: "), "{printed:?}");
        assert!(printed.stdout.contains(&isolated), "{printed:?}");
    }
    let hole = spf("ann@hole.test", &[]).stdout;
    assert!(
        hole.contains("  v=spf1 include:absent.test -all\n         ^^^^^^^^^^^^^^^^^^^\n"),
        "{hole}"
    );
    assert!(
        hole.ends_with("  include:absent.test (hole.test): the evaluation ends here\n"),
        "{hole}"
    );
}

#[test]
fn senders_are_read_as_people_write_them() {
    for mail_from in ["علی@نمونه.test", "<ali@xn--hhbbbed.test>", "نمونه.test"] {
        let printed = spf(mail_from, &["--format", "json"]);
        let found: Value = serde_json::from_str(&printed.stdout).unwrap();
        assert_eq!(found["result"], "pass", "{mail_from}: {printed:?}");
    }
    let null = spf("<>", &["--helo", "نمونه.test"]);
    assert!(null.stdout.starts_with("result: pass\n"), "{null:?}");
    for (mail_from, words) in [
        ("a@b..test", "Two dots"),
        ("a@", "Type a domain"),
        ("", "--helo"),
    ] {
        let printed = spf(mail_from, &[]);
        assert_eq!((printed.code, &*printed.stdout), (Some(2), ""));
        assert!(printed.stderr.contains(words), "{printed:?}");
    }
}

#[test]
fn where_nothing_can_be_asked_there_is_no_answer() {
    let failed = spf("ann@servfail.test", &[]);
    assert_eq!(failed.code, Some(3), "{failed:?}");
    assert!(
        failed.stdout.starts_with("result: temperror\n"),
        "{failed:?}"
    );
    assert!(failed.stderr.contains("DNSSEC"), "{failed:?}");
    let nobody = closed_port();
    let fixed = ["spf", "--ip", "192.0.2.1", "--mail-from", "a@good.test"];
    let unheard = run(&[&fixed[..], &["--dns-server", &nobody, "--lang", "fa"]].concat());
    assert_eq!(unheard.code, Some(3), "{unheard:?}");
    assert!(unheard.stderr.contains("شبکه را بررسی کنید"), "{unheard:?}");
}
