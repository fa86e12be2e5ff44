//! An example of everything that can be said about TLS-RPT.

use crate::report::TlsRptReason;
use crate::span::Span;
use crate::tls_rpt::{Diagnostic, DiagnosticCode, NearMiss};

const RECORD: &str = "v=TLSRPTv1; rua=postmaster@example.org";

samples! {
    fn plain_reasons() -> TlsRptReason {
        Absent, Blind,
        Several { count: 2 },
        Ignored { text: "v=TLSRPT1; rua=x".into(), near_miss: NearMiss::OtherVersion },
        Record { text: RECORD.into(), diagnostic: diagnostic(DiagnosticCode::MissingMailto) },
        Valid { destinations: vec!["mailto:postmaster@example.org".into()] },
    }
    fn own_codes() -> DiagnosticCode {
        MissingRua, NoDestination, DuplicateRua, InvalidUri, MissingMailto, UnsupportedScheme, UnescapedMark,
    } elsewhere { Field }
}

fn diagnostic(code: DiagnosticCode) -> Diagnostic {
    let span = Span::new(16, 38);
    Diagnostic { span, code }
}

/// Every remark about a record.
pub(super) fn codes() -> Vec<DiagnosticCode> {
    let faults = super::mta_sts::field_faults().into_iter();
    let faults = faults.map(DiagnosticCode::Field);
    own_codes().into_iter().chain(faults).collect()
}

/// Every reason.
pub(super) fn reasons() -> Vec<TlsRptReason> {
    let mut reasons = plain_reasons();
    reasons.extend(codes().into_iter().map(|code| TlsRptReason::Record {
        text: RECORD.into(),
        diagnostic: diagnostic(code),
    }));
    reasons
}
