//! A person with a real browser, in both languages.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod accessible;
mod bad_input;
mod exhibits;
mod fits;
mod history;
mod keyboard;
mod persian;
mod pictures;
mod probe;
mod scan;
mod settings;
mod static_page;
mod what_if;

use postern_tests::browser::{Browser, Page};
use postern_tests::lab::Lab;
use postern_tests::place;
use postern_tests::server::ProbeServer;

/// The probe server's own resolver: the browser of a test knows no other.
const OWN_RESOLVER: (&str, &str) = ("resolver", "probe");

/// Lab and page, when both are there.
struct Scene {
    lab: Lab,
    page: String,
}

impl Scene {
    /// The scene; nothing, after saying so loudly, when something of it is missing.
    fn here() -> Option<Self> {
        let lab = Lab::here()?;
        let page = place::page()?.display().to_string();
        Some(Self { lab, page })
    }

    /// A server of the page, as `more` options have it.
    fn server(&self, more: &[&str]) -> ProbeServer {
        let mut options = vec!["--page-dir", &self.page];
        options.extend(more);
        ProbeServer::start(&self.lab, &options)
    }
}

/// The page of a server, in English, with the server's own resolver chosen.
async fn open(browser: Browser, base: &str) -> Page {
    Page::open(browser, base, &[OWN_RESOLVER, ("language", "en")]).await
}
