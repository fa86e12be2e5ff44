//! What axe-core finds wrong with the page.

use super::Page;
use crate::place;

/// Violations that axe calls serious or critical, each as `rule: where`; nothing known, after saying so loudly, where
/// axe is not installed.
pub async fn serious_violations(page: &Page) -> Vec<String> {
    let path = place::repository().join("node_modules/axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(path) else {
        place::skipped("axe-core is not installed (npm ci)");
        return Vec::new();
    };
    page.browser.run(&axe).await;
    let script = r#"
        const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ["violations"] }).then(
            (result) => done(result.violations
                .filter((violation) => ["serious", "critical"].includes(violation.impact))
                .flatMap((violation) => violation.nodes.map(
                    (node) => violation.id + ": " + node.target.join(" ") + " " + (node.any[0]?.message ?? "")))),
            (error) => done(["axe: " + error]),
        );
    "#;
    let found = page.browser.client.execute_async(script, vec![]).await;
    let found = found.expect("axe runs");
    let list = found.as_array().expect("a list");
    list.iter()
        .map(|violation| violation.as_str().expect("a text").to_owned())
        .collect()
}
