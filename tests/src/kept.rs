//! Texts that are kept in files beside the tests.

use std::path::Path;

/// Compares with a file of this crate; `POSTERN_BLESS=1` writes it anew, and `git diff` shows the difference.
pub fn assert_kept(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if is_blessing() {
        std::fs::write(&path, text).expect("a file written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some(difference) = first_difference(&kept, text) {
        panic!(
            "{file} is not what is kept; POSTERN_BLESS=1 writes it anew, git diff shows it\n{difference}"
        );
    }
}

/// Whether kept texts are to be written anew.
#[must_use]
pub fn is_blessing() -> bool {
    std::env::var_os("POSTERN_BLESS").is_some()
}

/// The first line that differs, with the nearest heading above it: a line that is not indented.
fn first_difference(kept: &str, text: &str) -> Option<String> {
    let mut heading = "";
    let (mut kept, mut text) = (kept.lines(), text.lines());
    loop {
        let (old, new) = (kept.next(), text.next());
        if let Some(line) = new.filter(|line| !line.starts_with(' ') && !line.is_empty()) {
            heading = line;
        }
        if old != new {
            return Some(format!(
                "{heading}\n- {}\n+ {}",
                old.unwrap_or("(nothing)"),
                new.unwrap_or("(nothing)")
            ));
        }
        old?;
    }
}
