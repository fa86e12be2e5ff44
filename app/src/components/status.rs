//! A status: glyph, word and color.

use leptos::prelude::*;
use postern_shared::report::Status;
use postern_shared::wording::{self, Language};

use super::icon::{self, icon};

/// `status` as it is shown in a row; `pending` when it may still change.
pub fn status_mark(language: Language, status: Status, pending: bool) -> impl IntoView {
    let word = if pending {
        wording::pending(language)
    } else {
        wording::status(language, status)
    };
    view! {
        <span class="status" data-status=status.as_str() data-pending=pending.then_some("true")>
            {icon("status__glyph", glyph(status, pending))}
            <span>{word}</span>
        </span>
    }
}

pub const fn glyph(status: Status, pending: bool) -> &'static str {
    match status {
        _ if pending => icon::PENDING,
        Status::Pass => icon::PASS,
        Status::Warn => icon::WARN,
        Status::Fail => icon::FAIL,
        Status::Unknown => icon::UNKNOWN,
        Status::Na => icon::NA,
    }
}
