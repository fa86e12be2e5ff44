//! The questions that people ask, and which rows answer them.

use crate::checks::{CheckId, leads_nowhere};
use crate::dkim::{Diagnostic, DiagnosticCode};
use crate::gather::Gather;
use crate::report::{DkimReason, Finding, Identity, Protection, Reason, Report, Status};
use crate::sorting::sort_by_key;

/// The questions under which the rows stand, in their order on the page.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Group {
    /// Can a stranger send mail as you?
    Impersonation,
    /// Can your mail be read or diverted on its way?
    Transit,
    /// What does your server give away or allow?
    Exposure,
    /// Will others take your mail, and can they reach you?
    Delivery,
}

impl Group {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [
        Self::Impersonation,
        Self::Transit,
        Self::Exposure,
        Self::Delivery,
    ];

    /// The group as identifiers spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Impersonation => "impersonation",
            Self::Transit => "transit",
            Self::Exposure => "exposure",
            Self::Delivery => "delivery",
        }
    }

    /// Its checks, the most telling first.
    #[must_use]
    pub const fn checks(self) -> &'static [CheckId] {
        match self {
            Self::Impersonation => &[
                CheckId::Spoofing,
                CheckId::Spf,
                CheckId::Dmarc,
                CheckId::Dkim,
                CheckId::Bimi,
            ],
            Self::Transit => &[
                CheckId::StartTls,
                CheckId::MtaSts,
                CheckId::Dane,
                CheckId::TlsVersions,
                CheckId::Ciphers,
                CheckId::Certificate,
                CheckId::Dnssec,
                CheckId::StartTlsInjection,
                CheckId::TlsRpt,
                CheckId::Caa,
            ],
            Self::Exposure => &[
                CheckId::Relay,
                CheckId::Auth,
                CheckId::Submission,
                CheckId::Vrfy,
                CheckId::Expn,
                CheckId::Help,
            ],
            Self::Delivery => &[CheckId::Ptr, CheckId::Blacklist, CheckId::Mx, CheckId::Ipv6],
        }
    }
}

/// The group under which a check stands.
#[must_use]
pub const fn group_of(id: CheckId) -> Group {
    match id {
        CheckId::Spoofing | CheckId::Spf | CheckId::Dmarc | CheckId::Dkim | CheckId::Bimi => {
            Group::Impersonation
        }
        CheckId::StartTls
        | CheckId::StartTlsInjection
        | CheckId::TlsVersions
        | CheckId::Ciphers
        | CheckId::Certificate
        | CheckId::MtaSts
        | CheckId::Dane
        | CheckId::Dnssec
        | CheckId::TlsRpt
        | CheckId::Caa => Group::Transit,
        CheckId::Relay
        | CheckId::Auth
        | CheckId::Submission
        | CheckId::Vrfy
        | CheckId::Expn
        | CheckId::Help => Group::Exposure,
        CheckId::Ptr | CheckId::Blacklist | CheckId::Mx | CheckId::Ipv6 => Group::Delivery,
    }
}

/// Findings sorted by what can be said of them; what answers and verdicts are written from.
pub(super) struct Rows<'a> {
    /// All that were asked for.
    pub(super) total: usize,
    /// Those that may still change.
    pub(super) awaited: usize,
    /// Those that could not be looked at.
    pub(super) unknown: usize,
    /// Those that are well.
    pub(super) good: Vec<&'a Finding>,
    /// Those that are not, the weightiest first.
    pub(super) weak: Vec<&'a Finding>,
}

impl<'a> Rows<'a> {
    /// The rows of some checks.
    pub(super) fn of(report: &'a Report, checks: &[CheckId]) -> Self {
        let mut rows = Self {
            total: 0,
            awaited: 0,
            unknown: 0,
            good: Vec::new(),
            weak: Vec::new(),
        };
        for finding in checks.iter().filter_map(|id| report.finding(*id)) {
            rows.total += 1;
            match finding.status {
                Status::Unknown if finding.is_pending() => rows.awaited += 1,
                Status::Unknown => rows.unknown += 1,
                Status::Pass => rows.good.push(finding),
                Status::Warn | Status::Fail => rows.weak.push(finding),
                Status::Na => {}
            }
        }
        sort_by_key(&mut rows.weak, |finding| {
            core::cmp::Reverse(gravity(finding))
        });
        rows
    }

    /// The rows that answer a question. What keeps mail out answers the last, wherever it stands.
    pub(super) fn answering(report: &'a Report, group: Group) -> Self {
        let mut rows = Self::of(report, group.checks());
        if group == Group::Delivery {
            let keeps_out = report.checks.iter().filter(|row| row.keeps_mail_out());
            rows.weak.extend(keeps_out);
        }
        rows
    }

    /// The rows of the whole report.
    pub(super) fn all(report: &'a Report) -> Self {
        Self::of(report, &CheckId::ALL)
    }

