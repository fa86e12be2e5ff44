//! Are senders told to insist on TLS, and does that still let mail in? (RFC 8461)

mod judge;
mod mend;

use super::misplaced::{self, Misplaced};
use super::tls;
use super::transit::{self, Dane};
use super::{Check, CheckId, Exchanges, Lookup, Scene, dane};
use crate::diagnostic::Level;
use crate::dns::{Name, RecordType};
use crate::evidence::NoPolicy;
use crate::gather::Gather;
use crate::mta_sts::{self, NearMiss, Published, Selection};
use crate::report::{Finding, Mend, MtaStsReason, Reason, Status};
use crate::tls::Fault;
use judge::Found;

/// Remarks about one text that are told.
const MAX_REMARKS: usize = 8;

/// See the module.
pub(super) struct MtaSts;

impl Check for MtaSts {
    fn id(&self) -> CheckId {
        CheckId::MtaSts
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let word = match transit::exchanges(scene) {
            Err((status, reason)) => Word::new(status, reason),
            Ok(exchanges) => judge(scene, exchanges),
        };
        let domain = scene.evidence.domain().name();
        let record = domain.prefixed(mta_sts::RECORD_LABEL).ok();
        let record = record.map(|name| scene.answered(&name, RecordType::Txt));
        Finding::new(self.id(), word.status, word.reasons)
            .mended_by(word.mend)
            .proven_by(transit::proof(scene))
            .proven_by(record.into_iter().flatten())
            .proven_by(scene.policy_id().cloned())
    }
}

/// A finding in the making.
struct Word {
    status: Status,
    reasons: Vec<Reason>,
    mend: Option<Mend>,
}

impl Word {
    fn new(status: Status, reason: Reason) -> Self {
        Self {
            status,
            reasons: vec![reason],
            mend: None,
        }
    }

    fn mended_by(mut self, mend: Option<Mend>) -> Self {
        self.mend = mend;
        self
    }
}

/// The names that mail goes to. A policy must cover those too that we do not look up.
fn names(exchanges: &Exchanges) -> Vec<Name> {
    let looked_at = exchanges.looked_at.iter().map(|exchange| &exchange.name);
    let all = looked_at.chain(&exchanges.left_out);
    all.filter(|name| !name.is_root()).cloned().gather()
}

fn judge(scene: &Scene<'_>, exchanges: &Exchanges) -> Word {
    let response = match transit::texts(scene, mta_sts::RECORD_LABEL) {
        Lookup::Pending => return Word::new(Status::Unknown, Reason::Pending),
        Lookup::Failed(question, failure) => {
            return Word::new(Status::Unknown, Reason::DnsFailed { question, failure });
        }
        Lookup::Known(response) => response,
    };
    let names = names(exchanges);
    match mta_sts::select(response) {
        Selection::None(misses) => {
            let misplaced = misplaced::at_domain(scene, mta_sts::RECORD_LABEL, |text| {
                mta_sts::read(text).is_ok().then(|| text.to_owned())
            });
            let texts = misses.iter().map(|(text, _)| text);
            let mut texts = texts.chain(misplaced.iter().map(|record| &record.value));
            let mend = match texts.next() {
                Some(text) => mend::repair(scene, &names, text),
                None => mend::begin(scene, &names, None),
            };
            let mut slips = ignored(misses);
            slips.extend(misplaced.as_ref().map(Misplaced::reason));
            unguarded(scene, exchanges, slips, mend)
        }
        Selection::Several(texts) => {
            let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
            let reason = Reason::MtaSts(MtaStsReason::Several { count });
            Word::new(Status::Fail, reason).mended_by(Some(mend::keep_one(scene, &names, &texts)))
        }
        Selection::One(published) if published.is_valid() => {
            with_record(scene, exchanges, &published, names)
        }
        Selection::One(published) => Word {
            status: Status::Fail,
            reasons: remarks(&published, Level::Note).gather(),
            mend: Some(mend::repair(scene, &names, &published.record.text)),
        },
    }
}

/// Texts that were meant as a record.
fn ignored(misses: Vec<(String, NearMiss)>) -> Vec<Reason> {
    let misses = misses.into_iter().take(MAX_REMARKS);
    misses
        .map(|(text, near_miss)| Reason::MtaSts(MtaStsReason::Ignored { text, near_miss }))
        .gather()
}

/// What is wrong in a record, from a level on.
fn remarks(published: &Published, least: Level) -> impl Iterator<Item = Reason> {
    let weighty = published.diagnostics.iter();
    weighty
        .filter(move |diagnostic| diagnostic.code.level() >= least)
        .take(MAX_REMARKS)
        .map(|diagnostic| {
            Reason::MtaSts(MtaStsReason::Record {
                text: published.record.text.clone(),
                diagnostic: *diagnostic,
            })
        })
}

