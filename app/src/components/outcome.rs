//! What a change comes to: the letter before and after, and which rows change.

use leptos::prelude::*;
use postern_shared::checks::CheckId;
use postern_shared::gather::Gather;
use postern_shared::report::{Finding, Grade, Report};
use postern_shared::what_if::{Trial, changed};
use postern_shared::wording::{self, Language};

use super::pieces::{arrow, div, h2, li, p, section, span, text, ul};
use super::status::status_mark;
use super::{tone, words};
use crate::i18n::{percent_tenths, texts};

/// Rows that are shown.
const MAX_ROWS: usize = 12;

/// The letters and the rows; `edited` when anything was changed at all.
pub fn outcome(language: Language, was: &Report, trial: &Trial, edited: bool) -> AnyView {
    let t = texts(language);
    let mut shown = vec![
        h2("try__heading", [text(t.outcome)]),
        div(
            "outcome__grades",
            [
                side(language, t.as_is, was),
                arrow(),
                side(language, t.changed, &trial.report),
            ],
        ),
    ];
    let ids = changed(was, &trial.report);
    let asking = !trial.wants.is_empty();
    if asking {
        shown.push(p("outcome__word outcome__word--asking", [text(t.asking)]));
    }
    let said = match (edited, ids.is_empty()) {
        (false, _) => Some(t.try_unchanged),
        (true, _) if trial.left_out => Some(t.try_left_out),
        (true, true) => Some(t.try_nothing).filter(|_| !asking),
        (true, false) => None,
    };
    if let Some(said) = said {
        shown.push(p("outcome__word", [text(said)]));
    }
    let rows: Vec<AnyView> = ids
        .into_iter()
        .take(MAX_ROWS)
        .filter_map(|id| row(language, id, was.finding(id)?, trial.report.finding(id)?))
        .gather();
    shown.push(ul("outcome__rows", rows));
    section("outcome", shown)
}

/// The letters, for those who listen.
pub fn spoken(language: Language, was: &Report, trial: &Trial) -> String {
    let t = texts(language);
    let side = |label: &str, report: &Report| {
        let score = percent_tenths(language, report.score.tenths());
        format!(
            "{label}: {} {}{} {} {score}. ",
            t.grade,
            letter(report),
            t.comma,
            t.score
        )
    };
    side(t.as_is, was) + &side(t.changed, &trial.report)
}

/// The letter, in doubt where the report is.
fn letter(report: &Report) -> String {
    let letter = report.grade.map_or("–", Grade::as_str);
    let doubt = report.grade.is_some() && report.provisional;
    format!("{letter}{}", if doubt { "?" } else { "" })
}

fn side(language: Language, label: &'static str, report: &Report) -> AnyView {
    let class = match report.grade.map(tone) {
        Some("pass") => "outcome__grade outcome__grade--pass",
        Some("warn") => "outcome__grade outcome__grade--warn",
        Some(_) => "outcome__grade outcome__grade--fail",
        None => "outcome__grade",
    };
    let score = percent_tenths(language, report.score.tenths());
    p(
        "outcome__side",
        [
            span("outcome__label", [text(label)]),
            span(class, [text(letter(report))]),
            span("number", [text(score)]),
        ],
    )
}

fn row(language: Language, id: CheckId, was: &Finding, is: &Finding) -> Option<AnyView> {
    let pending = is.is_pending();
    let mut marks = vec![span(
        "outcome__name",
        [text(wording::check(language, id).name)],
    )];
    if was.status != is.status {
        marks.push(status_mark(language, was.status, false).into_any());
        marks.push(arrow());
    }
    marks.push(status_mark(language, is.status, pending).into_any());
    let mut row = vec![p("outcome__marks", marks)];
    if !pending {
        let reason = words(wording::reason(language, is.reasons.first()?));
        row.push(p("outcome__word", [reason]));
    }
    Some(li("outcome__row", row))
}
