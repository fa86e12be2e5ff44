//! What people type by mistake, and what the world refuses: clear words, and an exit code that says whose fault it is.

use postern_tests::lab::Lab;
use postern_tests::postern::{Printed, run, scan};

const MISUSE: Option<i32> = Some(2);
const NOT_DONE: Option<i32> = Some(3);

/// Scans with nobody to ask: what is no domain must be seen before.
fn typed(text: &str, language: &str) -> Printed {
    run([
        "scan",
        text,
        "--dns-server",
        "127.0.0.1:9",
        "--lang",
        language,
    ])
}

#[test]
fn what_is_no_domain_is_misuse_in_both_languages() {
    let long = "long.".repeat(60) + "example";
    for (text, english, persian) in [
        ("", "domain", "دامنه"),
        ("not a domain", "space", "فاصله"),
        ("localhost", "dot", "نقطه"),
        ("192.0.2.1", "address", "آدرس"),
        ("[2001:db8::1]", "address", "آدرس"),
        (long.as_str(), "253", "۲۵۳"),
        ("a-.example", "hyphen", "خط تیره"),
        ("a..example", "dots", "نقطه"),
        ("someone@", "domain", "دامنه"),
    ] {
        let said = [typed(text, "en"), typed(text, "fa")];
        for printed in &said {
            assert_eq!(
                (printed.code, printed.stdout.as_str()),
                (MISUSE, ""),
                "{text:?}: {printed:?}"
            );
        }
        let [en, fa] = said.map(|printed| printed.stderr);
        assert!(en.to_lowercase().contains(english), "{text:?}: {en}");
        assert!(fa.contains(persian), "{text:?}: {fa}");
        assert_is_persian(&fa);
    }
}

#[test]
fn emoji_are_no_mail_domain() {
    for text in ["📧.example", "💌", "a📧b.example"] {
        let printed = typed(text, "en");
        assert_ne!(printed.code, Some(0), "{text}: {printed:?}");
        assert!(!printed.stderr.is_empty(), "{text}");
    }
}

#[test]
fn wrong_options_are_misuse() {
    for arguments in [
        &["scan"][..],
        &["scan", "example.org", "--profile", "strict"],
        &["scan", "example.org", "--lang", "de"],
        &["scan", "example.org", "--format", "xml"],
        &["scan", "example.org", "--dns-server", "nowhere"],
        &["scan", "example.org", "--ca-file", "/nowhere/ca.pem"],
        &["scan", "example.org", "--probe", "https://probe.example"],
        &["dance"],
        &[],
    ] {
        let printed = run(arguments);
        assert_eq!(
            (printed.code, printed.stdout.as_str()),
            (MISUSE, ""),
            "{arguments:?}: {printed:?}"
        );
        assert!(!printed.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_domain_that_does_not_exist_cannot_be_scanned() {
    let Some(lab) = Lab::here() else { return };
    for (language, words) in [("en", "does not exist"), ("fa", "وجود ندارد")] {
        let printed = scan(&lab, "absent.test", &["--lang", language]);
        assert_eq!(printed.code, NOT_DONE, "{printed:?}");
        assert!(printed.stderr.contains(words), "{}", printed.stderr);
        assert_eq!(
            printed.json()["checks"][0]["reasons"][0]["code"],
            "no_such_domain"
        );
    }
}

#[test]
fn a_name_server_that_fails_is_named() {
    let Some(lab) = Lab::here() else { return };
    for language in ["en", "fa"] {
        let printed = scan(&lab, "servfail.test", &["--lang", language]);
        assert_eq!(printed.code, NOT_DONE, "{printed:?}");
        assert!(printed.stderr.contains("SERVFAIL"), "{}", printed.stderr);
        // Not looked at is not failed, and gets no letter.
        assert!(printed.json()["grade"].is_null());
    }
}

/// Port 9 of this machine: nobody answers there.
#[test]
fn a_resolver_that_is_down_is_said_so_in_both_languages() {
    for language in ["en", "fa"] {
        let printed = typed("example.org", language);
        assert_eq!(printed.code, NOT_DONE, "{printed:?}");
        // Which option helps.
        assert!(printed.stderr.contains("--dns-server"), "{printed:?}");
        // Whoever reads the report alone sees it as well, and sees no verdict.
        assert!(
            printed.stdout.starts_with("example.org  –  "),
            "{printed:?}"
        );
        if language == "fa" {
            assert_is_persian(&printed.stderr);
        }
    }
}

#[test]
fn domains_without_a_usable_exchange_are_said_so() {
    let Some(lab) = Lab::here() else { return };
    for (domain, code) in [
        ("nullmx.test", "null_mx"),
        ("nomx.test", "implicit_mx"),
        ("nomail.test", "no_mx"),
        ("ipmx.test", "exchange_is_address"),
        ("localhostmx.test", "exchange_is_local"),
        ("deadmx.test", "not_connected"),
        ("busy.test", "throttled"),
    ] {
        let printed = scan(&lab, domain, &[]);
        assert_eq!(printed.code, Some(0), "{domain}: {printed:?}");
        let report = printed.json();
        let checks = report["checks"].as_array().expect("a list");
        for id in ["help", "vrfy", "expn", "relay"] {
            let check = checks.iter().find(|check| check["id"] == id).expect(id);
            assert_eq!(check["reasons"][0]["code"], code, "{domain} {id}");
            assert_ne!(check["status"], "fail", "{domain} {id}: nothing was seen");
        }
    }
}

/// No English prose: whatever is Latin stands in an isolate.
fn assert_is_persian(text: &str) {
    let outside = text
        .trim_start_matches("postern:")
        .split('\u{2066}')
        .map(|part| part.split_once('\u{2069}').map_or(part, |(_, after)| after));
    for part in outside {
        assert!(
            !part.bytes().any(|octet| octet.is_ascii_lowercase()),
            "{part:?} in {text}"
        );
    }
}
