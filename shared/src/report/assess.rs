//! From evidence to report: pure, total, and made anew each time.

use crate::gather::Gather;

use serde::Serialize;

use super::{
    Cap, CapCause, Downgrade, Finding, Grade, InjectionReason, Profile, ProfileName, Reason, Score,
    Status, TlsReason, gains,
};
use crate::DomainName;
use crate::checks::{CHECKS, CheckId, Scene};
use crate::dns::{Question, Wanting};
use crate::evidence::{Evidence, Fact, ProbeOutcome, SmtpEvent};
use crate::sorted::SortedSet;
use crate::sorting::sort_by_key;
use crate::time::{Millis, Timestamp};

/// Below this share of the weight no A+ is given.
const FULL_COVERAGE: u32 = 90;
/// Below this share of the weight the grade is provisional.
const FAIR_COVERAGE: u32 = 70;

/// What the evidence means under a profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The domain.
    pub domain: DomainName,
    /// The profile.
    pub profile: ProfileTag,
    /// The letter; nothing while nothing that counts could be looked at.
    pub grade: Option<Grade>,
    /// Whether the letter stands on too little: the scan is under way, or under 70 % could be looked at.
    pub provisional: bool,
    /// Percent earned of what was possible.
    pub score: Score,
    /// Percent of the applicable weight that could be looked at, rounded down.
    pub coverage: u32,
    /// Bounds on the letter, the tightest first.
    pub caps: Vec<Cap>,
    /// One finding for each check that the profile reads, in the catalogue's order.
    pub checks: Vec<Finding>,
    /// Whether somebody in between can force mail into clear text or to another server; nothing in a profile that does
    /// not read what that hangs on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub downgrade: Option<Downgrade>,
    /// The checks whose mends win most, at most three.
    pub mends: Vec<CheckId>,
    /// The questions to ask next; none when everything was asked.
    pub wants: Vec<Question>,
    /// What the probe cost the target.
    pub effort: Effort,
    /// When the first and the last observation were made.
    pub measured: Option<(Timestamp, Timestamp)>,
}

/// A profile's name and version, as a report carries them.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct ProfileTag {
    /// Its name.
    pub name: ProfileName,
    /// Its version.
    pub version: &'static str,
}

/// What the probe cost the target.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Effort {
    /// TCP connections opened.
    pub connections: u32,
    /// Commands sent.
    pub commands: u32,
    /// How long the probe took, when it has ended.
    pub took: Option<Millis>,
}

impl Report {
    /// The finding of a check.
    #[must_use]
    pub fn finding(&self, id: CheckId) -> Option<&Finding> {
        self.checks.iter().find(|finding| finding.id == id)
    }

    /// Whether any check may still change as the scan goes on.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.checks.iter().any(Finding::is_pending)
    }
}

/// Reads `evidence` under `profile`.
///
/// The same evidence gives the same report, byte for byte, in whatever order it arrived.
#[must_use]
pub fn assess(evidence: &Evidence, profile: &Profile) -> Report {
    let dns = Wanting::new(evidence);
    let scene = Scene::new(evidence, &dns, profile);
    let read: Vec<Finding> = CHECKS
        .iter()
        .filter(|check| profile.reads(check.id()))
        .map(|check| check.assess(&scene))
        .gather();
    let statuses: Vec<Status> = read.iter().map(|finding| finding.status).gather();
    let mut checks: Vec<Finding> = read
        .into_iter()
        .map(|finding| read_strictly(finding, profile))
        .gather();
    let score = Score::of(&checks);
    let mut wants = SortedSet::new();
    wants.extend(gains::set(&mut checks, &statuses, &scene));
    let downgrade = Downgrade::of(&scene.route, &checks, profile);
    drop(scene);
    wants.extend(dns.into_wants());
    let coverage = coverage(&checks);
    // Where nothing applies nothing is missing.
    let mut caps = caps(&checks, coverage.unwrap_or(100), downgrade.as_ref());
    let uncapped = score.grade();
    let grade = uncapped.map(|grade| caps.iter().map(|cap| cap.grade).fold(grade, Grade::min));
    for cap in &mut caps {
        cap.bit = uncapped.is_some_and(|grade| grade > cap.grade);
    }
    let pending = checks.iter().any(Finding::is_pending);
    Report {
        domain: evidence.domain().clone(),
        profile: ProfileTag {
            name: profile.name,
            version: profile.version,
        },
        grade,
        provisional: pending || coverage.is_some_and(|percent| percent < FAIR_COVERAGE),
        score,
        coverage: coverage.unwrap_or(0),
        caps,
        downgrade,
        mends: gains::top_mends(&checks),
        checks,
        wants: wants.into_vec(),
        effort: effort(evidence),
        measured: measured(evidence),
    }
}

/// Gives a finding its weight, and a profile that knows no half measures its way.
pub(super) fn read_strictly(mut finding: Finding, profile: &Profile) -> Finding {
    finding.weight = profile.weight(finding.id);
    if profile.readings.warn_is_fail {
        let strict = |status: &mut Status| {
            if *status == Status::Warn {
                *status = Status::Fail;
            }
        };
        strict(&mut finding.status);
        finding
            .hosts
            .iter_mut()
            .for_each(|host| strict(&mut host.status));
    }
    finding
}

