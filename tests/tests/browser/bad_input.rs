//! What is no domain is told so at the field, in the person's language, and nothing typed is lost.

use postern_tests::browser::{Page, foreign_prose, in_browser};

use crate::{OWN_RESOLVER, Scene, open};

#[test]
fn what_is_no_domain_is_told_so_and_nothing_typed_is_lost() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("bad-input", async move |browser| {
        let page = open(browser, &base).await;
        let long = "long.".repeat(60) + "example";
        for text in [
            "not a domain",
            "localhost",
            "192.0.2.1",
            "[2001:db8::1]",
            &long,
            "💌",
            "-a.example",
            "a..example",
        ] {
            page.submit(text).await;
            page.find("input[name=domain][aria-invalid=true]").await;
            let english = page.text("[role=alert]").await;
            assert!(english.len() > 20, "{text}: {english:?}");
            assert_eq!(page.typed().await, text);
            let focused = "return document.activeElement.name";
            assert_eq!(page.browser.run(focused).await, "domain", "{text}");
            page.switch_language().await;
            assert_eq!(page.typed().await, text, "typed and lost with the language");
            let persian = page.text("[role=alert]").await;
            assert_ne!(persian, english, "{text}");
            assert_eq!(foreign_prose(&page).await, [""; 0], "{text}");
            page.switch_language().await;
        }
        // A good word ends it.
        page.submit("nullmx.test").await;
        page.finished().await;
        assert!(!page.has("[aria-invalid=true]").await);
    });
}

#[test]
fn an_empty_field_and_a_bad_link_are_told_so_too() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("bad-link", async move |browser| {
        let page = Page::open(browser, &base, &[OWN_RESOLVER, ("language", "fa")]).await;
        page.submit("").await;
        page.find("input[name=domain][aria-invalid=true]").await;
        page.go("?domain=192.0.2.1").await;
        page.find("input[name=domain][aria-invalid=true]").await;
        assert_eq!(page.typed().await, "192.0.2.1");
    });
}

/// A mistake while a report is on the screen costs nothing of the report.
#[test]
fn a_report_stays_while_something_wrong_is_typed() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("bad-beside-report", async move |browser| {
        let page = open(browser, &base).await;
        page.submit("yazd.test").await;
        page.finished().await;
        page.submit("localhost").await;
        page.find("input[name=domain][aria-invalid=true]").await;
        assert_eq!(page.grade().await, "D-");
        page.row_is("spf", "fail").await;
    });
}

#[test]
fn domains_that_cannot_be_scanned_say_why_in_both_languages() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("odd-domains", async move |browser| {
        let page = open(browser, &base).await;
        for (domain, check, status, words) in [
            ("absent.test", "spf", "na", "does not exist"),
            ("nomx.test", "relay", "na", "no MX record"),
            ("nullmx.test", "relay", "na", "no mail"),
            ("ipmx.test", "relay", "unknown", "address"),
            ("localhostmx.test", "relay", "unknown", "localhost"),
            ("servfail.test", "dmarc", "unknown", "SERVFAIL"),
            ("deadmx.test", "relay", "unknown", "connect"),
        ] {
            page.go(&format!("?domain={domain}&lang=en")).await;
            page.row_is(check, status).await;
            let english = page
                .text(&format!("[data-check={check}] .check-row__finding"))
                .await;
            assert!(
                english.to_lowercase().contains(&words.to_lowercase()),
                "{domain}: {english}"
            );
            page.switch_language().await;
            let persian = page
                .text(&format!("[data-check={check}] .check-row__finding"))
                .await;
            assert!(
                !persian.is_empty() && persian != english,
                "{domain}: {persian}"
            );
            page.switch_language().await;
        }
    });
}
