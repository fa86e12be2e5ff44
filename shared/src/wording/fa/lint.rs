//! Remarks about the text of a record.

use super::cause::{cause, problem, unwise};
use super::diagnostic::{diagnostic, near_miss};
use super::numbers::number;
use super::{bimi, dane, dkim, mta_sts, mx, tls_rpt, version_tag};
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::{Code, EditedCode, RecordKind};
use crate::span::Span;
use crate::spf::NearMissKind;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// A remark about a place in `text`.
pub(in crate::wording) fn remark(text: &str, span: Span, code: &Code) -> Sentence {
    match code {
        Code::Dkim(code) => dkim::diagnostic(text, &Diagnostic { span, code: *code }),
        Code::TlsRpt(code) => tls_rpt::diagnostic(text, &Diagnostic { span, code: *code }),
        Code::Tlsa(code) => dane::diagnostic(text, &Diagnostic { span, code: *code }),
        Code::Bimi(code) => bimi::diagnostic(text, &Diagnostic { span, code: *code }),
        Code::Nothing => say!("چیزی برای خواندن نیست: متن خالی است."),
        Code::NoneAmong(kind) => say!(
            "در میان این‌ها رکورد {0} نیست؛ چنین رکوردی با {1} آغاز می‌شود.",
            Sentence::text(kind.name()),
            kind.beginning()
        ),
        Code::SeveralKeys(keys) => say!(
            "اینجا {0} رکورد کلید آمده؛ اینکه گیرنده کدام را بردارد به بخت بسته است.",
            number(keys)
        ),
        Code::StringTooLong => say!(
            "هر رشته بیش از ۲۵۵ بایت جا ندارد. آن را به چند رشته بشکنید، هر یک در علامت نقل قول خود."
        ),
        Code::StuckTerm => say!(
            "رشته‌ها بی‌فاصله به هم می‌چسبند، پس {0} بخشی از عبارت پیش از خود شده است. درون علامت نقل قول یک فاصله بگذارید.",
            excerpt(text, span)
        ),
        Code::Edited(code) => edited(text, span, code),
    }
}

/// A remark about a place in a `text` that the page's editor takes.
pub(in crate::wording) fn edited(text: &str, span: Span, code: &EditedCode) -> Sentence {
    match code {
        EditedCode::NotARecord(kind) => say!(
            "این رکورد {0} نیست؛ چنین رکوردی با {1} آغاز می‌شود.",
            Sentence::text(kind.name()),
            kind.beginning()
        ),
        EditedCode::NearMiss { kind, near_miss } => say!(
            "فرستنده‌ها این رکورد را نادیده می‌گیرند: {0}.",
            version_tag::near_miss(*near_miss, kind.beginning())
        ),
        EditedCode::TooLong => say!("هیچ پاسخ DNS چنین متن بلندی را در خود جا نمی‌دهد."),
        EditedCode::Several(records) => say!(
            "اینجا {0} رکورد آمده و تنها یکی مجاز است، پس هیچ‌کدام به شمار نمی‌آید.",
            number(records)
        ),
        EditedCode::Spf(wrong) => cause("", wrong).closed(),
        EditedCode::SpfBelow(wrong) => problem(wrong).closed(),
        EditedCode::SpfNote(code) => unwise(code).closed(),
        EditedCode::SpfNearMiss(kind) => ignored(spf_near_miss(*kind)),
        EditedCode::Dmarc(code) => diagnostic(text, &Diagnostic { span, code: *code }),
        EditedCode::DmarcNearMiss(kind) => ignored(near_miss(*kind)),
        EditedCode::MtaSts(code) => mta_sts::diagnostic(text, &Diagnostic { span, code: *code }),
        EditedCode::MtaStsPolicy(code) => {
            mta_sts::policy_remark(&excerpt(text, span), *code).closed()
        }
        EditedCode::Mx(code) => mx::diagnostic(text, &Diagnostic { span, code: *code }),
    }
}

fn ignored(why: Sentence) -> Sentence {
    say!("گیرنده‌ها این رکورد را نادیده می‌گیرند: {0}.", why)
}

/// How a text comes close to an SPF record, as a clause.
fn spf_near_miss(near_miss: NearMissKind) -> Sentence {
    match near_miss {
        NearMissKind::LeadingSpace => say!("پیش از آن فاصله آمده است"),
        NearMissKind::Quoted => say!("علامت‌های نقل قول بخشی از خود متن شده‌اند"),
        NearMissKind::NoSpaceAfterVersion => say!("پس از `v=spf1` باید فاصله بیاید"),
        NearMissKind::SenderId => {
            say!("برای `Sender ID` نوشته شده که منسوخ است و هرگز SPF نبوده است")
        }
        NearMissKind::VersionMisspelled => say!("باید با `v=spf1` و یک فاصله آغاز شود"),
    }
}

/// The word of a level.
pub(in crate::wording) fn level(level: Level) -> &'static str {
    match level {
        Level::Note => "یادداشت",
        Level::Warning => "هشدار",
        Level::Error => "خطا",
    }
}

/// What it means that there is no remark.
pub(in crate::wording) fn no_remarks(kind: RecordKind) -> Sentence {
    let nothing = say!(
        "در این متن {0} نکته‌ای برای گفتن نیست.",
        Sentence::text(kind.name())
    );
    match kind {
        RecordKind::Spf => nothing.then(say!("آنچه باید از DNS پرسیده شود بررسی نشده است.")),
        _ => nothing,
    }
}

/// A place in a text, counted from 1.
pub(in crate::wording) fn place(line: Option<usize>, column: usize) -> Sentence {
    let column = number(column);
    match line {
        None => say!("نویسه‌ی {0}", column),
        Some(line) => say!("سطر {0}، نویسه‌ی {1}", number(line), column),
    }
}

/// How text was read that was written as the strings of a zone file.
pub(in crate::wording) fn joined_strings() -> &'static str {
    "به شکل رشته‌های فایل زون خوانده و به هم چسبانده شد:"
}
