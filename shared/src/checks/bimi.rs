//! Is there a logo, and may receivers show it? (draft-brand-indicators-for-message-identification §7)

use super::dmarc::Dmarc;
use super::spoofing::Spoofing;
use super::{Check, CheckId, Route, Scene};
use crate::bimi::{self, Discovery, Found, Location, Published};
use crate::diagnostic::Level;
use crate::dmarc::{self, Determination, Disposition, Processing};
use crate::dns::RecordType;
use crate::gather::Gather;
use crate::report::{Action, BimiNeed, BimiReason, Finding, Mend, Owner, Reason, Status};

/// See the module.
pub(super) struct Bimi;

impl Check for Bimi {
    fn id(&self) -> CheckId {
        CheckId::Bimi
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = |status, reasons| Finding::new(self.id(), status, reasons);
        if scene.route == Route::NoSuchDomain {
            return finding(Status::Na, vec![Reason::NoSuchDomain]);
        }
        let domain = scene.evidence.domain().name();
        let pending = || finding(Status::Unknown, vec![Reason::Pending]);
        let Some(policy) = scene.dmarc() else {
            return pending();
        };
        let organizational = policy.organizational_domain.known().unwrap_or(domain);
        let Some(found) = bimi::discover(scene.dns, domain, organizational) else {
            return pending();
        };
        let (status, reasons) = judge(&found, policy);
        let mend = (status == Status::Warn)
            .then(|| mend(scene, &found, &reasons))
            .flatten();
        finding(status, reasons)
            .proven_by(scene.answered(&found.name, RecordType::Txt))
            .mended_by(mend)
    }
}

fn judge(discovery: &Discovery, policy: &dmarc::Discovery) -> (Status, Vec<Reason>) {
    let one = |status, reason: BimiReason| (status, vec![Reason::Bimi(reason)]);
    let unknown = |question: &crate::dns::Question, failure| {
        let question = question.clone();
        (
            Status::Unknown,
            vec![Reason::DnsFailed { question, failure }],
        )
    };
    let published = match &discovery.found {
        Found::Nothing => return one(Status::Na, BimiReason::Missing),
        Found::NearMiss(text) => {
            let text = text.clone();
            return one(Status::Warn, BimiReason::Ignored { text });
        }
        Found::Several(count) => {
            return one(Status::Warn, BimiReason::Several { count: *count });
        }
        Found::Failed(question, failure) => return unknown(question, *failure),
        Found::Record(published) => published,
    };
    if published.record.is_declination() {
        return one(Status::Na, BimiReason::Declined);
    }
    let (status, mut reasons) = match (faults(published), need(policy)) {
        (faults, _) if !faults.is_empty() => (Status::Warn, faults),
        (_, Determination::Failed(question, failure)) => return unknown(&question, failure),
        (_, Determination::Known(Some(need))) => one(Status::Warn, BimiReason::NeedsDmarc { need }),
        (_, Determination::Known(None)) => {
            let evidence = matches!(published.record.evidence, Location::Https(_));
            one(Status::Pass, BimiReason::Published { evidence })
        }
    };
    if discovery.name.parent().and_then(|name| name.parent()) != Some(policy.domain.clone()) {
        let name = discovery.name.clone();
        reasons.push(Reason::Bimi(BimiReason::Inherited { name }));
    }
    (status, reasons)
}

/// What keeps the record from being used, or part of it.
fn faults(published: &Published) -> Vec<Reason> {
    let weighs = |remark: &&bimi::Diagnostic| remark.code.level() > Level::Note;
    let remarks = published.diagnostics.iter().filter(weighs);
    let reason = |diagnostic: &bimi::Diagnostic| {
        Reason::Bimi(BimiReason::Diagnostic {
            text: published.record.text.clone(),
            diagnostic: *diagnostic,
        })
    };
    remarks.map(reason).gather()
}

/// What the records of the domain and of its organizational domain lack (§7.1, steps 7 to 9).
fn need(policy: &dmarc::Discovery) -> Determination<Option<BimiNeed>> {
    let organizational = match (&policy.policy, &policy.organizational_domain) {
        (Determination::Failed(question, failure), _)
        | (_, Determination::Failed(question, failure)) => {
            return Determination::Failed(question.clone(), *failure);
        }
        (_, Determination::Known(domain)) => policy.published_at(domain),
    };
    let Some(own) = policy.published() else {
        return Determination::Known(Some(BimiNeed::Enforcement));
    };
    let records = [Some(own), organizational];
    let lacking = records.into_iter().flatten().find_map(lacks);
    Determination::Known(lacking)
}

fn lacks(published: &dmarc::Published) -> Option<BimiNeed> {
    let record = &published.record;
    let p = record.p.valid().copied().unwrap_or_default();
    if record.processing() != Processing::AsPublished || p == Disposition::None {
        Some(BimiNeed::Enforcement)
    } else if record.is_testing() {
        Some(BimiNeed::NoTesting)
    } else if record.sp.valid() == Some(&Disposition::None) {
        Some(BimiNeed::Subdomains)
    } else if p == Disposition::Quarantine && record.percentage() < 100 {
        Some(BimiNeed::AllMail)
    } else {
        None
    }
}

