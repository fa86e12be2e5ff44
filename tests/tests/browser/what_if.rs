//! A change is tried before it is published: the caret under a mistake, the letter before and after, one sender.

use fantoccini::key::Key;
use postern_tests::browser::{Page, foreign_prose, in_browser};
use serde_json::json;

use crate::keyboard::{assert_focus_is_visible, tab_to};
use crate::{OWN_RESOLVER, Scene, open};

const BROKEN: &str = "v=spf1 ip4:9.9.9.300 mx -all";
const MENDED: &str = "v=spf1 ip4:9.9.9.30 mx -all";
/// The letter of yazd.test with a valid SPF record.
const RISEN: &str = "C";

/// The view for a domain, its scan finished.
async fn trying(page: &Page, domain: &str) {
    page.go(&format!("?domain={domain}")).await;
    page.finished().await;
    page.click(".summary__controls a").await;
    page.find("textarea[name=text]").await;
}

/// Puts `text` in the place of what has the focus, at once, as pasting does.
async fn paste(page: &Page, text: &str) {
    page.browser.run("document.activeElement.select()").await;
    page.browser
        .command("Input.insertText", json!({ "text": text }))
        .await;
}

async fn edit(page: &Page, text: &str) {
    page.click("textarea[name=text]").await;
    paste(page, text).await;
}

/// The letters before and after, once nothing is asked any more.
async fn letters(page: &Page) -> Vec<String> {
    page.browser
        .wait_until("document.querySelector('.outcome') && !document.querySelector('.outcome__word--asking')")
        .await;
    let script =
        "return [...document.querySelectorAll('.outcome__grade')].map((grade) => grade.innerText)";
    let letters = page.browser.run(script).await;
    let letters = letters.as_array().expect("a list");
    letters
        .iter()
        .map(|letter| letter.as_str().expect("a letter").to_owned())
        .collect()
}

/// How often DNS was asked so far.
async fn questions(page: &Page) -> u64 {
    let script = "return performance.getEntriesByType('resource').filter((e) => e.name.includes('dns-query?')).length";
    page.browser.run(script).await.as_u64().expect("a number")
}

/// What stands above the carets, and under it: equally far from the beginning of their lines.
async fn above_carets(page: &Page) -> String {
    let script = r#"
        const [line, carets] = document.querySelectorAll(".remark__place code");
        const from = carets.innerText.indexOf("^");
        const mark = line.querySelector("mark").getBoundingClientRect();
        const range = document.createRange();
        range.setStart(carets.firstChild, from);
        range.setEnd(carets.firstChild, carets.innerText.length);
        const under = range.getBoundingClientRect();
        if (Math.abs(mark.left - under.left) > 1 || Math.abs(mark.right - under.right) > 1) return "apart";
        return line.innerText.slice(from, carets.innerText.length);
    "#;
    let above = page.browser.run(script).await;
    above.as_str().expect("a text").to_owned()
}

#[test]
fn a_mistake_is_marked_and_mended_and_the_letter_rises() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("try", async move |browser| {
        for (language, wrong) in [("en", "IPv4 address"), ("fa", "آدرس IPv4")] {
            let kept = [OWN_RESOLVER, ("language", language)];
            let page = Page::open(browser.clone(), &base, &kept).await;
            trying(&page, "yazd.test").await;
            assert_eq!(letters(&page).await, ["D-", "D-"]);
            edit(&page, BROKEN).await;
            page.find("textarea[aria-invalid=true]").await;
            assert_eq!(above_carets(&page).await, "9.9.9.300", "{language}");
            let said = page.text(".remark__words").await;
            let said: String = said
                .chars()
                .filter(|c| !"\u{2066}\u{2069}".contains(*c))
                .collect();
            assert!(said.contains(wrong), "{said}");
            assert_eq!(letters(&page).await, ["D-", "D-"]);
            // The remark leads to its place, and what is typed there takes it.
            page.click("button.remark").await;
            let selected = "const field = document.activeElement; \
                            return field.value.slice(field.selectionStart, field.selectionEnd)";
            assert_eq!(page.browser.run(selected).await, "9.9.9.300");
            page.browser
                .command("Input.insertText", json!({ "text": "9.9.9.30" }))
                .await;
            page.browser
                .wait_until("!document.querySelector('textarea[aria-invalid]')")
                .await;
            assert_eq!(letters(&page).await, ["D-", RISEN], "{language}");
            page.find(".outcome__row .status[data-status=pass]").await;
            page.find(".spoof__differs").await;
            assert_eq!(foreign_prose(&page).await, [""; 0], "{language}");
            // Nothing was published, and the report is what it was.
            page.click(".try__back").await;
            page.row_is("spf", "fail").await;
            assert_eq!(page.grade().await, "D-");
        }
    });
}

