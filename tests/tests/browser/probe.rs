//! The probe server stops, refuses, or is not there: what was found stays, and clear words say what is missing.

use postern_tests::browser::in_browser;

use crate::{Scene, open};

#[test]
fn a_probe_that_stops_in_mid_scan_takes_nothing_with_it() {
    let Some(scene) = Scene::here() else { return };
    let mut server = scene.server(&[]);
    let base = server.url("");
    in_browser("cut", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=slow.test").await;
        page.row_is("dmarc", "warn").await;
        page.row_is("spf", "pass").await;
        assert!(page.has("[data-check=relay][data-pending]").await);
        server.kill();
        let english = page.text("[data-notice=probe-cut]").await;
        assert!(english.contains("lost"), "{english}");
        page.finished().await;
        page.row_is("dmarc", "warn").await;
        page.row_is("spf", "pass").await;
        page.row_is("relay", "unknown").await;
        page.switch_language().await;
        let persian = page.text("[data-notice=probe-cut]").await;
        assert!(persian.contains("کاوش"), "{persian}");
    });
}

#[test]
fn a_scan_that_is_stopped_keeps_what_it_saw() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("stopped", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=slow.test").await;
        page.row_is("dmarc", "warn").await;
        assert!(page.has("[data-check=relay][data-pending]").await);
        page.click(".summary__controls > .button").await;
        page.finished().await;
        page.row_is("dmarc", "warn").await;
        page.row_is("relay", "unknown").await;
        page.find("[data-notice=stopped]").await;
        assert!(!page.has("[data-notice=probe-cut]").await);
        page.go("?view=history").await;
        page.click(".history__scan[data-domain='slow.test'] .history__domain")
            .await;
        page.row_is("dmarc", "warn").await;
        page.row_is("relay", "unknown").await;
        page.find("[data-notice=stopped]").await;
    });
}

#[test]
fn a_refusal_counts_down_to_when_it_is_worth_asking_again() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&["--cool-down", "50"]);
    let base = server.url("");
    in_browser("refused", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=yazd.test").await;
        page.finished().await;
        assert_eq!(page.grade().await, "D-");
        page.browser.client.refresh().await.expect("a reload");
        page.stands().await;
        let words = page.text("[data-notice=refused]").await;
        assert!(
            words.bytes().any(|octet| octet.is_ascii_digit()),
            "when to come back: {words}"
        );
        page.row_is("dmarc", "pass").await;
        page.row_is("relay", "pass").await;
        assert_eq!(page.grade().await, "D-", "what was seen before is not lost");
        let now = serde_json::json!(words);
        page.browser
            .wait_until(&format!(
                "document.querySelector('[data-notice=refused]').innerText !== {now}"
            ))
            .await;
        page.switch_language().await;
        let words = page.text("[data-notice=refused]").await;
        assert!(
            words.contains(['۰', '۱', '۲', '۳', '۴', '۵', '۶', '۷', '۸', '۹']),
            "{words}"
        );
    });
}

#[test]
fn a_saved_scan_that_was_refused_still_says_so() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&["--scans-per-client", "0"]);
    let base = server.url("");
    in_browser("refused-saved", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=yazd.test").await;
        page.finished().await;
        let said = page.text("[data-notice=refused]").await;
        page.go("?view=history").await;
        page.click(".history__scan[data-domain='yazd.test'] .history__domain")
            .await;
        page.row_is("dmarc", "pass").await;
        let kept = page.text("[data-notice=refused]").await;
        assert!(
            !kept.is_empty() && kept != said,
            "no time to come back: {kept}"
        );
    });
}

#[test]
fn a_page_of_another_origin_is_let_in_only_when_it_is_named() {
    let Some(scene) = Scene::here() else { return };
    let host = postern_tests::static_host::StaticHost::start(scene.page.clone().into());
    let open_server = scene.server(&["--allow-origin", &host.origin()]);
    let closed_server = scene.server(&[]);
    let (open_probe, closed_probe) = (open_server.url(""), closed_server.url(""));
    in_browser("origins", async move |browser| {
        let base = host.base();
        let dns = format!("{open_probe}dns-query");
        let kept = |probe| {
            [
                ("resolver", dns.as_str()),
                ("probe", probe),
                ("language", "en"),
            ]
        };
        let page = postern_tests::browser::Page::open(browser, &base, &kept(&open_probe)).await;
        page.submit("yazd.test").await;
        page.finished().await;
        assert_eq!(page.grade().await, "D-");
        let page =
            postern_tests::browser::Page::open(page.browser, &base, &kept(&closed_probe)).await;
        page.submit("yazd.test").await;
        page.find("[data-notice=refused], [data-notice=probe-unreachable]")
            .await;
        page.row_is("dmarc", "pass").await;
        page.row_is("relay", "unknown").await;
    });
}
