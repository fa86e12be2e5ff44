//! Could a stranger send as this domain: exactly, as an existing subdomain, as one that does not exist?
//!
//! DMARC decides about the sender that people see; SPF alone judges the envelope, which a stranger may
//! choose freely (RFC 7208 §2.4). So no policy means open, whatever SPF says.

use super::dmarc::replace;
use super::spf::stranger;
use super::{Check, CheckId, Route, Scene};
use crate::dmarc::{self, AlignmentMode, Determination, Disposition, EffectivePolicy, TagValue};
use crate::dns::RecordType;
use crate::report::{
    Action, Finding, Identity, Mend, Owner, Policy, Protection, Reason, Status, Stranger,
};

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
        let (Some(discovery), Some(tree), Some(outcome)) =
            (scene.dmarc(), scene.spf_tree(), scene.spf_stranger())
        else {
            return finding(Status::Unknown, vec![Reason::Pending]);
        };
        let policies = dmarc::effective_policies(discovery, true);
        let Some(stranger) = stranger(tree, outcome) else {
            return finding(Status::Unknown, vec![super::spf::lookup_failure(outcome)]);
        };
        let relaxed = discovery
            .published()
            .is_none_or(|p| p.record.spf_alignment() == AlignmentMode::Relaxed);
        let rows = [
            (Identity::Exact, &policies.exact),
            (Identity::ExistingSubdomain, &policies.existing_subdomain),
            (
                Identity::NonExistentSubdomain,
                &policies.non_existent_subdomain,
            ),
        ];
        let mut judged = Vec::new();
        for (identity, policy) in rows {
            match policy {
                Determination::Failed(question, failure) => {
                    let reason = Reason::DnsFailed {
                        question: question.clone(),
                        failure: *failure,
                    };
                    return finding(Status::Unknown, vec![reason]);
                }
                Determination::Known(policy) => {
                    judged.push(Row::judge(identity, policy.as_ref(), stranger, relaxed))
                }
            }
        }
        let status = judged
            .iter()
            .map(Row::status)
            .max()
            .unwrap_or(Status::Unknown);
        let mend = (status != Status::Pass)
            .then(|| mend(scene, &judged))
            .flatten();
        let mut reasons: Vec<Reason> = judged.iter().map(Row::reason).collect();
        if judged
            .iter()
            .any(|row| row.protection == Protection::DmarcOnly)
            && stranger != Stranger::Neutral
        {
            reasons.push(Reason::OwnMailNeedsDkim);
        }
        let proof = discovery
            .steps
            .iter()
            .filter_map(|step| scene.evidence.answer_id(&step.question).cloned());
        finding(status, reasons)
            .proven_by(scene.answered(scene.evidence.domain().name(), RecordType::Txt))
            .proven_by(proof)
            .mended_by(mend)
    }
}

/// One kind of name.
struct Row {
    identity: Identity,
    policy: Policy,
    stranger: Option<Stranger>,
    protection: Protection,
}

impl Row {
    /// SPF has a word on the exact domain alone: records are not inherited (RFC 7208 §3). But where
    /// strangers pass for the domain, that pass aligns with every name below it, unless alignment is strict.
    fn judge(
        identity: Identity,
        policy: Option<&EffectivePolicy>,
        stranger: Stranger,
        relaxed: bool,
    ) -> Self {
        let policy = super::dmarc::policy_of(policy.and_then(|policy| policy.disposition));
        let exact = identity == Identity::Exact;
        let protection = match policy {
            Policy::Unknown | Policy::Absent | Policy::None => Protection::Open,
            Policy::Quarantine | Policy::Reject => match stranger {
                Stranger::Pass if exact || relaxed => Protection::Open,
                Stranger::Neutral | Stranger::None | Stranger::PermError if exact => {
                    Protection::DmarcOnly
                }
                _ => Protection::Protected,
            },
        };
        Self {
            identity,
            policy,
            stranger: exact.then_some(stranger),
            protection,
        }
    }

    const fn status(&self) -> Status {
        match self.protection {
            Protection::Protected => Status::Pass,
            Protection::DmarcOnly => Status::Warn,
            Protection::Open => Status::Fail,
        }
    }

    const fn reason(&self) -> Reason {
        let Self {
            identity,
            policy,
            stranger,
            protection,
        } = *self;
        Reason::Spoofing {
            identity,
            policy,
            stranger,
            protection,
        }
    }
}

