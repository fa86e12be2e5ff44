//! Could a stranger send as this domain: exactly, as an existing subdomain, as one that does not exist?
//!
//! DMARC decides about the sender that people see; SPF alone judges the envelope, which a stranger may
//! choose freely (RFC 7208 §2.4). So no policy means open, whatever SPF says.

mod mend;

use super::{Check, CheckId, Route, Scene};
use crate::dkim::Asked;
use crate::dmarc::{
    self, AlignmentMode, Determination, Discovery, EffectivePolicies, EffectivePolicy, OlderPolicy,
    PublicSuffix,
};
use crate::dns::RecordType;
use crate::evidence::ObservationId;
use crate::gather::Gather;
use crate::report::{Finding, Identity, OwnKey, Policy, Protection, Reason, Status, Stranger};

/// See the module.
pub(super) struct Spoofing;

impl Check for Spoofing {
    fn id(&self) -> CheckId {
        CheckId::Spoofing
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = |status, reasons| Finding::new(self.id(), status, reasons);
        if scene.route == Route::NoSuchDomain {
            return finding(Status::Na, vec![Reason::NoSuchDomain]);
        }
        let (rows, silence) = rows(scene);
        let known = || rows.iter().filter_map(Row::status);
        // One open name decides, whatever else is not known.
        let status = match (known().max(), &silence) {
            (Some(Status::Fail), _) => Status::Fail,
            (_, Some(_)) => Status::Unknown,
            (Some(worst), None) => worst,
            (None, None) => Status::Unknown,
        };
        let mut reasons: Vec<Reason> = Vec::new();
        if status != Status::Unknown {
            reasons.extend(rows.iter().filter_map(Row::reason));
        }
        let needs_dkim = |row: &Row| {
            row.protection == Some(Protection::DmarcOnly) && row.stranger != Some(Stranger::Neutral)
        };
        let needed = status != Status::Unknown && rows.iter().any(needs_dkim);
        if needed && !scene.disowns_all_mail() {
            let key = own_key(scene);
            reasons.push(Reason::OwnMailNeedsDkim { key });
        }
        if status != Status::Unknown {
            reasons.extend(scene.dmarc().into_iter().flat_map(older));
        }
        reasons.extend(
            silence.filter(|silence| status == Status::Unknown || *silence != Reason::Pending),
        );
        let mend = matches!(status, Status::Fail | Status::Warn)
            .then(|| mend::mend(scene, &rows))
            .flatten();
        finding(status, reasons)
            .proven_by(scene.answered(scene.evidence.domain().name(), RecordType::Txt))
            .proven_by(walked(scene))
            .mended_by(mend)
    }
}

const IDENTITIES: [Identity; 3] = [
    Identity::Exact,
    Identity::ExistingSubdomain,
    Identity::NonExistentSubdomain,
];

/// The three kinds of name, and why a kind cannot be judged, if any cannot.
fn rows(scene: &Scene<'_>) -> (Vec<Row>, Option<Reason>) {
    let discovery = scene.dmarc();
    let policies = discovery.map(|discovery| dmarc::effective_policies(discovery, true));
    let word = scene.spf_word();
    let stranger = word.as_ref().and_then(|word| word.stranger);
    let relaxed = discovery.and_then(relaxed);
    let rows: Vec<Row> = IDENTITIES
        .into_iter()
        .map(|identity| {
            let policy = match policies.as_ref().map(|known| of(known, identity)) {
                Some(Determination::Known(policy)) => {
                    super::dmarc::policy_of(policy.as_ref().and_then(|policy| policy.disposition))
                }
                Some(Determination::Failed(..)) | None => Policy::Unknown,
            };
            Row::judge(identity, policy, stranger, relaxed)
        })
        .gather();
    let undecided = rows.iter().any(|row| row.protection.is_none());
    let silence = undecided.then(|| {
        let failed = policies.as_ref().and_then(|policies| {
            rows.iter()
                .find_map(|row| match of(policies, row.identity) {
                    Determination::Failed(question, failure) => Some(Reason::DnsFailed {
                        question: question.clone(),
                        failure: *failure,
                    }),
                    Determination::Known(_) => None,
                })
        });
        match (policies.is_some(), word) {
            (false, _) | (_, None) => Reason::Pending,
            (true, Some(word)) => {
                failed.unwrap_or_else(|| super::spf::lookup_failure(word.outcome))
            }
        }
    });
    (rows, silence)
}

/// The policy for one kind of name.
const fn of(
    policies: &EffectivePolicies,
    identity: Identity,
) -> &Determination<Option<EffectivePolicy>> {
    match identity {
        Identity::Exact => &policies.exact,
        Identity::ExistingSubdomain => &policies.existing_subdomain,
        Identity::NonExistentSubdomain => &policies.non_existent_subdomain,
    }
}

