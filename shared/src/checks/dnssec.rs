//! Are the answers signed by which mail finds its way: those about the domain, and about its mail servers?
//! (RFC 4033 §5, RFC 7672 §2.2)

use super::weighing::Weighing;
use super::{Check, CheckId, Exchange, Route, Scene};
use crate::dns::{Name, Question, RecordType, Response};
use crate::dnssec::{Keys, State, control};
use crate::gather::Gather;
use crate::report::{Action, DnssecReason, Finding, Mend, Owner, Reason, Status};

/// See the module.
pub(super) struct Dnssec;

impl Check for Dnssec {
    fn id(&self) -> CheckId {
        CheckId::Dnssec
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = |status, reasons| Finding::new(self.id(), status, reasons);
        if scene.route == Route::NoSuchDomain {
            return finding(Status::Na, vec![Reason::NoSuchDomain]);
        }
        let Some(found) = Found::read(scene) else {
            return finding(Status::Unknown, vec![Reason::Pending]);
        };
        let (status, reasons) = found.judge();
        let mend = matches!(status, Status::Warn | Status::Fail).then(|| found.mend());
        finding(status, reasons)
            .mended_by(mend.flatten())
            .proven_by(found.proof())
    }
}

/// What would make the domain and its mail servers secure; nothing where they are, or while answers are wanted.
pub(super) fn mend(scene: &Scene<'_>) -> Option<Mend> {
    Found::read(scene)?.mend()
}

/// All that is known when every answer is there.
struct Found<'a, 's> {
    scene: &'a Scene<'s>,
    domain: &'a Name,
    state: State,
    keys: Keys,
    hosts: Vec<(&'a Name, State)>,
}

impl<'a, 's> Found<'a, 's> {
    /// Nothing while answers are wanted.
    fn read(scene: &'a Scene<'s>) -> Option<Self> {
        let domain = scene.evidence.domain().name();
        let state = scene.security(&Question::new(domain.clone(), RecordType::Mx));
        // Wanted at once, whatever is still to come.
        let keys = Keys::read(scene.dns, domain);
        let hosts: Vec<_> = exchanges(&scene.route)
            .map(|exchange| (&exchange.name, host_state(scene, &exchange.name)))
            .gather();
        Some(Self {
            scene,
            domain,
            state: state?,
            keys: keys?,
            hosts: hosts
                .into_iter()
                .map(|(name, state)| Some((name, state?)))
                .collect::<Option<_>>()?,
        })
    }

    /// The names of the mail servers in this state.
    fn those(&self, wanted: fn(State) -> bool) -> Vec<Name> {
        let names = self.hosts.iter().filter(|(_, state)| wanted(*state));
        names.map(|(name, _)| (*name).clone()).gather()
    }

    fn judge(&self) -> (Status, Vec<Reason>) {
        let hosts_bogus = self.those(|state| state == State::Bogus);
        let (status, main) = match self.state {
            State::Bogus => (Status::Fail, DnssecReason::Bogus.into()),
            _ if !hosts_bogus.is_empty() => {
                let hosts = hosts_bogus.clone();
                (Status::Fail, DnssecReason::HostsBogus { hosts }.into())
            }
            State::Broken(failure) => {
                let question = Question::new(self.domain.clone(), RecordType::Mx);
                (Status::Unknown, Reason::DnsFailed { question, failure })
            }
            State::Indeterminate => (Status::Unknown, unvalidated(self.scene)),
            State::Insecure => (Status::Warn, self.insecure().into()),
            State::Secure => (Status::Pass, DnssecReason::Secure.into()),
        };
        let mut weighing = Weighing::new(status, vec![main]);
        if self.state == State::Bogus && self.keys.is_mismatched() {
            let (named, keys) = (self.keys.delegated_tags(), self.keys.tags());
            weighing.add(DnssecReason::KeysDiffer { named, keys }.into(), true);
        }
        if self.state == State::Bogus && !hosts_bogus.is_empty() {
            let hosts = hosts_bogus;
            weighing.add(DnssecReason::HostsBogus { hosts }.into(), true);
        }
        let mut hosts = self.those(|state| state == State::Insecure);
        if self.state == State::Insecure {
            // What lies in the domain is unsigned with it.
            hosts.retain(|host| !host.is_within(self.domain));
        }
        if !hosts.is_empty() {
            weighing.add(DnssecReason::HostsUnsigned { hosts }.into(), true);
        }
        let hosts = self.those(is_unseen);
        if !hosts.is_empty() && !is_unseen(self.state) {
            weighing.add(DnssecReason::HostsUnseen { hosts }.into(), false);
        }
        for algorithm in self.keys.weak_algorithms() {
            weighing.add(DnssecReason::WeakAlgorithm { algorithm }.into(), true);
        }
        let key_tags = self.keys.weakly_delegated();
        if !key_tags.is_empty() {
            weighing.add(DnssecReason::WeakDigest { key_tags }.into(), true);
        }
        weighing.told()
    }

