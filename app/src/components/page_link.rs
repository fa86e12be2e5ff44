//! A link to another part of the page.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::model::query::View;
use crate::state::use_app;

/// The link; it can be opened in a tab of its own too.
#[component]
pub fn PageLink(view: View, class: &'static str, name: &'static str) -> impl IntoView {
    let app = use_app();
    view! {
        <a class=class href=move || app.link(view)
            aria-current=move || (app.view.get() == view).then_some("page")
            on:click=move |event| instead(&event, || app.go(view))>
            {name}
        </a>
    }
}

/// Does `act` instead of following the link, unless another tab is asked for.
pub fn instead(event: &MouseEvent, act: impl FnOnce()) {
    if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
        event.prevent_default();
        act();
    }
}
