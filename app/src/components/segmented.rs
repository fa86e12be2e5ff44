//! A choice between a few things, as radio buttons in a row.

use leptos::prelude::*;

/// One of them.
#[derive(Clone)]
pub struct Choice {
    /// What the browser and the tests know it by.
    pub value: &'static str,
    /// What the person reads.
    pub label: String,
    /// What it means, shown when pointed at.
    pub hint: Option<&'static str>,
}

/// The row.
#[component]
pub fn Segmented(
    /// The group's name in the document.
    name: &'static str,
    /// What is chosen here, for those who listen.
    label: &'static str,
    choices: Vec<Choice>,
    /// The value that is chosen.
    chosen: Signal<&'static str>,
    /// Called with the value that the person chose.
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let choices = choices.into_iter().map(|Choice { value, label, hint }| {
        let id = format!("{name}-{value}");
        view! {
            <span class="segmented__choice" title=hint>
                <input class="segmented__input" type="radio" id=id.clone() name=name value=value
                    prop:checked=move || chosen.get() == value
                    on:change=move |_| on_choose.run(value) />
                <label class="segmented__label" for=id>{label}</label>
            </span>
        }
    });
    view! {
        <span class="segmented" role="radiogroup" aria-label=label>{choices.collect_view()}</span>
    }
}
