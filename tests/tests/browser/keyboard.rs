//! Everything can be done without a mouse.

use fantoccini::key::Key;
use postern_tests::browser::{Page, in_browser};

use crate::{Scene, open};

/// Tabs until something that a selector describes has the focus, as far as a person would bear.
pub(crate) async fn tab_to(page: &Page, selector: &str) {
    let script = format!(
        "return document.activeElement.matches({})",
        serde_json::json!(selector)
    );
    for _ in 0..60 {
        if page.browser.run(&script).await == true {
            return;
        }
        page.press(Key::Tab).await;
    }
    panic!("sixty times Tab do not lead to {selector}");
}

/// Where the focus is can be seen.
pub(crate) async fn assert_focus_is_visible(page: &Page) {
    let script = r#"
        const style = getComputedStyle(document.activeElement);
        const around = getComputedStyle(document.activeElement.closest(".search__row") ?? document.activeElement);
        return [style, around].some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0
            || s.boxShadow !== "none");
    "#;
    let focused = "return document.activeElement.outerHTML.slice(0, 200)";
    assert_eq!(
        page.browser.run(script).await,
        true,
        "the focus cannot be seen on {}",
        page.browser.run(focused).await
    );
}

#[test]
fn a_scan_from_the_first_key_to_an_open_row() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("keyboard", async move |browser| {
        let page = open(browser, &base).await;
        page.press(Key::Tab).await;
        assert!(
            page.browser
                .run("return document.activeElement.matches('.skip-link')")
                .await
                == true,
            "the first stop leads past the header"
        );
        tab_to(&page, "input[name=domain]").await;
        assert_focus_is_visible(&page).await;
        let field = page.browser.client.active_element().await.expect("a field");
        field.send_keys("yazd.test").await.expect("keys");
        page.press(Key::Enter).await;
        page.finished().await;
        tab_to(&page, "[data-check=spf] .check-row__head").await;
        assert_focus_is_visible(&page).await;
        page.press(Key::Enter).await;
        page.find("[data-check=spf] .check-row__body").await;
        tab_to(&page, "[data-check=spf] .copy-line__button").await;
        assert_focus_is_visible(&page).await;
        page.press(Key::Enter).await;
        // A browser that keeps its clipboard shut selects the line instead, and the button says which.
        page.browser
            .wait_until("['Copied', 'Selected'].includes(document.activeElement.innerText.trim())")
            .await;
    });
}

#[test]
fn language_theme_and_profile_by_keys() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("keyboard-switches", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=yazd.test").await;
        page.finished().await;
        tab_to(&page, "[data-testid=switch-theme]").await;
        page.press(Key::Enter).await;
        page.browser
            .wait_until("document.documentElement.dataset.theme === 'dark'")
            .await;
        tab_to(&page, "input[name=profile]").await;
        page.press(Key::Right).await;
        page.row_is("spoofing", "fail").await;
        page.go("?domain=yazd.test").await;
        tab_to(&page, "[data-testid=switch-language]").await;
        page.press(Key::Enter).await;
        page.browser
            .wait_until("document.documentElement.dir === 'rtl'")
            .await;
    });
}
