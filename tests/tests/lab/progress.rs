//! Progress is for people who look: on a terminal, never in a pipe.

use std::process::{Command, Stdio};

use postern_tests::lab::Lab;
use postern_tests::place;
use postern_tests::postern::scan;

#[test]
fn a_pipe_gets_the_report_alone() {
    let Some(lab) = Lab::here() else { return };
    let printed = scan(&lab, "yazd.test", &[]);
    assert_eq!((printed.code, printed.stderr.as_str()), (Some(0), ""));
    assert!(!printed.stdout.contains('\u{1b}'));
}

#[test]
fn a_terminal_gets_a_line_that_goes_away() {
    let Some(lab) = Lab::here() else { return };
    let program = place::program("postern").display().to_string();
    let mut words = vec![program, "scan".into(), "yazd.test".into()];
    words.extend(lab.options());
    // `script` lends a terminal; no word of the command has a space in it.
    let output = Command::new("script")
        .args([
            "--quiet",
            "--return",
            "--command",
            &words.join(" "),
            "/dev/null",
        ])
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .expect("script (bsdutils) runs");
    assert!(output.status.success());
    let shown = String::from_utf8_lossy(&output.stdout);
    let erase = "\r\u{1b}[K";
    let (progress, report) = shown.rsplit_once(erase).expect("a line that is erased");
    assert!(progress.contains("DNS "), "{progress}");
    assert!(report.contains("D-  62.7"), "{report}");
    assert!(
        report.contains("\u{1b}[1m"),
        "colors on a terminal: {report}"
    );
}
