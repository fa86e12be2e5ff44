//! An example of everything that can be remarked about a record's text.

use crate::lint::{Code, EditedCode, RecordKind};
use crate::spf::Problem;

/// An example of each remark.
pub(in crate::wording) fn codes() -> Vec<Code> {
    const fn _has_an_example(code: &Code) {
        match code {
            Code::Dkim(_)
            | Code::TlsRpt(_)
            | Code::Tlsa(_)
            | Code::Bimi(_)
            | Code::Nothing
            | Code::NoneAmong(_)
            | Code::SeveralKeys(_)
            | Code::StringTooLong
            | Code::StuckTerm
            | Code::Edited(_) => {}
        }
    }
    let mut codes: Vec<Code> = edited_codes().into_iter().map(Code::Edited).collect();
    codes.extend([
        Code::Nothing,
        Code::SeveralKeys(2),
        Code::StringTooLong,
        Code::StuckTerm,
    ]);
    codes.extend([RecordKind::Spf, RecordKind::TlsRpt].map(Code::NoneAmong));
    codes.extend(super::dkim::codes().into_iter().map(Code::Dkim));
    codes.extend(super::tls_rpt::codes().into_iter().map(Code::TlsRpt));
    codes.extend(super::dane::codes().into_iter().map(Code::Tlsa));
    codes.extend(super::bimi::diagnostic_codes().into_iter().map(Code::Bimi));
    codes.extend(
        [RecordKind::Dkim, RecordKind::TlsRpt, RecordKind::Bimi]
            .map(|kind| Code::Edited(EditedCode::NotARecord(kind))),
    );
    codes
}

/// An example of each that the page's editor has, and of each near miss.
fn edited_codes() -> Vec<EditedCode> {
    use EditedCode as Code;
    const fn _has_an_example(code: &EditedCode) {
        match code {
            Code::NotARecord(_)
            | Code::NearMiss { .. }
            | Code::TooLong
            | Code::Several(_)
            | Code::Spf(_)
            | Code::SpfBelow(_)
            | Code::SpfNote(_)
            | Code::SpfNearMiss(_)
            | Code::Dmarc(_)
            | Code::DmarcNearMiss(_)
            | Code::MtaSts(_)
            | Code::MtaStsPolicy(_)
            | Code::Mx(_) => {}
        }
    }
    let records = [
        RecordKind::Spf,
        RecordKind::Dmarc,
        RecordKind::MtaSts,
        RecordKind::Mx,
    ];
    let mut codes = records.map(Code::NotARecord).to_vec();
    codes.extend([Code::TooLong, Code::Several(2)]);
    codes.extend(super::spf_causes().into_iter().map(Code::Spf));
    let below = |cause| Code::SpfBelow(Problem::of("_spf.example.net", cause));
    codes.extend(super::spf_causes().into_iter().map(below));
    codes.extend(super::note_codes().into_iter().map(Code::SpfNote));
    codes.extend(super::spf_near_misses().into_iter().map(Code::SpfNearMiss));
    codes.extend(super::diagnostic_codes().into_iter().map(Code::Dmarc));
    codes.extend(super::near_misses().into_iter().map(Code::DmarcNearMiss));
    let mta_sts = super::mta_sts::codes().into_iter();
    codes.extend(mta_sts.map(Code::MtaSts));
    let policy = super::mta_sts::policy_codes().into_iter();
    codes.extend(policy.map(Code::MtaStsPolicy));
    codes.extend(super::mx::diagnostic_codes().into_iter().map(Code::Mx));
    for kind in [RecordKind::MtaSts, RecordKind::TlsRpt] {
        let near = super::mta_sts::near_misses().into_iter();
        codes.extend(near.map(|near_miss| Code::NearMiss { kind, near_miss }));
    }
    codes
}
