//! The answers to the questions, and what a report comes down to.

use super::downgrade::transit;
use super::numbers::{agree, count, list, number};
use super::reason::reason;
use crate::checks::CheckId;
use crate::diagnostic::Level;
use crate::dkim::DiagnosticCode;
use crate::mta_sts::Mode;
use crate::report::{
    CertificateReason, CipherReason, DaneReason, DkimReason, DnssecReason, Finding, Grade,
    Identity, MtaStsReason, MxReason, Protection, Reason, Report, StartTlsReason, SubmissionReason,
    TlsReason,
};
use crate::tls::Fault;
use crate::wording::group::{
    Rows, Shield, Silence, any_fails, any_keeps_out, is_left_alone, is_nowhere, misdirected,
    no_server, offers_in_clear, relay_unseen, shield, silence,
};
use crate::wording::sentence::say;
use crate::wording::{Group, Sentence};

/// Weak points that a verdict names.
const NAMED: usize = 3;

/// A group's question.
pub(in crate::wording) const fn group(group: Group) -> &'static str {
    match group {
        Group::Impersonation => "Can a stranger send mail as you?",
        Group::Transit => "Can your mail be read or diverted on its way?",
        Group::Exposure => "What does your server give away or allow?",
        Group::Delivery => "Will others take your mail, and can they reach you?",
    }
}

/// A group's answer, written from its rows.
pub(in crate::wording) fn group_answer(group: Group, report: &Report) -> Sentence {
    let rows = Rows::answering(report, group);
    if is_nowhere(report) {
        return say!("The domain does not exist, so the question does not arise.");
    }
    if rows.weak.is_empty() && rows.awaited > 0 {
        return say!(
            "Still looking: {0} of {1} are in.",
            number(rows.settled()),
            number(rows.total)
        );
    }
    if let (Group::Delivery, Some(why)) = (group, misdirected(report)) {
        return say!("No: mail cannot be delivered to you.").then(reason(why));
    }
    if let (Group::Delivery, Some(Silence::Closed(_))) = (group, silence(report)) {
        return say!("We could not find out: no mail server of the domain spoke to us.");
    }
    let needs_server = matches!(group, Group::Delivery | Group::Transit);
    if rows.weak.is_empty() && rows.good.is_empty() || needs_server && no_server(report) {
        // Of a server that is not there nothing could be looked at.
        let unknown = if no_server(report) { 0 } else { rows.unknown };
        return match unknown {
            0 if is_left_alone(report) => {
                say!("We did not look: without an MX record, senders try the domain's own address.")
            }
            0 => {
                say!("The question does not arise: no server takes mail for this domain.")
            }
            _ => say!("We could not look, so we cannot say."),
        };
    }
    let answer = match group {
        Group::Impersonation => impersonation(&rows, shield(report)),
        Group::Transit => transit(&rows, report.downgrade.as_ref()),
        Group::Exposure => exposure(&rows),
        Group::Delivery => delivery(&rows, silence(report).is_some()),
    };
    match group {
        Group::Exposure if relay_unseen(report) => answer.then(say!(
            "Whether it carries mail for strangers we could not find out."
        )),
        _ => answer.then(unseen(&rows)),
    }
}

fn impersonation(rows: &Rows<'_>, shield: Shield) -> Sentence {
    let causes = weaknesses(
        match shield {
            Shield::Whole | Shield::Unknown => rows.causes(),
            Shield::WithoutSubdomains | Shield::DmarcOnly | Shield::None => rows.openings(),
        },
        CheckId::ALL.len(),
    );
    let answer = match shield {
        Shield::None => say!("Yes"),
        Shield::WithoutSubdomains => say!("Not as the domain itself, but as a subdomain"),
        Shield::DmarcOnly => say!("Where receivers do not check DMARC, yes"),
        Shield::Whole if rows.weak.is_empty() => {
            return say!(
                "No. Receivers that check can tell a stranger's mail from yours, under every name of the domain."
            );
        }
        Shield::Whole => return say!("No: receivers that check can tell. Still, {0}.", causes),
        Shield::Unknown if rows.weak.is_empty() => say!("We could not see enough to say"),
        Shield::Unknown => say!("Perhaps"),
    };
    match rows.weak.is_empty() {
        true => say!("{0}.", answer),
        false => say!("{0}: {1}.", answer, causes),
    }
}

