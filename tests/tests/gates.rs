//! Rules about the sources themselves, cheap enough to hold on every run.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use postern_shared::checks::CHECKS;
use postern_shared::report::ProfileName;
use postern_shared::wording::{self, Language};
use postern_tests::{kept, place};

/// Lines of a source file that one person can still hold in mind.
const MAX_LINES: usize = 900;

/// The files of the repository with one of these endings; nothing, after saying so loudly, outside of a checkout.
fn tracked(endings: &[&str]) -> Vec<PathBuf> {
    let root = place::repository();
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(&root)
        .output();
    let Some(listed) = listed.ok().filter(|output| output.status.success()) else {
        place::skipped("no git checkout: which files are ours cannot be known");
        return Vec::new();
    };
    let names = String::from_utf8(listed.stdout).expect("names in UTF-8");
    names
        .split('\0')
        .filter(|name| endings.iter().any(|ending| name.ends_with(ending)))
        .map(|name| root.join(name))
        // Deleted, and not yet committed so.
        .filter(|path| path.is_file())
        .collect()
}

/// Every file of a folder with an ending, committed or not.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![place::repository().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing in {folder} ends in {ending}");
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The lines of Rust that are no comments, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate();
    lines
        .map(|(index, line)| (index + 1, line.trim_start()))
        .filter(|(_, line)| !line.starts_with("//"))
}

#[test]
fn files_can_be_held_in_mind() {
    let long: Vec<_> = tracked(&[".rs", ".css", ".js", ".sh", ".py"])
        .into_iter()
        .map(|path| (read(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > MAX_LINES)
        .collect();
    assert!(long.is_empty(), "over {MAX_LINES} lines: {long:?}");
}

/// Evidence in, report out: no clock, no socket, no file, nothing to wait for.
#[test]
fn the_core_is_pure() {
    const FORBIDDEN: [&str; 14] = [
        "async fn",
        "async move",
        ".await",
        "Instant::",
        "SystemTime",
        "std::fs",
        "std::env",
        "std::thread",
        "std::process",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "println!",
        "thread_rng",
    ];
    for path in files("shared/src", ".rs") {
        for (number, line) in code(&read(&path)) {
            for forbidden in FORBIDDEN {
                assert!(
                    !has_word(line, forbidden),
                    "{}:{number}: {line}",
                    path.display()
                );
            }
        }
    }
}

/// Whether `word` stands in a line and does not go on as a longer one.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let after = line
            .get(at + word.len()..)
            .and_then(|after| after.chars().next());
        word.ends_with(':') || !after.is_some_and(char::is_alphanumeric)
    })
}

/// The other language reads from the other side.
#[test]
fn styles_know_no_left_and_right() {
    for path in files("style", ".css") {
        for declaration in declarations(&read(&path)) {
            let (property, value) = &declaration;
            let side = |word: &str| ["left", "right", "top", "bottom"].contains(&word);
            let sided = property.split('-').any(side)
                || ["text-align", "float", "clear"].contains(&property.as_str()) && side(value);
            let extent = property
                .trim_start_matches("min-")
                .trim_start_matches("max-");
            let physical = sided || ["width", "height"].contains(&extent);
            assert!(!physical, "{}: {property}: {value}", path.display());
        }
    }
}

#[test]
fn colors_are_named_in_the_tokens_alone() {
    let made = [
        "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color(",
    ];
    for path in files("style", ".css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        for (property, value) in declarations(&read(&path)) {
            let hexadecimal = value
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '#')
                .any(|word| {
                    word.strip_prefix('#').is_some_and(|rest| {
                        [3, 4, 6, 8].contains(&rest.len())
                            && rest.bytes().all(|b| b.is_ascii_hexdigit())
                    })
                });
            let raw = hexadecimal
                || made.iter().any(|function| value.contains(function))
                || ["white", "black", "red", "green", "blue", "gray"].contains(&value.as_str());
            assert!(!raw, "{}: {property}: {value}", path.display());
        }
    }
}

