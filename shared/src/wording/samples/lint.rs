//! An example of everything that can be remarked about a record's text.

use crate::diagnostic::Level;
use crate::lint::{Code, RecordKind, Remark};
use crate::span::Span;
use crate::spf::{Cause, NoteCode, SyntaxCode};

/// Every kind of remark.
pub(in crate::wording) fn remarks() -> Vec<Remark> {
    let remark = |code| Remark {
        span: Span::new(12, 17),
        level: Level::Warning,
        code,
    };
    codes().into_iter().map(remark).collect()
}

/// An example of each, and of each near miss.
fn codes() -> Vec<Code> {
    #[allow(clippy::match_same_arms)]
    const fn _has_an_example(code: &Code) {
        match code {
            Code::NotARecord(_) => {}
            Code::Spf(_) | Code::SpfNote(_) | Code::SpfNearMiss(_) => {}
            Code::Dmarc(_) | Code::DmarcNearMiss(_) => {}
            Code::Dkim(_) => {}
            Code::MtaSts(_) | Code::MtaStsPolicy(_) | Code::TlsRpt(_) => {}
            Code::Tlsa(_) | Code::NearMiss { .. } => {}
        }
    }
    let records = RecordKind::ALL.into_iter().filter(|kind| kind.is_txt());
    let mut codes: Vec<Code> = records.map(Code::NotARecord).collect();
    codes.extend([
        Code::Spf(Cause::Syntax {
            code: SyntaxCode::Version,
        }),
        Code::Spf(Cause::TooManyLookups),
        Code::SpfNote(NoteCode::PassAll),
        Code::SpfNote(NoteCode::NoAll),
    ]);
    codes.extend(super::spf_near_misses().into_iter().map(Code::SpfNearMiss));
    codes.extend(super::diagnostic_codes().into_iter().map(Code::Dmarc));
    codes.extend(super::near_misses().into_iter().map(Code::DmarcNearMiss));
    codes.extend(super::dkim::codes().into_iter().map(Code::Dkim));
    codes.extend(super::mta_sts::codes().into_iter().map(Code::MtaSts));
    codes.extend(
        super::mta_sts::policy_codes()
            .into_iter()
            .map(Code::MtaStsPolicy),
    );
    codes.extend(super::tls_rpt::codes().into_iter().map(Code::TlsRpt));
    codes.extend(super::dane::codes().into_iter().map(Code::Tlsa));
    for kind in [RecordKind::MtaSts, RecordKind::TlsRpt] {
        let near = super::mta_sts::near_misses().into_iter();
        codes.extend(near.map(|near_miss| Code::NearMiss { kind, near_miss }));
    }
    codes
}
