//! The texts that only a command line takes, each read by its standard.

use super::{Code, RecordKind, Remark, listed, none};
use crate::{bimi as bimi_record, dkim as dkim_record, tls_rpt as tls_rpt_record};

/// DKIM key records (RFC 6376 §3.6.1), and the key in them.
pub(super) fn dkim(text: &str) -> Vec<Remark> {
    use dkim_record::{DiagnosticCode, Parsed};
    match dkim_record::parse(text) {
        Parsed::NotDkim => none(RecordKind::Dkim, text, None),
        Parsed::Record(published) => {
            listed(published.diagnostics, DiagnosticCode::level, Code::Dkim)
        }
    }
}

/// TLS-RPT records (RFC 8460 §3).
pub(super) fn tls_rpt(text: &str) -> Vec<Remark> {
    use tls_rpt_record::DiagnosticCode;
    match tls_rpt_record::read(text) {
        Err(near_miss) => none(RecordKind::TlsRpt, text, near_miss),
        Ok(published) => listed(published.diagnostics, DiagnosticCode::level, Code::TlsRpt),
    }
}

/// BIMI assertion records (draft-brand-indicators-for-message-identification §4.3), without the logo.
pub(super) fn bimi(text: &str) -> Vec<Remark> {
    use bimi_record::{DiagnosticCode, Parsed};
    match bimi_record::parse(text) {
        Parsed::NotBimi | Parsed::NearMiss => none(RecordKind::Bimi, text, None),
        Parsed::Record(published) => {
            listed(published.diagnostics, DiagnosticCode::level, Code::Bimi)
        }
    }
}
