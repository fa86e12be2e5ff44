//! Differences, and the tables that explain them.

use std::collections::BTreeMap;

use postern_tests::place::say;

/// Whose result the standard supports.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Right {
    /// Ours.
    Ours,
    /// Either: the standard leaves it open.
    Both,
    /// Nobody can tell: what is asked from memory cannot be told to it.
    Unknown,
}

/// One reason why the two differ.
pub(crate) struct Row {
    /// What mail-auth does.
    pub(crate) what: &'static str,
    /// The differences that this explains, as the test names them.
    pub(crate) explains: &'static [&'static str],
    /// How many times they occur in all.
    pub(crate) count: usize,
    /// Whose result stands.
    pub(crate) right: Right,
    /// The section, and its rule in short.
    pub(crate) rule: &'static str,
}

/// Compares what was found with what the table knows, and prints the table.
pub(crate) fn check(title: &str, rows: &[Row], compared: usize, differences: &[String]) {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for difference in differences {
        *found.entry(difference).or_default() += 1;
    }
    let differ = differences.len();
    say(&format!(
        "{title}: {compared} compared, {differ} differ, each with its reason"
    ));
    let mut complaints = Vec::new();
    for row in rows {
        let counts = row
            .explains
            .iter()
            .map(|name| found.remove(name).unwrap_or(0));
        let counts: Vec<usize> = counts.collect();
        let count: usize = counts.iter().sum();
        let Row {
            right, what, rule, ..
        } = row;
        say(&format!("{count:>6} {right:?}: it {what} [{rule}]"));
        if count != row.count || counts.contains(&0) {
            let (what, explains) = (row.what, row.explains);
            complaints.push(format!(
                "{what}: not {} but {counts:?} of {explains:?}",
                row.count
            ));
        }
    }
    let unexplained = found.keys().map(|name| format!("unexplained: {name}"));
    complaints.extend(unexplained);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
