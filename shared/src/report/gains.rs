//! What mends win, and which of them to name first.
//!
//! Where a mend hands over a record, that is not reckoned but tried: the evidence is read again as if the
//! record stood in DNS. A record that would win nothing is not handed over.

use super::assess::read_strictly;
use super::{Action, Finding, Mend, Profile, Publish, Reason, Score, Status};
use crate::checks::{CHECKS, CheckId, Scene};
use crate::dns::{Answer, DnsView, Question, RecordData, RecordType, Response, TxtRecord, Wanting};
use crate::evidence::Evidence;
use crate::mx;
use crate::sorting::sort_by_key;
use crate::spf;

/// Mends that are named first.
const TOP_MENDS: usize = 3;
/// The checks that read the records which are handed over, and nothing else of weight.
const BY_RECORD: [CheckId; 5] = [
    CheckId::Spf,
    CheckId::Dmarc,
    CheckId::Spoofing,
    CheckId::Mx,
    CheckId::Bimi,
];

/// Sets how many points of a hundred each mend would win, rounded, and takes back records that win nothing.
/// Gives the questions without whose answers that cannot be told: what a record to be published includes.
///
/// `read` are the statuses before a profile's strictness, in the order of `checks`.
pub(super) fn set(
    checks: &mut [Finding],
    read: &[Status],
    evidence: &Evidence,
    profile: &Profile,
) -> Vec<Question> {
    let mut wants = Vec::new();
    let mut trials: Vec<(Publish, Option<u32>)> = Vec::new();
    for publish in records(checks) {
        let trial = Trial::of(&publish, evidence, profile);
        trials.push((publish, trial.gain(checks, read)));
        wants.extend(trial.wants);
    }
    let mends = checks
        .iter_mut()
        .filter_map(|finding| finding.mend.as_mut());
    for mend in mends {
        let tried = mend
            .publish
            .as_ref()
            .and_then(|publish| trials.iter().find(|(known, _)| known == publish));
        match tried {
            Some((_, Some(gain))) => mend.gain = *gain,
            _ => mend.publish = None,
        }
    }
    set_others(checks, profile);
    wants
}

/// Every record that a mend hands over, each once.
fn records(checks: &[Finding]) -> Vec<Publish> {
    let mut records: Vec<Publish> = Vec::new();
    for mend in checks.iter().filter_map(|finding| finding.mend.as_ref()) {
        if let Some(publish) = &mend.publish
            && !records.contains(publish)
        {
            records.push(publish.clone());
        }
    }
    records
}

/// The evidence read as if a record stood in DNS.
struct Trial {
    /// Each check that reads it: before and after the profile's strictness.
    findings: Vec<(Status, Finding)>,
    /// What it could not be told without.
    wants: Vec<Question>,
}

impl Trial {
    fn of(publish: &Publish, evidence: &Evidence, profile: &Profile) -> Self {
        let question = Question::new(publish.name.clone(), publish.record_type);
        let known = evidence.get(&question).map(|answer| &answer.response);
        let view = WhatIf {
            view: evidence,
            answer: Answer::new(match publish.record_type {
                RecordType::Mx => mx::parse(&publish.value).response(),
                _ => with(known, &publish.value),
            }),
            question,
        };
        let dns = Wanting::new(&view);
        let scene = Scene::new(evidence, &dns, profile);
        let findings = CHECKS
            .iter()
            .filter(|check| BY_RECORD.contains(&check.id()) && profile.reads(check.id()))
            .map(|check| {
                let finding = check.assess(&scene);
                (finding.status, read_strictly(finding, profile))
            })
            .collect();
        drop(scene);
        Self {
            findings,
            wants: dns.into_wants(),
        }
    }

    /// Points of a hundred; nothing when the record would win nothing, or when that cannot be told.
    fn gain(&self, checks: &[Finding], read: &[Status]) -> Option<u32> {
        let (mut better, mut changed) = (false, false);
        let (mut before, mut after) = (Score::default(), Score::default());
        for (finding, read) in checks.iter().zip(read) {
            before = before.with(finding);
            let Some((tried, strict)) = self.findings.iter().find(|(_, f)| f.id == finding.id)
            else {
                after = after.with(finding);
                continue;
            };
            after = after.with(strict);
            match (read.quarters(), tried.quarters()) {
                (Some(was), Some(is)) if is < was => return None,
                (Some(was), Some(is)) => better |= is > was,
                (Some(_), None) => return None,
                (None, _) => {}
            }
            changed |= strict.reasons != finding.reasons;
        }
        let is_step = self.is_step(checks);
        (better || is_step && changed).then(|| before.points_to(after))
    }

