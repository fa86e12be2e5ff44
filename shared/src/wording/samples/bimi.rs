//! An example of everything that can be said about BIMI.

use super::name;
use crate::bimi::{Diagnostic, DiagnosticCode};
use crate::report::{BimiNeed, BimiReason};
use crate::span::Span;

samples! {
    fn plain_reasons() -> BimiReason {
        Missing, Declined,
        Ignored { text: "v=bimi1; l=".into() },
        Several { count: 2 },
        Diagnostic { text: RECORD.into(), diagnostic: diagnostic(DiagnosticCode::NotHttps) },
        NeedsDmarc { need: BimiNeed::Enforcement },
        Published { evidence: true },
        Published { evidence: false },
        Inherited { name: name("default._bimi.example.org") },
    }
    fn diagnostic_codes() -> DiagnosticCode {
        Declination, MissingLocation, NotHttps, InvalidUri, NotSvg, OnlyEvidence, InvalidValue, DuplicateTag, NotATag, UnknownTag,
    }
    fn needs() -> BimiNeed {
        Enforcement, Subdomains, NoTesting, AllMail,
    }
}

const RECORD: &str = "v=BIMI1; l=http://example.org/a.svg";

fn diagnostic(code: DiagnosticCode) -> Diagnostic {
    let span = Span::new(11, 35);
    Diagnostic { span, code }
}

/// Every reason.
pub(super) fn reasons() -> Vec<BimiReason> {
    let mut reasons = plain_reasons();
    let needs = needs().into_iter();
    reasons.extend(needs.map(|need| BimiReason::NeedsDmarc { need }));
    let codes = diagnostic_codes().into_iter();
    reasons.extend(codes.map(|code| BimiReason::Diagnostic {
        text: RECORD.into(),
        diagnostic: diagnostic(code),
    }));
    reasons
}
