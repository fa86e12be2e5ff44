//! The page on a static host, in a sub-folder, without a probe server: everything that DNS can tell.

use postern_tests::browser::{Page, in_browser};
use postern_tests::static_host::StaticHost;

use crate::Scene;

#[test]
fn without_a_probe_server_dns_rows_stand_and_the_others_say_what_they_need() {
    let Some(scene) = Scene::here() else { return };
    let host = StaticHost::start(scene.page.clone().into());
    // It stands for a public resolver, which any page may ask.
    let resolver = scene.server(&["--allow-origin", &host.origin()]);
    let dns = resolver.url("dns-query");
    in_browser("static", async move |browser| {
        let kept = [
            ("resolver", dns.as_str()),
            ("probe", "none"),
            ("language", "en"),
        ];
        let page = Page::open(browser, &host.base(), &kept).await;
        page.submit("good.test").await;
        page.finished().await;
        for (check, status) in [("spf", "pass"), ("dmarc", "pass"), ("spoofing", "pass")] {
            page.row_is(check, status).await;
        }
        for check in ["relay", "vrfy", "expn", "help", "auth", "blacklist"] {
            page.row_is(check, "unknown").await;
            let words = page
                .text(&format!("[data-check={check}] .check-row__finding"))
                .await;
            assert!(words.contains("probe server"), "{check}: {words}");
        }
        assert!(
            page.text("[data-notice=no-probe]")
                .await
                .contains("probe server")
        );
        let url = page.browser.client.current_url().await.expect("an address");
        assert_eq!(url.path(), "/mail/postern/");
    });
}

/// Nothing was chosen, and the site that serves the page is no probe server.
#[test]
fn a_static_host_is_not_taken_for_a_probe_server() {
    let Some(scene) = Scene::here() else { return };
    let host = StaticHost::start(scene.page.clone().into());
    let resolver = scene.server(&["--allow-origin", &host.origin()]);
    let dns = resolver.url("dns-query");
    in_browser("static-default", async move |browser| {
        let kept = [("resolver", dns.as_str()), ("language", "en")];
        let page = Page::open(browser, &host.base(), &kept).await;
        page.submit("good.test").await;
        page.find("[data-notice=no-probe]").await;
        page.row_is("dmarc", "pass").await;
        page.row_is("relay", "unknown").await;
    });
}

/// One that was chosen and does not answer is another matter.
#[test]
fn a_probe_server_that_cannot_be_reached_is_said_so() {
    let Some(scene) = Scene::here() else { return };
    let host = StaticHost::start(scene.page.clone().into());
    let resolver = scene.server(&["--allow-origin", &host.origin()]);
    let dns = resolver.url("dns-query");
    in_browser("static-unreachable", async move |browser| {
        let kept = [
            ("resolver", dns.as_str()),
            ("probe", "http://127.0.0.1:9"),
            ("language", "en"),
        ];
        let page = Page::open(browser, &host.base(), &kept).await;
        page.submit("good.test").await;
        let words = page.text("[data-notice=probe-unreachable]").await;
        assert!(words.contains("cannot be reached"), "{words}");
        page.row_is("dmarc", "pass").await;
        page.row_is("relay", "unknown").await;
    });
}

#[test]
fn a_resolver_that_is_down_is_said_so() {
    let Some(scene) = Scene::here() else { return };
    let host = StaticHost::start(scene.page.into());
    in_browser("resolver-down", async move |browser| {
        let kept = [
            ("resolver", "http://127.0.0.1:9/dns-query"),
            ("probe", "none"),
            ("language", "en"),
        ];
        let page = Page::open(browser, &host.base(), &kept).await;
        page.submit("good.test").await;
        let words = page.text("[data-notice=resolvers-fail]").await;
        assert!(words.contains("resolver"), "{words}");
        page.row_is("spf", "unknown").await;
        assert_eq!(page.grade().await, "", "no letter on nothing");
        page.click("[data-notice=resolvers-fail] .notice__action")
            .await;
        page.find("input[name=resolver]").await;
    });
}
