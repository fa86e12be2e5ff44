//! The page as a person meets it: what is where, and what can be done with it.

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::json;

use super::Browser;

/// Counts, from before a scan to its end, what is painted: rows as they settle, and shifts of the layout.
const RECORDER: &str = r#"
    const seen = { settled: [], shift: 0, shifts: [] };
    window.__seen = seen;
    const rows = () => document.querySelectorAll("[data-check]:not([data-pending])").length;
    new MutationObserver(() => {
        const now = rows();
        if (seen.settled.at(-1) !== now) seen.settled.push(now);
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-pending"] });
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries().filter((entry) => !entry.hadRecentInput)) {
            seen.shift += entry.value;
            const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
            const moved = entry.sources.map(({ node, previousRect, currentRect }) =>
                (node?.className || node?.parentElement?.className) + " «" + node?.textContent.slice(0, 40) + "» "
                + place(previousRect) + " → " + place(currentRect));
            seen.shifts.push(entry.value.toFixed(4) + ": " + moved.join("; "));
        }
    }).observe({ type: "layout-shift", buffered: true });
"#;

/// Whether the scan on the screen has ended.
pub const FINISHED: &str = r#"() => document.querySelectorAll("[data-check]").length >= 10
    && !document.querySelector("[data-check][data-pending]")
    && document.querySelector(".gate__of")?.textContent === """#;

/// The page in a browser.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it is shown.
    pub browser: Browser,
    /// Its address, without a query, ending in `/`.
    pub base: String,
}

impl Page {
    /// The page at `base`, opened with no query, with the settings of `kept` as a person chose them before:
    /// pairs of a setting's key and its value.
    pub async fn open(browser: Browser, base: &str, kept: &[(&str, &str)]) -> Self {
        let page = Self {
            browser,
            base: base.to_owned(),
        };
        // Storage belongs to an origin: any document of it will do to write there.
        page.browser.goto(&format!("{base}boot.js")).await;
        for (key, value) in kept {
            let script = "localStorage.setItem('postern.' + arguments[0], arguments[1])";
            page.browser
                .run_with(script, vec![json!(key), json!(value)])
                .await;
        }
        page.go("").await;
        page
    }

    /// Opens the page with `query` behind its address, and waits until it stands.
    pub async fn go(&self, query: &str) {
        self.browser.goto(&format!("{}{query}", self.base)).await;
        self.stands().await;
    }

    /// Waits until the page has taken the skeleton's place.
    pub async fn stands(&self) {
        self.browser
            .wait_until(
                "!document.getElementById('skeleton') && document.querySelector('.masthead')",
            )
            .await;
    }

    /// Has every later document watched from its first moment; see [`Page::settled`] and [`Page::shift`].
    pub async fn watch_from_now_on(&self) {
        self.browser
            .command(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": RECORDER }),
            )
            .await;
    }

    /// How many rows had settled, each time that number changed.
    pub async fn settled(&self) -> Vec<u64> {
        let seen = self.browser.run("return window.__seen.settled").await;
        let counts = seen.as_array().expect("the page is watched");
        counts
            .iter()
            .filter_map(serde_json::Value::as_u64)
            .collect()
    }

    /// The sum of all shifts of the layout that no touch or key explains (Cumulative Layout Shift, unbounded).
    pub async fn shift(&self) -> f64 {
        let shift = self.browser.run("return window.__seen.shift").await;
        shift.as_f64().expect("the page is watched")
    }

    /// What shifted by how much, an entry a frame.
    pub async fn shifts(&self) -> String {
        let shifts = self
            .browser
            .run("return window.__seen.shifts.join('\\n')")
            .await;
        shifts.as_str().expect("the page is watched").to_owned()
    }

    /// The first element that a selector finds, as soon as there is one.
    pub async fn find(&self, selector: &str) -> Element {
        let selector_json = json!(selector);
        self.browser
            .wait_until(&format!("document.querySelector({selector_json})"))
            .await;
        self.browser
            .client
            .find(Locator::Css(selector))
            .await
            .unwrap_or_else(|error| panic!("{error}: {selector}"))
    }

    /// Clicks the first element that a selector finds.
    pub async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let argument = serde_json::to_value(&element).expect("an element");
        self.browser.run_with(script, vec![argument]).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{error}: {selector}"));
    }

    /// Whether a selector finds anything now.
    pub async fn has(&self, selector: &str) -> bool {
        let script = "return !!document.querySelector(arguments[0])";
        self.browser.run_with(script, vec![json!(selector)]).await == true
    }

    /// The text of the first element that a selector finds, as it is seen.
    pub async fn text(&self, selector: &str) -> String {
        self.find(selector).await;
        let script = "return document.querySelector(arguments[0]).innerText";
        let text = self.browser.run_with(script, vec![json!(selector)]).await;
        text.as_str().expect("a text").to_owned()
    }

    /// Types into the form, over what stands in it, and presses Enter.
    pub async fn submit(&self, text: &str) {
        let field = self.find("input[name=domain]").await;
        field.clear().await.expect("a field to clear");
        field.send_keys(text).await.expect("a field to type in");
        field
            .send_keys(&char::from(Key::Enter).to_string())
            .await
            .expect("the Enter key");
    }

    /// What stands in the form's field.
    pub async fn typed(&self) -> String {
        let value = self
            .browser
            .run("return document.querySelector('input[name=domain]').value")
            .await;
        value.as_str().expect("a text").to_owned()
    }

    /// Presses a key wherever the focus is.
    pub async fn press(&self, key: Key) {
        let focused = self.browser.client.active_element().await;
        focused
            .expect("a focused element")
            .send_keys(&char::from(key).to_string())
            .await
            .expect("a key pressed");
    }

    /// Waits until the scan on the screen has ended: every row has settled, and the gate counts no more.
    pub async fn finished(&self) {
        self.browser.wait_until(&format!("({FINISHED})()")).await;
    }

    /// The letter; empty while there is none.
    pub async fn grade(&self) -> String {
        let script = "return document.querySelector('[data-grade]')?.dataset.grade ?? ''";
        let grade = self.browser.run(script).await;
        grade.as_str().expect("a text").to_owned()
    }

    /// Waits for a row to come to a status.
    pub async fn row_is(&self, check: &str, status: &str) {
        self.browser
            .wait_until(&format!(
                "document.querySelector('[data-check={check}]:not([data-pending])')?.dataset.status === '{status}'"
            ))
            .await;
    }

    /// Opens a row.
    pub async fn open_row(&self, check: &str) {
        let head = format!("[data-check={check}] .check-row__head[aria-expanded=false]");
        self.click(&head).await;
        self.find(&format!("[data-check={check}] .check-row__body"))
            .await;
    }

    /// Opens every row.
    pub async fn open_rows(&self) {
        let closed = ".check-row__head[aria-expanded=false]";
        let click = format!("document.querySelectorAll('{closed}').forEach((h) => h.click())");
        self.browser.run(&click).await;
        self.browser
            .wait_until(&format!("!document.querySelector('{closed}')"))
            .await;
    }

    /// Goes to the other language by its switch.
    pub async fn switch_language(&self) {
        let before = self
            .browser
            .run("return document.documentElement.lang")
            .await;
        self.click("[data-testid=switch-language]").await;
        self.browser
            .wait_until(&format!("document.documentElement.lang !== {before}"))
            .await;
    }
}
