//! A domain is typed, rows arrive one by one, a letter follows, and everything is proven.

use postern_shared::checks::CHECKS;
use postern_tests::browser::{Look, PHONE, in_browser};

use crate::{Scene, open};

#[test]
fn a_domain_is_typed_and_scanned() {
    let Some(scene) = Scene::here() else { return };
    // A pause between connections: people see rows arrive one after the other.
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("scan", async move |browser| {
        let page = open(browser, &base).await;
        page.submit(" postmaster@Yazd.test ").await;
        page.find("[data-check=spf]").await;
        page.finished().await;
        assert_eq!(page.grade().await, "D-");
        for (check, status) in [
            ("spf", "fail"),
            ("spoofing", "warn"),
            ("vrfy", "warn"),
            ("dmarc", "pass"),
            ("relay", "pass"),
            ("ptr", "pass"),
        ] {
            page.row_is(check, status).await;
        }
        assert_eq!(page.text("[data-testid=score]").await, "62.7");
        assert!(page.text("[data-testid=updated]").await.contains("20"));
        let effort = page.text("[data-testid=effort]").await;
        assert!(effort.contains('8') && effort.contains("44"), "{effort}");
        let url = page.browser.client.current_url().await.expect("an address");
        assert!(
            url.query().unwrap_or_default().contains("domain=yazd.test"),
            "{url}"
        );
        assert_eq!(
            page.browser.client.title().await.expect("a title"),
            "D- · yazd.test · Postern"
        );
    });
}

#[test]
fn rows_arrive_one_by_one_and_nothing_jumps() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("rows", async move |browser| {
        let page = open(browser, &base).await;
        page.watch_from_now_on().await;
        // Greets after six seconds, twice: what comes from DNS is there long before. A link: no key explains a shift.
        page.go("?domain=slow.test").await;
        page.row_is("dmarc", "warn").await;
        assert!(
            page.has("[data-check=relay][data-pending]").await,
            "the relay test cannot be over"
        );
        assert!(page.has("[data-gate=waiting]").await);
        assert!(!page.text("[data-testid=activity]").await.is_empty());
        page.finished().await;
        assert_eq!(page.grade().await, "F");
        let settled = page.settled().await;
        let all = u64::try_from(CHECKS.len()).expect("a small number");
        let between = settled
            .iter()
            .filter(|count| (1..all).contains(*count))
            .count();
        assert!(between >= 2, "rows settled all at once: {settled:?}");
        assert!(
            settled.is_sorted(),
            "a settled row came undone: {settled:?}"
        );
        let shift = page.shift().await;
        let shifts = page.shifts().await;
        assert!(shift <= 0.02, "the page jumped: {shift}\n{shifts}");
    });
}

/// On a telephone everything is in one column, and whatever grows pushes all that is below it.
#[test]
fn nothing_jumps_on_a_telephone_either() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("rows-phone", async move |browser| {
        let page = open(browser, &base).await;
        let phone = Look {
            language: "fa",
            theme: "light",
            size: PHONE,
        };
        phone.take(&page).await;
        page.watch_from_now_on().await;
        for domain in ["quera.test", "yazd.test", "good.test"] {
            page.go(&format!("?domain={domain}")).await;
            page.finished().await;
            let shift = page.shift().await;
            let shifts = page.shifts().await;
            assert!(
                shift <= 0.02,
                "{domain}: the page jumped: {shift}\n{shifts}"
            );
        }
    });
}

#[test]
fn a_row_opens_to_meaning_proof_and_mend() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("?domain=yazd.test");
    in_browser("row", async move |browser| {
        let page = open(browser, base.split('?').next().expect("an address")).await;
        page.go("?domain=yazd.test").await;
        page.finished().await;
        page.open_row("vrfy").await;
        let proof = page.text("[data-check=vrfy] .proof").await;
        assert!(proof.contains("C: VRFY hostmaster"), "{proof}");
        assert!(proof.contains("S: 550 5.1.1"), "{proof}");
        page.open_row("spf").await;
        let body = page.text("[data-check=spf] .check-row__body").await;
        assert!(body.contains("v=spf1 "), "the record to publish: {body}");
        assert!(body.contains("RFC 7208"), "{body}");
        page.open_row("dmarc").await;
        let body = page.text("[data-check=dmarc] .proof").await;
        assert!(body.contains("v=DMARC1; p=reject; pct=100"), "{body}");
        // Closed again by the same button.
        page.click("[data-check=spf] .check-row__head[aria-expanded=true]")
            .await;
        assert!(!page.has("[data-check=spf] .check-row__body").await);
    });
}