    /// Why the domain is insecure.
    fn insecure(&self) -> DnssecReason {
        if self.keys.is_island() {
            let key_tags = self.keys.tags();
            DnssecReason::Island { key_tags }
        } else if self.keys.published.is_empty() {
            DnssecReason::Unsigned
        } else {
            DnssecReason::NotTrusted
        }
    }

    /// What helps most: what is wrong is mended before anything is added.
    fn mend(&self) -> Option<Mend> {
        let key_tags = self.keys.tags();
        if self.state == State::Bogus {
            let action = match self.keys.is_mismatched() {
                true => Action::ReplaceDs { key_tags },
                false => Action::RepairSignatures,
            };
            return Some(Mend::new(action, Owner::Dns));
        }
        let hosts = self.those(|state| state == State::Bogus);
        if !hosts.is_empty() {
            let owner = self.owner_of(&hosts);
            return Some(Mend::new(Action::RepairExchanges { hosts }, owner));
        }
        if self.state == State::Insecure && self.keys.is_island() {
            return Some(Mend::new(Action::PublishDs { key_tags }, Owner::Dns));
        }
        if !self.keys.weak_algorithms().is_empty() || !self.keys.weakly_delegated().is_empty() {
            return Some(Mend::new(Action::RenewKeys, Owner::Dns));
        }
        if self.state == State::Insecure {
            // Signed as it should be, under a zone that is not: that is in nobody's hands.
            let unsigned = self.keys.published.is_empty();
            return unsigned.then(|| Mend::new(Action::SignZone, Owner::Dns));
        }
        let hosts = self.those(|state| state == State::Insecure);
        let owner = self.owner_of(&hosts);
        (!hosts.is_empty()).then(|| Mend::new(Action::SignExchanges { hosts }, owner))
    }

    /// Who has the zones of these mail servers in hand.
    fn owner_of(&self, hosts: &[Name]) -> Owner {
        match hosts.iter().all(|host| host.is_within(self.domain)) {
            true => Owner::Dns,
            false => Owner::MailProvider,
        }
    }

    fn proof(&self) -> impl Iterator<Item = crate::evidence::ObservationId> {
        let of_domain = [RecordType::Mx, RecordType::Dnskey, RecordType::Ds];
        let of_domain = of_domain.into_iter().map(|of| (self.domain, of));
        let of_hosts = self.hosts.iter().map(|(host, _)| (*host, RecordType::A));
        of_domain
            .chain(of_hosts)
            .flat_map(|(name, of)| self.scene.answered(name, of))
    }
}

/// Why nobody vouches for anything, nor against it: the resolver does not validate, or nobody knows whether it does.
pub(super) fn unvalidated(scene: &Scene<'_>) -> Reason {
    let question = control();
    match scene.dns.answer(&question).map(|answer| &answer.response) {
        Some(Response::Failed(failure)) => Reason::DnsFailed {
            question,
            failure: *failure,
        },
        _ => DnssecReason::Unvalidated.into(),
    }
}

/// Whether nothing was learnt.
const fn is_unseen(state: State) -> bool {
    matches!(state, State::Indeterminate | State::Broken(_))
}

/// The mail servers whose names can be looked up.
pub(super) fn exchanges(route: &Route) -> impl Iterator<Item = &Exchange> {
    let exchanges = match route {
        Route::Exchanges(exchanges) => exchanges.looked_at.as_slice(),
        _ => &[],
    };
    exchanges
        .iter()
        .filter(|exchange| exchange.problem.is_none())
}

/// The state of a mail server's addresses; nothing while answers are wanted.
///
/// Where they tell nothing (another resolver had been asked, which does not validate) its TLSA records do, which
/// stand in the same zone; they are asked for in any case.
pub(super) fn host_state(scene: &Scene<'_>, host: &Name) -> Option<State> {
    let base = host.prefixed(super::dane::PORT).ok();
    let addresses = [RecordType::A, RecordType::Aaaa].map(|of| Question::new(host.clone(), of));
    let records = base.map(|base| Question::new(base, RecordType::Tlsa));
    let mut worst = None;
    for question in addresses.iter().chain(&records) {
        match scene.security(question)? {
            unseen if is_unseen(unseen) => worst = worst.or(Some(unseen)),
            seen => return Some(seen),
        }
    }
    worst
}

#[cfg(test)]
mod tests;