fn exposure(rows: &Rows<'_>) -> Sentence {
    let given = rows.exposures();
    match (given.is_empty(), any_fails(&given)) {
        (true, _) if !rows.weak.is_empty() => {
            say!(
                "Nothing too much. But no login is offered on port `25`, which the classic reading asks for."
            )
        }
        (true, _) if rows.unknown > 0 => say!(
            "As far as we could look, nothing that it should not: {0}.",
            strengths(rows)
        ),
        (true, _) => say!("Nothing that it should not: {0}.", strengths(rows)),
        (false, true) => say!("Too much: {0}.", weaknesses(given, CheckId::ALL.len())),
        (false, false) => say!("A little: {0}.", weaknesses(given, CheckId::ALL.len())),
    }
}

fn delivery(rows: &Rows<'_>, by_dns_alone: bool) -> Sentence {
    let weak = weaknesses(rows.causes(), CheckId::ALL.len());
    match (rows.weak.is_empty(), any_keeps_out(&rows.weak)) {
        (true, _) if by_dns_alone => say!("As far as DNS tells, yes: {0}.", strengths(rows)),
        (true, _) => say!("As far as we can see, yes: {0}.", strengths(rows)),
        (false, true) => say!("Not everywhere: {0}.", weak),
        (false, false) => say!("Mostly: {0}.", weak),
    }
}

/// What could not be looked at, if anything.
fn unseen(rows: &Rows<'_>) -> Sentence {
    match rows.unknown {
        0 => Sentence::default(),
        1 => say!("One check could not be made."),
        more => say!("{0} checks could not be made.", number(more)),
    }
}

/// What the report comes down to.
pub(in crate::wording) fn verdict(report: &Report) -> Sentence {
    let rows = Rows::all(report);
    let named = weaknesses(rows.causes(), NAMED);
    if is_nowhere(report) {
        return say!(
            "{0} does not exist in DNS. Is it spelled right?",
            report.domain.name()
        );
    }
    if rows.awaited > 0 {
        let looking = say!(
            "Still looking: {0} of {1} are in.",
            number(rows.settled()),
            count(total(&rows), "check", "checks")
        );
        return if rows.weak.is_empty() {
            looking
        } else {
            looking.then(say!("So far, {0}.", named))
        };
    }
    let judged = judgement(report, &rows, named);
    match misdirected(report) {
        Some(why) => say!("Mail cannot be delivered to this domain.")
            .then(reason(why))
            .then(judged),
        None => match silence(report) {
            Some(Silence::NotAsked) => {
                say!("The mail servers were not asked, so this rests on DNS alone.").then(judged)
            }
            Some(Silence::Closed(why)) => say!("No mail server of the domain spoke to us.")
                .then(reason(why))
                .then(judged),
            None => judged,
        },
    }
}

/// What the rows come down to when all are in.
fn judgement(report: &Report, rows: &Rows<'_>, named: Sentence) -> Sentence {
    if rows.weak.is_empty() {
        return match (rows.good.len(), rows.unknown) {
            (0, _) => say!("Nothing could be looked at, so there is nothing to say yet."),
            (_, 0) => say!("Everything that we looked at is as it should be."),
            _ => say!("What we could look at is as it should be.").then(unseen(rows)),
        };
    }
    if report.finding(CheckId::Relay).is_some_and(is_open_relay) {
        return say!("Anybody can send mail through this server. Close that before anything else.");
    }
    match (shield(report), report.grade) {
        (Shield::None, _) => say!(
            "A stranger can write in your name. What weighs most: {0}.",
            named
        ),
        (_, Some(Grade::APlus | Grade::A | Grade::AMinus)) => {
            say!("In good order. What is left: {0}.", named)
        }
        _ => say!("What weighs most: {0}.", named),
    }
}

