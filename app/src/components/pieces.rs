//! Elements of one shape each. Every combination of an element, its attributes and its children would be code of its
//! own, and a first visit waits for every octet of it: what is made of many small pieces is made of these.

use leptos::html;
use leptos::prelude::*;
use postern_shared::text::visible;

use super::icon::{self, icon};

/// Makes a function of each element: a class, and what stands in it.
macro_rules! pieces {
    ($($name:ident)+) => { $(
        pub fn $name(class: &'static str, children: impl Into<Vec<AnyView>>) -> AnyView {
            fn of(class: &'static str, children: Vec<AnyView>) -> AnyView {
                html::$name().class(class).child(children).into_any()
            }
            of(class, children.into())
        }
    )+ };
}

pieces!(div h2 li ol p section span ul);

/// Prose.
pub fn text(text: impl Into<String>) -> AnyView {
    text.into().into_any()
}

/// A stranger's text: made visible, isolated, from left to right.
pub fn code(text: &str) -> AnyView {
    let text = visible(text).into_owned();
    view! { <bdi dir="ltr"><code>{text}</code></bdi> }.into_any()
}

/// A drawing in the size of a line, in the color of a status.
pub fn glyph(status: &'static str, shape: &'static str) -> AnyView {
    view! { <span class="status" data-status=status>{icon("status__glyph", shape)}</span> }
        .into_any()
}

/// Points along the reading direction: from what is to what would be.
pub fn arrow() -> AnyView {
    icon("arrow", icon::CHEVRON).into_any()
}
