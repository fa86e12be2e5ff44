//! The scans made in this browser: listed, opened without asking anybody, made again, deleted.

use postern_tests::browser::in_browser;

use crate::{Scene, open};

#[test]
fn scans_are_kept_opened_made_again_and_deleted() {
    let Some(scene) = Scene::here() else { return };
    let mut server = scene.server(&[]);
    let base = server.url("");
    in_browser("history", async move |browser| {
        let page = open(browser, &base).await;
        for domain in ["yazd.test", "nullmx.test"] {
            page.go(&format!("?domain={domain}")).await;
            page.finished().await;
        }
        page.go("?view=history").await;
        page.find(".history__scan[data-domain='yazd.test']").await;
        let letters =
            "return [...document.querySelectorAll('.history__grade')].map((e) => e.innerText)";
        assert_eq!(
            page.browser.run(letters).await,
            serde_json::json!(["A+", "D-"]),
            "the newest first"
        );
        // Made again.
        page.click(
            ".history__scan[data-domain='nullmx.test'] .history__actions button:first-child",
        )
        .await;
        page.browser
            .wait_until("document.querySelector('h1')?.innerText.includes('nullmx.test')")
            .await;
        page.finished().await;
        page.click(".masthead__nav a[href*='view=history']").await;
        page.browser
            .wait_until("document.querySelectorAll('.history__scan').length === 3")
            .await;
        // Opened: nobody is there to be asked.
        server.kill();
        page.click(".history__scan[data-domain='yazd.test'] .history__domain")
            .await;
        page.finished().await;
        assert_eq!(page.grade().await, "D-");
        page.row_is("relay", "pass").await;
        page.open_row("vrfy").await;
        assert!(
            page.text("[data-check=vrfy] .proof")
                .await
                .contains("C: VRFY hostmaster")
        );
        // Deleted.
        page.click(".masthead__nav a[href*='view=history']").await;
        page.click(".history__scan[data-domain='yazd.test'] .history__actions button:last-child")
            .await;
        page.browser
            .wait_until("!document.querySelector(\".history__scan[data-domain='yazd.test']\")")
            .await;
        page.browser
            .wait_until("document.querySelectorAll('.history__scan').length === 2")
            .await;
    });
}

#[test]
fn what_was_deleted_does_not_come_back() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("history-reload", async move |browser| {
        let page = open(browser, &base).await;
        for domain in ["yazd.test", "nullmx.test"] {
            page.go(&format!("?domain={domain}")).await;
            page.finished().await;
        }
        page.go("?view=history").await;
        page.click(".history__scan[data-domain='yazd.test'] .history__actions button:last-child")
            .await;
        page.browser
            .wait_until("document.querySelectorAll('.history__scan').length === 1")
            .await;
        page.go("?view=history").await;
        page.browser
            .wait_until("document.querySelectorAll('.history__scan').length === 1")
            .await;
        assert!(page.has(".history__scan[data-domain='nullmx.test']").await);
    });
}
