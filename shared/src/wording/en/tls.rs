//! What is said about TLS: versions, suites and groups, certificates.

use super::numbers::{agree, count, list, number};
use crate::report::{CertificateReason, CipherReason, TlsReason};
use crate::tls::{CertificateWeakness, Fault, Version};
use crate::wording::Sentence;
use crate::wording::sentence::{codes, say};

/// Why a finding about TLS or its versions has its status.
pub(super) fn reason(reason: &TlsReason) -> Sentence {
    match reason {
        TlsReason::NotOffered => {
            say!("The server offers no `STARTTLS`, so there is no encryption to look at.")
        }
        TlsReason::Masked => {
            say!("Something on the way takes `STARTTLS` out, so there is no encryption to look at.")
        }
        TlsReason::NotBegun { reply_code, text } => say!(
            "The server offers `STARTTLS` and answered it with {0}, so we could not look.",
            super::numbers::reply(*reply_code, text)
        ),
        TlsReason::NotSecured {
            detail: Some(detail),
        } => say!(
            "No encrypted connection came about ({0}), so we could not look.",
            detail
        ),
        TlsReason::NotSecured { detail: None } => {
            say!("No encrypted connection came about, and the server did not say what it takes.")
        }
        TlsReason::NewOnly { versions } => say!(
            "The server takes {0}, and nothing older than `TLS 1.2`.",
            list(codes(versions))
        ),
        TlsReason::OldToo { versions } => say!(
            "The server takes {0}, which {1} given up as unsafe.",
            list(codes(versions)),
            agree(versions, "is", "are")
        ),
        TlsReason::OldOnly { best } => say!(
            "The newest version that the server takes is {0}, which is given up as unsafe: many senders no longer speak it.",
            Sentence::code(best)
        ),
        TlsReason::Ssl { versions } => say!(
            "The server takes {0}: SSL is broken, and what it carries can be read.",
            list(codes(versions))
        ),
        TlsReason::OldNotAsked { versions } => say!(
            "The server takes {0}. Whether it takes older versions too we could not see.",
            list(codes(versions))
        ),
        TlsReason::NoTls13 => say!("{0} is not taken.", Sentence::code(Version::Tls13)),
    }
}

/// Why a finding about suites and groups has its status.
pub(super) fn ciphers(reason: &CipherReason) -> Sentence {
    match reason {
        CipherReason::Safe => {
            say!("The server takes no weak cipher suite of those that we offered.")
        }
        CipherReason::Open { suites } => say!(
            "The server takes encryption that hides nothing, or that anybody can break: {0}.",
            list(codes(suites))
        ),
        CipherReason::Insufficient { suites } => say!(
            "Beside good cipher suites the server takes weak ones, among them {0}.",
            list(codes(suites))
        ),
        CipherReason::OnlyInsufficient { suites } => say!(
            "The server takes no good cipher suite, only weak ones, among them {0}.",
            list(codes(suites))
        ),
        CipherReason::PhaseOut { suites } => say!(
            "The server takes cipher suites that are to be given up, among them {0}.",
            list(codes(suites))
        ),
        CipherReason::ShortPrime { bits } => say!(
            "The key of a connection can come about over a prime of only {0} bits, which can be broken (`Logjam`).",
            number(bits)
        ),
        CipherReason::OwnPrime { bits } => say!(
            "The key of a connection can come about over a prime of {0} bits that is none of the standard ones (`RFC 7919`).",
            number(bits)
        ),
        CipherReason::WeakGroups { groups } => say!(
            "The server takes groups that are to be given up: {0}.",
            list(codes(groups))
        ),
        CipherReason::Compression => say!(
            "TLS compresses here: what is encrypted can then be guessed from its length (`CRIME`)."
        ),
        CipherReason::InsecureRenegotiation => say!(
            "The server does not renegotiate securely (`RFC 5746`): a stranger may put words in front of a sender's."
        ),
        CipherReason::NoExtendedMasterSecret => {
            say!("Keys of older connections are not bound to their handshake (`RFC 7627`).")
        }
        CipherReason::ClientOrder => {
            say!("The server leaves the choice among its cipher suites to the sender.")
        }
        CipherReason::PostQuantum { groups } => say!(
            "The server takes groups that hold against quantum computers too: {0}.",
            list(codes(groups))
        ),
        CipherReason::NotAsked => {
            say!("Whether the server takes weak cipher suites we could not see.")
        }
    }
}