/// The record put right; or what the rows of DMARC and spoofing ask for.
fn mend(scene: &Scene<'_>, discovery: &Discovery, reasons: &[Reason]) -> Option<Mend> {
    let correct = |text: &str| {
        let mend = Mend::new(Action::CorrectBimi, Owner::Dns);
        match bimi::repaired(text) {
            Some(value) => mend.publishing(discovery.name.clone(), value),
            None => mend,
        }
    };
    match reasons.first()? {
        Reason::Bimi(BimiReason::Ignored { text } | BimiReason::Diagnostic { text, .. }) => {
            Some(correct(text))
        }
        Reason::Bimi(BimiReason::Several { .. }) => Some(correct("")),
        Reason::Bimi(BimiReason::NeedsDmarc { need }) => match need {
            BimiNeed::Enforcement | BimiNeed::NoTesting => Dmarc.assess(scene).mend,
            BimiNeed::Subdomains => Spoofing.assess(scene).mend,
            BimiNeed::AllMail => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{Name, Wanting, Zone};

    const SOUND: &str = "v=BIMI1; l=https://example.org/a.svg; a=https://example.org/a.pem";

    /// The status and the first reason of `domain`, with a BIMI and a DMARC record at `example.org`.
    fn told(domain: &str, texts: &[(&str, &str)]) -> (Status, Vec<Reason>) {
        let mut zone = Zone::new();
        for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
            zone = zone.txt(name, text);
        }
        let dns = Wanting::new(&zone);
        let domain = Name::parse(domain).unwrap();
        let policy = dmarc::discover(&dns, &domain).unwrap();
        let organizational = policy.organizational_domain.known().unwrap();
        let found = bimi::discover(&dns, &domain, organizational).unwrap();
        judge(&found, &policy)
    }

    fn with(bimi: &str, dmarc: &str) -> (Status, Reason) {
        let texts = [
            ("default._bimi.example.org", bimi),
            ("_dmarc.example.org", dmarc),
        ];
        let (status, reasons) = told("example.org", &texts);
        (status, reasons[0].clone())
    }

    #[test]
    fn a_logo_needs_an_enforcing_policy() {
        let need = |need| (Status::Warn, Reason::Bimi(BimiReason::NeedsDmarc { need }));
        let pass = (
            Status::Pass,
            Reason::Bimi(BimiReason::Published { evidence: true }),
        );
        for (dmarc, expected) in [
            ("", need(BimiNeed::Enforcement)),
            ("v=DMARC1; p=none", need(BimiNeed::Enforcement)),
            ("v=DMARC1; p=rejct", need(BimiNeed::Enforcement)),
            ("v=DMARC1; p=reject; t=y", need(BimiNeed::NoTesting)),
            ("v=DMARC1; p=reject; sp=none", need(BimiNeed::Subdomains)),
            ("v=DMARC1; p=quarantine; pct=99", need(BimiNeed::AllMail)),
            ("v=DMARC1; p=reject; pct=99", pass.clone()),
            ("v=DMARC1; p=quarantine; pct=100", pass.clone()),
            ("v=DMARC1; p=reject; sp=quarantine", pass),
        ] {
            assert_eq!(with(SOUND, dmarc), expected, "{dmarc}");
        }
    }

    #[test]
    fn absence_is_no_fault_and_a_broken_record_is() {
        let strict = "v=DMARC1; p=reject";
        let status = |bimi: &str| with(bimi, strict).0;
        assert_eq!(status(""), Status::Na);
        assert_eq!(status("v=BIMI1; l=; a="), Status::Na);
        assert_eq!(status("something else"), Status::Na);
        for broken in [
            "v=bimi1; l=",
            "v=BIMI1",
            "v=BIMI1; l=http://example.org/a.svg",
        ] {
            assert_eq!(status(broken), Status::Warn, "{broken}");
        }
        let own = ("default._bimi.example.org", SOUND);
        let second = ("default._bimi.example.org", "v=BIMI1; l=; a=");
        let several = Reason::Bimi(BimiReason::Several { count: 2 });
        let texts = [own, second, ("_dmarc.example.org", strict)];
        assert_eq!(told("example.org", &texts), (Status::Warn, vec![several]));
    }

    #[test]
    fn a_subdomain_has_its_parents_logo_unless_it_declines() {
        let parent = [
            ("default._bimi.example.org", SOUND),
            ("_dmarc.example.org", "v=DMARC1; p=reject"),
        ];
        let (status, reasons) = told("news.example.org", &parent);
        let name = Name::parse("default._bimi.example.org").unwrap();
        assert_eq!(status, Status::Pass);
        assert_eq!(reasons[1], Reason::Bimi(BimiReason::Inherited { name }));
        let declines = ("default._bimi.news.example.org", "v=BIMI1; l=; a=;");
        let texts = [parent[0], parent[1], declines];
        assert_eq!(told("news.example.org", &texts).0, Status::Na);
        // Its own policy does not make up for the organizational domain's.
        let weak = [
            parent[0],
            ("_dmarc.example.org", "v=DMARC1; p=none"),
            ("_dmarc.news.example.org", "v=DMARC1; p=reject"),
        ];
        assert_eq!(told("news.example.org", &weak).0, Status::Warn);
    }
}
