//! The places of what is drawn of the evidence by a module of its own.

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::wording::Language;

use crate::lazy::{self, Exhibit};
use crate::state::App;

/// What is drawn in the open row of a check.
pub const fn exhibit_of(id: CheckId) -> Option<Exhibit> {
    Some(match id {
        CheckId::TlsVersions => Exhibit::Versions,
        CheckId::Ciphers => Exhibit::Suites,
        CheckId::Certificate => Exhibit::Chain,
        _ => return None,
    })
}

/// Draws it of the evidence as it is now; nothing until what draws it is here. Reactive to that alone.
pub fn exhibit(app: App, language: Language, exhibit: Exhibit) -> Option<AnyView> {
    if !app.exhibits.get() {
        app.need_exhibits();
    }
    let seen = app.scan.evidence.read_untracked();
    (lazy::exhibits()?.draw)(language, exhibit, seen.as_ref()?)
}
