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
        TlsRptReason::Absent => {
            say!(
                "Nobody tells you when mail to you cannot be encrypted: there is no TLS-RPT record."
            )
        }
        TlsRptReason::Blind => say!(
            "Your domain insists on encryption, but there is no TLS-RPT record: you do not learn what mail that turns away."
        ),
        TlsRptReason::Several { count } => {
            say!(
                "There are {0} TLS-RPT records, so none counts.",
                number(count)
            )
        }
        TlsRptReason::Ignored {
            text,
            near_miss: miss,
        } => say!(
            "{0} was meant as a TLS-RPT record, but senders ignore it: {1}.",
            text,
            near_miss(*miss, "v=TLSRPTv1;")
        ),
        TlsRptReason::Record {
            text,
            diagnostic: remark,
        } => diagnostic(text, remark),
        TlsRptReason::Valid { destinations } => {
            say!("Senders report to {0}.", list(destinations))
        }
    }
}

/// A remark about a record, with the text that it is about.
pub(in crate::wording) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(record, diagnostic.span));
    let empty = diagnostic.span.start == diagnostic.span.end;
    match diagnostic.code {
        DiagnosticCode::MissingRua => {
            say!("The TLS-RPT record has no `rua`, so no reports come.")
        }
        DiagnosticCode::NoDestination if empty => say!("`rua` is empty, so no reports come."),
        DiagnosticCode::InvalidUri if empty => say!("An address is missing here."),
        DiagnosticCode::NoDestination => {
            say!(
                "No report can be sent to {0}: `rua` names no address that senders know.",
                at
            )
        }
        DiagnosticCode::DuplicateRua => say!(
            "{0} is a second `rua`, and the standard does not say which counts: put all addresses into one, with commas between.",
            at
        ),
        DiagnosticCode::InvalidUri => say!("{0} is no address that reports can be sent to.", at),
        DiagnosticCode::MissingMailto => {
            say!("{0} lacks `mailto:` in front, so no reports come.", at)
        }
        DiagnosticCode::UnsupportedScheme => {
            say!(
                "{0} is neither a `mailto:` nor an `https:` address; senders skip it.",
                at
            )
        }
        DiagnosticCode::UnescapedMark => {
            say!(
                "{0} holds an exclamation mark, which must be written `%21`.",
                at
            )
        }
        DiagnosticCode::Field(fault) => field(fault, at),
    }
}
