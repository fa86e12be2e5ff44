//! A sentence on the page.

use leptos::prelude::*;
use postern_shared::wording::{Part, Sentence};

/// Prose as it is; everything else isolated, from left to right.
pub fn words(sentence: Sentence) -> AnyView {
    sentence.0.into_iter().map(part).collect_view().into_any()
}

fn part(part: Part) -> AnyView {
    match part {
        Part::Text(text) => text.into_any(),
        Part::Code(code) => view! { <bdi dir="ltr"><code>{code}</code></bdi> }.into_any(),
    }
}
