//! The page fits the window that it is read in, however narrow, and a report is read from its top.

use postern_tests::browser::{Look, Page, Size, in_browser};
use serde_json::json;

use crate::{Scene, open};

/// A small telephone, and a laptop whose page is enlarged fourfold (WCAG 1.4.10).
const NARROW: [Size; 2] = [(360, 740), (320, 256)];
/// What people still call a laptop.
const LAPTOP: Size = (1280, 720);

async fn look(page: &Page, language: &'static str, size: Size) {
    let look = Look {
        language,
        theme: "light",
        size,
    };
    look.take(page).await;
}

/// What is wider than its place: the page itself, or words that spill out of what they stand in.
async fn too_wide(page: &Page) -> serde_json::Value {
    let script = r#"
        const places = document.querySelectorAll("html, button, .segmented, .mend, .notice, .status");
        return [...places].filter((place) => place.scrollWidth > place.clientWidth)
            .map((place) => place.className + " «" + place.innerText.slice(0, 40) + "»");
    "#;
    page.browser.run(script).await
}

async fn scrolled(page: &Page) -> f64 {
    let scrolled = page.browser.run("return window.scrollY").await;
    scrolled.as_f64().expect("a number")
}

#[test]
fn a_narrow_window_is_wide_enough() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("narrow", async move |browser| {
        let page = open(browser, &base).await;
        for query in [
            "",
            "?domain=quera.test",
            "?domain=stsmiss.test",
            "?domain=pkix.test",
            "?domain=nullmx.test",
            "?domain=xn--hhbbbed.test",
            "?domain=quera.test&view=try",
            "?view=history",
            "?view=settings",
        ] {
            page.go(query).await;
            if query.contains("try") {
                page.find(".spf-tree").await;
            } else if query.contains("domain") {
                page.finished().await;
                page.open_rows().await;
            }
            for size in NARROW {
                for language in ["en", "fa"] {
                    look(&page, language, size).await;
                    let found = too_wide(&page).await;
                    assert_eq!(found, json!([]), "{query} {language} {size:?}");
                }
            }
        }
    });
}

#[test]
fn a_report_begins_at_the_top_of_the_page() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("top", async move |browser| {
        let page = open(browser, &base).await;
        look(&page, "en", LAPTOP).await;
        page.submit("quera.test").await;
        page.find("[data-check]").await;
        assert!(scrolled(&page).await < 1.0, "after Enter");
        page.finished().await;
        assert!(scrolled(&page).await < 1.0, "when the scan has ended");
        // So low a window that the list is far down the page.
        page.go("").await;
        look(&page, "en", (1280, 300)).await;
        page.click(".history__domain").await;
        page.finished().await;
        assert!(scrolled(&page).await < 1.0, "opened from the list");
    });
}

#[test]
fn the_first_screen_holds_what_to_mend_and_where() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("first-screen", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=quera.test").await;
        page.finished().await;
        for language in ["en", "fa"] {
            look(&page, language, LAPTOP).await;
            let card = page.text("[data-mend=dmarc]").await;
            assert!(card.contains("TXT"), "{language}: {card}");
            assert!(card.contains("_dmarc.quera.test"), "{language}: {card}");
            let ends =
                "return document.querySelector('.mends').getBoundingClientRect().bottom + scrollY";
            let ends = page.browser.run(ends).await.as_f64();
            assert!(
                ends.is_some_and(|ends| ends <= f64::from(LAPTOP.1)),
                "{language}: the mends end at {ends:?}"
            );
        }
    });
}
