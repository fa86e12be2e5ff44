//! An example of everything that can be said about DANE.

use super::{name, names};
use crate::dane::{DiagnosticCode, Field, Unusable};
use crate::report::DaneReason;

samples! {
    fn plain() -> DaneReason {
        Fits { hosts: names(1) }, Differs { hosts: names(1) }, Bare { hosts: names(1) },
        AuthorityNotSent { hosts: names(1) },
        Usable { hosts: names(1) },
        Usable { hosts: names(2) },
        NotEffective,
        Missing { hosts: names(1) },
        Missing { hosts: names(9) },
        NeedsDnssec, MtaStsInstead,
        InVain { hosts: names(1) },
        Withheld { hosts: names(1) },
        Useless { hosts: names(1) },
        Full { hosts: names(1) },
        RenewalBreaks { hosts: names(1) },
        Alone { hosts: names(1) },
        Alone { hosts: names(2) },
        Agility { hosts: names(1) },
        IdleRecord { name: name("_25._tcp.mx.example.org"), text: "3 1 1 00ff".into() },
        UselessRecord {
            name: name("_25._tcp.mx.example.org"), text: "1 1 1 00ff".into(), why: Unusable::PkixUsage
        },
    }

    fn unusables() -> Unusable { PkixUsage, Usage, Selector, Matching, Length, Der }

    fn fields() -> Field { Usage, Selector, Matching, Data }

    fn plain_codes() -> DiagnosticCode {
        NotHexadecimal, OddDigits, RenewalBreaks, Full,
    } elsewhere { Missing, NotANumber, Unusable }
}

/// Every reason.
pub(super) fn reasons() -> Vec<DaneReason> {
    let useless = |why| DaneReason::UselessRecord {
        name: name("_25._tcp.mx.example.org"),
        text: "1 1 1 00ff".into(),
        why,
    };
    let mut reasons = plain();
    reasons.extend(unusables().into_iter().skip(1).map(useless));
    reasons
}

/// Every remark.
pub(super) fn codes() -> Vec<DiagnosticCode> {
    let mut codes = plain_codes();
    codes.extend(fields().into_iter().map(DiagnosticCode::Missing));
    codes.extend(fields().into_iter().map(DiagnosticCode::NotANumber));
    codes.extend(unusables().into_iter().map(DiagnosticCode::Unusable));
    codes
}
