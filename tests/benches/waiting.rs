//! How long a person waits, on the lab: from Enter to the first settled row on the screen, and to the finished
//! report; and what one assessment costs. It prints numbers, and fails nobody.

// A benchmark fails as a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::hint::black_box;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use fantoccini::key::Key;
use postern_shared::evidence::Evidence;
use postern_shared::report::{ProfileName, assess};
use postern_tests::browser::{Browser, FINISHED, Page, in_browser};
use postern_tests::lab::Lab;
use postern_tests::server::ProbeServer;
use postern_tests::{place, postern};

const RUNS: usize = 5;
const DOMAIN: &str = "yazd.test";

/// Notes, by the page's own clock, when Enter was pressed, and the first frame that shows the first settled row and
/// the finished report.
const STOPWATCH: &str = r#"
    const times = (window.__times = {});
    const note = (name) => { if (!(name in times)) requestAnimationFrame((now) => { times[name] ??= now; }); };
    document.addEventListener("keydown", (event) => {
        if (event.key === "Enter") times.enter ??= performance.now();
    }, true);
    new MutationObserver(() => {
        if (document.querySelector("[data-check]:not([data-pending])")) note("first");
        if ((FINISHED)()) note("finished");
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
"#;

fn main() {
    println!("\nload average: {}", place::load());
    let Some(lab) = Lab::here() else { return };
    for spacing_ms in [0, 1000] {
        let lab = Lab {
            spacing_ms,
            ..lab.clone()
        };
        println!(
            "\n{DOMAIN}, {spacing_ms} ms between connections, median (least, most) of {RUNS}, ms"
        );
        waiting(&lab);
    }
    assessing(&lab);
    println!("\nload average: {}", place::load());
}

/// From Enter to the report, in a browser.
fn waiting(lab: &Lab) {
    let Some(page) = place::page() else { return };
    let server = ProbeServer::start(lab, &["--page-dir", &page.display().to_string()]);
    let base = server.url("");
    let measured = Arc::new(Mutex::new(Vec::new()));
    let results = Arc::clone(&measured);
    in_browser("bench", async move |browser| {
        for _ in 0..RUNS {
            let times = once(browser.clone(), &base).await;
            results.lock().expect("one writer").push(times);
        }
    });
    let measured = measured.lock().expect("no writer left");
    for (name, column) in [("first row on the screen", 0), ("finished report", 1)] {
        let mut column: Vec<f64> = measured
            .iter()
            .map(|times: &[f64; 2]| times[column])
            .collect();
        column.sort_by(f64::total_cmp);
        if let (Some(least), Some(most)) = (column.first(), column.last()) {
            let median = column[column.len() / 2];
            println!("  {name:<24} {median:>8.0}   ({least:.0}, {most:.0})");
        }
    }
}

/// Milliseconds from Enter to the first row and to the report.
async fn once(browser: Browser, base: &str) -> [f64; 2] {
    let page = Page::open(browser, base, &[("resolver", "probe"), ("language", "en")]).await;
    page.browser
        .run(&STOPWATCH.replace("FINISHED", FINISHED))
        .await;
    let field = page.find("input[name=domain]").await;
    field.send_keys(DOMAIN).await.expect("keys");
    page.press(Key::Enter).await;
    page.browser.wait_until("window.__times.finished").await;
    let script = "const t = window.__times; return [t.first - t.enter, t.finished - t.enter]";
    let times = page.browser.run(script).await;
    [0, 1].map(|index| times[index].as_f64().expect("a number"))
}

/// One assessment of a whole scan, natively.
fn assessing(lab: &Lab) {
    const ROUNDS: usize = 500;
    for domain in ["yazd.test", "quera.test"] {
        let text = std::fs::read_to_string(postern::evidence(lab, domain)).expect("evidence");
        let evidence = Evidence::from_json(&text).expect("evidence that loads");
        let profile = ProfileName::Standards.profile();
        let mut times: Vec<_> = (0..ROUNDS)
            .map(|_| {
                let began = Instant::now();
                black_box(assess(black_box(&evidence), profile));
                began.elapsed()
            })
            .collect();
        times.sort();
        let observations = evidence.observations().count();
        let median = times[ROUNDS / 2].as_micros();
        println!(
            "\nassess() of {domain}, {observations} observations: median {median} µs of {ROUNDS}"
        );
    }
}
