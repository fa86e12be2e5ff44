//! Can senders know the mail servers by their TLSA records? (RFC 7672)

mod host;
mod mend;

pub(super) use self::host::binds;
use self::host::{Fit, Host, Outcome};
use super::weighing::Weighing;
use super::{Check, CheckId, Scene, host as hosts};
use crate::dane::Note;
use crate::dns::{Name, Question, RecordData, RecordType};
use crate::dnssec::State;
use crate::gather::Gather;
use crate::report::{DaneReason, Finding, HostFinding, Reason, Status};

/// Where the records for the mail of other servers stand, in front of a mail server's name (RFC 7672 §2.2.3).
pub(super) const PORT: &str = "_25._tcp";

/// See the module.
pub(super) struct Dane;

impl Check for Dane {
    fn id(&self) -> CheckId {
        CheckId::Dane
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let exchanges = match hosts::exchanges(scene, self.id()) {
            Ok(exchanges) => exchanges,
            Err(without) => return *without,
        };
        let pending = || Finding::new(self.id(), Status::Unknown, vec![Reason::Pending]);
        let mail = scene.evidence.domain().name();
        let routed = scene.security(&Question::new(mail.clone(), RecordType::Mx));
        // All are asked for at once.
        let read: Vec<_> = exchanges
            .looked_at
            .iter()
            .filter(|exchange| exchange.leads_somewhere())
            .map(|exchange| Host::read(scene, &exchange.name)?.compared(scene, exchange))
            .gather();
        let (Some(routed), Some(read)) = (routed, read.into_iter().collect()) else {
            return pending();
        };
        let found = Found {
            scene,
            routed,
            hosts: read,
        };
        let nowhere = exchanges.looked_at.iter();
        let nowhere = nowhere.filter(|exchange| !exchange.leads_somewhere());
        let nowhere: Vec<HostFinding> = nowhere.filter_map(hosts::beside_hosts).gather();
        if found.hosts.is_empty() {
            return hosts::fold_hosts(self.id(), nowhere);
        }
        let Some((status, reasons)) = found.judge() else {
            return pending();
        };
        let is_weak = matches!(status, Status::Warn | Status::Fail);
        let mend = is_weak.then(|| found.mend());
        let mut finding = Finding::new(self.id(), status, reasons)
            .mended_by(mend.flatten())
            .proven_by(scene.answered(mail, RecordType::Mx));
        finding.hosts = found.hosts.iter().map(|host| found.told(host)).gather();
        finding.hosts.extend(nowhere);
        finding
    }
}

/// All that is known when every answer is there.
struct Found<'a, 's> {
    scene: &'a Scene<'s>,
    /// The state of the MX records: senders look at TLSA records only where they are secure (RFC 7672 §2.2.1).
    routed: State,
    hosts: Vec<Host<'a>>,
}

impl Found<'_, '_> {
    /// The mail servers of which this is true.
    fn those(&self, wanted: impl Fn(&Outcome) -> bool) -> Vec<Name> {
        let hosts = self.hosts.iter().filter(|host| wanted(&host.outcome));
        hosts.map(|host| host.name.clone()).gather()
    }

    /// The mail servers whose records fit so.
    fn that_fit(&self, fit: Fit) -> Vec<Name> {
        let hosts = self.hosts.iter().filter(|host| host.fit(self.scene) == fit);
        hosts.map(|host| host.name.clone()).gather()
    }

    /// Why senders that know DANE cannot deliver, where they cannot.
    fn kept_out(&self) -> Vec<Reason> {
        let withheld = self.those(|outcome| matches!(outcome, Outcome::Withheld));
        let (differs, bare) = (self.that_fit(Fit::Differs), self.that_fit(Fit::Bare));
        [
            (!withheld.is_empty()).then_some(DaneReason::Withheld { hosts: withheld }),
            (!differs.is_empty()).then_some(DaneReason::Differs { hosts: differs }),
            self.first_without_authority()
                .map(|host| DaneReason::AuthorityNotSent {
                    hosts: vec![host.name.clone()],
                }),
            (!bare.is_empty()).then_some(DaneReason::Bare { hosts: bare }),
        ]
        .into_iter()
        .flatten()
        .map(Reason::from)
        .gather()
    }

