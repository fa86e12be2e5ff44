//! The remarks there are.

use serde::Serialize;

use super::RecordKind;
use crate::version_tag::NearMiss;
use crate::{bimi, dane, dkim, dmarc, mta_sts, mx, spf, tls_rpt};

/// What can be remarked about a text of any kind.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// A place in a DKIM key record.
    Dkim(dkim::DiagnosticCode),
    /// A place in a TLS-RPT record.
    TlsRpt(tls_rpt::DiagnosticCode),
    /// A place in a TLSA record.
    Tlsa(dane::DiagnosticCode),
    /// A place in a BIMI record.
    Bimi(bimi::DiagnosticCode),
    /// The text is empty, or only spaces and line ends.
    Nothing,
    /// Among several records there is none of this kind.
    NoneAmong(RecordKind),
    /// More key records than one, and how many.
    SeveralKeys(usize),
    /// More octets than a string can hold (RFC 1035 §3.3).
    StringTooLong,
    /// Strings are joined without a space (RFC 7208 §3.3), and so a term is part of the one before it.
    StuckTerm,
    /// What the page's editor remarks too.
    #[serde(untagged)]
    Edited(EditedCode),
}

/// What can be remarked about a text that the page's editor takes. It has none of the others, so that a first
/// visit does not wait for their words.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EditedCode {
    /// The text is no record of this kind, and was hardly meant as one.
    NotARecord(RecordKind),
    /// Meant as a record of this kind, and ignored by every sender.
    NearMiss {
        /// An MTA-STS or a TLS-RPT record.
        kind: RecordKind,
        /// How it comes close.
        near_miss: NearMiss,
    },
    /// No DNS answer can hold a text of this length.
    TooLong,
    /// More records than one, and how many.
    Several(usize),
    /// An SPF record that gives every sender `permerror`.
    Spf(spf::Cause),
    /// A record that the SPF record leads to ends in an error.
    SpfBelow(spf::Problem),
    /// Something allowed and unwise in an SPF record.
    SpfNote(spf::NoteCode),
    /// Meant as an SPF record, and ignored by every receiver.
    SpfNearMiss(spf::NearMissKind),
    /// A place in a DMARC record.
    Dmarc(dmarc::DiagnosticCode),
    /// Meant as a DMARC record, and ignored by every receiver.
    DmarcNearMiss(dmarc::NearMiss),
    /// A place in an MTA-STS record.
    MtaSts(mta_sts::DiagnosticCode),
    /// A place in an MTA-STS policy.
    MtaStsPolicy(mta_sts::PolicyDiagnosticCode),
    /// A place in lines of MX records.
    Mx(mx::DiagnosticCode),
}

impl From<EditedCode> for Code {
    fn from(code: EditedCode) -> Self {
        Self::Edited(code)
    }
}
