//! What a record's own text shows to be wrong in it, without asking anybody.
//!
//! [`lint`] reads a text as the standard of its kind does and gives every remark with its place; `wording`
//! makes sentences of them.

mod dkim;
mod dmarc;
mod kind;
mod mta_sts;
mod spf;
mod tls_rpt;
mod tlsa;

pub use kind::RecordKind;

use serde::Serialize;

use crate::diagnostic::Level;
use crate::sorting::sorted;
use crate::span::Span;
use crate::version_tag::NearMiss;
use crate::{
    dane, dkim as dkim_record, dmarc as dmarc_record, mta_sts as mta_sts_record, spf as spf_record,
    tls_rpt as tls_rpt_record,
};

/// Remarks of one text; what is behind them would be read by nobody.
const MAX_REMARKS: usize = 500;

/// Reads `text` as a record of this kind; a TXT record's strings are joined already.
#[must_use]
pub fn lint(kind: RecordKind, text: &str) -> Lint {
    let found = match kind {
        RecordKind::Spf => spf::remarks(text),
        RecordKind::Dmarc => dmarc::remarks(text),
        RecordKind::Dkim => dkim::remarks(text),
        RecordKind::MtaSts => mta_sts::record_remarks(text),
        RecordKind::MtaStsPolicy => mta_sts::policy_remarks(text),
        RecordKind::TlsRpt => tls_rpt::remarks(text),
        RecordKind::Tlsa => tlsa::remarks(text),
    };
    // A stranger decides how many there are.
    let places = found.iter().enumerate();
    let order = sorted(places.map(|(index, remark)| (remark.span, index)).collect());
    Lint {
        has_errors: found.iter().any(|remark| remark.level == Level::Error),
        remarks: order
            .into_iter()
            .take(MAX_REMARKS)
            .filter_map(|(_, index)| found.get(index).cloned())
            .collect(),
    }
}

/// What is to say about a text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Lint {
    /// The remarks in the order of the text, at most 500.
    pub remarks: Vec<Remark>,
    /// Whether the record as a whole does not do what was meant.
    pub has_errors: bool,
}

/// One remark about one place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Remark {
    /// The place; empty, at the end of the text, for what is missing.
    pub span: Span,
    /// How much it matters.
    pub level: Level,
    /// The remark, in the standard's own list.
    pub code: Code,
}

/// The remarks there are.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The text is no record of this kind, and was hardly meant as one.
    NotARecord(RecordKind),
    /// An SPF record that gives every sender `permerror`.
    Spf(spf_record::Cause),
    /// Something allowed and unwise in an SPF record.
    SpfNote(spf_record::NoteCode),
    /// Meant as an SPF record, and ignored by every receiver.
    SpfNearMiss(spf_record::NearMissKind),
    /// A place in a DMARC record.
    Dmarc(dmarc_record::DiagnosticCode),
    /// Meant as a DMARC record, and ignored by every receiver.
    DmarcNearMiss(dmarc_record::NearMiss),
    /// A place in a DKIM key record.
    Dkim(dkim_record::DiagnosticCode),
    /// A place in an MTA-STS record.
    MtaSts(mta_sts_record::DiagnosticCode),
    /// A place in an MTA-STS policy.
    MtaStsPolicy(mta_sts_record::PolicyDiagnosticCode),
    /// A place in a TLS-RPT record.
    TlsRpt(tls_rpt_record::DiagnosticCode),
    /// A place in a TLSA record.
    Tlsa(dane::DiagnosticCode),
    /// Meant as a record of this kind, and ignored by every sender.
    NearMiss {
        /// An MTA-STS or a TLS-RPT record.
        kind: RecordKind,
        /// How it comes close.
        near_miss: NearMiss,
    },
}

/// The whole of a text.
fn whole(text: &str) -> Span {
    Span::new(0, text.chars().count())
}

/// A remark of a standard's own list.
const fn remark(span: Span, level: Level, code: Code) -> Remark {
    Remark { span, level, code }
}

/// A remark that makes the record as a whole useless.
const fn error(span: Span, code: Code) -> Remark {
    remark(span, Level::Error, code)
}

/// No record, or nearly one that begins with its version.
fn none(kind: RecordKind, text: &str, near_miss: Option<NearMiss>) -> Vec<Remark> {
    let code = near_miss.map_or(Code::NotARecord(kind), |near_miss| Code::NearMiss {
        kind,
        near_miss,
    });
    vec![error(whole(text), code)]
}

#[cfg(test)]
mod tests;
