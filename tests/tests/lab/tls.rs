//! `postern tls`: one server's TLS, without its domain.

use postern_tests::lab::Lab;
use postern_tests::postern::{Printed, run};

fn tls(lab: &Lab, host: &str, language: &str) -> Printed {
    let mut arguments = vec!["tls".to_owned(), host.to_owned()];
    arguments.extend(["--lang".to_owned(), language.to_owned()]);
    arguments.extend(lab.options());
    run(arguments)
}

#[test]
fn what_a_server_takes_stands_in_tables() {
    let Some(lab) = Lab::here() else { return };
    let printed = tls(&lab, "mail.modern.test", "en");
    assert_eq!(printed.code, Some(0), "{printed:?}");
    for line in ["TLS 1.3  taken", "TLS 1.0  refused", "CN=mail.modern.test"] {
        assert!(printed.stdout.contains(line), "{line}: {}", printed.stdout);
    }
}

/// Whether a certificate holds is said, as any sender who checks would.
#[test]
fn the_word_on_a_certificate_stands_behind_it() {
    let Some(lab) = Lab::here() else { return };
    for (host, words) in [
        (
            "mail.modern.test",
            "good: The certificate of mail.modern.test is valid",
        ),
        (
            "mail.expired.test",
            "needs mending: The certificate of mail.expired.test ran out",
        ),
        (
            "mail.mismatch.test",
            "needs mending: mail.mismatch.test shows a certificate of which",
        ),
    ] {
        let said = tls(&lab, host, "en").stdout.to_lowercase();
        assert!(said.contains(&words.to_lowercase()), "{host}: {said}");
    }
}

#[test]
fn a_port_that_is_none_is_named() {
    let Some(lab) = Lab::here() else { return };
    for (language, words) in [("en", "smtp is no port"), ("fa", "پورت نیست")] {
        let printed = tls(&lab, "mail.modern.test:smtp", language);
        assert_eq!(printed.code, Some(2), "{printed:?}");
        assert!(printed.stderr.contains(words), "{}", printed.stderr);
    }
}

/// Of a server without TLS no table is shown, but what it said itself: here that something took STARTTLS out of it.
#[test]
fn why_there_is_no_tls_is_told_in_the_servers_own_words() {
    let Some(lab) = Lab::here() else { return };
    for (language, begins) in [("en", "No TLS came about"), ("fa", "TLS")] {
        let printed = tls(&lab, "mail.garbled.test", language);
        assert_ne!(printed.code, Some(0), "{printed:?}");
        assert_eq!(printed.stdout, "");
        let said = &printed.stderr;
        assert!(said.contains(begins), "{said}");
        assert!(
            said.contains("XXXXXXXA") && !said.contains("QUIT"),
            "{said}"
        );
    }
}
