//! Persian is as good as English: direction, digits, dates, and no English prose.

use postern_tests::browser::{Page, foreign_prose, in_browser};

use crate::{OWN_RESOLVER, Scene, open};

#[test]
fn a_report_becomes_persian_by_one_click() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("persian", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=yazd.test").await;
        page.finished().await;
        // Who reads the other language finds it named in that one, whatever words were fetched.
        let other = "[data-testid=switch-language]";
        assert_eq!(page.text(other).await, "فارسی");
        page.switch_language().await;
        assert_eq!(page.text(other).await, "English");
        let document = page
            .browser
            .run("return [document.documentElement.lang, document.documentElement.dir]")
            .await;
        assert_eq!(document, serde_json::json!(["fa", "rtl"]));
        assert_eq!(page.text("[data-testid=score]").await, "۶۲٫۷");
        let updated = page.text("[data-testid=updated]").await;
        // The year of the Solar Hijri calendar, in Persian digits.
        assert!(updated.contains("۱۴"), "{updated}");
        assert!(
            !updated.bytes().any(|octet| octet.is_ascii_digit()),
            "{updated}"
        );
        page.open_rows().await;
        assert_eq!(foreign_prose(&page).await, [""; 0]);
        // Records and dialogue stay as they are.
        let proof = page.text("[data-check=vrfy] .proof").await;
        assert!(proof.contains("C: VRFY hostmaster"), "{proof}");
        let direction =
            "return getComputedStyle(document.querySelector('.proof__lines')).direction";
        assert_eq!(page.browser.run(direction).await, "ltr");
        // The choice lasts.
        page.go("").await;
        assert_eq!(page.text(other).await, "English");
        assert_eq!(
            page.browser
                .run("return document.documentElement.dir")
                .await,
            "rtl"
        );
    });
}

#[test]
fn no_view_has_english_left() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("persian-views", async move |browser| {
        let page = Page::open(browser, &base, &[OWN_RESOLVER, ("language", "fa")]).await;
        assert_eq!(foreign_prose(&page).await, [""; 0], "home");
        for domain in [
            "quera.test",
            "good.test",
            "stsmiss.test",
            "stscert.test",
            "stsmoved.test",
            "pkix.test",
            "tlsafail.test",
            "bogus.test",
            "listed.test",
            "relay.test",
            "busy.test",
            "deadmx.test",
            "nullmx.test",
            "ipmx.test",
            "absent.test",
        ] {
            page.go(&format!("?domain={domain}")).await;
            page.finished().await;
            page.open_rows().await;
            assert_eq!(foreign_prose(&page).await, [""; 0], "{domain}");
        }
        for view in ["history", "settings"] {
            page.go(&format!("?view={view}")).await;
            page.find("h1").await;
            assert_eq!(foreign_prose(&page).await, [""; 0], "{view}");
        }
    });
}