fn total(rows: &Rows<'_>) -> u32 {
    u32::try_from(rows.total).unwrap_or(u32::MAX)
}

fn is_open_relay(finding: &Finding) -> bool {
    finding
        .reasons
        .iter()
        .any(|reason| matches!(reason, Reason::RelayAccepted { .. }))
}

/// The weightiest weak points, as clauses.
pub(super) fn weaknesses(findings: Vec<&Finding>, most: usize) -> Sentence {
    list(findings.into_iter().take(most).map(weakness))
}

/// What is weak about a finding: its most telling reason, or what its check is about.
fn weakness(finding: &Finding) -> Sentence {
    finding
        .reasons
        .iter()
        .find_map(telling)
        .unwrap_or_else(|| match finding.id {
            CheckId::Relay => say!("the server accepts strangers' mail to strangers"),
            CheckId::Blacklist => say!("a blocklist lists the server"),
            CheckId::Dmarc => say!("the DMARC record has faults"),
            CheckId::Spf => say!("the SPF record has weak spots"),
            CheckId::Ptr => say!("an address has no name that leads back to it"),
            CheckId::Spoofing => say!("a stranger can write in your name"),
            CheckId::Auth => say!("login is offered where it should not be"),
            CheckId::Help => say!("the server answers `HELP`"),
            CheckId::Vrfy => say!("`VRFY` tells which mailboxes exist"),
            CheckId::Expn => say!("`EXPN` names members"),
            CheckId::Dkim => say!("the DKIM keys have weak spots"),
            CheckId::StartTls => say!("mail to you travels in clear text"),
            CheckId::StartTlsInjection => {
                say!("commands can be slipped into encrypted connections")
            }
            CheckId::Submission => say!("passwords can cross the network in clear"),
            CheckId::Ipv6 => say!("no mail server can be reached over IPv6"),
            CheckId::TlsVersions => say!("old versions of TLS are taken"),
            CheckId::Ciphers => say!("weak encryption is taken"),
            CheckId::Certificate => say!("a certificate has faults"),
            CheckId::MtaSts => say!("MTA-STS does not protect your mail"),
            CheckId::Dane => say!("DANE does not protect your mail"),
            CheckId::Dnssec => say!("DNSSEC uses outdated methods"),
            CheckId::TlsRpt => say!("nobody gets reports about encryption"),
            CheckId::Caa => say!("any authority may issue certificates"),
            CheckId::Bimi => say!("the BIMI record is not used"),
            CheckId::Mx => say!("the MX records have faults"),
        })
}

