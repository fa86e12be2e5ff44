//! What is said about BIMI.

use super::numbers::number;
use crate::bimi::{Diagnostic, DiagnosticCode};
use crate::report::{BimiNeed, BimiReason};
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about BIMI has its status.
pub(super) fn reason(reason: &BimiReason) -> Sentence {
    match reason {
        BimiReason::Missing => {
            say!("The domain publishes no logo (BIMI). Nothing is wrong with that.")
        }
        BimiReason::Declined => say!("The domain declines to have a logo shown."),
        BimiReason::Ignored { text } => say!(
            "{0} was meant as a BIMI record, but receivers do not read it: it must begin with `v=BIMI1;`.",
            text
        ),
        BimiReason::Several { count } => say!(
            "There are {0} BIMI records; receivers then use none.",
            number(count)
        ),
        BimiReason::Diagnostic {
            text,
            diagnostic: remark,
        } => diagnostic(text, remark),
        BimiReason::NeedsDmarc { need } => say!(
            "The BIMI record is sound, but no logo is shown: {0}.",
            match need {
                BimiNeed::Enforcement =>
                    say!("DMARC must ask for `quarantine` or `reject`, for the whole organization"),
                BimiNeed::Subdomains => say!("DMARC must not leave subdomains out (`sp=none`)"),
                BimiNeed::NoTesting => say!("DMARC must not be in test mode (`t=y`)"),
                BimiNeed::AllMail => say!("`quarantine` must hold for all mail (`pct=100`)"),
            }
        ),
        BimiReason::Published { evidence: true } => say!(
            "The BIMI record is sound and names a logo with a certificate. We did not fetch either."
        ),
        BimiReason::Published { evidence: false } => say!(
            "The BIMI record is sound and names a logo, but no certificate: some large mailbox providers show no logo without one. We did not fetch the logo."
        ),
        BimiReason::Inherited { name } => say!("The record is the one at {0}.", name),
    }
}

/// A remark about a place in a BIMI record.
pub(in crate::wording) fn diagnostic(text: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(text, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::MissingLocation => say!("The record does not say where the logo is (`l`)."),
        DiagnosticCode::NotHttps => say!("{0} does not begin with `https://`.", at),
        DiagnosticCode::InvalidUri => say!("{0} is no address of a file on the web.", at),
        DiagnosticCode::NotSvg => {
            say!("{0} does not look like an SVG image (`.svg`).", at)
        }
        DiagnosticCode::OnlyEvidence => say!(
            "The record names a certificate (`a`) but no logo (`l`): not all receivers take the logo from the certificate."
        ),
        DiagnosticCode::InvalidValue if diagnostic.span.start == diagnostic.span.end => {
            say!("A value is missing here; some receivers drop the whole record.")
        }
        DiagnosticCode::InvalidValue => {
            say!(
                "{0} is no value that this tag can have; some receivers drop the whole record.",
                at
            )
        }
        DiagnosticCode::DuplicateTag => say!(
            "{0} is there for the second time, which makes the whole record void.",
            at
        ),
        DiagnosticCode::Declination => {
            say!("The record declines: no logo is to be shown for this domain.")
        }
        DiagnosticCode::NotATag => say!("Between two semicolons there is no tag."),
        DiagnosticCode::UnknownTag => say!("{0} is a tag that BIMI does not know.", at),
    }
}
