//! What is drawn of the evidence: what servers take, their chains, and every dialogue. Of saved evidence, so that no
//! server has to be there.

mod world;

use fantoccini::Locator;
use postern_tests::browser::{
    Browser, Look, Page, foreign_prose, in_browser, pictures, print, serious_violations,
};
use postern_tests::place;
use postern_tests::static_host::StaticHost;
use serde_json::json;

const DIALOGUES: &str = ".dialogues h2 button";

/// The page of a static host, which shows evidence that lay in the browser.
async fn opened(browser: Browser, host: &StaticHost) -> Page {
    let kept = [("probe", "none"), ("language", "en")];
    let page = Page::open(browser, &host.base(), &kept).await;
    let (id, entry, evidence) = world::saved();
    let script = r#"
        const [id, entry, evidence, done] = arguments;
        const request = indexedDB.open("postern", 1);
        request.onupgradeneeded = () => ["entries", "evidence"].forEach((name) => request.result.createObjectStore(name));
        request.onsuccess = () => {
            const transaction = request.result.transaction(["entries", "evidence"], "readwrite");
            transaction.objectStore("evidence").put(evidence, id);
            transaction.objectStore("entries").put(entry, id);
            transaction.oncomplete = () => done(true);
        };
    "#;
    let arguments = vec![json!(id), json!(entry), json!(evidence)];
    let kept = page.browser.client.execute_async(script, arguments).await;
    assert_eq!(kept.expect("it is kept"), json!(true));
    page.go(&format!("?saved={id}")).await;
    page.finished().await;
    page
}

async fn count(page: &Page, selector: &str) -> usize {
    let all = page.browser.client.find_all(Locator::Css(selector)).await;
    all.expect("a selector").len()
}

/// The texts of all that a selector finds, their white space as one space each.
async fn texts(page: &Page, selector: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])] \
                  .map((found) => found.innerText.replace(/\\s+/gu, ' ').trim())";
    let found = page.browser.run_with(script, vec![json!(selector)]).await;
    let list = found.as_array().expect("a list");
    list.iter()
        .map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn dialogues_are_read_when_they_are_asked_for() {
    let Some(folder) = place::page() else { return };
    let host = StaticHost::start(folder);
    in_browser("dialogues", async move |browser| {
        let page = opened(browser, &host).await;
        page.find(DIALOGUES).await;
        assert_eq!(count(&page, ".dialogue").await, 0, "closed, and not there");
        page.click(DIALOGUES).await;
        page.find(".dialogue").await;
        let kinds = texts(
            &page,
            ".dialogues__all > div:nth-of-type(1) .dialogue__kind",
        )
        .await;
        assert_eq!(
            kinds,
            [
                "Does it pass on mail from strangers to strangers?",
                "What the server gives away: HELP, VRFY, EXPN",
                "What it takes of TLS",
            ],
            "in the order of time"
        );
        assert_eq!(count(&page, ".dialogue__turn").await, 0, "closed too");
        page.click(".dialogue summary").await;
        page.find(".dialogue__turn").await;
        assert_eq!(count(&page, ".dialogue[open] .dialogue__turn").await, 24);
        let first = texts(&page, ".dialogue__turn:nth-child(-n+5)").await;
        assert_eq!(
            first,
            [
                "0.020 s Connected. after 20 ms",
                "0.270 s S: 220 mx1.example.org ESMTP after 250 ms",
                "0.300 s C: EHLO probe.example.net S: 250-mx1.example.org S: 250 STARTTLS after 30 ms",
                "0.330 s C: STARTTLS S: 220 2.0.0 Ready after 30 ms",
                "0.410 s TLS came about; from here on all is encrypted. TLS 1.3, TLS_AES_256_GCM_SHA384, \
                 x25519 after 80 ms",
            ]
        );
        page.click(".dialogue[open] .proof__more").await;
        page.browser
            .wait_until(
                "document.querySelectorAll('.dialogue[open] .dialogue__turn').length === 30",
            )
            .await;
        assert_eq!(count(&page, ".dialogue[open] .proof__more").await, 0);
    });
}