/// A reason that says more than its check's general clause.
fn telling(reason: &Reason) -> Option<Sentence> {
    Some(match reason {
        Reason::RelayRouted { .. } => say!("the server may relay for strangers"),
        Reason::ListedDecisively { zones, .. } => say!(
            "{0} {1} the server",
            list(zones),
            agree(zones, "blocks", "block")
        ),
        Reason::Spoofing {
            identity: Identity::Exact,
            protection: Protection::Open,
            ..
        } => {
            say!("a stranger can write in your name")
        }
        Reason::Spoofing {
            protection: Protection::DmarcOnly,
            ..
        } => {
            say!("only receivers that check DMARC can tell a stranger's mail")
        }
        Reason::Spoofing {
            protection: Protection::Open,
            ..
        } => say!("DMARC leaves subdomains open"),
        Reason::DmarcMissing | Reason::DmarcIgnored { .. } => say!("there is no DMARC policy"),
        Reason::DmarcSeveral { .. } => say!("there are several DMARC records"),
        Reason::DmarcVoid => say!("the DMARC record has no effect"),
        Reason::DmarcWatches => say!("DMARC only watches"),
        Reason::DmarcTesting { .. } => say!("DMARC is in test mode"),
        Reason::DmarcNoReports => say!("nobody gets DMARC reports"),
        Reason::DmarcReportsUnauthorized { .. } => say!("DMARC reports do not arrive"),
        Reason::SpfMissing => say!("there is no SPF record"),
        Reason::SpfBroken { .. } => say!("the SPF record is broken"),
        Reason::SpfOpen | Reason::SpfOpenOverIpv6 => say!("SPF lets everybody pass"),
        Reason::SpfWide { .. } | Reason::SpfWideOverIpv6 => {
            say!("SPF lets far too many addresses pass")
        }
        Reason::SpfNeutral => say!("SPF says nothing about strangers"),
        Reason::ImplicitMx | Reason::Mx(MxReason::Nothing) => {
            say!("no MX record names a mail server")
        }
        Reason::Mx(MxReason::Dangling { .. }) => {
            say!("an MX record names a host that does not exist")
        }
        Reason::Mx(MxReason::Alias { .. }) => say!("an MX record names an alias"),
        Reason::Mx(MxReason::Ipv6Only) => say!("senders without IPv6 cannot reach you"),
        Reason::PtrPartlyConfirmed { .. } => {
            say!("some names of an address do not lead back to it")
        }
        Reason::PtrGeneric { .. } => say!("an address has a name as home lines have"),
        Reason::AuthAbsent => say!("no login is offered on port `25`"),
        Reason::AuthObsolete { .. } => say!("login uses obsolete mechanisms"),
        Reason::HelpVersion { .. } => say!("`HELP` names the software"),
        Reason::VrfyConfirmsAll => say!("`VRFY` confirms every name"),
        Reason::MtaSts(
            MtaStsReason::Uncovered {
                all: true,
                mode: Mode::Enforce,
                ..
            }
            | MtaStsReason::CertificateRefused {
                all: true,
                mode: Mode::Enforce,
                ..
            }
            | MtaStsReason::Bare {
                all: true,
                mode: Mode::Enforce,
                ..
            },
        ) => {
            say!("MTA-STS keeps mail out")
        }
        Reason::MtaSts(MtaStsReason::Uncovered { .. }) => {
            say!("MTA-STS does not name every mail server")
        }
        Reason::MtaSts(MtaStsReason::CertificateRefused {
            mode: Mode::Enforce,
            ..
        }) => {
            say!("MTA-STS keeps mail from a server whose certificate is not valid")
        }
        Reason::MtaSts(MtaStsReason::Bare {
            mode: Mode::Enforce,
            ..
        }) => {
            say!("MTA-STS keeps mail from a server that offers no encryption")
        }
        Reason::MtaSts(MtaStsReason::Testing) => say!("MTA-STS is on trial"),
        Reason::MtaSts(MtaStsReason::Absent) => say!("there is no MTA-STS policy"),
        Reason::StartTls(StartTlsReason::WorksForSome) => {
            say!("senders of today find no encryption that they know")
        }
        Reason::StartTls(StartTlsReason::Partly { .. } | StartTlsReason::SomeAddresses { .. }) => {
            say!("some mail servers offer no encryption")
        }
        Reason::Submission(
            SubmissionReason::WithoutTls { .. } | SubmissionReason::BrokenTls { .. },
        ) => say!("TLS is missing where people hand in mail"),
        Reason::Dkim(reason) => return dkim(reason),
        Reason::Dane(
            DaneReason::Withheld { .. } | DaneReason::Differs { .. } | DaneReason::Bare { .. },
        ) => {
            say!("senders that know DANE cannot deliver")
        }
        Reason::Tls(TlsReason::OldOnly { .. }) => say!("no safe version of TLS is taken"),
        Reason::Tls(TlsReason::Ssl { .. }) => say!("broken versions of SSL are taken"),
        Reason::Ciphers(CipherReason::Open { .. }) => {
            say!("encryption is taken that anybody can break")
        }
        Reason::Certificate(CertificateReason::Refused { why, .. }) => match why {
            Fault::Expired { .. } => say!("a certificate is out of date"),
            Fault::WrongName { .. } => say!("a certificate is for other names"),
            _ => say!("nobody who checks trusts a certificate"),
        },
        Reason::Certificate(CertificateReason::EndsSoon { .. }) => {
            say!("a certificate ends soon")
        }
        Reason::Dnssec(DnssecReason::Bogus | DnssecReason::HostsBogus { .. }) => {
            say!("wrong DNSSEC signatures keep mail out")
        }
        Reason::Dnssec(DnssecReason::HostsUnsigned { .. }) => {
            say!("DNS answers about mail servers are not signed")
        }
        Reason::Dnssec(
            DnssecReason::Unsigned | DnssecReason::Island { .. } | DnssecReason::NotTrusted,
        ) => {
            say!("DNS answers are not signed")
        }
        _ => return None,
    })
}