/// Whether a pass for the domain aligns with the names below it; nothing while nobody knows. The record that
/// decides about those names says how strictly; what is below a public suffix never aligns with the suffix itself
/// (RFC 9989 §4.10.2).
fn relaxed(discovery: &Discovery) -> Option<bool> {
    let Some(source) = discovery.subdomain_policy.known()? else {
        return Some(true);
    };
    let record = &discovery.published_at(&source.domain)?.record;
    let suffix = source.domain == discovery.domain && record.public_suffix() == PublicSuffix::Yes;
    Some(!suffix && record.spf_alignment() == AlignmentMode::Relaxed)
}

/// What receivers of RFC 7489 are asked, where that is something else; told once for all names that it is the
/// same for.
fn older(discovery: &Discovery) -> Vec<Reason> {
    let policies = dmarc::effective_policies(discovery, true);
    let mut told: Vec<(OlderPolicy, Reason)> = Vec::new();
    for identity in IDENTITIES {
        let policy = of(&policies, identity).known();
        let Some(older) = policy.and_then(|policy| policy.as_ref()?.older) else {
            continue;
        };
        if !told.iter().any(|(known, _)| *known == older) {
            let reason = Reason::SpoofingOlder {
                identity,
                policy: super::dmarc::policy_of(older.disposition),
                percentage: older.percentage,
            };
            told.push((older, reason));
        }
    }
    told.into_iter().map(|(_, reason)| reason).gather()
}

/// Whether there is a key that serves, of a domain whose signature aligns with the domain's own mail.
fn own_key(scene: &Scene<'_>) -> OwnKey {
    let Some(survey) = scene.dkim() else {
        return OwnKey::Unknown;
    };
    let published = scene.dmarc().and_then(Discovery::published);
    let is_relaxed = published.is_none_or(|p| p.record.dkim_alignment() == AlignmentMode::Relaxed);
    let own = scene.evidence.domain().name();
    let serves = |asked: &Asked| {
        (is_relaxed || asked.domain == *own)
            && asked
                .published()
                .is_some_and(|published| published.record.is_usable())
    };
    if survey.asked.iter().any(serves) {
        OwnKey::Found
    } else if survey.failed.is_some() {
        OwnKey::Unknown
    } else {
        OwnKey::NotFound
    }
}

/// The observations of the DMARC walk.
fn walked(scene: &Scene<'_>) -> Vec<ObservationId> {
    scene
        .dmarc()
        .iter()
        .flat_map(|discovery| &discovery.steps)
        .filter_map(|step| scene.evidence.answer_id(&step.question).cloned())
        .gather()
}

/// One kind of name.
struct Row {
    identity: Identity,
    policy: Policy,
    stranger: Option<Stranger>,
    /// What follows; nothing while it cannot be known.
    protection: Option<Protection>,
}

impl Row {
    /// SPF has a word on the exact domain alone: records are not inherited (RFC 7208 §3). But where
    /// strangers pass for the domain, that pass aligns with every name below it, unless alignment is strict.
    ///
    /// What decides by itself is asked first: no policy is open whatever SPF says, and strangers who pass
    /// for the exact domain get through whatever DMARC says.
    fn judge(
        identity: Identity,
        policy: Policy,
        stranger: Option<Stranger>,
        relaxed: Option<bool>,
    ) -> Self {
        let exact = identity == Identity::Exact;
        let aligns = if exact { Some(true) } else { relaxed };
        let protection = match (policy, stranger, aligns) {
            (Policy::Absent | Policy::None, ..) => Some(Protection::Open),
            (_, Some(Stranger::Pass), Some(true)) => Some(Protection::Open),
            (Policy::Unknown, ..) => None,
            (_, _, Some(false)) => Some(Protection::Protected),
            (_, None, _) | (_, Some(Stranger::Pass), None) => None,
            (_, Some(Stranger::Neutral | Stranger::None | Stranger::PermError), _) if exact => {
                Some(Protection::DmarcOnly)
            }
            _ => Some(Protection::Protected),
        };
        Self {
            identity,
            policy,
            stranger: stranger.filter(|_| exact),
            protection,
        }
    }

    /// Whether DMARC asks for anything; nothing while nobody knows.
    const fn enforces(&self) -> Option<bool> {
        match self.policy {
            Policy::Unknown => None,
            Policy::Absent | Policy::None => Some(false),
            Policy::Quarantine | Policy::Reject => Some(true),
        }
    }

    fn status(&self) -> Option<Status> {
        Some(match self.protection? {
            Protection::Protected => Status::Pass,
            Protection::DmarcOnly => Status::Warn,
            Protection::Open => Status::Fail,
        })
    }

    fn reason(&self) -> Option<Reason> {
        Some(Reason::Spoofing {
            identity: self.identity,
            policy: self.policy,
            stranger: self.stranger,
            protection: self.protection?,
        })
    }
}

#[cfg(test)]
mod tests;
