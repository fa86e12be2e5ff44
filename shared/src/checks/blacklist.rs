//! Is an address on a DNS blocklist that matters? (RFC 5782)

use crate::gather::Gather;
use std::net::IpAddr;

use super::host::{Word, fold, silence};
use super::weighing::Weighing;
use super::{Check, CheckId, Scene};
use crate::blocklist::{self, Meaning, Tier, Zone};
use crate::evidence::{BlocklistOutcome, Fact, Family, ObservationId, TargetRuling};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};
use crate::spf::{self, SpfResult};

/// Lists that must have answered before an address is called clean.
const ENOUGH: u32 = 3;

/// See the module.
pub(super) struct Blacklist;

impl Check for Blacklist {
    fn id(&self) -> CheckId {
        CheckId::Blacklist
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let tally = Tally::count(scene, address);
            match scene.probe_outcome() {
                // While the probe is at work more answers may come: only a decisive listing is final.
                None if tally.decisive.is_empty() => {
                    Word::unknown(silence(scene, exchange, address))
                }
                Some(_) if tally.asked == 0 => Word::unknown(silence(scene, exchange, address)),
                // The lists were tested for others: nobody asked them about this one.
                Some(_)
                    if !tally.spoken
                        && scene.ruling(&exchange.name, address) != Some(TargetRuling::Planned) =>
                {
                    Word::unknown(silence(scene, exchange, address))
                }
                _ if tally.policy_range && tally.decisive.is_empty() => {
                    match is_sender(scene, address) {
                        Some(sends) => tally.word(sends),
                        None => Word::unknown(Reason::Pending),
                    }
                }
                _ => tally.word(false),
            }
        });
        let zones: Vec<String> = finding
            .reasons
            .iter()
            .flat_map(|reason| match reason {
                Reason::ListedDecisively { zones, .. } | Reason::ListedByMinor { zones } => {
                    zones.clone()
                }
                _ => Vec::new(),
            })
            .gather();
        let action = if finding.reasons.first() == Some(&Reason::PolicyRangeSends) {
            Action::LeavePolicyRange
        } else {
            Action::Delist { zones }
        };
        let mend = matches!(finding.status, Status::Fail | Status::Warn)
            .then(|| Mend::new(action, Owner::ServerOperator));
        finding.mended_by(mend)
    }
}

/// Whether the domain's SPF record vouches for an address; nothing while answers are wanted.
fn is_sender(scene: &Scene<'_>, address: IpAddr) -> Option<bool> {
    let domain = scene.evidence.domain().as_str();
    let outcome = spf::evaluate(scene.dns, &spf::Params::for_domain(address, domain))?;
    Some(outcome.result == SpfResult::Pass)
}

/// What the lists said together.
#[derive(Default)]
struct Tally {
    /// Whether any list was asked about this very address.
    spoken: bool,
    asked: u32,
    answered: u32,
    decisive: Vec<String>,
    text: Option<String>,
    minor: Vec<String>,
    neighborhood: Vec<String>,
    policy_range: bool,
    proof: Vec<ObservationId>,
    clean: Vec<ObservationId>,
}

impl Tally {
    /// Counts what the lists that may be believed say about one address. One that failed its test counts as
    /// asked: it was, and nothing can be said by it.
    fn count(scene: &Scene<'_>, address: IpAddr) -> Self {
        let family = Family::of(address);
        let mut tally = Self::default();
        for zone in blocklist::zones_for(family) {
            let id = ObservationId::blocklist(zone.zone, address);
            let entry = scene.evidence.entry(&id);
            tally.spoken |= entry.is_some();
            let test = ObservationId::blocklist_test(zone.zone, family);
            let believed = match scene.evidence.observation(&test).map(|seen| &seen.fact) {
                Some(Fact::BlocklistTest(test)) => blocklist::passed(test),
                _ => continue,
            };
            tally.asked += 1;
            if let Some((id, Fact::Blocklist(fact))) = entry.map(|(id, seen)| (id, &seen.fact))
                && believed
            {
                tally.take(zone, &fact.outcome, id);
            }
        }
        tally
    }

    /// Takes in what one list says.
    fn take(&mut self, zone: &Zone, outcome: &BlocklistOutcome, id: &ObservationId) {
        let meaning = blocklist::meaning(zone.zone, outcome);
        self.answered += u32::from(meaning != Meaning::NoAnswer);
        match meaning {
            Meaning::Listed => self.list(zone.tier, zone.zone, outcome, id),
            Meaning::PolicyRange => {
                self.policy_range = true;
                self.proof.push(id.clone());
            }
            Meaning::NotListed => self.clean.push(id.clone()),
            Meaning::NoAnswer => {}
        }
    }

    /// Notes a listing.
    fn list(&mut self, tier: Tier, zone: &str, outcome: &BlocklistOutcome, id: &ObservationId) {
        self.proof.push(id.clone());
        match tier {
            Tier::Decisive => {
                if let (None, BlocklistOutcome::Answered { reason, .. }) = (&self.text, outcome) {
                    self.text.clone_from(reason);
                }
                self.decisive.push(zone.to_owned());
            }
            Tier::Minor => self.minor.push(zone.to_owned()),
            Tier::Information => self.neighborhood.push(zone.to_owned()),
        }
    }

    /// The word on the address, which mail is sent from or is not: listings first, notes after.
    fn word(self, sends: bool) -> Word {
        let Self {
            spoken: _,
            asked,
            answered,
            decisive,
            text,
            minor,
            neighborhood,
            policy_range,
            proof,
            clean,
        } = self;
        let (status, first) = if !decisive.is_empty() {
            (
                Status::Fail,
                Reason::ListedDecisively {
                    zones: decisive,
                    text,
                },
            )
        } else if minor.len() >= 2 {
            (
                Status::Warn,
                Reason::ListedByMinor {
                    zones: minor.clone(),
                },
            )
        } else if answered < ENOUGH {
            (
                Status::Unknown,
                Reason::TooFewListsAnswered { answered, asked },
            )
        } else {
            (Status::Pass, Reason::NotListed { answered, asked })
        };
        let mut weighing = Weighing::new(status, vec![first]);
        if !minor.is_empty() && status != Status::Warn {
            weighing.add(Reason::ListedByMinor { zones: minor }, false);
        }
        if !neighborhood.is_empty() {
            let zones = neighborhood;
            weighing.add(Reason::NeighborhoodListed { zones }, false);
        }
        if policy_range && sends {
            weighing.add(Reason::PolicyRangeSends, true);
        } else if policy_range {
            weighing.add(Reason::PolicyRangeListed, false);
        }
        let (status, reasons) = weighing.told();
        // Where nothing is listed, it is the clean answers that prove it.
        let proof = if proof.is_empty() { clean } else { proof };
        Word {
            status,
            reasons,
            proof,
        }
    }
}
