//! Does anybody learn that mail could not be delivered over TLS? (RFC 8460)

pub(super) mod mend;

use super::misplaced;
use super::transit::{self, Dane};
use super::weighing::Weighing;
use super::{Check, CheckId, Exchanges, Lookup, Scene};
use crate::diagnostic::Level;
use crate::dns::{Name, RecordType};
use crate::gather::Gather;
use crate::mta_sts;
use crate::report::{Finding, Reason, Status, TlsRptReason};
use crate::tls_rpt::{self, Published, Selection};

/// Remarks about one record that are told.
const MAX_REMARKS: usize = 8;

/// See the module.
pub(super) struct TlsRpt;

impl Check for TlsRpt {
    fn id(&self) -> CheckId {
        CheckId::TlsRpt
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let (status, reasons, mend) = match transit::exchanges(scene) {
            Err((status, reason)) => (status, vec![reason], None),
            Ok(exchanges) => judge(scene, exchanges),
        };
        let proof = name(scene).map(|name| scene.answered(&name, RecordType::Txt));
        Finding::new(self.id(), status, reasons)
            .mended_by(mend)
            .proven_by(transit::proof(scene))
            .proven_by(proof.into_iter().flatten())
    }
}

/// Where the record stands.
fn name(scene: &Scene<'_>) -> Option<Name> {
    let domain = scene.evidence.domain().name();
    domain.prefixed(tls_rpt::RECORD_LABEL).ok()
}

type Word = (Status, Vec<Reason>, Option<crate::report::Mend>);

fn judge(scene: &Scene<'_>, exchanges: &Exchanges) -> Word {
    let response = match transit::texts(scene, tls_rpt::RECORD_LABEL) {
        Lookup::Pending => return (Status::Unknown, vec![Reason::Pending], None),
        Lookup::Failed(question, failure) => {
            let reason = Reason::DnsFailed { question, failure };
            return (Status::Unknown, vec![reason], None);
        }
        Lookup::Known(response) => response,
    };
    match tls_rpt::select(response) {
        Selection::None(misses) if misses.is_empty() => {
            let (status, mut reasons, mut mend) = absent(scene, exchanges);
            let misplaced = misplaced::at_domain(scene, tls_rpt::RECORD_LABEL, |text| {
                tls_rpt::read(text).is_ok().then(|| text.to_owned())
            });
            if let Some(record) = misplaced.filter(|_| mend.is_some()) {
                reasons.push(record.reason());
                mend = Some(mend::repair(scene, [record.value.as_str()]));
            }
            (status, reasons, mend)
        }
        Selection::None(misses) => {
            let mend = mend::repair(scene, misses.iter().map(|(text, _)| text.as_str()));
            let ignored = misses.into_iter().take(MAX_REMARKS);
            let ignored = ignored
                .map(|(text, near_miss)| Reason::TlsRpt(TlsRptReason::Ignored { text, near_miss }));
            (Status::Fail, ignored.gather(), Some(mend))
        }
        Selection::Several(texts) => {
            let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
            let reason = Reason::TlsRpt(TlsRptReason::Several { count });
            (
                Status::Fail,
                vec![reason],
                Some(mend::keep_one(scene, &texts)),
            )
        }
        Selection::One(published) => {
            let (status, reasons) = weigh(&published);
            let mend = || mend::repair(scene, [published.record.text.as_str()]);
            let mend = (status != Status::Pass).then(mend);
            (status, reasons, mend)
        }
    }
}

/// No record: worse where nothing else guards the mail either, as then nothing is done at all.
fn absent(scene: &Scene<'_>, exchanges: &Exchanges) -> Word {
    let blind = match guarded(scene, exchanges) {
        Lookup::Pending => return (Status::Unknown, vec![Reason::Pending], None),
        Lookup::Failed(..) => None,
        Lookup::Known(guarded) => Some(guarded),
    };
    let (status, reason) = match blind {
        Some(true) => (Status::Warn, TlsRptReason::Blind),
        // That there is none is known, whatever else is not.
        None => (Status::Warn, TlsRptReason::Absent),
        Some(false) => (Status::Fail, TlsRptReason::Absent),
    };
    (
        status,
        vec![Reason::TlsRpt(reason)],
        Some(mend::publish(scene)),
    )
}

/// Whether something may turn mail away that nobody then hears of.
fn guarded(scene: &Scene<'_>, exchanges: &Exchanges) -> Lookup<bool> {
    let has_policy = match transit::texts(scene, mta_sts::RECORD_LABEL) {
        Lookup::Pending => return Lookup::Pending,
        Lookup::Failed(question, failure) => Lookup::Failed(question, failure),
        Lookup::Known(response) => {
            let record = mta_sts::select(response);
            let valid = matches!(record, mta_sts::Selection::One(record) if record.is_valid());
            match scene.policy() {
                None if valid && scene.probe_outcome().is_none() => return Lookup::Pending,
                // A policy that nobody gets turns nothing away.
                Some(Err(why)) if !why.is_ours() => Lookup::Known(false),
                _ => Lookup::Known(valid),
            }
        }
    };
    match (has_policy, transit::dane(scene, exchanges)) {
        (Lookup::Known(true), _) | (_, Lookup::Known(Dane::Partly | Dane::Everywhere)) => {
            Lookup::Known(true)
        }
        (has_policy, Lookup::Known(Dane::Nowhere)) => has_policy,
        (_, Lookup::Pending) => Lookup::Pending,
        (_, Lookup::Failed(question, failure)) => Lookup::Failed(question, failure),
    }
}

fn weigh(published: &Published) -> (Status, Vec<Reason>) {
    let remark = |diagnostic: &tls_rpt::Diagnostic| {
        Reason::TlsRpt(TlsRptReason::Record {
            text: published.record.text.clone(),
            diagnostic: *diagnostic,
        })
    };
    let told = published.diagnostics.iter();
    if !published.is_valid() {
        let mut told: Vec<_> = told.gather();
        crate::sorting::sort_by_key(&mut told, |d| core::cmp::Reverse(d.code.level()));
        let told = told.into_iter().take(MAX_REMARKS).map(remark);
        return (Status::Fail, told.gather());
    }
    let destinations = published
        .record
        .rua
        .iter()
        .filter(|uri| uri.target.is_some())
        .map(|uri| uri.text.clone())
        .gather();
    let valid = Reason::TlsRpt(TlsRptReason::Valid { destinations });
    let mut weighing = Weighing::new(Status::Pass, vec![valid]);
    for diagnostic in told.take(MAX_REMARKS) {
        weighing.add(remark(diagnostic), diagnostic.code.level() > Level::Note);
    }
    weighing.told()
}

#[cfg(test)]
mod tests;