#[test]
fn a_change_is_tried_by_keys_alone() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("try-keys", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=yazd.test").await;
        page.finished().await;
        tab_to(&page, ".summary__controls a").await;
        assert_focus_is_visible(&page).await;
        page.press(Key::Enter).await;
        page.find("textarea[name=text]").await;
        tab_to(&page, "input[name=record]").await;
        tab_to(&page, "textarea[name=text]").await;
        assert_focus_is_visible(&page).await;
        paste(&page, BROKEN).await;
        page.find("button.remark").await;
        tab_to(&page, "button.remark").await;
        assert_focus_is_visible(&page).await;
        page.press(Key::Enter).await;
        let field = page.browser.client.active_element().await.expect("a field");
        field.send_keys("9.9.9.30").await.expect("keys");
        page.browser
            .wait_until("!document.querySelector('button.remark')")
            .await;
        let text = "return document.querySelector('textarea').value";
        assert_eq!(page.browser.run(text).await, MENDED);
        assert_eq!(letters(&page).await, ["D-", RISEN]);
        tab_to(&page, ".editor__undo").await;
        page.press(Key::Enter).await;
        assert_eq!(letters(&page).await, ["D-", "D-"]);
        assert_eq!(page.browser.run(text).await, "");
    });
}

/// `yazd.test` has neither: the texts that are typed count, together.
#[test]
fn an_mta_sts_record_and_its_policy_are_edited() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("try-mta-sts", async move |browser| {
        for (language, file) in [("en", "Serve as"), ("fa", "عرضه کنید")] {
            let kept = [OWN_RESOLVER, ("language", language)];
            let page = Page::open(browser.clone(), &base, &kept).await;
            trying(&page, "yazd.test").await;
            page.click("label[for=record-mta-sts]").await;
            let label = page.text(".editor__label").await;
            assert!(label.contains("_mta-sts.yazd.test"), "{label}");
            edit(&page, "v=STSv1; id=2026-07").await;
            page.find("textarea[aria-invalid=true]").await;
            assert_eq!(above_carets(&page).await, "2026-07", "{language}");
            edit(&page, "v=STSv1; id=202607").await;
            page.click("label[for=record-mta-sts-policy]").await;
            let label = page.text(".editor__label").await;
            assert!(label.contains(file), "{label}");
            let url = "https://mta-sts.yazd.test/.well-known/mta-sts.txt";
            assert!(label.contains(url), "{label}");
            let mode =
                |mode| format!("version: STSv1\nmode: {mode}\nmx: *.yazd.test\nmax_age: 604800");
            edit(&page, &mode("Enforce")).await;
            page.find("textarea[aria-invalid=true]").await;
            assert_eq!(above_carets(&page).await, "Enforce", "{language}");
            edit(&page, &mode("enforce")).await;
            page.browser
                .wait_until("!document.querySelector('textarea[aria-invalid]')")
                .await;
            let rows = ".outcome__row .status[data-status=pass]";
            page.find(rows).await;
            assert_eq!(foreign_prose(&page).await, [""; 0], "{language}");
            // The record is still tried beside it.
            page.click("label[for=record-mta-sts]").await;
            let text = "return document.querySelector('textarea').value";
            assert_eq!(page.browser.run(text).await, "v=STSv1; id=202607");
        }
    });
}

