//! The small drawings: lines on a field of 20 by 20, in the color of the text around them.

use leptos::prelude::*;

/// One drawing; it says nothing to those who listen, for a word stands beside it.
pub fn icon(class: &'static str, shape: &'static str) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor"
            stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" inner_html=shape></svg>
    }
}

/// Half light, half dark.
pub const THEME: &str =
    r#"<circle cx="10" cy="10" r="7"/><path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"/>"#;
/// Points downwards: more is below.
pub const CHEVRON: &str = r#"<path d="M4 7.5l6 6 6-6"/>"#;
/// A bin.
pub const DELETE: &str =
    r#"<path d="M3.5 5.5h13M8 5.5v-2h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 9v4.5M11.5 9v4.5"/>"#;
/// A notice.
pub const NOTICE: &str = r#"<circle cx="10" cy="10" r="8"/><path d="M10 9v5M10 6v.2"/>"#;
/// Two sheets.
pub const COPY: &str = r#"<rect x="7" y="7" width="9.5" height="9.5" rx="1.5"/><path d="M13 7V5A1.5 1.5 0 0 0 11.5 3.5H5A1.5 1.5 0 0 0 3.5 5v6.5A1.5 1.5 0 0 0 5 13h2"/>"#;

/// Each status has an outline and a sign of its own.
pub const PASS: &str = r#"<circle cx="10" cy="10" r="8.5"/><path d="M6 10.3l2.8 2.8 5.4-6.2"/>"#;
pub const WARN: &str = r#"<path d="M10 2l8.6 15.4H1.4z"/><path d="M10 8v4.4M10 14.7v.1"/>"#;
pub const FAIL: &str = r#"<path d="M6.2 1.5h7.6l4.7 4.7v7.6l-4.7 4.7H6.2l-4.7-4.7V6.2z"/><path d="M7 7l6 6M13 7l-6 6"/>"#;
pub const UNKNOWN: &str = r#"<circle cx="10" cy="10" r="8.5" stroke-dasharray="2.7 2.64"/><path d="M7.7 7.9a2.4 2.4 0 1 1 3.4 2.2c-.8.4-1.1.8-1.1 1.5M10 14.2v.1"/>"#;
pub const NA: &str = r#"<circle cx="10" cy="10" r="8.5"/><path d="M6.5 10h7"/>"#;
/// Not settled yet.
pub const PENDING: &str = r#"<circle cx="10" cy="10" r="8.5" stroke-dasharray="0.1 3.24"/>"#;
