//! What is said about BIMI.

use super::numbers::number;
use crate::bimi::{Diagnostic, DiagnosticCode};
use crate::report::{BimiNeed, BimiReason};
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about BIMI has its status.
pub(super) fn reason(reason: &BimiReason) -> Sentence {
    match reason {
        BimiReason::Missing => {
            say!("دامنه لوگویی (BIMI) منتشر نکرده است. این هیچ ایرادی ندارد.")
        }
        BimiReason::Declined => say!("دامنه نمی‌خواهد لوگویی نمایش داده شود."),
        BimiReason::Ignored { text } => say!(
            "{0} قرار بود رکورد BIMI باشد، اما گیرنده‌ها آن را نمی‌خوانند: باید با `v=BIMI1;` آغاز شود.",
            text
        ),
        BimiReason::Several { count } => say!(
            "{0} رکورد BIMI هست؛ در این حال گیرنده‌ها هیچ‌کدام را به کار نمی‌برند.",
            number(count)
        ),
        BimiReason::Diagnostic {
            text,
            diagnostic: remark,
        } => diagnostic(text, remark),
        BimiReason::NeedsDmarc { need } => say!(
            "رکورد BIMI درست است، اما لوگویی نمایش داده نمی‌شود: {0}.",
            match need {
                BimiNeed::Enforcement =>
                    say!("DMARC باید برای همه‌ی سازمان `quarantine` یا `reject` بخواهد"),
                BimiNeed::Subdomains => say!("DMARC نباید زیردامنه‌ها را کنار بگذارد (`sp=none`)"),
                BimiNeed::NoTesting => say!("DMARC نباید در حالت آزمایشی باشد (`t=y`)"),
                BimiNeed::AllMail => say!("`quarantine` باید برای همه‌ی نامه‌ها باشد (`pct=100`)"),
            }
        ),
        BimiReason::Published { evidence: true } => {
            say!("رکورد BIMI درست است و لوگو را با گواهی آن نام می‌برد. ما هیچ‌یک را دریافت نکردیم.")
        }
        BimiReason::Published { evidence: false } => say!(
            "رکورد BIMI درست است و لوگو را نام می‌برد، اما گواهی ندارد: بعضی ارائه‌دهنده‌های بزرگ بدون گواهی لوگو را نمایش نمی‌دهند. ما لوگو را دریافت نکردیم."
        ),
        BimiReason::Inherited { name } => say!("این رکورد همان است که در {0} آمده.", name),
    }
}

/// A remark about a place in a BIMI record.
pub(in crate::wording) fn diagnostic(text: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(text, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::MissingLocation => say!("رکورد نمی‌گوید لوگو کجاست (`l`)."),
        DiagnosticCode::NotHttps => say!("{0} با `https://` آغاز نمی‌شود.", at),
        DiagnosticCode::InvalidUri => say!("{0} نشانی فایلی در وب نیست.", at),
        DiagnosticCode::NotSvg => {
            say!("{0} به تصویر برداری (`.svg`) نمی‌ماند.", at)
        }
        DiagnosticCode::OnlyEvidence => say!(
            "رکورد گواهی را نام می‌برد (`a`) اما لوگو را نه (`l`): همه‌ی گیرنده‌ها لوگو را از گواهی برنمی‌دارند."
        ),
        DiagnosticCode::InvalidValue if diagnostic.span.start == diagnostic.span.end => {
            say!("اینجا مقداری کم است؛ بعضی گیرنده‌ها همه‌ی رکورد را کنار می‌گذارند.")
        }
        DiagnosticCode::InvalidValue => say!(
            "{0} مقداری نیست که این برچسب بپذیرد؛ بعضی گیرنده‌ها همه‌ی رکورد را کنار می‌گذارند.",
            at
        ),
        DiagnosticCode::DuplicateTag => {
            say!("{0} برای بار دوم آمده است و همه‌ی رکورد را بی‌اثر می‌کند.", at)
        }
        DiagnosticCode::Declination => {
            say!("رکورد خودداری می‌کند: برای این دامنه نباید لوگویی نمایش داده شود.")
        }
        DiagnosticCode::NotATag => say!("میان دو نقطه‌ویرگول برچسبی نیست."),
        DiagnosticCode::UnknownTag => say!("{0} برچسبی است که BIMI نمی‌شناسد.", at),
    }
}
