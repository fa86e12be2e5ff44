//! The style of what is drawn: it comes along, so that nobody else waits for it.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// The files, each in the layer of its kind.
const STYLE: &str = concat!(
    "@layer components{",
    include_str!("../../../../style/exhibits/tls-table.css"),
    include_str!("../../../../style/exhibits/chain.css"),
    include_str!("../../../../style/exhibits/dialogues.css"),
    "}@layer print{",
    include_str!("../../../../style/exhibits/print.css"),
    "}",
);

/// Gives the document the style, once.
pub fn adopt() {
    thread_local! {
        static DONE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    if !DONE.replace(true) {
        // Browsers without such sheets show everything, only plainer.
        let _ = constructed();
    }
}

/// The CSSOM: a page's policy lets no style in that stands in its text.
fn constructed() -> Result<(), JsValue> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name));
    let class: Function = get(&window(), "CSSStyleSheet")?.unchecked_into();
    let sheet = Reflect::construct(&class, &Array::new())?;
    let replace: Function = get(&sheet, "replaceSync")?.unchecked_into();
    replace.call1(&sheet, &JsValue::from_str(STYLE))?;
    let document = document();
    let name = JsValue::from_str("adoptedStyleSheets");
    // Nobody else gives the document any.
    Reflect::set(&document, &name, &Array::of1(&sheet))?;
    Ok(())
}
