//! The texts that the page's editor takes, each read by its standard.

pub(crate) use super::spf::remarks as spf;
use super::{EditedCode, RecordKind, Remark, error, listed, none, whole};
use crate::{dmarc as dmarc_record, mta_sts as mta_sts_record, mx as mx_record};

/// Remarks about one text.
type Remarks = Vec<Remark<EditedCode>>;

/// DMARC records (RFC 9989), without a look-up.
pub(crate) fn dmarc(text: &str) -> Remarks {
    use dmarc_record::{DiagnosticCode, Parsed};
    match dmarc_record::parse(text) {
        Parsed::NotDmarc => none(RecordKind::Dmarc, text, None),
        Parsed::NearMiss(kind) => vec![error(whole(text), EditedCode::DmarcNearMiss(kind))],
        Parsed::Record(published) => {
            let mut found = published.diagnostics;
            found.extend(dmarc_record::caveats(&published.record));
            listed(found, DiagnosticCode::level, EditedCode::Dmarc)
        }
    }
}

/// MTA-STS records (RFC 8461 §3.1).
pub(crate) fn mta_sts(text: &str) -> Remarks {
    use mta_sts_record::DiagnosticCode;
    match mta_sts_record::read(text) {
        Err(near_miss) => none(RecordKind::MtaSts, text, near_miss),
        Ok(published) => listed(
            published.diagnostics,
            DiagnosticCode::level,
            EditedCode::MtaSts,
        ),
    }
}

/// MTA-STS policies (RFC 8461 §3.2), whatever mail exchanges there are.
pub(crate) fn mta_sts_policy(text: &str) -> Remarks {
    use mta_sts_record::PolicyDiagnosticCode;
    listed(
        mta_sts_record::read_policy(text).diagnostics,
        PolicyDiagnosticCode::level,
        EditedCode::MtaStsPolicy,
    )
}

/// MX records as people write them, one a line (RFC 1035 §3.3.9).
pub(crate) fn mx(text: &str) -> Remarks {
    use mx_record::DiagnosticCode;
    let read = mx_record::parse(text);
    if read.records.is_empty() && read.diagnostics.is_empty() {
        return none(RecordKind::Mx, text, None);
    }
    listed(read.diagnostics, DiagnosticCode::level, EditedCode::Mx)
}
