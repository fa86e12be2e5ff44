//! What mends win, and which of them to name first.
//!
//! Where a mend hands over a record, that is not reckoned but tried: the evidence is read again as if the
//! record stood in DNS. A record that would win nothing is not handed over.

use super::assess::read_strictly;
use super::{
    Action, DaneReason, DnssecReason, Finding, Mend, MtaStsReason, Profile, Publish, Reason, Score,
    Serve, Status,
};
use crate::checks::{CHECKS, CheckId, Scene};
use crate::dane;
use crate::dns::{Answer, DnsView, Question, RecordData, RecordType, Response, Wanting};
use crate::evidence::{Evidence, PolicyFile};
use crate::gather::Gather;
use crate::mx;
use crate::sorting::sort_by_key;
use crate::spf;
use crate::what_if::{self, with};

/// Mends that are named first.
const TOP_MENDS: usize = 3;
/// The checks that read the records which are handed over, and nothing else of weight.
const BY_RECORD: [CheckId; 8] = [
    CheckId::Spf,
    CheckId::Dmarc,
    CheckId::Spoofing,
    CheckId::Dkim,
    CheckId::MtaSts,
    CheckId::TlsRpt,
    CheckId::Mx,
    CheckId::Bimi,
];

/// Sets how many points of a hundred each mend would win, rounded, and takes back records that win nothing.
/// Gives the questions without whose answers that cannot be told: what a record to be published includes.
///
/// `read` are the statuses before a profile's strictness, in the order of `checks`; `scene` is what they were read from.
pub(super) fn set(checks: &mut [Finding], read: &[Status], scene: &Scene<'_>) -> Vec<Question> {
    let mut wants = Vec::new();
    let mut trials: Vec<(Handed, Option<u32>)> = Vec::new();
    for handed in records(checks) {
        let trial = Trial::of(&handed, scene);
        trials.push((handed, trial.gain(checks, read)));
        wants.extend(trial.wants);
    }
    let mends = checks
        .iter_mut()
        .filter_map(|finding| finding.mend.as_mut());
    for mend in mends {
        let tried = handed(mend).and_then(|this| trials.iter().find(|(known, _)| *known == this));
        match tried {
            Some((_, Some(gain))) => mend.gain = *gain,
            _ => (mend.publish, mend.serve) = (None, None),
        }
    }
    set_others(checks, scene.profile);
    wants
}

/// A record to publish, and the file to serve before.
type Handed = (Publish, Option<Serve>);

fn handed(mend: &Mend) -> Option<Handed> {
    Some((mend.publish.clone()?, mend.serve.clone()))
}

/// Every record that a mend hands over, each once.
fn records(checks: &[Finding]) -> Vec<Handed> {
    let mut records: Vec<Handed> = Vec::new();
    let mends = checks.iter().filter_map(|finding| finding.mend.as_ref());
    for record in mends.filter_map(handed) {
        if !records.contains(&record) {
            records.push(record);
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
    fn of((publish, serve): &Handed, seen: &Scene<'_>) -> Self {
        let (evidence, profile) = (seen.evidence, seen.profile);
        let policy = serve.as_ref().map(|file| PolicyFile {
            media_type: Some("text/plain".to_owned()),
            body: file.text.clone(),
        });
        let question = Question::new(publish.name.clone(), publish.record_type);
        let seen_answer = evidence.get(&question);
        let known = seen_answer.map(|answer| &answer.response);
        // Another SPF record would have other keys guessed. That makes no key come or go, and nobody asks for them.
        let keys = if is_key(&question) {
            None
        } else {
            Some(seen.dkim())
        };
        let is_spf = spf::Record::parse(&publish.value).is_ok();
        let response = match publish.record_type {
            RecordType::Mx => mx::parse(&publish.value).response(),
            RecordType::Tlsa => tlsa(&publish.value),
            _ => with(known, [publish.value.as_str()], |data| {
                !is_spf || what_if::is_spf(data)
            }),
        };
        let view = WhatIf {
            view: evidence,
            answer: Answer {
                // What would stand in a signed zone would be signed.
                authenticated: publish.record_type == RecordType::Tlsa
                    && seen_answer.is_some_and(|answer| answer.authenticated),
                ..Answer::new(response)
            },
            question,
        };
        let dns = Wanting::new(&view);
        let scene = Scene::new(evidence, &dns, profile).supposing(policy.as_ref(), keys);
        let findings = CHECKS
            .iter()
            .filter(|check| reads(check.id(), publish.record_type) && profile.reads(check.id()))
            .map(|check| check.assess(&scene))
            .map(|finding| (finding.status, read_strictly(finding, profile)))
            .gather();
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
                // What no longer applies is no loss; what can no longer be told is one.
                (Some(_), None) if *tried != Status::Na => return None,
                (_, None) | (None, _) => {}
            }
            changed |= strict.reasons != finding.reasons;
        }
        let is_step = self.is_step(checks);
        (better || is_step && changed).then(|| before.points_to(after))
    }

    /// Whether the record is worth its while though no status changes: while reports lack, or a policy on
    /// trial names too few mail exchanges, no other step can be taken.
    fn is_step(&self, checks: &[Finding]) -> bool {
        [lacks_reports, leaves_out].into_iter().any(|hinders| {
            let hindered = |finding: &Finding| finding.reasons.iter().any(hinders);
            let tried = &mut self.findings.iter();
            checks.iter().any(hindered) && !tried.any(|(_, finding)| hindered(finding))
        })
    }
}

