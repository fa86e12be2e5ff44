//! An example of everything that can be said about MTA-STS.

use super::name;
use crate::evidence::{ConnectFailure, NoPolicy};
use crate::mta_sts::{
    Diagnostic, DiagnosticCode, FieldFault, Mode, NearMiss, PolicyDiagnosticCode, PolicyField,
};
use crate::report::MtaStsReason;
use crate::span::Span;

const RECORD: &str = "v=STSv1; id=2024-01-31";

samples! {
    fn plain_reasons() -> MtaStsReason {
        Absent, Needless,
        Several { count: 2 },
        Ignored { text: "v=STSv1 id=1".into(), near_miss: NearMiss::MissingSeparator },
        Record { text: RECORD.into(), diagnostic: diagnostic(DiagnosticCode::InvalidId) },
        NotFetched { host: name("mta-sts.example.org"), why: NoPolicy::NoAddress },
        Policy { line: 3, text: "mx.example.org.".into(), diagnostic: PolicyDiagnosticCode::FinalDot },
        MediaType { media_type: Some("text/html; charset=utf-8".into()) },
        MediaType { media_type: None },
        Uncovered { exchanges: vec![name("mx.example.org")], all: true, mode: Mode::Enforce },
        Uncovered { exchanges: vec![name("mx.example.org")], all: false, mode: Mode::Enforce },
        Uncovered { exchanges: vec![name("mx.example.org")], all: true, mode: Mode::Testing },
        CertificateRefused { exchanges: vec![name("mx.example.org")], all: true, mode: Mode::Enforce },
        CertificateRefused { exchanges: vec![name("mx.example.org")], all: false, mode: Mode::Testing },
        Bare { exchanges: vec![name("mx.example.org")], all: true, mode: Mode::Enforce },
        Bare { exchanges: vec![name("mx.example.org")], all: false, mode: Mode::Testing },
        Enforces { max_age: 0 },
        Enforces { max_age: 86_400 },
        Enforces { max_age: 2_419_200 },
        Testing, Withdrawn,
    }
    fn near_misses() -> NearMiss {
        Quoted, LeadingWhiteSpace, VersionCase, Escaped, MissingSeparator, OtherVersion, VersionNotFirst,
    }
    fn own_codes() -> DiagnosticCode {
        MissingId, InvalidId, DuplicateId,
    } elsewhere { Field }
    fn field_faults() -> FieldFault {
        NotAField, InvalidField, SpaceAtEquals, EmptyField, RepeatedVersion, UnknownField,
    }
    fn policy_codes() -> PolicyDiagnosticCode {
        Missing { 0: PolicyField::Mode },
        Invalid { 0: PolicyField::Version },
        Invalid { 0: PolicyField::Mode },
        Invalid { 0: PolicyField::MaxAge },
        Invalid { 0: PolicyField::Mx },
        Duplicate { 0: PolicyField::Mode },
        MaxAgeTooLong, MaxAgeShort, MaxAgeModest, MatchesNothing, FinalDot, ByteOrderMark, NotAField, SpaceAtKey, EmptyLine,
        UnknownField, VersionNotFirst, TooLong,
    }
    fn no_policies() -> NoPolicy {
        Unresolved { 0: crate::dns::Failure::ServFail },
        NoAddress, NotPublic, NoIpv6, OptedOut, Resting,
        NotConnected { 0: ConnectFailure::Refused },
        NotConnected { 0: ConnectFailure::TimedOut },
        NoRoots,
        Untrusted { detail: "certificate expired".into() },
        NotSecured { detail: "received corrupt message".into() },
        NotHttp { detail: "invalid HTTP version parsed".into() },
        Status { status: 301, location: Some("https://example.org/".into()) },
        Status { status: 404, location: None },
        TooLarge, TimedOut,
    }
}

fn diagnostic(code: DiagnosticCode) -> Diagnostic {
    let span = Span::new(12, 22);
    Diagnostic { span, code }
}

/// Every remark about a record.
pub(super) fn codes() -> Vec<DiagnosticCode> {
    let faults = field_faults().into_iter().map(DiagnosticCode::Field);
    own_codes().into_iter().chain(faults).collect()
}

/// Every reason.
pub(super) fn reasons() -> Vec<MtaStsReason> {
    let mut reasons = plain_reasons();
    reasons.extend(
        near_misses()
            .into_iter()
            .map(|near_miss| MtaStsReason::Ignored {
                text: "\"v=STSv1; id=1\"".into(),
                near_miss,
            }),
    );
    reasons.extend(codes().into_iter().map(|code| MtaStsReason::Record {
        text: RECORD.into(),
        diagnostic: diagnostic(code),
    }));
    reasons.extend(
        policy_codes()
            .into_iter()
            .map(|diagnostic| MtaStsReason::Policy {
                line: 2,
                text: "mode: Enforce".into(),
                diagnostic,
            }),
    );
    reasons.extend(
        no_policies()
            .into_iter()
            .map(|why| MtaStsReason::NotFetched {
                host: name("mta-sts.example.org"),
                why,
            }),
    );
    reasons
}
