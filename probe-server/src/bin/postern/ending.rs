//! How a scan ended: now, or when its evidence was saved.

use postern_shared::checks::CheckId;
use postern_shared::evidence::{Evidence, Fact, ProbeOutcome};
use postern_shared::report::{Reason, Report, Status};
use postern_shared::wording::{self, Language};

use crate::{Failed, remote};

/// Whether this was a scan.
///
/// # Errors
/// It could not be made.
pub(crate) fn of(
    evidence: &Evidence,
    report: &Report,
    language: Language,
    remark: &remote::Remark,
) -> Result<(), Failed> {
    failure(evidence, report, language, remark)
        .map_or(Ok(()), |message| Err(Failed::NotDone(message)))
}

/// Why this is no scan, where it is none: no resolver answered, no such domain, or no probe.
fn failure(
    evidence: &Evidence,
    report: &Report,
    language: Language,
    remark: &remote::Remark,
) -> Option<String> {
    let say = |reason: &Reason| Some(wording::reason(language, reason).plain(language));
    let spf = report.finding(CheckId::Spf)?;
    match spf.reasons.first() {
        Some(reason @ Reason::NoSuchDomain) => return say(reason),
        Some(reason @ Reason::DnsFailed { failure, .. })
            if report.checks.iter().all(|f| f.status == Status::Unknown) =>
        {
            let hint = wording::after_dns_failure(language, *failure).plain(language);
            return say(reason).map(|failure| format!("{failure} {hint}"));
        }
        _ => {}
    }
    evidence
        .observations()
        .find_map(|(_, observation)| match &observation.fact {
            Fact::Probe(ProbeOutcome::Refused(code)) => {
                Some(wording::refusal(language, *code, remark.retry_after).plain(language))
            }
            Fact::Probe(ProbeOutcome::Unreachable) => match &remark.no_probe {
                Some((url, why)) => Some(wording::no_probe(language, url, why).plain(language)),
                None => say(&Reason::ProbeUnreachable),
            },
            Fact::Probe(ProbeOutcome::Cut) => say(&Reason::ProbeCut),
            _ => None,
        })
}