/// What would help is what the DMARC or the SPF row asks for; what is special here is a policy that leaves
/// subdomains out.
fn mend(scene: &Scene<'_>, rows: &[Row]) -> Option<Mend> {
    let exact = rows.iter().find(|row| row.identity == Identity::Exact)?;
    match exact.protection {
        Protection::Open if exact.stranger != Some(Stranger::Pass) => {
            super::dmarc::Dmarc.assess(scene).mend
        }
        Protection::Open | Protection::DmarcOnly => super::spf::Spf.assess(scene).mend,
        Protection::Protected => cover_subdomains(scene),
    }
}

/// The domain's own record, with its policy for subdomains no weaker than that for itself.
fn cover_subdomains(scene: &Scene<'_>) -> Option<Mend> {
    let record = &scene.dmarc()?.published()?.record;
    let policy = record.p.valid()?.as_str();
    let weaker = |tag: &TagValue<Disposition>| {
        tag.valid()
            .is_some_and(|d| !d.is_enforcing())
            .then(|| tag.span())
            .flatten()
    };
    let mut spans: Vec<_> = [&record.sp, &record.np]
        .into_iter()
        .filter_map(weaker)
        .collect();
    // From the last to the first, so that the places before stay what they were.
    spans.sort_unstable_by(|a, b| b.cmp(a));
    let covered = spans
        .into_iter()
        .try_fold(record.text.clone(), |text, span| {
            replace(&text, span, policy)
        })?;
    let name = scene
        .dmarc()?
        .policy
        .known()?
        .as_ref()?
        .domain
        .prefixed("_dmarc")
        .ok()?;
    Some(Mend::new(Action::CoverSubdomains, Owner::Dns).publishing(name, covered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{Name, Wanting, Zone};

    /// The policies of a domain with this record.
    fn row(identity: Identity, record: &str, stranger: Stranger) -> Protection {
        let zone = if record.is_empty() {
            Zone::new()
        } else {
            Zone::new().txt("_dmarc.example.org", record)
        };
        let wanting = Wanting::new(&zone);
        let discovery = dmarc::discover(&wanting, &Name::parse("example.org").unwrap()).unwrap();
        let policies = dmarc::effective_policies(&discovery, true);
        let policy = match identity {
            Identity::Exact => policies.exact,
            Identity::ExistingSubdomain => policies.existing_subdomain,
            Identity::NonExistentSubdomain => policies.non_existent_subdomain,
        };
        let relaxed = !record.contains("aspf=s");
        Row::judge(
            identity,
            policy.known().unwrap().as_ref(),
            stranger,
            relaxed,
        )
        .protection
    }

    #[test]
    fn the_whole_table_for_the_exact_domain() {
        use Protection::{DmarcOnly, Open, Protected};
        use Stranger::{Fail, Neutral, None, Pass, PermError, SoftFail};
        let strangers = [Fail, SoftFail, Neutral, None, PermError, Pass];
        for (record, expected) in [
            (
                "v=DMARC1; p=reject",
                [Protected, Protected, DmarcOnly, DmarcOnly, DmarcOnly, Open],
            ),
            (
                "v=DMARC1; p=quarantine",
                [Protected, Protected, DmarcOnly, DmarcOnly, DmarcOnly, Open],
            ),
            (
                "v=DMARC1; p=reject; t=y",
                [Protected, Protected, DmarcOnly, DmarcOnly, DmarcOnly, Open],
            ),
            ("v=DMARC1; p=quarantine; t=y", [Open; 6]),
            ("v=DMARC1; p=none", [Open; 6]),
            ("", [Open; 6]),
        ] {
            assert_eq!(
                strangers.map(|stranger| row(Identity::Exact, record, stranger)),
                expected,
                "{record}"
            );
        }
    }

    #[test]
    fn subdomains_are_covered_by_policy_alone() {
        use Identity::{ExistingSubdomain as Existing, NonExistentSubdomain as NonExistent};
        use Protection::{Open, Protected};
        assert_eq!(
            row(Existing, "v=DMARC1; p=reject", Stranger::None),
            Protected
        );
        assert_eq!(
            row(Existing, "v=DMARC1; p=reject; sp=none", Stranger::Fail),
            Open
        );
        assert_eq!(
            row(NonExistent, "v=DMARC1; p=reject; sp=none", Stranger::Fail),
            Open
        );
        assert_eq!(
            row(NonExistent, "v=DMARC1; p=none; np=reject", Stranger::Fail),
            Protected
        );
        assert_eq!(row(Existing, "v=DMARC1; p=reject", Stranger::Pass), Open);
        assert_eq!(
            row(Existing, "v=DMARC1; p=reject; aspf=s", Stranger::Pass),
            Protected
        );
    }
}