#[test]
fn dns_is_asked_for_what_the_text_leads_to_and_nothing_else() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("try-questions", async move |browser| {
        let page = open(browser, &base).await;
        trying(&page, "yazd.test").await;
        let before = questions(&page).await;
        edit(&page, MENDED).await;
        assert_eq!(letters(&page).await, ["D-", RISEN]);
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert_eq!(questions(&page).await, before, "all of it was known");
        edit(&page, "v=spf1 include:mailgun.test -all").await;
        assert_eq!(letters(&page).await, ["D-", RISEN]);
        assert_eq!(questions(&page).await, before + 3, "three records");
        // What lies deeper than the first records is there for who opens it.
        page.click(".spf-tree details li:nth-child(2) > details > summary")
            .await;
        let tree = page.text(".spf-tree").await;
        assert!(
            tree.contains("3 look-ups") && tree.contains("256"),
            "{tree}"
        );
        assert!(tree.contains("ip4:198.51.100.128/25"), "{tree}");
        // Through another view and another language nothing typed is lost.
        page.switch_language().await;
        let text = "return document.querySelector('textarea').value";
        assert_eq!(
            page.browser.run(text).await,
            "v=spf1 include:mailgun.test -all"
        );
    });
}

#[test]
fn a_mend_is_tried_from_its_row_and_a_tree_stands_in_it() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("try-mend", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=quera.test").await;
        page.finished().await;
        page.open_row("spf").await;
        let tree = page.text("[data-check=spf] .spf-tree").await;
        assert!(tree.contains("include:mailgun.test"), "{tree}");
        assert!(tree.contains("5 look-ups"), "{tree}");
        assert!(tree.contains("which has no SPF record"), "{tree}");
        page.open_row("dmarc").await;
        page.click("[data-check=dmarc] .check-row__section .button")
            .await;
        page.find(".outcome__row").await;
        let text = page
            .browser
            .run("return document.querySelector('textarea').value")
            .await;
        assert!(
            text.as_str()
                .is_some_and(|text| text.starts_with("v=DMARC1; p=")),
            "{text}"
        );
        let address = page.browser.client.current_url().await.expect("an address");
        assert!(
            address.query().unwrap_or_default().contains("view=try"),
            "{address}"
        );
        page.browser.client.back().await.expect("the way back");
        page.row_is("dmarc", "warn").await;
    });
}

#[test]
fn one_sender_is_judged_term_by_term() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("try-sender", async move |browser| {
        let page = open(browser, &base).await;
        trying(&page, "good.test").await;
        page.click(".sender__button").await;
        let wrong = page.text("#sender-ip-error").await;
        assert!(wrong.contains("IP address"), "{wrong}");
        let focused = "return document.activeElement.id";
        assert_eq!(page.browser.run(focused).await, "sender-ip");
        paste(&page, "192.0.2.5").await;
        page.press(Key::Enter).await;
        page.find(".sender__result--pass").await;
        let trace = page.text(".trace").await;
        for line in [
            "include:_office.good.test",
            "ip4:192.0.2.0/28 matches: pass",
        ] {
            assert!(trace.contains(line), "{trace}");
        }
        assert_eq!(page.text("#sender-ip-error").await, "");
        // By the text that is tried, at once.
        edit(&page, "v=spf1 mx -all").await;
        page.find(".sender__result--fail").await;
        // Nothing typed is lost, whatever is wrong with it.
        page.click("#sender-from").await;
        paste(&page, "not an address").await;
        page.press(Key::Enter).await;
        page.find("#sender-from[aria-invalid=true]").await;
        let kept = "return document.getElementById('sender-from').value";
        assert_eq!(page.browser.run(kept).await, "not an address");
        // What was said of another question is gone, and goes with the first key.
        let said = "return document.querySelector('.sender__answer').innerText";
        assert_eq!(page.browser.run(said).await, "");
        paste(&page, "ann@good.test").await;
        page.press(Key::Enter).await;
        page.find(".sender__result--fail").await;
        paste(&page, "ann@good.tes").await;
        page.browser
            .wait_until("!document.querySelector('.sender__result')")
            .await;
    });
}

