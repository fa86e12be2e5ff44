//! How the page looks: language, theme and size, and pictures of it.

use std::fmt;

use serde_json::{Value, json};

use super::Page;
use crate::place;

/// A window's width and height in CSS pixels.
pub type Size = (u32, u32);
/// A small laptop.
pub const DESKTOP: Size = (1280, 800);
/// A telephone.
pub const PHONE: Size = (390, 844);

/// One way in which the page can be looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Look {
    /// `en` or `fa`.
    pub language: &'static str,
    /// `light` or `dark`.
    pub theme: &'static str,
    /// The window.
    pub size: Size,
}

impl Look {
    /// Every way.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut looks = Vec::new();
        for size in [DESKTOP, PHONE] {
            for theme in ["light", "dark"] {
                for language in ["en", "fa"] {
                    looks.push(Self {
                        language,
                        theme,
                        size,
                    });
                }
            }
        }
        looks
    }

    /// Makes the page look so, by the page's own switches.
    pub async fn take(self, page: &Page) {
        self.set_size(page).await;
        let shown = |script: &'static str| async move {
            let value = page.browser.run(script).await;
            value.as_str().unwrap_or_default().to_owned()
        };
        if shown("return document.documentElement.lang").await != self.language {
            page.switch_language().await;
        }
        let theme = "return document.documentElement.dataset.theme ?? 'light'";
        if shown(theme).await != self.theme {
            page.click("[data-testid=switch-theme]").await;
            page.browser
                .wait_until(&format!(
                    "document.documentElement.dataset.theme === '{}'",
                    self.theme
                ))
                .await;
        }
        // A web font may still be on its way, and colors fade into each other.
        page.browser
            .wait_until(
                "document.fonts.status === 'loaded' \
                 && document.getAnimations().every((a) => a.playState !== 'running' \
                    || a.effect.getComputedTiming().iterations === Infinity)",
            )
            .await;
    }

    async fn set_size(self, page: &Page) {
        let (width, height) = self.size;
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": self.size == PHONE,
        });
        page.browser
            .command("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }
}

/// `1280-light-en`: as files are named.
impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.size.0, self.theme, self.language)
    }
}

/// Keeps pictures of the whole page in every look, as `STATE-LOOK.png` among the artefacts; and sees to it that the
/// page is never wider than its window.
pub async fn pictures(page: &Page, state: &str) {
    for look in Look::all() {
        look.take(page).await;
        let overflow =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let beyond = page.browser.run(overflow).await.as_i64();
        assert!(
            beyond.is_some_and(|beyond| beyond <= 0),
            "{state} {look}: {beyond:?} pixels wider than the window"
        );
        let picture = page
            .browser
            .command(
                "Page.captureScreenshot",
                json!({ "captureBeyondViewport": true }),
            )
            .await;
        let octets = picture["data"].as_str().map(decode).expect("a picture");
        std::fs::write(place::artefact(&format!("{state}-{look}.png")), octets).expect("kept");
    }
    Look::all()[0].take(page).await;
}

/// Base64 (RFC 4648 §4), as the browser sends pictures.
fn decode(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => Some(u32::from(c - b'A')),
        b'a'..=b'z' => Some(u32::from(c - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(c - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let sextets: Vec<u32> = text.bytes().filter_map(value).collect();
    let mut octets = Vec::with_capacity(text.len() * 3 / 4);
    for group in sextets.chunks(4) {
        let bits =
            group.iter().fold(0, |bits, sextet| bits << 6 | sextet) << (6 * (4 - group.len()));
        octets.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    octets
}

/// What a page would look like in print is a picture too.
pub async fn print(page: &Page, name: &str) {
    let printed = page
        .browser
        .command("Page.printToPDF", json!({ "printBackground": true }))
        .await;
    if let Value::String(data) = &printed["data"] {
        std::fs::write(place::artefact(name), decode(data)).expect("kept");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_rfc_4648() {
        for (text, octets) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(decode(text), octets.as_bytes(), "{text}");
        }
    }
}