#[test]
fn the_other_profile_reads_the_same_evidence_at_once() {
    let Some(scene) = Scene::here() else { return };
    let mut server = scene.server(&[]);
    let base = server.url("");
    // Both golden letters, from live servers.
    in_browser("profile", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=quera.test").await;
        page.finished().await;
        assert_eq!(
            (page.grade().await, page.text("[data-testid=score]").await),
            ("F".into(), "36.7".into())
        );
        // Nothing is asked again: there is nobody to ask.
        server.kill();
        page.click("label[for=profile-classic]").await;
        page.row_is("auth", "fail").await;
        assert_eq!(
            (page.grade().await, page.text("[data-testid=score]").await),
            ("F".into(), "42".into())
        );
        page.click("label[for=profile-standards]").await;
        page.row_is("auth", "na").await;
    });
}

#[test]
fn a_link_scans_again_and_going_back_does_not() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("link", async move |browser| {
        let page = open(browser, &base).await;
        page.submit("yazd.test").await;
        page.finished().await;
        page.browser.client.refresh().await.expect("a reload");
        page.stands().await;
        page.finished().await;
        assert_eq!(page.grade().await, "D-");
        page.submit("nullmx.test").await;
        page.browser
            .wait_until("document.querySelector('h1')?.innerText.includes('nullmx.test')")
            .await;
        page.finished().await;
        page.browser.client.back().await.expect("the way back");
        page.browser
            .wait_until("document.querySelector('h1')?.innerText.includes('yazd.test')")
            .await;
        page.finished().await;
        assert_eq!(page.grade().await, "D-");
        // Typed, reloaded, and the other one; going back opened what was kept.
        page.go("?view=history").await;
        page.browser
            .wait_until("document.querySelectorAll('.history__scan').length === 3")
            .await;
    });
}

/// Public resolvers do not exist in the browser of a test: the probe server's own stands in without being asked to.
#[test]
fn where_public_resolvers_are_blocked_the_probe_server_stands_in() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("blocked", async move |browser| {
        let page = postern_tests::browser::Page::open(browser, &base, &[]).await;
        page.submit("yazd.test").await;
        page.finished().await;
        assert_eq!(page.grade().await, "D-");
        page.row_is("dmarc", "pass").await;
        assert!(!page.has("[data-notice=resolvers-fail]").await);
    });
}

#[test]
fn unicode_domains_are_scanned_and_shown_as_both() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("unicode", async move |browser| {
        let page = open(browser, &base).await;
        page.submit("https://نمونه.test/path?query").await;
        page.finished().await;
        assert_eq!(page.grade().await, "B-");
        let heading = page.text("h1").await;
        assert!(
            heading.starts_with("نمونه.test") && heading.ends_with("xn--hhbbbed.test"),
            "{heading}"
        );
    });
}

/// Who scans servers of their own with a probe server of their own finds out what an ordinary scan leaves open.
#[test]
fn what_is_left_open_is_found_out_by_a_deep_scan() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&["--deep-scans"]);
    let base = server.url("");
    in_browser("deep", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=modern.test").await;
        page.finished().await;
        page.open_row("tls_versions").await;
        page.find("[data-check=tls_versions] .exhibit__deeper")
            .await;
        let versions = "[data-check=tls_versions] .tls-table";
        let before = page.text(versions).await;
        assert!(before.contains("not clear"), "{before}");
        page.click("[data-check=tls_versions] .exhibit__deeper")
            .await;
        let text = format!("(document.querySelector('{versions}')?.innerText ?? 'not clear')");
        page.browser
            .wait_until(&format!("!{text}.includes('not clear')"))
            .await;
        page.finished().await;
        let effort = page.text("[data-testid=effort]").await;
        let connections = effort.split(' ').next().and_then(|word| word.parse().ok());
        assert!(connections.is_some_and(|count: u32| count > 20), "{effort}");
    });
}
