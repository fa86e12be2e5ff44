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
        Code::Nothing => say!("There is nothing to read: the text is empty."),
        Code::NoneAmong(kind) => say!(
            "There is no {0} record among these; one begins with {1}.",
            Sentence::text(kind.name()),
            kind.beginning()
        ),
        Code::SeveralKeys(keys) => say!(
            "{0} key records stand here; which one a receiver takes is left to chance.",
            number(keys)
        ),
        Code::StringTooLong => say!(
            "A string holds no more than 255 octets. Divide it into several, each in quotation marks of its own."
        ),
        Code::StuckTerm => say!(
            "Strings are joined without a space, so {0} is part of the term before it. Put a space inside the quotation marks.",
            excerpt(text, span)
        ),
        Code::Edited(code) => edited(text, span, code),
    }
}

/// A remark about a place in a `text` that the page's editor takes.
pub(in crate::wording) fn edited(text: &str, span: Span, code: &EditedCode) -> Sentence {
    match code {
        EditedCode::NotARecord(kind) => say!(
            "This is no {0} record, which begins with {1}.",
            Sentence::text(kind.name()),
            kind.beginning()
        ),
        EditedCode::NearMiss { kind, near_miss } => say!(
            "Senders ignore this record: {0}.",
            version_tag::near_miss(*near_miss, kind.beginning())
        ),
        EditedCode::TooLong => say!("No DNS answer can hold a text this long."),
        EditedCode::Several(records) => say!(
            "{0} records stand here, and only one may: then none of them counts.",
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
    say!("Receivers ignore this record: {0}.", why)
}

/// How a text comes close to an SPF record, as a clause.
fn spf_near_miss(near_miss: NearMissKind) -> Sentence {
    match near_miss {
        NearMissKind::LeadingSpace => say!("a space stands in front"),
        NearMissKind::Quoted => say!("the quotation marks are part of it"),
        NearMissKind::NoSpaceAfterVersion => say!("a space must follow `v=spf1`"),
        NearMissKind::SenderId => say!("it is for Sender ID, which is obsolete and was never SPF"),
        NearMissKind::VersionMisspelled => say!("it must begin with `v=spf1` and a space"),
    }
}

/// The word of a level.
pub(in crate::wording) fn level(level: Level) -> &'static str {
    match level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// What it means that there is no remark.
pub(in crate::wording) fn no_remarks(kind: RecordKind) -> Sentence {
    let nothing = say!(
        "Nothing to remark in this {0} text.",
        Sentence::text(kind.name())
    );
    match kind {
        RecordKind::Spf => nothing.then(say!("What it looks up was not looked at.")),
        _ => nothing,
    }
}

/// A place in a text, counted from 1.
pub(in crate::wording) fn place(line: Option<usize>, column: usize) -> Sentence {
    let column = number(column);
    match line {
        None => say!("character {0}", column),
        Some(line) => say!("line {0}, character {1}", number(line), column),
    }
}

/// How text was read that was written as the strings of a zone file.
pub(in crate::wording) fn joined_strings() -> &'static str {
    "Read as the strings of a zone file, joined:"
}
