//! Evidence that was saved says the same again, and something else to another profile.

use postern_tests::lab::Lab;
use postern_tests::place;
use postern_tests::postern::{run, scan};

#[test]
fn saved_evidence_gives_the_same_report_byte_for_byte() {
    let Some(lab) = Lab::here() else { return };
    let file = place::temporary("quera.again.json").display().to_string();
    for domain in ["quera.test", "yazd.test"] {
        let scanned = scan(&lab, domain, &["--evidence-out", &file]);
        let again = run(["assess", &file, "--format", "json"]);
        assert_eq!((again.code, again.stderr.as_str()), (Some(0), ""));
        assert!(
            scanned.stdout == again.stdout,
            "{domain}: {scanned:?}\n{again:?}"
        );
    }
}

#[test]
fn saved_evidence_is_read_under_the_other_profile_and_in_the_other_language() {
    let Some(lab) = Lab::here() else { return };
    let file = place::temporary("yazd.again.json").display().to_string();
    let scanned = scan(&lab, "yazd.test", &["--evidence-out", &file]).json();
    let classic = run(["assess", &file, "--profile", "classic", "--format", "json"]).json();
    assert_eq!(
        [&scanned["score"], &classic["score"]].map(|score| score.as_f64()),
        [Some(62.7), Some(78.0)]
    );
    let text = |language| run(["assess", &file, "--lang", language]).stdout;
    let (english, persian) = (text("en"), text("fa"));
    assert!(
        english.starts_with("yazd.test  D-  62.7  standards"),
        "{english}"
    );
    assert!(persian.contains("ایمیل"), "{persian}");
    assert!(english.is_ascii() || !english.contains("ایمیل"));
}

#[test]
fn evidence_comes_from_a_pipe_too() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let Some(lab) = Lab::here() else { return };
    let file = place::temporary("pipe.json");
    scan(
        &lab,
        "nullmx.test",
        &["--evidence-out", &file.display().to_string()],
    );
    let mut child = Command::new(place::program("postern"))
        .args(["assess", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("postern runs");
    let evidence = std::fs::read(file).expect("evidence");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(&evidence)
        .expect("all written");
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("nullmx.test  A+"));
}

#[test]
fn what_is_no_evidence_is_said_so() {
    let file = place::temporary("rubbish.json");
    for (content, english, persian) in [
        ("{}", "line 1", "سطر"),
        ("\u{0}\u{1}", "line 1", "سطر"),
        (
            r#"{"postern_evidence":99,"domain":"a.example","observations":[]}"#,
            "99",
            "۹۹",
        ),
    ] {
        std::fs::write(&file, content).expect("a file");
        for (language, words) in [("en", english), ("fa", persian)] {
            let printed = run(["assess", &file.display().to_string(), "--lang", language]);
            assert_eq!(
                (printed.code, printed.stdout.as_str()),
                (Some(2), ""),
                "{content:?}"
            );
            assert!(
                printed.stderr.contains(words),
                "{content:?}: {}",
                printed.stderr
            );
        }
    }
    let printed = run(["assess", "/nowhere/at/all.json"]);
    assert_eq!(printed.code, Some(2));
    assert!(
        printed.stderr.contains("/nowhere/at/all.json"),
        "{}",
        printed.stderr
    );
}