    /// Status and reasons; nothing while an answer is wanted.
    fn judge(&self) -> Option<(Status, Vec<Reason>)> {
        let kept_out = self.kept_out();
        if !kept_out.is_empty() {
            return Some((Status::Fail, kept_out));
        }
        let usable = self.those(Outcome::is_usable);
        let useless = self.those(|outcome| matches!(outcome, Outcome::Useless(_)));
        let open = self.those(Outcome::is_open);
        if usable.is_empty() && useless.is_empty() {
            return self.absent(&open);
        }
        let mut weighing = Weighing::new(Status::Pass, Vec::new());
        if self.routed != State::Secure {
            weighing.add(DaneReason::NotEffective.into(), true);
        }
        if !useless.is_empty() {
            let hosts = useless;
            weighing.add(DaneReason::Useless { hosts }.into(), true);
        }
        for reason in self.hosts.iter().flat_map(useless_records) {
            weighing.add(reason.into(), false);
        }
        if !open.is_empty() {
            let hosts = open;
            weighing.add(DaneReason::Missing { hosts }.into(), true);
        }
        self.note(&mut weighing);
        let (status, mut reasons) = weighing.told();
        if self.routed == State::Secure {
            let place = if status == Status::Pass {
                0
            } else {
                reasons.len()
            };
            let (compared, unseen): (Vec<Name>, Vec<Name>) = {
                let fits = self.that_fit(Fit::Fits);
                usable.into_iter().partition(|name| fits.contains(name))
            };
            let good = [
                (!compared.is_empty()).then_some(DaneReason::Fits { hosts: compared }),
                (!unseen.is_empty()).then_some(DaneReason::Usable { hosts: unseen }),
            ];
            for (behind, reason) in good.into_iter().flatten().enumerate() {
                reasons.insert(place + behind, reason.into());
            }
        }
        Some((status, reasons))
    }

    /// Adds what is to say about records that can be used.
    fn note(&self, weighing: &mut Weighing) {
        for reason in self
            .hosts
            .iter()
            .flat_map(|host| idle_records(host, self.scene))
        {
            weighing.add(reason.into(), false);
        }
        for (note, weighs) in [
            (Note::Full, true),
            (Note::RenewalBreaks, false),
            (Note::Alone, false),
            (Note::Agility, false),
        ] {
            let hosts = self.those(|outcome| outcome.has(note));
            if !hosts.is_empty() {
                weighing.add(noted(note, hosts).into(), weighs);
            }
        }
    }

    /// No mail server has records that count. Where MTA-STS does the same, that is no fault.
    fn absent(&self, open: &[Name]) -> Option<(Status, Vec<Reason>)> {
        let Some(first) = self.hosts.iter().find(|host| host.outcome.is_open()) else {
            let unseen = self.hosts.iter().find_map(|host| host.unseen(self.scene));
            return Some((Status::Unknown, unseen.into_iter().gather()));
        };
        let secure = self.routed == State::Secure && matches!(first.outcome, Outcome::Absent);
        let hosts = self.those(|outcome| matches!(outcome, Outcome::Insecure { published: true }));
        let reason = match (hosts.is_empty(), secure) {
            (false, _) => DaneReason::InVain { hosts },
            (true, true) => DaneReason::Missing {
                hosts: open.to_vec(),
            },
            (true, false) => DaneReason::NeedsDnssec,
        };
        let (status, instead) = match self.has_mta_sts()? {
            true => (Status::Na, Some(DaneReason::MtaStsInstead)),
            false => (Status::Fail, None),
        };
        let reasons = instead.into_iter().chain([reason]);
        Some((status, reasons.map(Reason::from).gather()))
    }

