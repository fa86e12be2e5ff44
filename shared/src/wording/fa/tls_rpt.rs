//! What is said about TLS-RPT.

use super::numbers::{list, number};
use super::version_tag::{field, near_miss};
use crate::report::TlsRptReason;
use crate::tls_rpt::{Diagnostic, DiagnosticCode};
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about TLS-RPT has its status.
pub(super) fn reason(reason: &TlsRptReason) -> Sentence {
    match reason {
        TlsRptReason::Absent => say!(
            "وقتی ایمیل شما را نشود رمزنگاری کرد کسی به شما خبر نمی‌دهد: رکورد TLS-RPT وجود ندارد."
        ),
        TlsRptReason::Blind => say!(
            "دامنه‌ی شما بر رمزنگاری پافشاری می‌کند، اما رکورد TLS-RPT ندارد: خبردار نمی‌شوید که چه ایمیلی به این سبب برمی‌گردد."
        ),
        TlsRptReason::Several { count } => say!(
            "{0} رکورد TLS-RPT وجود دارد، پس هیچ‌کدام به شمار نمی‌آید.",
            number(count)
        ),
        TlsRptReason::Ignored {
            text,
            near_miss: miss,
        } => say!(
            "{0} قرار بوده رکورد TLS-RPT باشد، اما فرستنده‌ها نادیده‌اش می‌گیرند: {1}.",
            text,
            near_miss(*miss, "v=TLSRPTv1;")
        ),
        TlsRptReason::Record {
            text,
            diagnostic: remark,
        } => diagnostic(text, remark),
        TlsRptReason::Valid { destinations } => {
            say!("فرستنده‌ها به {0} گزارش می‌دهند.", list(destinations))
        }
    }
}

/// A remark about a record, with the text that it is about.
pub(in crate::wording) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(record, diagnostic.span));
    let empty = diagnostic.span.start == diagnostic.span.end;
    match diagnostic.code {
        DiagnosticCode::MissingRua => {
            say!("رکورد TLS-RPT بدون `rua` است، پس گزارشی نمی‌رسد.")
        }
        DiagnosticCode::NoDestination if empty => say!("برچسب `rua` خالی است، پس گزارشی نمی‌رسد."),
        DiagnosticCode::InvalidUri if empty => say!("اینجا یک آدرس کم است."),
        DiagnosticCode::NoDestination => say!(
            "به {0} نمی‌شود گزارش فرستاد: `rua` آدرسی ندارد که فرستنده‌ها بشناسند.",
            at
        ),
        DiagnosticCode::DuplicateRua => say!(
            "{0} دومین `rua` است و استاندارد نمی‌گوید کدام به شمار می‌آید: همه‌ی آدرس‌ها را با ویرگول در یکی بنویسید.",
            at
        ),
        DiagnosticCode::InvalidUri => say!("{0} آدرسی نیست که بتوان به آن گزارش فرستاد.", at),
        DiagnosticCode::MissingMailto => say!(
            "پیش از {0} باید `mailto:` بیاید؛ بدون آن گزارشی نمی‌رسد.",
            at
        ),
        DiagnosticCode::UnsupportedScheme => say!(
            "{0} نه آدرسی با `mailto:` است و نه با `https:`؛ فرستنده‌ها از آن می‌گذرند.",
            at
        ),
        DiagnosticCode::UnescapedMark => {
            say!("{0} علامت تعجب دارد، که باید `%21` نوشته شود.", at)
        }
        DiagnosticCode::Field(fault) => field(fault, at),
    }
}
