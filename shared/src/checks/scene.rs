//! What every check sees.

use std::cell::OnceCell;
use std::net::IpAddr;

use super::Route;
use crate::dns::{Name, Question, RecordType, Wanting};
use crate::evidence::{Evidence, Fact, ObservationId, ProbeOutcome, TargetRuling};
use crate::report::{Profile, Reason};
use crate::{dmarc, spf};

/// The evidence, the profile, and what more than one check reads out of them, read once.
pub struct Scene<'a> {
    /// Everything seen.
    pub evidence: &'a Evidence,
    /// The DNS half of it; notes what is wanted.
    pub dns: &'a Wanting<'a>,
    /// How to read it.
    pub profile: &'a Profile,
    /// The way that mail takes.
    pub route: Route,
    spf_tree: OnceCell<Option<spf::Tree>>,
    spf_stranger: OnceCell<Option<spf::Outcome>>,
    dmarc: OnceCell<Option<dmarc::Discovery>>,
}

/// An address of the reserved class E (RFC 1112 §4): nobody has it and nobody authorizes it by name, so
/// whoever passes from there passes from anywhere.
const STRANGER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(240, 0, 0, 1));

impl<'a> Scene<'a> {
    /// Reads what all checks share.
    #[must_use]
    pub fn new(evidence: &'a Evidence, dns: &'a Wanting<'a>, profile: &'a Profile) -> Self {
        Self {
            evidence,
            dns,
            profile,
            route: Route::read(dns, evidence.domain()),
            spf_tree: OnceCell::new(),
            spf_stranger: OnceCell::new(),
            dmarc: OnceCell::new(),
        }
    }

    /// The SPF records of the domain, walked to the end; nothing while answers are wanted.
    #[must_use]
    pub fn spf_tree(&self) -> Option<&spf::Tree> {
        self.spf_tree
            .get_or_init(|| spf::walk(self.dns, self.evidence.domain().name()))
            .as_ref()
    }

    /// What SPF says to a stranger who uses the domain.
    #[must_use]
    pub fn spf_stranger(&self) -> Option<&spf::Outcome> {
        let domain = self.evidence.domain().as_str();
        self.spf_stranger
            .get_or_init(|| spf::evaluate(self.dns, &spf::Params::for_domain(STRANGER, domain)))
            .as_ref()
    }

    /// The DMARC policy of the domain; nothing while answers are wanted.
    #[must_use]
    pub fn dmarc(&self) -> Option<&dmarc::Discovery> {
        self.dmarc
            .get_or_init(|| dmarc::discover(self.dns, self.evidence.domain().name()))
            .as_ref()
    }

    /// The observations that answered a question.
    pub fn answered(
        &self,
        name: &Name,
        record_type: RecordType,
    ) -> impl Iterator<Item = ObservationId> + use<> {
        self.evidence
            .answer_id(&Question::new(name.clone(), record_type))
            .cloned()
            .into_iter()
    }

    /// Why there is no observation from a probe server: not yet, or not at all.
    #[must_use]
    pub fn probe_silence(&self) -> Reason {
        match self.probe_outcome() {
            None => Reason::Pending,
            Some(ProbeOutcome::NoServer) => Reason::NeedsProbe,
            Some(ProbeOutcome::Unreachable) => Reason::ProbeUnreachable,
            Some(ProbeOutcome::Refused(refusal)) => Reason::ProbeRefused { refusal: *refusal },
            Some(ProbeOutcome::Cut) => Reason::ProbeCut,
            Some(ProbeOutcome::Finished { .. }) => Reason::NotAsked,
        }
    }

    /// How the probe ended, if it has.
    #[must_use]
    pub fn probe_outcome(&self) -> Option<&ProbeOutcome> {
        match &self.evidence.observation(ObservationId::PROBE)?.fact {
            Fact::Probe(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// The guard's word on an address of an exchange.
    #[must_use]
    pub fn ruling(&self, exchange: &Name, address: IpAddr) -> Option<TargetRuling> {
        match &self
            .evidence
            .observation(&ObservationId::target(exchange, address))?
            .fact
        {
            Fact::Target(target) => Some(target.ruling),
            _ => None,
        }
    }
}