#[test]
fn what_cannot_be_published_is_not_weighed() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("try-unreadable", async move |browser| {
        let page = open(browser, &base).await;
        trying(&page, "yazd.test").await;
        page.click("label[for=record-mx]").await;
        edit(&page, "99999 mail.yazd.test").await;
        page.find("textarea[aria-invalid=true]").await;
        assert_eq!(letters(&page).await, ["D-", "D-"]);
        let said = page.text(".outcome__word").await;
        assert!(said.contains("cannot be published"), "{said}");
        // Its tab is marked, whichever is open.
        page.click("label[for=record-spf]").await;
        let mark = "return getComputedStyle(document.querySelector('label[for=record-mx]'), '::after').content";
        let mark = page.browser.run(mark).await;
        assert!(mark.as_str().expect("a text").contains('•'), "{mark}");
        // A trial keeps the word on DNSSEC: who answered the rest validates.
        page.click("label[for=record-mx]").await;
        edit(&page, "0 .").await;
        assert_ne!(letters(&page).await[1], "A");
        let rows = page.text(".outcome__rows").await;
        assert!(!rows.contains("validate signatures"), "{rows}");
    });
}

#[test]
fn whatever_is_pasted_is_told() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("try-bad-input", async move |browser| {
        let page = open(browser, &base).await;
        trying(&page, "good.test").await;
        let terms = format!("v=spf1 {}-all", "include:a.b ".repeat(5_400));
        for text in [
            terms.as_str(),
            &"v=spf1 q\n".repeat(1_000),
            &"x".repeat(70_000),
            "v=spf1 \u{202e}lla- \u{200f}",
        ] {
            for record in ["spf", "dmarc", "mx", "mta-sts", "mta-sts-policy"] {
                page.click(&format!("label[for=record-{record}]")).await;
                // As one event, as pasting is; the protocol's own insertion types line by line.
                let script = "const field = document.querySelector('textarea'); field.value = arguments[0]; \
                              field.dispatchEvent(new Event('input', { bubbles: true }))";
                page.browser.run_with(script, vec![json!(text)]).await;
                page.find("textarea[aria-invalid=true]").await;
                page.find(".remark").await;
                page.click(".editor__undo").await;
            }
        }
    });
}

#[test]
fn a_selector_that_is_named_is_looked_for_and_kept() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("selector", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=yazd.test").await;
        page.finished().await;
        page.row_is("dkim", "unknown").await;
        page.open_row("dkim").await;
        page.click("#selector").await;
        paste(&page, "two words").await;
        page.click(".selectors .button").await;
        page.find("#selector[aria-invalid=true]").await;
        let focused = "return document.activeElement.value";
        assert_eq!(page.browser.run(focused).await, "two words");
        let before = questions(&page).await;
        paste(
            &page,
            "Subject: x\nDKIM-Signature: v=1; a=rsa-sha256; d=yazd.test;\n\ts=q7x3kd9; b=x\n",
        )
        .await;
        page.click(".selectors .button").await;
        page.row_is("dkim", "pass").await;
        page.finished().await;
        assert_eq!(questions(&page).await, before + 1);
        // Kept with the scan.
        page.go("?view=history").await;
        page.click(".history__domain").await;
        page.finished().await;
        page.open_row("dkim").await;
        let proof = page.text("[data-check=dkim] .proof").await;
        assert!(proof.contains("q7x3kd9._domainkey.yazd.test"), "{proof}");
    });
}
