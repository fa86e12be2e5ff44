//! Pictures of each state in each look, for people to look at; and no state is wider than its window.

use postern_tests::browser::{Page, in_browser, pictures, print};

use crate::{OWN_RESOLVER, Scene, open};

#[test]
fn states_of_a_report() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("pictures-report", async move |browser| {
        let page = open(browser, &base).await;
        pictures(&page, "empty").await;
        for domain in ["yazd.test", "quera.test", "good.test"] {
            page.go(&format!("?domain={domain}")).await;
            page.finished().await;
            pictures(&page, &format!("report-{domain}")).await;
        }
        page.go("?domain=yazd.test").await;
        page.finished().await;
        for check in ["spf", "vrfy", "dmarc"] {
            page.open_row(check).await;
        }
        pictures(&page, "rows-open").await;
        print(&page, "report.pdf").await;
        page.click("[data-check=spf] .check-row__section .button")
            .await;
        page.find(".outcome__row").await;
        page.click("#sender-ip").await;
        let address = serde_json::json!({ "text": "192.0.2.1" });
        page.browser.command("Input.insertText", address).await;
        page.click(".sender__button").await;
        page.find(".sender__result").await;
        pictures(&page, "try").await;
        print(&page, "try.pdf").await;
        // Mail on its way: a policy that keeps it out, and the records that prove it.
        page.go("?domain=stsmiss.test").await;
        page.finished().await;
        for check in ["dkim", "mta_sts", "dane", "dnssec", "tls_rpt", "mx"] {
            page.open_row(check).await;
        }
        pictures(&page, "rows-open-transit").await;
        page.go("?domain=bogus.test").await;
        page.finished().await;
        page.open_row("dnssec").await;
        pictures(&page, "bogus").await;
        page.go("?domain=quera.test&view=try").await;
        page.find(".spf-tree").await;
        page.click("textarea").await;
        let slip =
            serde_json::json!({ "text": "v=spf1 ip4:192.0.2.300 include:mailgun.test ptr ?all" });
        page.browser.run("document.activeElement.select()").await;
        page.browser.command("Input.insertText", slip).await;
        page.find("button.remark").await;
        page.click(".sender__button").await;
        pictures(&page, "try-mistake").await;
        page.go("?view=history").await;
        page.find(".history__scan").await;
        pictures(&page, "history").await;
        page.go("?view=settings").await;
        page.find("input[name=resolver]").await;
        pictures(&page, "settings").await;
        page.go("?domain=192.0.2.1").await;
        page.find("[aria-invalid=true]").await;
        pictures(&page, "bad-input").await;
    });
}

#[test]
fn states_of_a_scan_that_goes_wrong() {
    let Some(scene) = Scene::here() else { return };
    let mut server = scene.server(&["--cool-down", "300"]);
    let base = server.url("");
    in_browser("pictures-troubles", async move |browser| {
        let page = open(browser, &base).await;
        page.go("?domain=slow.test").await;
        page.row_is("dmarc", "warn").await;
        // As many as the slow server leaves time for; the first is surely of a running scan.
        pictures(&page, "running").await;
        page.go("?domain=nullmx.test").await;
        page.finished().await;
        page.go("?domain=nullmx.test").await;
        page.find("[data-notice=refused]").await;
        pictures(&page, "refused").await;
        page.go("?domain=absent.test").await;
        page.row_is("spf", "na").await;
        pictures(&page, "absent").await;
        page.go("?domain=grey.test").await;
        page.finished().await;
        pictures(&page, "provisional").await;
        page.go("").await;
        server.kill();
        page.submit("yazd.test").await;
        page.find("[data-notice]").await;
        pictures(&page, "offline").await;
    });
}

#[test]
fn states_without_a_probe_server() {
    let Some(scene) = Scene::here() else { return };
    let server = scene.server(&[]);
    let base = server.url("");
    in_browser("pictures-no-probe", async move |browser| {
        let kept = [OWN_RESOLVER, ("probe", "none"), ("language", "en")];
        let page = Page::open(browser, &base, &kept).await;
        page.go("?domain=yazd.test").await;
        page.find("[data-notice=no-probe]").await;
        pictures(&page, "no-probe").await;
    });
}
