//! `postern spf`: SPF's answer about one sender.

use postern_tests::lab::Lab;
use postern_tests::postern::{Printed, run};

fn spf(lab: &Lab, ip: &str, mail_from: &str, helo: &str, format: &str) -> Printed {
    run([
        "spf",
        "--ip",
        ip,
        "--mail-from",
        mail_from,
        "--helo",
        helo,
        "--dns-server",
        &lab.dns,
        "--format",
        format,
    ])
}

#[test]
fn results_of_the_lab() {
    let Some(lab) = Lab::here() else { return };
    for (ip, mail_from, result) in [
        ("127.25.0.12", "ann@good.test", "pass"),
        ("192.0.2.77", "ann@good.test", "pass"),
        ("2001:db8::1", "ann@good.test", "pass"),
        ("203.0.113.1", "ann@good.test", "fail"),
        ("203.0.113.1", "ann@grey.test", "neutral"),
        ("203.0.113.1", "ann@slow.test", "softfail"),
        ("203.0.113.1", "ann@yazd.test", "none"),
        ("203.0.113.1", "ann@quera.test", "permerror"),
        ("203.0.113.1", "ann@temperror.test", "temperror"),
        // The null reverse-path is judged by the name in HELO (RFC 7208 §2.4).
        ("127.25.0.12", "", "pass"),
    ] {
        let json = spf(&lab, ip, mail_from, "mail.good.test", "json").json();
        assert_eq!(json["result"], result, "{mail_from} from {ip}: {json}");
        for key in ["explanation", "lookups", "void_lookups", "trace"] {
            assert!(json.get(key).is_some(), "no {key}: {json}");
        }
        let text = spf(&lab, ip, mail_from, "mail.good.test", "text");
        assert_eq!((text.code, text.stderr.as_str()), (Some(0), ""));
        assert_eq!(
            text.stdout.lines().next(),
            Some(format!("result: {result}").as_str())
        );
    }
}

#[test]
fn lookups_are_counted_and_traced() {
    let Some(lab) = Lab::here() else { return };
    let json = spf(
        &lab,
        "192.0.2.77",
        "ann@good.test",
        "mail.good.test",
        "json",
    )
    .json();
    // mx, include:_spf, include:_office, include:_news, a:news
    assert_eq!(
        (json["lookups"].as_u64(), json["void_lookups"].as_u64()),
        (Some(5), Some(0))
    );
    let trace = json["trace"].as_array().expect("a list");
    let deepest = trace.iter().filter_map(|step| step["depth"].as_u64()).max();
    assert_eq!(deepest, Some(2), "{trace:?}");
}

#[test]
fn misuse() {
    for arguments in [
        &["spf"][..],
        &[
            "spf",
            "--ip",
            "nowhere",
            "--mail-from",
            "a@example.org",
            "--helo",
            "example.org",
        ],
    ] {
        let printed = run(arguments);
        assert_eq!(
            (printed.code, printed.stdout.as_str()),
            (Some(2), ""),
            "{printed:?}"
        );
    }
}
