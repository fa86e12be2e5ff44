//! What is chosen in the settings is kept, and counts.

use postern_tests::browser::{Page, in_browser};

use crate::Scene;

#[test]
fn a_person_chooses_the_probe_servers_resolver_and_no_probe() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("settings", async move |browser| {
        let page = Page::open(browser, &base, &[("language", "en")]).await;
        page.click(".masthead__nav a[href*='view=settings']").await;
        page.click("input[name=resolver][value=probe]").await;
        page.click("input[name=probe][value=none]").await;
        page.go("?view=settings").await;
        let chosen = "return [...document.querySelectorAll('input[name=resolver]:checked, input[name=probe]:checked')].map((e) => e.value)";
        assert_eq!(
            page.browser.run(chosen).await,
            serde_json::json!(["probe", "none"]),
            "kept"
        );
        page.submit("yazd.test").await;
        page.find("[data-notice=no-probe]").await;
        page.row_is("relay", "unknown").await;
        // And back again: the next scan is whole.
        page.click("[data-notice=no-probe] .notice__action").await;
        page.click("input[name=probe][value=same-origin]").await;
        page.submit("yazd.test").await;
        page.row_is("relay", "pass").await;
        page.finished().await;
        assert_eq!(page.grade().await, "D-");
    });
}

#[test]
fn what_is_no_address_of_a_resolver_is_told_so() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("?view=settings");
    in_browser("settings-bad", async move |browser| {
        let page = Page::open(
            browser,
            base.split('?').next().expect("an address"),
            &[("language", "en")],
        )
        .await;
        page.go("?view=settings").await;
        let field = page.find("input[name=resolver-url]").await;
        field
            .send_keys("javascript://alert(1)")
            .await
            .expect("keys");
        page.press(fantoccini::key::Key::Tab).await;
        page.browser
            .wait_until("document.getElementById('resolver-error').innerText.length > 10")
            .await;
        let kept = page
            .browser
            .run("return localStorage.getItem('postern.resolver') ?? ''")
            .await;
        assert!(!kept.as_str().expect("a text").contains("alert"), "{kept}");
    });
}
