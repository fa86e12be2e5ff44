//! What every check sees.

use crate::gather::Gather;
use std::cell::OnceCell;
use std::net::IpAddr;

use super::spf::Word;
use super::{CheckId, Route};
use crate::dns::{Name, Question, RecordType, Wanting};
use crate::dnssec::{State, Validation};
use crate::evidence::{
    Evidence, Fact, NoPolicy, ObservationId, PolicyFile, PolicyOutcome, ProbeOutcome, SelectorFact,
    SelectorSource, TargetRuling,
};
use crate::report::{Profile, Reason};
use crate::{dkim, dmarc, spf};

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
    supposed_policy: Option<&'a PolicyFile>,
    known_keys: Option<Option<&'a dkim::Survey>>,
    spf_tree: OnceCell<Option<spf::Tree>>,
    spf_strangers: OnceCell<Option<[spf::Outcome; 2]>>,
    dmarc: OnceCell<Option<dmarc::Discovery>>,
    dkim: OnceCell<Option<dkim::Survey>>,
    validation: OnceCell<Validation<'a>>,
}

/// Addresses that nobody has and nobody authorizes by name, so whoever passes from there passes from
/// anywhere: one of the reserved class E (RFC 1112 §4), and one of the global unicast space (RFC 4291 §2.4)
/// in a block that no registry was given.
const STRANGERS: [IpAddr; 2] = [
    IpAddr::V4(std::net::Ipv4Addr::new(240, 0, 0, 1)),
    IpAddr::V6(std::net::Ipv6Addr::new(0x2d00, 0, 0, 0, 0, 0, 0, 1)),
];

impl<'a> Scene<'a> {
    /// Reads what all checks share.
    #[must_use]
    pub fn new(evidence: &'a Evidence, dns: &'a Wanting<'a>, profile: &'a Profile) -> Self {
        Self {
            evidence,
            dns,
            profile,
            route: Route::read(dns, evidence.domain()),
            supposed_policy: None,
            known_keys: None,
            spf_tree: OnceCell::new(),
            spf_strangers: OnceCell::new(),
            dmarc: OnceCell::new(),
            dkim: OnceCell::new(),
            validation: OnceCell::new(),
        }
    }

    /// The same, where `policy` is supposed to be the domain's MTA-STS policy, whatever was seen, and `keys` what
    /// [`Scene::dkim`] gives, so that they are not looked for again.
    #[must_use]
    pub(crate) const fn supposing(
        mut self,
        policy: Option<&'a PolicyFile>,
        keys: Option<Option<&'a dkim::Survey>>,
    ) -> Self {
        (self.supposed_policy, self.known_keys) = (policy, keys);
        self
    }

    /// The domain's MTA-STS policy, or why it could not be fetched; nothing where nobody tried.
    pub(super) fn policy(&self) -> Option<Result<&PolicyFile, &NoPolicy>> {
        if let Some(policy) = self.supposed_policy {
            return Some(Ok(policy));
        }
        match &self.policy_entry()?.1.fact {
            Fact::Policy(fact) => Some(match &fact.outcome {
                PolicyOutcome::Fetched(file) => Ok(file),
                PolicyOutcome::NotFetched(why) => Err(why),
            }),
            _ => None,
        }
    }

    /// The observation that tells of the fetch.
    pub(super) fn policy_id(&self) -> Option<&ObservationId> {
        self.policy_entry().map(|(id, _)| id)
    }

    fn policy_entry(&self) -> Option<(&ObservationId, &crate::evidence::Observation)> {
        let id = ObservationId::policy(self.evidence.domain().name());
        self.evidence.entry(&id)
    }

    /// The SPF records of the domain, walked to the end; nothing while answers are wanted.
    #[must_use]
    pub fn spf_tree(&self) -> Option<&spf::Tree> {
        self.spf_tree
            .get_or_init(|| spf::walk(self.dns, self.evidence.domain().name()))
            .as_ref()
    }

    /// What SPF says to strangers who use the domain, over IPv4 and over IPv6; nothing while answers are
    /// wanted.
    pub(super) fn spf_word(&self) -> Option<Word<'_>> {
        let domain = self.evidence.domain().as_str();
        let strangers = self.spf_strangers.get_or_init(|| {
            let evaluate = |ip| spf::evaluate(self.dns, &spf::Params::for_domain(ip, domain));
            let [ipv4, ipv6] = STRANGERS.map(evaluate);
            Some([ipv4?, ipv6?])
        });
        let [ipv4, ipv6] = strangers.as_ref()?;
        Some(Word::read(self.spf_tree()?, ipv4, ipv6))
    }

    /// The DMARC policy of the domain; nothing while answers are wanted.
    #[must_use]
    pub fn dmarc(&self) -> Option<&dmarc::Discovery> {
        self.dmarc
            .get_or_init(|| dmarc::discover(self.dns, self.evidence.domain().name()))
            .as_ref()
    }

    /// The selectors that people and messages named, in the order of their names.
    pub(super) fn selectors(&self) -> impl Iterator<Item = &'a SelectorFact> {
        self.evidence
            .beginning(ObservationId::SELECTORS)
            .filter_map(|(_, observation)| match &observation.fact {
                Fact::Selector(fact) => Some(fact),
                _ => None,
            })
    }

    /// The DKIM keys of the domain, as far as their names can be guessed; nothing while answers are wanted, and
    /// in a profile that does not read them.
    pub(crate) fn dkim(&self) -> Option<&dkim::Survey> {
        if let Some(known) = self.known_keys {
            return known;
        }
        if !self.profile.reads(CheckId::Dkim) {
            return None;
        }
        self.dkim
            .get_or_init(|| {
                let by = |source| self.selectors().filter(move |fact| fact.source == source);
                let typed = by(SelectorSource::Typed);
                let given: Vec<_> = typed.chain(by(SelectorSource::Message)).gather();
                let domain = self.evidence.domain().name();
                dkim::survey(self.dns, domain, &given, || self.providers())
            })
            .as_ref()
    }

    /// The names by which the domain's providers show: of its exchanges, and of what its SPF record includes.
    /// Nothing while they are not known.
    fn providers(&self) -> Option<Vec<Name>> {
        // Asked for before either is waited for, so that both are wanted at once.
        let tree = self.spf_tree();
        let mut names: Vec<Name> = match &self.route {
            Route::Pending => return None,
            Route::Exchanges(exchanges) => {
                let looked_at = exchanges
                    .looked_at
                    .iter()
                    .map(|exchange| exchange.name.clone());
                looked_at.gather()
            }
            _ => Vec::new(),
        };
        let mut nodes = vec![&tree?.root];
        while let Some(node) = nodes.pop() {
            names.extend(Name::parse(&node.domain));
            // The last is looked at next: the record's own order is kept.
            nodes.extend(
                node.terms
                    .iter()
                    .rev()
                    .filter_map(|term| term.child.as_ref()),
            );
        }
        Some(names)
    }

    /// What DNSSEC makes of the answer to a question; nothing while answers are wanted.
    #[must_use]
    pub fn security(&self, question: &Question) -> Option<State> {
        self.validation
            .get_or_init(|| Validation::new(self.evidence, self.dns))
            .state(question)
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
            Some(ProbeOutcome::Stopped) => Reason::ProbeStopped,
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