/// Whether DANE guards the mail in the place of a policy: it binds senders at every mail server, and lets mail in.
fn guarded(scene: &Scene<'_>, exchanges: &Exchanges) -> Lookup<bool> {
    match transit::dane(scene, exchanges) {
        Lookup::Pending => Lookup::Pending,
        Lookup::Failed(question, failure) => Lookup::Failed(question, failure),
        Lookup::Known(Dane::Nowhere | Dane::Partly) => Lookup::Known(false),
        Lookup::Known(Dane::Everywhere) => {
            let row = dane::Dane.assess(scene);
            match row.reasons.contains(&Reason::Pending) {
                true => Lookup::Pending,
                false => Lookup::Known(!row.keeps_mail_out()),
            }
        }
    }
}

/// No policy, because nobody wanted one, or because of a slip: that is a failure only where DANE does not
/// guard the mail.
fn unguarded(scene: &Scene<'_>, exchanges: &Exchanges, slips: Vec<Reason>, mend: Mend) -> Word {
    let needless = Reason::MtaSts(MtaStsReason::Needless);
    match guarded(scene, exchanges) {
        Lookup::Pending => Word::new(Status::Unknown, Reason::Pending),
        Lookup::Failed(question, failure) => {
            Word::new(Status::Unknown, Reason::DnsFailed { question, failure })
        }
        Lookup::Known(true) if slips.is_empty() => Word::new(Status::Na, needless),
        Lookup::Known(true) => Word {
            status: Status::Warn,
            reasons: slips.into_iter().chain([needless]).gather(),
            mend: Some(mend),
        },
        Lookup::Known(false) if slips.is_empty() => {
            let absent = Reason::MtaSts(MtaStsReason::Absent);
            Word::new(Status::Fail, absent).mended_by(Some(mend))
        }
        Lookup::Known(false) => Word {
            status: Status::Fail,
            reasons: slips,
            mend: Some(mend),
        },
    }
}

/// The one record, and what stands behind it.
fn with_record(
    scene: &Scene<'_>,
    exchanges: &Exchanges,
    published: &Published,
    names: Vec<Name>,
) -> Word {
    let policy = match scene.policy() {
        None => return Word::new(Status::Unknown, scene.probe_silence()),
        Some(Err(why)) => return not_fetched(scene, published, &names, why),
        Some(Ok(policy)) => policy,
    };
    let mut found = Found::new(published, policy, names);
    if found.is_withdrawn() {
        let mend = mend::begin(scene, &found.names, published.record.id.as_deref());
        let withdrawn = Reason::MtaSts(MtaStsReason::Withdrawn);
        let mut word = unguarded(scene, exchanges, Vec::new(), mend);
        if let Some(first) = word.reasons.first_mut()
            && *first == Reason::MtaSts(MtaStsReason::Absent)
        {
            *first = withdrawn;
        }
        return word;
    }
    match refused(scene, exchanges, &found) {
        None => return Word::new(Status::Unknown, Reason::Pending),
        Some(refused) => found.refused = refused,
    }
    let bare = exchanges
        .looked_at
        .iter()
        .filter(|exchange| tls::is_bare(scene, exchange));
    found.bare = bare.map(|exchange| exchange.name.clone()).gather();
    let (status, reasons) = found.judge();
    let mend = (status != Status::Pass).then(|| mend::policy(scene, &found));
    Word {
        status,
        reasons,
        mend: mend.flatten(),
    }
}

/// The mail servers with a certificate that senders who honour the policy refuse, and the first fault of each
/// (RFC 8461 §4.2); nothing while they are awaited.
fn refused(
    scene: &Scene<'_>,
    exchanges: &Exchanges,
    found: &Found<'_>,
) -> Option<Vec<(Name, Fault)>> {
    let mut refused = Vec::new();
    if !found.read.is_valid() {
        return Some(refused);
    }
    for exchange in &exchanges.looked_at {
        let faults = tls::live(scene, exchange)?
            .into_iter()
            .find_map(|(_, live)| {
                let mut faults = live.chain.faults(&exchange.name, live.at).into_iter();
                faults.next()
            });
        refused.extend(faults.map(|fault| (exchange.name.clone(), fault)));
    }
    Some(refused)
}

fn not_fetched(scene: &Scene<'_>, published: &Published, names: &[Name], why: &NoPolicy) -> Word {
    let domain = scene.evidence.domain().name();
    let Ok(host) = domain.prefixed(mta_sts::HOST_LABEL) else {
        return Word::new(Status::Unknown, Reason::NotAsked);
    };
    let id = published.record.id.as_deref();
    let mend = (!why.is_ours()).then(|| mend::host(scene, names, &host, why, id));
    let status = if why.is_ours() {
        Status::Unknown
    } else {
        Status::Fail
    };
    let why = why.clone();
    let reason = Reason::MtaSts(MtaStsReason::NotFetched { host, why });
    Word::new(status, reason).mended_by(mend)
}

#[cfg(test)]
mod tests;