/// Why a finding about certificates has its status.
pub(super) fn certificate(reason: &CertificateReason) -> Sentence {
    match reason {
        CertificateReason::Valid { host, key, days } => say!(
            "{0} is valid for another {1}.",
            the(host, key.as_deref()),
            count(*days, "day", "days")
        ),
        CertificateReason::EndsSoon { host, key, days } => say!(
            "{0} is valid for another {1} only: it should have been renewed by now.",
            the(host, key.as_deref()),
            count(*days, "day", "days")
        ),
        CertificateReason::Refused { host, key, why } => {
            say!("{0} {1}.", the(host, key.as_deref()), fault(why))
        }
        CertificateReason::Weak { host, key, why } => {
            say!("{0} {1}.", the(host, key.as_deref()), weakness(why))
        }
        CertificateReason::KeyMismatch { host } => say!(
            "{0} shows a certificate of which it does not have the key, so nobody can tell whether the server is the right one.",
            host
        ),
        CertificateReason::Bound { host } => say!(
            "Senders that know DANE know {0} by its TLSA records: to them only the key counts.",
            host
        ),
        CertificateReason::Enforced { host } => say!(
            "The MTA-STS policy is in force, so senders that honour it do not deliver to {0}.",
            host
        ),
        CertificateReason::Rsa2048 { host, bits } => say!(
            "The RSA key of {0} has {1} bits. That holds today; for the next one `3072` or an elliptic curve is better.",
            host,
            number(bits)
        ),
        CertificateReason::Disorder { host } => say!(
            "The certificates that {0} sends are out of order, which some senders cannot sort out.",
            host
        ),
        CertificateReason::RootSent { host } => say!(
            "{0} sends its authority's root along, which is of no use: who checks has it already.",
            host
        ),
        CertificateReason::NotSeen => say!("We have not seen the server's certificate."),
        CertificateReason::NoRoots => say!(
            "The probe server knows no certification authorities, so it cannot tell who vouches for the certificate."
        ),
    }
}

fn the(host: &crate::dns::Name, key: Option<&str>) -> Sentence {
    match key {
        Some(key) => say!("The {0} certificate of {1}", Sentence::code(key), host),
        None => say!("The certificate of {0}", host),
    }
}

/// What is wrong with it, as a clause.
fn fault(fault: &Fault) -> Sentence {
    match fault {
        Fault::Unreadable => say!("cannot be read"),
        Fault::Expired { days: 0 } => say!("ran out today"),
        Fault::Expired { days } => say!("ran out {0} ago", count(*days, "day", "days")),
        Fault::NotYetValid => say!("is not valid yet"),
        Fault::WrongName { names } if names.is_empty() => say!("is for no name at all"),
        Fault::WrongName { names } => say!("is not for this name but for {0}", list(names)),
        Fault::SelfSigned => say!("is vouched for by nobody but itself"),
        Fault::IssuerNotSent { issuer } => say!(
            "comes alone: without that of its issuer ({0}) few senders can check it",
            issuer
        ),
        Fault::UnknownIssuer { issuer } => {
            say!(
                "was issued by {0}, which is no authority that senders know",
                issuer
            )
        }
        Fault::IssuerExpired => say!("is vouched for by one that is out of date"),
        Fault::BadSignature => say!("bears a signature that does not fit"),
        Fault::WeakSignature => say!("hangs on a signature that senders no longer take"),
        Fault::Misused => say!("is not for servers, or hangs on one that may not vouch"),
        Fault::Other => say!("leads to no authority that senders know"),
    }
}

/// What is weak about it, as a clause.
fn weakness(weakness: &CertificateWeakness) -> Sentence {
    match weakness {
        CertificateWeakness::Key { algorithm, bits } => say!(
            "has too weak a key ({0}, {1} bits)",
            algorithm,
            number(bits)
        ),
        CertificateWeakness::Signature { algorithm } => {
            say!("hangs on a signature that can be forged ({0})", algorithm)
        }
    }
}
