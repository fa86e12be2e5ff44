//! One check's row: closed a sentence, open its meaning, its proof and its mend.

mod body;
mod hosts;
mod proof;
mod remedy;

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::report::{Finding, Status};
use postern_shared::wording::{self, Language};

use self::body::Body;
use super::icon::{self, icon};
use super::open_rows::OpenRows;
use super::status::status_mark;
use super::words;
use crate::i18n::texts;
use crate::state::use_app;

/// The id of the button that opens a row, for links that lead to it.
pub fn head_id(id: CheckId) -> String {
    format!("check-{id}")
}

/// The row.
#[component]
pub fn CheckRow(language: Language, id: CheckId) -> impl IntoView {
    let app = use_app();
    let rows = OpenRows::get();
    let finding = Memo::new(move |_| {
        app.scan.report.with(|report| {
            report
                .as_ref()
                .and_then(|report| report.finding(id).cloned())
        })
    });
    // A scan that was stopped awaits nothing: its open ends are rows that nobody looked at.
    let awaited = Memo::new(move |_| {
        app.scan.phase.get().is_running()
            && finding.with(|finding| finding.as_ref().is_none_or(Finding::is_pending))
    });
    let status = Memo::new(move |_| {
        finding.with(|finding| {
            finding
                .as_ref()
                .map_or(Status::Unknown, |finding| finding.status)
        })
    });
    // A profile may leave a check out.
    let left_out =
        Memo::new(move |_| finding.with(Option::is_none) && app.scan.report.with(Option::is_some));
    let open = Memo::new(move |_| rows.shows(id));
    let text = wording::check(language, id);
    let body_id = format!("{}-body", head_id(id));
    view! {
        <li class="check-row" data-check=id.as_str() hidden=move || left_out.get()
            data-status=move || status.get().as_str()
            data-pending=move || awaited.get().then_some("true")>
            <h3>
                <button class="check-row__head" type="button" id=head_id(id) aria-controls=body_id.clone()
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| rows.toggle(id)>
                    {move || status_mark(language, status.get(), awaited.get())}
                    <span class="check-row__words">
                        <span class="check-row__question">
                            {text.question} <span class="check-row__name"><bdi>{text.name}</bdi></span>
                        </span>
                        <span class="check-row__finding">
                            {move || (!awaited.get()).then(|| {
                                finding.with(|finding| first_reason(language, finding.as_ref()?))
                            })}
                        </span>
                    </span>
                    <span class="check-row__hosts">
                        {move || finding.with(|finding| hosts(language, finding.as_ref()))}
                    </span>
                    {icon("check-row__chevron", icon::CHEVRON)}
                </button>
            </h3>
            <div id=body_id>
                {move || open.get().then(|| view! { <Body language id finding /> })}
            </div>
        </li>
    }
}

/// The weightiest reason. Of a row that is awaited the mark says enough.
fn first_reason(language: Language, finding: &Finding) -> Option<AnyView> {
    let reason = finding.reasons.first()?;
    Some(words(wording::reason(language, reason)))
}

/// Which hosts: by name when it is one.
fn hosts(language: Language, finding: Option<&Finding>) -> Option<AnyView> {
    let mut exchanges: Vec<&str> = Vec::new();
    for host in &finding?.hosts {
        let name = host.exchange.as_str();
        if !exchanges.contains(&name) {
            exchanges.push(name);
        }
    }
    match exchanges.as_slice() {
        [] => None,
        [name] => {
            let name = (*name).to_owned();
            Some(view! { <bdi dir="ltr">{name}</bdi> }.into_any())
        }
        several => Some((texts(language).hosts)(several.len()).into_any()),
    }
}
