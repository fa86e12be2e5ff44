//! From evidence to report: pure, total, and made anew each time.

use serde::Serialize;

use super::{
    Action, Cap, CapCause, Finding, Grade, Mend, Profile, ProfileName, Reason, Score, Status,
};
use crate::DomainName;
use crate::checks::{CHECKS, CheckId, Scene};
use crate::dns::{Question, Wanting};
use crate::evidence::{Evidence, Fact, ProbeOutcome, SmtpEvent};
use crate::time::{Millis, Timestamp};

/// Below this share of the weight no A+ is given.
const FULL_COVERAGE: u32 = 90;
/// Below this share of the weight the grade is provisional.
const FAIR_COVERAGE: u32 = 70;
/// Mends that are named first.
const TOP_MENDS: usize = 3;

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
    /// One finding a check, in the catalogue's order.
    pub checks: Vec<Finding>,
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
    let mut checks: Vec<Finding> = CHECKS
        .iter()
        .map(|check| read_strictly(check.assess(&scene), profile))
        .collect();
    drop(scene);
    let score = score(&checks);
    set_gains(&mut checks, score);
    let coverage = coverage(&checks);
    let mut caps = caps(&checks, coverage);
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
        provisional: pending || coverage < FAIR_COVERAGE,
        score,
        coverage,
        caps,
        mends: top_mends(&checks),
        checks,
        wants: dns.into_wants(),
        effort: effort(evidence),
        measured: measured(evidence),
    }
}

/// Gives a finding its weight, and a profile that knows no half measures its way.
fn read_strictly(mut finding: Finding, profile: &Profile) -> Finding {
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

/// What was earned of what was possible.
fn score(checks: &[Finding]) -> Score {
    checks.iter().fold(Score::default(), |score, finding| {
        match finding.status.quarters() {
            Some(quarters) => Score {
                earned: score.earned + quarters * finding.weight,
                possible: score.possible + 4 * finding.weight,
            },
            None => score,
        }
    })
}

/// Percent of the weight of the checks that apply that could be looked at.
fn coverage(checks: &[Finding]) -> u32 {
    let weight = |wanted: fn(Status) -> bool| -> u32 {
        checks
            .iter()
            .filter(|finding| wanted(finding.status))
            .map(|finding| finding.weight)
            .sum()
    };
    let applicable = weight(|status| status != Status::Na);
    let looked_at = weight(|status| status.quarters().is_some());
    (100 * looked_at).checked_div(applicable).unwrap_or(0)
}

/// The bounds that apply, the tightest first.
fn caps(checks: &[Finding], coverage: u32) -> Vec<Cap> {
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
    .collect();
    caps.sort_by_key(|cap| cap.grade);
    caps
}

/// How many points of a hundred each mend would win, rounded. A mend that two checks ask for wins for both.
fn set_gains(checks: &mut [Finding], score: Score) {
    let lost = |finding: &Finding| {
        finding
            .status
            .quarters()
            .map_or(0, |quarters| (4 - quarters) * finding.weight)
    };
    let asked: Vec<(Action, u32)> = checks
        .iter()
        .filter_map(|finding| Some((finding.mend.as_ref()?.action.clone(), lost(finding))))
        .collect();
    for mend in checks
        .iter_mut()
        .filter_map(|finding| finding.mend.as_mut())
    {
        let lost: u32 = asked
            .iter()
            .filter(|(action, _)| *action == mend.action)
            .map(|(_, lost)| lost)
            .sum();
        mend.gain = (100 * lost + score.possible / 2)
            .checked_div(score.possible)
            .unwrap_or(0);
    }
}

/// The checks whose mends win most, each mend once: where two checks ask for the same, the one that hands
/// over the record. The catalogue's order decides between equals.
fn top_mends(checks: &[Finding]) -> Vec<CheckId> {
    let mut mends: Vec<(&Mend, CheckId)> = Vec::new();
    for (mend, id) in checks
        .iter()
        .filter_map(|finding| Some((finding.mend.as_ref()?, finding.id)))
    {
        match mends
            .iter_mut()
            .find(|(known, _)| known.action == mend.action)
        {
            Some(known) if known.0.publish.is_none() => *known = (mend, id),
            Some(_) => {}
            None => mends.push((mend, id)),
        }
    }
    mends.retain(|(mend, _)| mend.gain > 0);
    mends.sort_by_key(|(mend, _)| core::cmp::Reverse(mend.gain));
    mends
        .into_iter()
        .take(TOP_MENDS)
        .map(|(_, id)| id)
        .collect()
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