    /// Rows that are there for good.
    pub(super) const fn settled(&self) -> usize {
        self.total - self.awaited
    }

    /// The weak rows that are causes. That a stranger can write as the exact domain follows from SPF and
    /// DMARC; it is named only where neither says why.
    pub(super) fn causes(&self) -> Vec<&'a Finding> {
        let explained = self
            .weak
            .iter()
            .any(|finding| matches!(finding.id, CheckId::Spf | CheckId::Dmarc));
        let is_cause = |finding: &&Finding| !explained || !follows(finding);
        self.weak.iter().copied().filter(is_cause).gather()
    }

    /// The causes that let mail be read or diverted by whoever stands in between, and the others. Without one of the first
    /// kind all are of it.
    pub(super) fn ways_in(&self) -> (Vec<&'a Finding>, Vec<&'a Finding>) {
        let is_way = |finding: &&Finding| {
            matches!(
                finding.id,
                CheckId::StartTls | CheckId::MtaSts | CheckId::Dane | CheckId::Dnssec
            )
        };
        let causes = self.causes();
        let ways: Vec<&Finding> = causes.iter().copied().filter(is_way).gather();
        let rest = causes.iter().copied().filter(|cause| !is_way(cause));
        match ways.is_empty() {
            true => (causes, Vec::new()),
            false => (ways, rest.gather()),
        }
    }

    /// The causes that let a stranger through; that nobody reads the reports, say, is not one of them.
    pub(super) fn openings(&self) -> Vec<&'a Finding> {
        let causes = self.causes();
        let lets_through = |finding: &&Finding| finding.reasons.iter().any(opens);
        let openings: Vec<&Finding> = causes.iter().copied().filter(lets_through).gather();
        if openings.is_empty() {
            causes
        } else {
            openings
        }
    }

    /// What is given away or allowed, whatever a profile makes of it: a profile may pass a `VRFY` that tells,
    /// and fail a login that is not offered.
    pub(super) fn exposures(&self) -> Vec<&'a Finding> {
        let leads = |finding: &Finding, wanted: fn(&Reason) -> bool| {
            finding.reasons.first().is_some_and(wanted)
        };
        let tells = |reason: &Reason| matches!(reason, Reason::VrfyTells { .. });
        let absent = |reason: &Reason| *reason == Reason::AuthAbsent;
        let weak = self.weak.iter().filter(|finding| !leads(finding, absent));
        weak.chain(self.good.iter().filter(|finding| leads(finding, tells)))
            .copied()
            .gather()
    }
}

/// Whether this reason lets a stranger through.
const fn opens(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::SpfMissing
            | Reason::SpfIgnored { .. }
            | Reason::SpfBroken { .. }
            | Reason::SpfOpen
            | Reason::SpfOpenOverIpv6
            | Reason::SpfWide { .. }
            | Reason::SpfWideOverIpv6
            | Reason::SpfNeutral
            | Reason::DmarcMissing
            | Reason::DmarcIgnored { .. }
            | Reason::DmarcVoid
            | Reason::DmarcSeveral { .. }
            | Reason::DmarcWatches
            | Reason::DmarcTesting { .. }
            | Reason::Dkim(DkimReason::Diagnostic {
                diagnostic: Diagnostic {
                    code: DiagnosticCode::WeakKey(_)
                        | DiagnosticCode::WeakExponent
                        | DiagnosticCode::PrivateKey,
                    ..
                },
                ..
            })
            | Reason::Spoofing {
                protection: Protection::Open | Protection::DmarcOnly,
                ..
            }
    )
}

/// Whether this finding says nothing that SPF and DMARC do not say: the exact domain is not protected.
fn follows(finding: &Finding) -> bool {
    let is_open = |reason: &Reason| {
        matches!(reason, Reason::Spoofing { identity: Identity::Exact, protection, .. }
            if *protection != Protection::Protected)
    };
    finding.id == CheckId::Spoofing && finding.reasons.iter().any(is_open)
}

/// Whether any of these breaks a rule.
pub(super) fn any_fails(findings: &[&Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.status == Status::Fail)
}

/// Whether any of these keeps others' mail out, or ours from them. Want of IPv6 does not: IPv4 is there.
pub(super) fn any_keeps_out(findings: &[&Finding]) -> bool {
    let mut others = findings
        .iter()
        .filter(|finding| finding.id != CheckId::Ipv6);
    others.any(|finding| finding.status == Status::Fail)
}

/// Quarters of weight that a finding costs; more than all of them where it keeps mail out.
fn gravity(finding: &Finding) -> u32 {
    let lost = finding
        .status
        .quarters()
        .map_or(0, |quarters| (4 - quarters) * finding.weight);
    lost + (u32::from(finding.keeps_mail_out()) << 16)
}

/// How well the domain's names are protected, whatever a profile makes of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shield {
    /// Nobody knows, or nobody knows yet.
    Unknown,
    /// Every kind of name is protected.
    Whole,
    /// The exact domain is, its subdomains are not.
    WithoutSubdomains,
    /// Only where DMARC is checked.
    DmarcOnly,
    /// The exact domain is open.
    None,
}

