//! What is said about DANE.

use super::numbers::{agree, list};
use crate::dane::{Diagnostic, DiagnosticCode, Field, Unusable};
use crate::report::DaneReason;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about DANE has its status.
pub(super) fn reason(reason: &DaneReason) -> Sentence {
    match reason {
        DaneReason::Fits { hosts } => say!(
            "The TLSA records of {0} fit the certificate that is shown there: senders that know DANE deliver only to this server.",
            list(hosts)
        ),
        DaneReason::Differs { hosts } => say!(
            "Senders that know DANE cannot deliver to {0}: no TLSA record fits a certificate that is shown there.",
            list(hosts)
        ),
        DaneReason::AuthorityNotSent { hosts } => say!(
            "The TLSA records of {0} name an authority (usage `2`), whose certificate must come along with the server's own, and that comes alone.",
            list(hosts)
        ),
        DaneReason::IdleRecord { name, text } => say!(
            "At {0}, {1} fits no certificate that we have seen: it is of use if it stands there for the next key.",
            name,
            text
        ),
        DaneReason::Bare { hosts } => say!(
            "Senders that know DANE cannot deliver to {0}: its TLSA records make encryption a must, and the server offers none.",
            list(hosts)
        ),
        DaneReason::Usable { hosts } => say!(
            "The TLSA records of {0} can be used: senders that know DANE deliver only to a server that they fit. We have not seen the certificate, so we could not compare.",
            list(hosts)
        ),
        DaneReason::NotEffective => say!(
            "The TLSA records have no effect, as the MX records that lead to them are not signed: whoever forges those leads mail past them."
        ),
        DaneReason::Missing { hosts } => say!(
            "There are no TLSA records for {0}: senders take any certificate, or none at all.",
            list(hosts)
        ),
        DaneReason::NeedsDnssec => say!(
            "There is no DANE here, and without DNSSEC there cannot be: senders look for TLSA records only where the answers are signed."
        ),
        DaneReason::MtaStsInstead => {
            say!("The domain has no DANE, but an MTA-STS record, which serves the same end.")
        }
        DaneReason::InVain { hosts } => say!(
            "The TLSA records of {0} have no effect: nobody looks at them, as DNS answers there are not signed.",
            list(hosts)
        ),
        DaneReason::Withheld { hosts } => say!(
            "Senders that know DANE cannot deliver to {0}: DNS is signed there, but questions for its TLSA records fail, and they must wait until that is mended.",
            list(hosts)
        ),
        DaneReason::Useless { hosts } => say!(
            "No sender can use any of the TLSA records of {0}: they make encryption a must, but tell nobody the right server from a wrong one.",
            list(hosts)
        ),
        DaneReason::UselessRecord { name, text, why } => {
            say!("At {0}, {1} is of no use: {2}.", name, text, unusable(*why))
        }
        DaneReason::Full { hosts } => say!(
            "The TLSA records of {0} hold a whole certificate or key. A digest does the same, and fits into every DNS answer.",
            list(hosts)
        ),
        DaneReason::RenewalBreaks { hosts } => say!(
            "The TLSA records of {0} name the certificate (`3 0`), not its key (`3 1`): when it is renewed they no longer fit.",
            list(hosts)
        ),
        DaneReason::Alone { hosts } => say!(
            "{0} {1} one TLSA record. Before the key changes, the record of the next one must stand beside it.",
            list(hosts),
            agree(hosts, "has", "have each")
        ),
        DaneReason::Agility { hosts } => say!(
            "The TLSA records of {0} hold `SHA-256` and `SHA-512` digests of the same kind. Senders may look at the latter alone, so those must be right by themselves.",
            list(hosts)
        ),
    }
}

/// The remark, with the text that it is about.
pub(in crate::wording) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(record, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::Missing(missing) => {
            say!(
                "The record ends before {0}.",
                Sentence::text(field(missing))
            )
        }
        DiagnosticCode::NotANumber(of) => say!(
            "{0} cannot be {1}: that is a number, or a word for one.",
            at,
            Sentence::text(field(of))
        ),
        DiagnosticCode::NotHexadecimal => say!("{0} is no hexadecimal digit.", at),
        DiagnosticCode::OddDigits => {
            say!("A digit is missing, or there is one too many: two make an octet.")
        }
        DiagnosticCode::Unusable(why) => {
            say!("No mail server can use the record: {0}.", unusable(why))
        }
        DiagnosticCode::RenewalBreaks => say!(
            "The record names the certificate, not its key: when it is renewed the record no longer fits."
        ),
        DiagnosticCode::Full => {
            say!("The record holds a whole certificate or key; a digest does the same.")
        }
    }
}

const fn field(field: Field) -> &'static str {
    match field {
        Field::Usage => "the usage",
        Field::Selector => "the selector",
        Field::Matching => "the matching type",
        Field::Data => "the data",
    }
}

fn unusable(why: Unusable) -> Sentence {
    match why {
        Unusable::PkixUsage => say!("usages `0` and `1` do not count for mail"),
        Unusable::Usage => say!("there is no such usage"),
        Unusable::Selector => say!("there is no such selector"),
        Unusable::Matching => say!("there is no such matching type"),
        Unusable::Length => say!("the digest is too short or too long"),
        Unusable::Der => say!("the data is neither a certificate nor a key"),
    }
}