/// Whether a check may say something else when a record of this type is another.
fn reads(id: CheckId, record_type: RecordType) -> bool {
    BY_RECORD.contains(&id) || id == CheckId::Dane && record_type == RecordType::Tlsa
}

/// TLSA records, one a line, as an answer.
fn tlsa(text: &str) -> Response {
    let records = text.lines().filter_map(|line| dane::parse(line).record);
    let data = records.map(|record| RecordData::Tlsa {
        usage: record.usage,
        selector: record.selector,
        matching: record.matching,
        data: record.data,
    });
    Response::from_records(data.gather())
}

const fn lacks_reports(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::DmarcNoReports | Reason::DmarcReportsUnauthorized { .. }
    )
}

const fn leaves_out(reason: &Reason) -> bool {
    matches!(reason, Reason::MtaSts(MtaStsReason::Uncovered { .. }))
}

/// Whether a question is for a DKIM key.
fn is_key(question: &Question) -> bool {
    question.rank() == Question::LAST_RANK
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
        .gather();
    for finding in checks {
        // What else is wrong there shows only when its answers come.
        let hidden = is_withheld(finding);
        let Some(mend) = finding.mend.as_mut().filter(|mend| mend.publish.is_none()) else {
            continue;
        };
        let won: u32 = asked
            .iter()
            .filter(|(action, _)| *action == mend.action && !hidden)
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
        Action::PublishDmarc
        | Action::RepairDmarc
        | Action::MoveDmarc { .. }
        | Action::KeepOneDmarc => match finding.id {
            CheckId::Dmarc => Status::Warn,
            _ => finding.status,
        },
        // On trial, or behind it something that nobody has seen.
        Action::PublishMtaSts
        | Action::RepairMtaSts
        | Action::KeepOneMtaSts
        | Action::ServeMtaSts { .. }
        | Action::SecurePolicyHost { .. } => Status::Warn,
        // What is on trial stays on trial.
        Action::RenewCertificate { .. }
        | Action::ReplaceCertificate { .. }
        | Action::SendIssuers { .. }
            if finding.id == CheckId::MtaSts && finding.status == Status::Warn =>
        {
            finding.status
        }
        Action::SendIssuers { .. } if finding.id == CheckId::Dane => Status::Pass,
        Action::CorrectDmarc if first == Some(&Reason::DmarcVoid) => Status::Warn,
        Action::RequestReports | Action::AuthorizeReports { .. } => {
            let enforces = |reason: &Reason| matches!(reason, Reason::DmarcEnforces { .. });
            if finding.reasons.iter().any(enforces) {
                Status::Pass
            } else {
                finding.status
            }
        }
        _ if finding.id == CheckId::Dnssec => {
            match finding.reasons.iter().filter(|r| is_fault(r)).count() {
                1 => Status::Pass,
                // One fault is mended, and others stay.
                _ => Status::Warn,
            }
        }
        // DNSSEC alone protects no mail, unless the records are there already.
        Action::ReplaceTlsa { .. }
        | Action::PublishTlsa { .. }
        | Action::CorrectTlsa { .. }
        | Action::OfferTlsForDane { .. }
        | Action::AnswerTlsa { .. } => {
            match finding.reasons.contains(&DaneReason::NotEffective.into()) {
                true => finding.status,
                false => Status::Pass,
            }
        }
        _ if finding.id == CheckId::Dane && first != Some(&DaneReason::NotEffective.into()) => {
            finding.status
        }
        _ => Status::Pass,
    }
}

/// Whether this costs the row about DNSSEC its pass.
const fn is_fault(reason: &Reason) -> bool {
    !matches!(
        reason,
        Reason::Dnssec(
            DnssecReason::Secure
                | DnssecReason::KeysDiffer { .. }
                | DnssecReason::HostsUnseen { .. }
        )
    )
}

/// Whether resolvers that validate withhold all that the domain answers.
fn is_withheld(finding: &Finding) -> bool {
    finding.reasons.contains(&DnssecReason::Bogus.into())
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
    // Without a way for mail to come in nothing else is worth a step, and where none is meant to come all else
    // hangs on saying so.
    let urgent = |(mend, id): &(&Mend, CheckId)| {
        let mut finding = checks.iter().filter(|finding| finding.id == *id);
        let decides = matches!(
            mend.action,
            Action::PointExchange { .. } | Action::PublishNullMx
        );
        decides || finding.any(Finding::keeps_mail_out)
    };
    mends.retain(|named| named.0.gain > 0 || named.0.publish.is_some() || urgent(named));
    sort_by_key(&mut mends, |named| {
        core::cmp::Reverse((urgent(named), named.0.gain))
    });
    mends.into_iter().take(TOP_MENDS).map(|(_, id)| id).gather()
}
