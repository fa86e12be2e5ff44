//! axe-core has nothing serious to say about any view, in any language or theme.

use postern_tests::browser::{Look, in_browser, serious_violations};

use crate::{Scene, open};

#[test]
fn no_view_has_a_serious_violation() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("accessible", async move |browser| {
        let page = open(browser, &base).await;
        let mut violations = Vec::new();
        for (view, query) in [
            ("home", ""),
            ("report", "?domain=quera.test"),
            ("try", "?domain=quera.test&view=try"),
            ("history", "?view=history"),
            ("settings", "?view=settings"),
        ] {
            page.go(query).await;
            if view == "report" {
                page.finished().await;
                for check in ["ptr", "spf", "help"] {
                    page.open_row(check).await;
                }
            }
            if view == "try" {
                page.find(".spf-tree").await;
                page.click("textarea").await;
                page.browser.run("document.activeElement.select()").await;
                let slip = serde_json::json!({ "text": "v=spf1 !" });
                page.browser.command("Input.insertText", slip).await;
                page.find(".remark").await;
            }
            for look in Look::all() {
                look.take(&page).await;
                let found = serious_violations(&page).await;
                violations.extend(
                    found
                        .into_iter()
                        .map(|violation| format!("{view} {look}: {violation}")),
                );
            }
        }
        assert!(violations.is_empty(), "{}", violations.join("\n"));
    });
}
