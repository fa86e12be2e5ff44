//! An example of everything that can be said about DKIM keys.

use super::name;
use crate::dkim::{Algorithm, Diagnostic, DiagnosticCode, NotNamed, SelectorError};
use crate::evidence::SelectorSource;
use crate::report::DkimReason;
use crate::span::Span;

const RECORD: &str = "v=DKIM1; h=sha1; p=MIGf";

samples! {
    fn plain_reasons() -> DkimReason {
        Key { name: key(1), algorithm: Algorithm::Rsa, bits: 2048, provider: None },
        Key { name: key(1), algorithm: Algorithm::Ed25519, bits: 256, provider: Some("Fastmail") },
        Ed25519Alone,
        Diagnostic { name: key(1), text: RECORD.into(), diagnostic: at(DiagnosticCode::Truncated) },
        Several { name: key(1), count: 2 },
        Revoked { names: vec![key(1)] },
        Revoked { names: vec![key(1), key(2)] },
        Missing { name: key(1), source: SelectorSource::Typed },
        Missing { name: key(1), source: SelectorSource::Message },
        Dangling { name: key(1), target: name("keys.example.net"), provider: None },
        Dangling { name: key(1), target: name("keys.example.net"), provider: Some("Microsoft 365") },
        NoNames,
        NotFound { answered: 1 },
        NotFound { answered: 37 },
        Wildcard { revokes: true }, Wildcard { revokes: false }, SendsNothing,
    }
    fn codes() -> DiagnosticCode {
        VersionNotFirst, OtherVersion, NotATag, MissingSemicolon, InvalidCharacter, WrongCase,
        EmptyValue { 0: crate::dkim::TagName::S },
        EmptyTag, DuplicateTag, UnknownTag, RemovedTag, MissingKey, Revoked,
        InvalidBase64, MissingPadding, Truncated, ForeignKey, WeakExponent, PrivateKey, WrappedKey, UnknownKeyType,
        WeakKey { 0: 512 }, ShortKey { 0: 1024 }, LongKey { 0: 8192 }, WithoutSha256, UnknownHash, NotForMail,
        Testing, UnknownFlag,
    }
    fn selector_errors() -> SelectorError {
        Empty, Character { 0: '=' }, Character { 0: ' ' }, EmptyLabel, TooLong,
    }
    fn plain_not_named() -> NotNamed {
        Selector { 0: SelectorError::Empty },
        Unsigned,
        Foreign { 0: vec![name("esp.example"), name("list.example")] },
    }
}

fn key(number: u8) -> crate::dns::Name {
    name(&format!("s{number}._domainkey.example.org"))
}

const fn at(code: DiagnosticCode) -> Diagnostic {
    Diagnostic {
        span: Span { start: 9, end: 15 },
        code,
    }
}

/// Every reason.
pub(super) fn reasons() -> Vec<DkimReason> {
    let remark = |code| DkimReason::Diagnostic {
        name: key(1),
        text: RECORD.into(),
        diagnostic: at(code),
    };
    let mut reasons = plain_reasons();
    reasons.extend(codes().into_iter().map(remark));
    reasons
}

/// Everything that names no selector.
pub(in crate::wording) fn not_named() -> Vec<NotNamed> {
    let mut errors = plain_not_named();
    errors.extend(selector_errors().into_iter().map(NotNamed::Selector));
    errors
}
