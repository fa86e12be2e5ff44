//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are a folder of the repository")
        .to_owned()
}

/// One of our programs, built before: from `$POSTERN_BIN` when it is set (as `make` does), else from beside the test
/// itself, whose own folder is `deps` in the folder of the programs.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let folder = std::env::var_os("POSTERN_BIN").map_or_else(
        || {
            let test = std::env::current_exe().expect("a test is a program");
            test.ancestors()
                .nth(2)
                .expect("a folder above deps")
                .to_owned()
        },
        PathBuf::from,
    );
    let program = folder.join(name);
    assert!(
        program.exists(),
        "{} is missing: cargo build -p probe-server",
        program.display()
    );
    program
}

/// The built page, or the one in `$POSTERN_PAGE`; nothing, after saying so loudly, when it was not built.
#[must_use]
pub fn page() -> Option<PathBuf> {
    let folder = std::env::var_os("POSTERN_PAGE")
        .map_or_else(|| repository().join("app/dist"), PathBuf::from);
    if folder.join("index.html").exists() {
        return Some(folder);
    }
    skipped("the page is not built (make build)");
    None
}

/// The text of one file of the conformance data; nothing, after saying so loudly, where it is not.
#[must_use]
pub fn conformance(file: &str) -> Option<String> {
    let path = conformance_path(file)?;
    Some(std::fs::read_to_string(path).expect("UTF-8"))
}

/// One file of the conformance data, which is nobody's here and not in the repository: in the folder that
/// `$POSTERN_CONFORMANCE` names, else beside the repository. Nothing, after saying so loudly, where it is not.
#[must_use]
pub fn conformance_path(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("POSTERN_CONFORMANCE")
        .map_or_else(|| repository().join("../shared/conformance"), PathBuf::from);
    let path = folder.join(file);
    if path.is_file() {
        return Some(path);
    }
    let path = path.display();
    skipped(&format!(
        "no conformance data at {path}; $POSTERN_CONFORMANCE says where it is"
    ));
    None
}

/// A file to keep for people to look at, in a folder that is not committed.
#[must_use]
pub fn artefact(name: &str) -> PathBuf {
    let path = repository().join("tests/artefacts").join(name);
    let folder = path.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("a folder for artefacts");
    path
}

/// A path for a file that lasts as long as the test's folder of temporary files.
#[must_use]
pub fn temporary(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("postern-tests.{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder.join(name)
}

/// Says that a test did not run.
pub fn skipped(why: &str) {
    say(&format!("SKIPPED: {why}"));
}

/// Prints a line past the harness, which keeps what passing tests print to itself.
pub fn say(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The load average as the system tells it, of the last one, five and fifteen minutes.
#[must_use]
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}
