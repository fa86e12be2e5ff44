//! The letter in the arch of a small gate.

use leptos::prelude::*;
use postern_shared::report::Grade;
use postern_shared::wording::{Language, digits};

use crate::i18n::{percent_tenths, texts};

const OPENING: &str = "M22 178V86C22 55 51 39 80 22C109 39 138 55 138 86V178Z";
const ARCH: &str = "M13 178V84C13 48 47 30 80 11C113 30 147 48 147 84V178";
/// Constants of this file alone, so the markup cannot be anybody else's.
const LEAF: &str = concat!(
    r#"<path class="gate__wood" d="M22 178V86C22 55 51 39 80 22C109 39 138 55 138 86V178Z"/>"#,
    r#"<path class="gate__plank" d="M51 178V42M80 178V22M109 178V42"/>"#,
    r#"<circle class="gate__knob" cx="126" cy="156" r="3.5"/>"#
);

/// What the gate shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Face {
    /// The scan runs: rows that have settled, of so many.
    Waiting {
        /// Settled rows.
        settled: usize,
        /// All rows.
        total: usize,
    },
    /// The letter, and tenths of a percent.
    Graded {
        /// The letter.
        grade: Grade,
        /// The score.
        tenths: u32,
        /// Too little is known for the letter to be final: the gate promises nothing then.
        provisional: bool,
    },
    /// Nothing that counts could be looked at.
    Ungraded,
    /// A picture without a meaning.
    Picture,
}

/// The gate. It is shut where strangers are kept out, and the wider open the worse the letter.
#[component]
pub fn Gate(language: Language, face: Signal<Face>) -> impl IntoView {
    let state = move || state(face.get());
    view! {
        <svg class="gate" viewBox="0 0 160 192" role="img"
            aria-hidden=move || (face.get() == Face::Picture).then_some("true")
            aria-label=move || label(language, face.get())
            data-gate=state
            data-tone=move || final_grade(face.get()).map(tone)
            data-grade=move || face_grade(face.get()).map(Grade::as_str)>
            <clipPath id="gate-opening"><path d=OPENING /></clipPath>
            <path class="gate__opening" d=OPENING />
            <g class="gate__door" clip-path="url(#gate-opening)"><g class="gate__leaf" inner_html=LEAF></g></g>
            <path class="gate__track" d=ARCH />
            <path class="gate__fill" d=ARCH pathLength="100"
                stroke-dasharray=move || format!("{} 101", filled(face.get())) />
            <path class="gate__threshold" d="M0 179H160" />
            <text class="gate__letter" x="80" y="132">
                {move || face_grade(face.get()).map(Grade::as_str)}
                {move || is_provisional(face.get()).then_some("?")}
            </text>
            <text class="gate__count" x="80" y="122">{move || count(language, face.get()).0}</text>
            <text class="gate__of" x="80" y="146">{move || count(language, face.get()).1}</text>
        </svg>
    }
}

/// The color that a letter is shown in.
pub const fn tone(grade: Grade) -> &'static str {
    match grade {
        Grade::APlus | Grade::A | Grade::AMinus | Grade::BPlus | Grade::B | Grade::BMinus => "pass",
        Grade::CPlus | Grade::C | Grade::CMinus => "warn",
        Grade::DPlus | Grade::D | Grade::DMinus | Grade::F => "fail",
    }
}

const fn face_grade(face: Face) -> Option<Grade> {
    match face {
        Face::Graded { grade, .. } => Some(grade),
        Face::Waiting { .. } | Face::Ungraded | Face::Picture => None,
    }
}

const fn final_grade(face: Face) -> Option<Grade> {
    if is_provisional(face) {
        return None;
    }
    face_grade(face)
}

const fn is_provisional(face: Face) -> bool {
    matches!(
        face,
        Face::Graded {
            provisional: true,
            ..
        }
    )
}

/// How far the leaf stands open.
const fn state(face: Face) -> &'static str {
    match face {
        Face::Waiting { .. } | Face::Ungraded => "waiting",
        Face::Picture => "half",
        Face::Graded {
            provisional: true, ..
        } => "provisional",
        Face::Graded { grade, .. } => match grade {
            Grade::APlus | Grade::A | Grade::AMinus => "shut",
            Grade::BPlus | Grade::B | Grade::BMinus => "ajar",
            Grade::CPlus | Grade::C | Grade::CMinus => "half",
            Grade::DPlus | Grade::D | Grade::DMinus | Grade::F => "open",
        },
    }
}

/// How much of the arch is filled, in percent.
fn filled(face: Face) -> u32 {
    match face {
        Face::Waiting { settled, total } => {
            u32::try_from(settled * 100 / total.max(1)).unwrap_or(0)
        }
        Face::Graded { tenths, .. } => tenths / 10,
        Face::Ungraded | Face::Picture => 0,
    }
}

/// The numbers in the opening.
fn count(language: Language, face: Face) -> (Option<String>, Option<String>) {
    match face {
        Face::Waiting { settled, total } => (
            Some(digits(language, settled)),
            Some((texts(language).of)(total)),
        ),
        Face::Ungraded => (Some("–".to_owned()), None),
        Face::Graded { .. } | Face::Picture => (None, None),
    }
}

/// What the drawing says to those who listen.
fn label(language: Language, face: Face) -> Option<String> {
    let t = texts(language);
    match face {
        Face::Waiting { settled, total } => Some((t.scanning)(settled, total)),
        Face::Graded { grade, tenths, .. } => Some(format!(
            "{} {grade}, {} {}",
            t.grade,
            t.score,
            percent_tenths(language, tenths)
        )),
        Face::Ungraded => Some(format!("{} –", t.grade)),
        Face::Picture => None,
    }
}