/// Percent of the weight of the checks that apply that could be looked at; `None` when none applies.
fn coverage(checks: &[Finding]) -> Option<u32> {
    let weight = |wanted: fn(Status) -> bool| -> u32 {
        checks
            .iter()
            .filter(|finding| wanted(finding.status))
            .map(|finding| finding.weight)
            .sum()
    };
    let applicable = weight(|status| status != Status::Na);
    let looked_at = weight(|status| status.quarters().is_some());
    (100 * looked_at).checked_div(applicable)
}

/// The bounds that apply, the tightest first.
fn caps(checks: &[Finding], coverage: u32, downgrade: Option<&Downgrade>) -> Vec<Cap> {
    let has = |id, wanted: fn(&Reason) -> bool| {
        checks
            .iter()
            .any(|finding| finding.id == id && finding.reasons.iter().any(wanted))
    };
    let no_spf = has(CheckId::Spf, |reason| *reason == Reason::SpfMissing);
    let no_dmarc = checks.iter().any(|finding| {
        finding.id == CheckId::Dmarc
            && finding.status == Status::Fail
            && finding.reasons.iter().any(|r| {
                matches!(
                    r,
                    Reason::DmarcMissing | Reason::DmarcSeveral { .. } | Reason::DmarcVoid
                )
            })
    });
    let cap = |applies: bool, grade, cause| {
        applies.then_some(Cap {
            grade,
            cause,
            bit: false,
        })
    };
    let mut caps: Vec<Cap> = [
        cap(
            has(CheckId::Relay, |r| {
                matches!(r, Reason::RelayAccepted { .. })
            }),
            Grade::F,
            CapCause::OpenRelay,
        ),
        cap(
            no_spf && no_dmarc,
            Grade::DMinus,
            CapCause::NeitherSpfNorDmarc,
        ),
        cap(
            has(CheckId::Blacklist, |r| {
                matches!(r, Reason::ListedDecisively { .. })
            }),
            Grade::D,
            CapCause::Listed,
        ),
        cap(
            checks
                .iter()
                .any(|finding| finding.id == CheckId::MtaSts && finding.keeps_mail_out())
                || downgrade.is_some_and(|found| found.breaks_for(super::Sender::MtaSts)),
            Grade::D,
            CapCause::MtaStsRefuses,
        ),
        cap(no_starttls(checks), Grade::DPlus, CapCause::NoStartTls),
        cap(
            has(CheckId::StartTlsInjection, |r| {
                matches!(r, Reason::Injection(InjectionReason::Answered { .. }))
            }),
            Grade::D,
            CapCause::Injection,
        ),
        cap(
            checks
                .iter()
                .any(|finding| finding.id == CheckId::Dane && finding.keeps_mail_out()),
            Grade::D,
            CapCause::DaneRefuses,
        ),
        cap(
            has(CheckId::TlsVersions, |r| {
                matches!(r, Reason::Tls(TlsReason::OldOnly { .. }))
            }),
            Grade::C,
            CapCause::OldTls,
        ),
        cap(no_dmarc && !no_spf, Grade::C, CapCause::NoDmarc),
        cap(no_spf && !no_dmarc, Grade::CPlus, CapCause::NoSpf),
        cap(
            has(CheckId::Spf, |r| matches!(r, Reason::SpfBroken { .. })),
            Grade::CPlus,
            CapCause::SpfBroken,
        ),
        cap(coverage < FULL_COVERAGE, Grade::A, CapCause::Coverage),
    ]
    .into_iter()
    .flatten()
    .gather();
    sort_by_key(&mut caps, |cap| cap.grade);
    caps
}

/// Whether no mail server that was looked at offers TLS, and every one was looked at.
fn no_starttls(checks: &[Finding]) -> bool {
    let Some(finding) = checks.iter().find(|f| f.id == CheckId::StartTls) else {
        return false;
    };
    let mut servers = finding.hosts.iter().filter(|host| host.address.is_some());
    finding.status == Status::Fail && servers.all(|host| host.status == Status::Fail)
}

/// Counts what the probe did to the target.
fn effort(evidence: &Evidence) -> Effort {
    evidence
        .observations()
        .fold(Effort::default(), |mut effort, (_, observation)| {
            match &observation.fact {
                Fact::Smtp(fact) => match &fact.event {
                    SmtpEvent::Connected => effort.connections += 1,
                    SmtpEvent::Replied { sent: Some(_), .. }
                    | SmtpEvent::NotReplied { sent: Some(_), .. } => {
                        effort.commands += 1;
                    }
                    _ => {}
                },
                Fact::Probe(ProbeOutcome::Finished { took }) => effort.took = Some(*took),
                _ => {}
            }
            effort
        })
}

/// From the first observation to the last.
fn measured(evidence: &Evidence) -> Option<(Timestamp, Timestamp)> {
    let times = || {
        evidence
            .observations()
            .map(|(_, observation)| observation.at)
    };
    Some((times().min()?, times().max()?))
}