    /// Whether the record is worth its while though no status changes: without reports no other step can
    /// be taken.
    fn is_step(&self, checks: &[Finding]) -> bool {
        let blind = |finding: &Finding| {
            finding.id == CheckId::Dmarc && finding.reasons.iter().any(lacks_reports)
        };
        checks.iter().any(blind) && !self.findings.iter().any(|(_, finding)| blind(finding))
    }
}

const fn lacks_reports(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::DmarcNoReports | Reason::DmarcReportsUnauthorized { .. }
    )
}

/// A view in which one question has another answer.
struct WhatIf<'a> {
    view: &'a Evidence,
    question: Question,
    answer: Answer,
}

impl DnsView for WhatIf<'_> {
    fn get(&self, question: &Question) -> Option<&Answer> {
        if *question == self.question {
            Some(&self.answer)
        } else {
            self.view.get(question)
        }
    }
}

/// The TXT records of a name when `value` has taken the place of all of its kind.
fn with(known: Option<&Response>, value: &str) -> Response {
    let is_spf = spf::Record::parse(value).is_ok();
    let stays = |data: &&RecordData| {
        let alone = Response::Records(vec![(*data).clone()]);
        is_spf
            && !matches!(spf::select(&alone), spf::Selection::One(_))
            && spf::near_misses(&alone).is_empty()
    };
    let mut records: Vec<RecordData> = known
        .map_or(&[][..], Response::records)
        .iter()
        .filter(stays)
        .cloned()
        .collect();
    records.push(RecordData::Txt(TxtRecord::single(value)));
    Response::from_records(records)
}

/// The gains of mends without a record to try: what their checks would win at the status that they reach.
/// A mend that two checks ask for wins for both.
fn set_others(checks: &mut [Finding], profile: &Profile) {
    let possible = Score::of(&*checks).possible;
    let asked: Vec<(Action, u32)> = checks
        .iter()
        .filter_map(|finding| {
            let mend = finding.mend.as_ref()?;
            let mut reached = finding.clone();
            reached.status = reaches(&mend.action, finding);
            let reached = read_strictly(reached, profile).status.quarters()?;
            let won = reached.saturating_sub(finding.status.quarters()?);
            Some((mend.action.clone(), won * finding.weight))
        })
        .collect();
    let mends = checks
        .iter_mut()
        .filter_map(|finding| finding.mend.as_mut());
    for mend in mends.filter(|mend| mend.publish.is_none()) {
        let won: u32 = asked
            .iter()
            .filter(|(action, _)| *action == mend.action)
            .map(|(_, won)| won)
            .sum();
        mend.gain = (100 * won + possible / 2)
            .checked_div(possible)
            .unwrap_or(0);
    }
}

/// The status of a check when a mend is made: a first step does not lead all the way.
fn reaches(action: &Action, finding: &Finding) -> Status {
    let first = finding.reasons.first();
    match action {
        Action::PublishDmarc | Action::RepairDmarc | Action::KeepOneDmarc => match finding.id {
            CheckId::Dmarc => Status::Warn,
            _ => finding.status,
        },
        Action::CorrectDmarc if first == Some(&Reason::DmarcVoid) => Status::Warn,
        Action::RequestReports | Action::AuthorizeReports { .. } => {
            let enforces = |reason: &Reason| matches!(reason, Reason::DmarcEnforces { .. });
            if finding.reasons.iter().any(enforces) {
                Status::Pass
            } else {
                finding.status
            }
        }
        _ => Status::Pass,
    }
}

/// The checks whose mends win most, each mend once: where two checks ask for the same, the one that hands
/// over the record. A record that is the step before all others is named though it wins nothing yet. The
/// catalogue's order decides between equals.
pub(super) fn top_mends(checks: &[Finding]) -> Vec<CheckId> {
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
    // Without a way for mail to come in nothing else is worth a step.
    let urgent = |mend: &Mend| matches!(mend.action, Action::PointExchange { .. });
    mends.retain(|(mend, _)| mend.gain > 0 || mend.publish.is_some() || urgent(mend));
    sort_by_key(&mut mends, |(mend, _)| {
        core::cmp::Reverse((urgent(mend), mend.gain))
    });
    mends
        .into_iter()
        .take(TOP_MENDS)
        .map(|(_, id)| id)
        .collect()
}