fn dkim(reason: &DkimReason) -> Option<Sentence> {
    Some(match reason {
        DkimReason::Diagnostic { diagnostic, .. } => match diagnostic.code {
            DiagnosticCode::WeakKey(_)
            | DiagnosticCode::WeakExponent
            | DiagnosticCode::PrivateKey => say!("a DKIM key is too weak"),
            DiagnosticCode::ShortKey(_) => say!("a DKIM key is short"),
            DiagnosticCode::Testing => say!("a DKIM key is in test mode"),
            code if code.level() == Level::Error => say!("a DKIM key cannot be used"),
            _ => return None,
        },
        DkimReason::Missing { .. } => say!("a DKIM key is missing"),
        DkimReason::Dangling { .. } => say!("a DKIM alias leads nowhere"),
        DkimReason::NoNames => say!("there are no DKIM keys"),
        DkimReason::Revoked { .. } => say!("the DKIM keys are revoked"),
        _ => return None,
    })
}

/// What is well, as clauses.
fn strengths(rows: &Rows<'_>) -> Sentence {
    list(rows.good.iter().map(|finding| match finding.id {
        CheckId::Relay => say!("strangers' mail to strangers is refused"),
        CheckId::Blacklist => say!("no blocklist that counts lists your servers"),
        CheckId::Dmarc => say!("DMARC enforces"),
        CheckId::Spf => say!("SPF is valid"),
        CheckId::Ptr => say!("every address has a name that leads back"),
        CheckId::Spoofing => say!("a stranger's mail can be told from yours"),
        CheckId::Auth if offers_in_clear(finding) => say!("login is offered"),
        CheckId::Auth => say!("login is offered only inside TLS"),
        CheckId::Help => say!("`HELP` gives nothing away"),
        CheckId::Vrfy => say!("`VRFY` tells no mailbox from another"),
        CheckId::Expn => say!("`EXPN` names nobody"),
        CheckId::Dkim => say!("DKIM keys are strong"),
        CheckId::StartTls => say!("every mail server offers encryption"),
        CheckId::StartTlsInjection => {
            say!("nothing can be slipped into encrypted connections")
        }
        CheckId::Submission => say!("passwords travel only inside TLS"),
        CheckId::Ipv6 => say!("mail can arrive over IPv6"),
        CheckId::TlsVersions => say!("only safe versions of TLS are taken"),
        CheckId::Ciphers => say!("only strong encryption is taken"),
        CheckId::Certificate => say!("certificates are in order"),
        CheckId::MtaSts => say!("MTA-STS protects your mail"),
        CheckId::Dane => say!("DANE protects your mail"),
        CheckId::Dnssec => say!("DNS answers are signed"),
        CheckId::TlsRpt => say!("reports about encryption arrive"),
        CheckId::Caa => say!("few authorities may issue certificates"),
        CheckId::Bimi => say!("BIMI is in order"),
        CheckId::Mx => say!("the MX records are right"),
    }))
}