/// Reads the shield from the spoofing row.
pub(super) fn shield(report: &Report) -> Shield {
    let reasons = report
        .finding(CheckId::Spoofing)
        .map_or(&[][..], |finding| &finding.reasons);
    let judged = |wanted: fn(Identity) -> bool| {
        reasons.iter().filter_map(move |reason| match reason {
            Reason::Spoofing {
                identity,
                protection,
                ..
            } if wanted(*identity) => Some(*protection),
            _ => None,
        })
    };
    let exact = judged(|identity| identity == Identity::Exact).next();
    let below = judged(|identity| identity != Identity::Exact).max();
    match (exact, below) {
        (None, _) => Shield::Unknown,
        (Some(Protection::Open), _) => Shield::None,
        (_, Some(Protection::Open)) => Shield::WithoutSubdomains,
        (Some(Protection::DmarcOnly), _) => Shield::DmarcOnly,
        (Some(Protection::Protected), _) => Shield::Whole,
    }
}

/// What is wrong with the MX records of a domain that mail cannot reach.
pub(super) fn misdirected(report: &Report) -> Option<&Reason> {
    // This row asks at every address there is.
    leads_nowhere(report.finding(CheckId::Ptr)?)?
        .reasons
        .first()
}

/// Why none of the mail servers told us anything.
pub(super) enum Silence<'a> {
    /// Nobody asked them.
    NotAsked,
    /// They do not speak to us, for this reason.
    Closed(&'a Reason),
}

/// The rows that servers answer on port 25, whatever they offer there.
const ASKED_ON_25: [CheckId; 5] = [
    CheckId::Relay,
    CheckId::Auth,
    CheckId::Vrfy,
    CheckId::Expn,
    CheckId::Help,
];

/// Whether all rows that servers answer are empty, and why.
pub(super) fn silence(report: &Report) -> Option<Silence<'_>> {
    let mut findings = ASKED_ON_25.iter().filter_map(|id| report.finding(*id));
    // Of nothing at all, nothing is said to rest on DNS.
    let anything = |finding: &Finding| !matches!(finding.status, Status::Unknown | Status::Na);
    if !findings.all(is_unseen) || !report.checks.iter().any(anything) {
        return None;
    }
    match report.finding(CheckId::Relay)?.reasons.first()? {
        Reason::NeedsProbe
        | Reason::ProbeUnreachable
        | Reason::ProbeRefused { .. }
        | Reason::ProbeStopped
        | Reason::ProbeCut
        | Reason::NotAsked
        | Reason::ServerResting
        | Reason::ServerOptedOut => Some(Silence::NotAsked),
        reason @ (Reason::NotConnected { .. }
        | Reason::Silent { .. }
        | Reason::HungUp { .. }
        | Reason::NotSmtp { .. }
        | Reason::Throttled { .. }
        | Reason::TurnedAway { .. }) => Some(Silence::Closed(reason)),
        _ => None,
    }
}

fn is_unseen(finding: &Finding) -> bool {
    finding.status == Status::Unknown && !finding.is_pending()
}

/// Whether the gravest question stayed open.
pub(super) fn relay_unseen(report: &Report) -> bool {
    report.finding(CheckId::Relay).is_some_and(is_unseen)
}

/// Whether login is offered outside TLS.
pub(super) fn offers_in_clear(finding: &Finding) -> bool {
    let in_clear = |reason: &Reason| {
        matches!(
            reason,
            Reason::AuthInClear { .. } | Reason::AuthWithoutPassword { .. }
        )
    };
    finding.reasons.iter().any(in_clear)
}

/// Whether any check applies to the domain.
pub(super) fn anything_applies(report: &Report) -> bool {
    report
        .checks
        .iter()
        .any(|finding| finding.status != Status::Na)
}

/// Whether senders fall back to an address that was left alone.
pub(super) fn is_left_alone(report: &Report) -> bool {
    report
        .checks
        .iter()
        .any(|finding| finding.reasons.contains(&Reason::ImplicitMx))
}

/// Whether the domain names no server that takes mail.
pub(super) fn no_server(report: &Report) -> bool {
    let ptr = report.finding(CheckId::Ptr);
    ptr.is_some_and(|finding| finding.status == Status::Na)
}

/// Whether the domain does not exist at all.
pub(super) fn is_nowhere(report: &Report) -> bool {
    report
        .checks
        .iter()
        .any(|finding| finding.reasons.contains(&Reason::NoSuchDomain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_stands_in_its_group_and_in_no_other() {
        for id in CheckId::ALL {
            let groups: Vec<Group> = Group::ALL
                .into_iter()
                .filter(|group| group.checks().contains(&id))
                .collect();
            assert_eq!(groups, [group_of(id)]);
        }
    }
}