#[test]
fn versions_and_suites_stand_in_tables() {
    let Some(folder) = place::page() else { return };
    let host = StaticHost::start(folder);
    in_browser("tls-tables", async move |browser| {
        let page = opened(browser, &host).await;
        page.open_row("tls_versions").await;
        page.find("[data-check=tls_versions] .tls-table").await;
        // The two addresses of the first exchange take the same.
        let places = texts(&page, "[data-check=tls_versions] .exhibit__places").await;
        assert_eq!(
            places,
            [
                "mx1.example.org 192.0.2.1 · port 25 mx1.example.org 2001:db8::1 · port 25",
                "mx2.example.org 192.0.2.2 · port 25",
            ]
        );
        let rows = texts(
            &page,
            "[data-check=tls_versions] .exhibit__of:nth-of-type(2) tbody tr",
        )
        .await;
        assert_eq!(
            rows,
            [
                "TLS 1.3 refuses it good",
                "TLS 1.2 takes it sufficient",
                "TLS 1.1 takes it, and should not insufficient",
                "TLS 1.0 not clear insufficient",
                "SSL 3 not clear insufficient",
                "SSL 2 not clear insufficient",
            ]
        );
        page.open_row("ciphers").await;
        page.find("[data-check=ciphers] .tls-table").await;
        let suites = texts(
            &page,
            "[data-check=ciphers] .exhibit__of:nth-of-type(2) .tls-table:first-of-type tbody:first-of-type tr",
        )
        .await;
        let [version, weakest, .., strongest, rest] = suites.as_slice() else {
            panic!("{suites:?}");
        };
        assert_eq!(version, "TLS 1.2");
        assert_eq!(
            weakest,
            "TLS_RSA_WITH_3DES_EDE_CBC_SHA Triple DES: its blocks repeat (Sweet32) who gets the key later can read it \
             all insufficient"
        );
        assert!(
            strongest.starts_with("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            "{strongest}"
        );
        assert!(rest.ends_with("others were not asked about."), "{rest}");
    });
}

#[test]
fn a_chain_is_drawn_with_what_is_wrong_where_it_is_wrong() {
    let Some(folder) = place::page() else { return };
    let host = StaticHost::start(folder);
    in_browser("chain", async move |browser| {
        let page = opened(browser, &host).await;
        page.open_row("certificate").await;
        page.find("[data-check=certificate] .chain__card").await;
        let joints = texts(&page, "[data-check=certificate] .chain__joint").await;
        assert_eq!(
            joints,
            [
                "is vouched for by",
                "is vouched for by CN=Example Root, which senders know",
                "CN=Example CA should vouch for it: it was not sent, and senders do not know it.",
            ]
        );
        assert_eq!(count(&page, ".chain__joint--gap").await, 1);
        let marks = texts(
            &page,
            "[data-check=certificate] .exhibit__of:last-of-type .chain__card > .exhibit__mark",
        )
        .await;
        assert_eq!(marks, ["out of date for 3 days", "not for mx2.example.org"]);
        let valid = "[data-check=certificate] .chain__facts > div:nth-child(3) dd";
        assert_eq!(
            texts(&page, valid).await[0],
            "from October 23, 2026 until January 21, 2027"
        );
        page.switch_language().await;
        page.find("[data-check=certificate] .chain__card").await;
        let valid = texts(&page, valid).await;
        assert_eq!(valid[0], "از ۱ آبان ۱۴۰۵ تا ۱ بهمن ۱۴۰۵");
    });
}

#[test]
fn everybody_can_read_it_in_both_languages_on_any_window() {
    let Some(folder) = place::page() else { return };
    let host = StaticHost::start(folder);
    in_browser("exhibits", async move |browser| {
        let page = opened(browser, &host).await;
        for check in ["tls_versions", "ciphers", "certificate"] {
            page.open_row(check).await;
        }
        // What comes late would move what is clicked.
        page.find("[data-check=certificate] .chain__card").await;
        page.click(DIALOGUES).await;
        page.find(".dialogue").await;
        let open_all =
            "document.querySelectorAll('.dialogue').forEach((one) => { one.open = true; })";
        for (language, size) in [("en", (1280, 800)), ("fa", (360, 740)), ("en", (320, 256))] {
            let look = Look {
                language,
                theme: "light",
                size,
            };
            look.take(&page).await;
            page.find(".dialogue").await;
            page.browser.run(open_all).await;
            page.find(".dialogue__turn").await;
            let beyond = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
            assert_eq!(page.browser.run(beyond).await, json!(false), "{look}");
            let tables = "return [...document.querySelectorAll('.tls-table, .chain, .dialogue')] \
                .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)";
            assert_eq!(page.browser.run(tables).await, json!([]), "{look}");
            assert_eq!(serious_violations(&page).await, [""; 0], "{look}");
            if language == "fa" {
                assert_eq!(foreign_prose(&page).await, [""; 0]);
            }
        }
    });
}

#[test]
fn pictures_of_it() {
    let Some(folder) = place::page() else { return };
    let host = StaticHost::start(folder);
    in_browser("pictures-exhibits", async move |browser| {
        let page = opened(browser, &host).await;
        for check in ["tls_versions", "ciphers", "certificate"] {
            page.open_row(check).await;
        }
        page.find("[data-check=certificate] .chain__card").await;
        page.click(DIALOGUES).await;
        page.find(".dialogue").await;
        pictures(&page, "exhibits").await;
        page.click(".dialogue summary").await;
        page.find(".dialogue__turn").await;
        print(&page, "exhibits.pdf").await;
    });
}
