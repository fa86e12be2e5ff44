//! What a record says of its policy that its owner should know.

use super::diagnostic::{Diagnostic, DiagnosticCode};
use super::record::{Disposition, PublicSuffix, Record};
use super::tag::{TagName, TagValue};
use crate::span::Span;

/// What a record without a mistake may still not be meant to say, in the order of the text. A scan has findings of its
/// own for it, by what the domain's names hold together.
#[must_use]
pub fn caveats(record: &Record) -> Vec<Diagnostic> {
    let enforces = |value: &TagValue<Disposition>| value.valid().is_some_and(|d| d.is_enforcing());
    let policies = [&record.p, &record.sp, &record.np];
    let mut caveats = Vec::new();
    let mut seen = Vec::new();
    for tag in &record.tags {
        let Some(name) = tag.name.filter(|name| !seen.contains(name)) else {
            continue;
        };
        seen.push(name);
        let code = match name {
            TagName::P if record.p.valid() == Some(&Disposition::None) => {
                DiagnosticCode::WatchesOnly
            }
            // There is nothing below `none`.
            TagName::T if record.is_testing() && policies.into_iter().any(enforces) => {
                DiagnosticCode::Testing
            }
            TagName::Psd if record.public_suffix() == PublicSuffix::Yes => {
                DiagnosticCode::PublicSuffix
            }
            _ => continue,
        };
        let span = Span {
            start: tag.name_span.start,
            end: tag.value_span.end,
        };
        caveats.push(Diagnostic { span, code });
    }
    caveats
}

#[cfg(test)]
mod tests {
    use super::super::{Parsed, parse};
    use super::*;

    #[test]
    fn a_sound_record_may_say_less_than_was_meant() {
        use DiagnosticCode::{PublicSuffix, Testing, WatchesOnly};
        for (text, expected) in [
            ("v=DMARC1; p=reject", &[][..]),
            ("v=DMARC1; p=none", &[(10, 16, WatchesOnly)]),
            ("v=DMARC1; p=reject; t=y", &[(20, 23, Testing)]),
            ("v=DMARC1; p=reject; t=n; psd=n", &[]),
            (
                "v=DMARC1; t = Y; p=none; sp=reject",
                &[(10, 15, Testing), (17, 23, WatchesOnly)],
            ),
            ("v=DMARC1; p=none; t=y", &[(10, 16, WatchesOnly)]),
            ("v=DMARC1; p=reject; psd=y", &[(20, 25, PublicSuffix)]),
            ("v=DMARC1; p=reject; p=none; t=y; t=y", &[(28, 31, Testing)]),
        ] {
            let Parsed::Record(published) = parse(text) else {
                panic!("{text}");
            };
            let found = caveats(&published.record).into_iter();
            let found: Vec<_> = found.map(|d| (d.span.start, d.span.end, d.code)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