/// The declarations of a style sheet, without its comments: property and value.
fn declarations(css: &str) -> Vec<(String, String)> {
    let mut text = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.split(['{', '}', ';'])
        .map(str::trim)
        .filter(|part| !part.starts_with('@'))
        .filter_map(|part| part.split_once(':'))
        .map(|(property, value)| (property.trim().to_owned(), value.trim().to_owned()))
        // A selector may have a colon too; a property has no space, dot or bracket.
        .filter(|(property, _)| {
            property
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'-')
                && !property.starts_with("--")
        })
        .collect()
}

/// The policy of the page forbids them, and they could know sides.
#[test]
fn components_have_no_inline_styles() {
    for path in files("app/src", ".rs") {
        for (number, line) in code(&read(&path)) {
            let inline =
                line.contains(" style=") || line.starts_with("style=") || line.contains("style:");
            assert!(!inline, "{}:{number}: {line}", path.display());
        }
    }
}

/// What would double the page's size, or has no business in a browser.
#[test]
fn the_page_stays_light() {
    const HEAVY: [&str; 8] = [
        "hickory-proto",
        "hickory-resolver",
        "tokio",
        "rustls",
        "ring",
        "chrono",
        "reqwest",
        "hyper",
    ];
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "tree",
            "--package",
            "postern-app",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args([
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--locked",
            "--offline",
        ])
        .current_dir(place::repository())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout).expect("UTF-8");
    let names: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(
        names.contains(&"leptos"),
        "this is not the page's tree: {tree}"
    );
    let found: Vec<_> = HEAVY.iter().filter(|name| names.contains(*name)).collect();
    assert!(found.is_empty(), "{found:?}");
}

/// The project speaks of the product alone, not of the machine that it is made on.
#[test]
fn no_path_of_anybodys_machine() {
    // Put together here, so that this file does not hold what it looks for.
    let folders = ["work", "root", "home", "Users"].map(|name| format!("/{name}/"));
    for path in tracked(&[
        ".rs", ".css", ".js", ".sh", ".py", ".md", ".toml", ".html", ".json", ".txt", ".cf",
        ".zone", "Makefile", ".lock",
    ]) {
        let text = read(&path);
        for (index, line) in text.lines().enumerate() {
            for folder in &folders {
                // At the beginning of a path, not in the midst of a web address or of a relative path.
                let begins = line.match_indices(folder.as_str()).any(|(at, _)| {
                    let before = line.get(..at).and_then(|before| before.chars().next_back());
                    !before.is_some_and(|c| c.is_alphanumeric() || "._-}".contains(c))
                });
                assert!(!begins, "{}:{}: {line}", path.display(), index + 1);
            }
        }
    }
}

const BEGIN: &str = "<!-- checks:begin -->\n";
const END: &str = "<!-- checks:end -->";

/// `POSTERN_BLESS=1` writes the table anew.
#[test]
fn the_readme_lists_the_checks_of_the_catalogue() {
    let path = place::repository().join("README.md");
    let readme = read(&path);
    let (before, rest) = readme.split_once(BEGIN).expect("the table's beginning");
    let (table, after) = rest.split_once(END).expect("the table's end");
    let made = check_table();
    if kept::is_blessing() {
        std::fs::write(path, format!("{before}{BEGIN}{made}{END}{after}"))
            .expect("README.md written");
    } else {
        assert_eq!(table, made, "POSTERN_BLESS=1 writes it anew");
    }
}

/// A line a check, in the catalogue's order.
fn check_table() -> String {
    let profile = ProfileName::Standards.profile();
    let mut table = "| check | asks | weight |\n|---|---|---|\n".to_owned();
    for check in CHECKS {
        let text = wording::check(Language::En, check.id());
        let line = format!(
            "| {} (`{}`) | {} | {} |\n",
            text.name,
            check.id(),
            text.question,
            profile.weight(check.id())
        );
        table.push_str(&line);
    }
    table
}