    /// Whether the domain says that it has an MTA-STS policy (RFC 8461 §3.1): exactly one such record.
    fn has_mta_sts(&self) -> Option<bool> {
        let Ok(name) = self.scene.evidence.domain().name().prefixed("_mta-sts") else {
            return Some(false);
        };
        let answer = self.scene.dns.ask(&name, RecordType::Txt)?;
        let is_record = |data: &&RecordData| match data {
            RecordData::Txt(record) => record.text().starts_with("v=STSv1;"),
            _ => false,
        };
        Some(answer.response.records().iter().filter(is_record).count() == 1)
    }

    /// What is told of one mail server.
    fn told(&self, host: &Host<'_>) -> HostFinding {
        let hosts = vec![host.name.clone()];
        let (status, mut reasons): (_, Vec<Reason>) = match &host.outcome {
            Outcome::Usable(_) if host.fit(self.scene) == Fit::Differs => {
                (Status::Fail, vec![DaneReason::Differs { hosts }.into()])
            }
            Outcome::Usable(_) | Outcome::Useless(_) if host.bare => {
                (Status::Fail, vec![DaneReason::Bare { hosts }.into()])
            }
            // However good the records are, nobody who is led past them reads them.
            Outcome::Usable(_) | Outcome::Useless(_) if self.routed != State::Secure => {
                (Status::Warn, vec![DaneReason::NotEffective.into()])
            }
            Outcome::Usable(_) if host.fit(self.scene) == Fit::Fits => {
                (Status::Pass, vec![DaneReason::Fits { hosts }.into()])
            }
            Outcome::Usable(_) => (Status::Pass, vec![DaneReason::Usable { hosts }.into()]),
            Outcome::Useless(_) => (Status::Warn, vec![DaneReason::Useless { hosts }.into()]),
            Outcome::Withheld => (Status::Fail, vec![DaneReason::Withheld { hosts }.into()]),
            Outcome::Absent => (Status::Fail, vec![DaneReason::Missing { hosts }.into()]),
            Outcome::Insecure { published: true } => {
                (Status::Fail, vec![DaneReason::InVain { hosts }.into()])
            }
            Outcome::Insecure { published: false } => {
                (Status::Fail, vec![DaneReason::NeedsDnssec.into()])
            }
            Outcome::Unseen(..) => (
                Status::Unknown,
                host.unseen(self.scene).into_iter().gather(),
            ),
        };
        reasons.extend(useless_records(host).map(Reason::from));
        reasons.extend(idle_records(host, self.scene).map(Reason::from));
        HostFinding {
            exchange: host.name.clone(),
            address: None,
            status,
            reasons,
            proof: host.proof.clone(),
        }
    }
}

/// A note on the records of these mail servers.
const fn noted(note: Note, hosts: Vec<Name>) -> DaneReason {
    match note {
        Note::Full => DaneReason::Full { hosts },
        Note::RenewalBreaks => DaneReason::RenewalBreaks { hosts },
        Note::Alone => DaneReason::Alone { hosts },
        Note::Agility => DaneReason::Agility { hosts },
    }
}

/// Records that are told one by one: a server that is rolling over has four.
const TOLD: usize = 4;

/// Each of the first records of a mail server that fit nothing, where others fit.
fn idle_records<'a>(
    host: &'a Host<'_>,
    scene: &Scene<'_>,
) -> impl Iterator<Item = DaneReason> + 'a {
    let idle = host.idle(scene).into_iter().take(TOLD);
    idle.map(|record| DaneReason::IdleRecord {
        name: host.base.clone(),
        text: record.to_string(),
    })
}

/// Each of the first records of a mail server that nobody can use.
fn useless_records<'a>(host: &'a Host<'_>) -> impl Iterator<Item = DaneReason> + 'a {
    let useless = host.outcome.records().iter().filter_map(|record| {
        Some(DaneReason::UselessRecord {
            name: host.base.clone(),
            text: record.to_string(),
            why: record.unusable()?,
        })
    });
    useless.take(TOLD)
}

#[cfg(test)]
mod live;
#[cfg(test)]
mod tests;
