//! Is an address on a DNS blocklist that matters? (RFC 5782)

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::host::{Word, fold, silence};
use super::{Check, CheckId, Scene};
use crate::blocklist::{self, Meaning, Tier};
use crate::evidence::{BlocklistFact, BlocklistOutcome, Fact, Family, ObservationId};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};

/// Lists that must have answered before an address is called clean.
const ENOUGH: u32 = 3;

/// See the module.
pub(super) struct Blacklist;

impl Check for Blacklist {
    fn id(&self) -> CheckId {
        CheckId::Blacklist
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |_, address| {
            let asked: BTreeMap<&str, (&ObservationId, &BlocklistFact)> = scene
                .evidence
                .observations()
                .filter_map(|(id, observation)| match &observation.fact {
                    Fact::Blocklist(fact) if fact.address == address => {
                        Some((fact.zone.as_str(), (id, fact)))
                    }
                    _ => None,
                })
                .collect();
            if asked.is_empty() {
                return Word::unknown(silence(scene, address));
            }
            read(scene, address, &asked)
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
            .collect();
        let mend = matches!(finding.status, Status::Fail | Status::Warn)
            .then(|| Mend::new(Action::Delist { zones }, Owner::ServerOperator));
        finding.mended_by(mend)
    }
}

/// Weighs what the lists that may be believed say about one address.
fn read(
    scene: &Scene<'_>,
    address: IpAddr,
    asked: &BTreeMap<&str, (&ObservationId, &BlocklistFact)>,
) -> Word {
    let family = Family::of(address);
    let mut tally = Tally::default();
    for zone in blocklist::zones_for(family) {
        let Some((id, fact)) = asked.get(zone.zone) else {
            continue;
        };
        tally.asked += 1;
        let meaning = blocklist::meaning(zone.zone, &fact.outcome);
        if meaning == Meaning::NoAnswer || !is_believed(scene, zone.zone, family) {
            continue;
        }
        tally.answered += 1;
        match meaning {
            Meaning::Listed => tally.list(zone.tier, zone.zone, &fact.outcome, id),
            Meaning::PolicyRange => {
                tally.policy_range = true;
                tally.proof.push((*id).clone());
            }
            Meaning::NotListed | Meaning::NoAnswer => {}
        }
    }
    // While the probe is at work more answers may come: only a decisive listing is final.
    if tally.decisive.is_empty() && scene.probe_outcome().is_none() {
        return Word::unknown(Reason::Pending);
    }
    let mut word = tally.word();
    if word.proof.is_empty() {
        word.proof = asked.values().map(|(id, _)| (*id).clone()).collect();
    }
    word
}

/// Whether a list passed its test points.
fn is_believed(scene: &Scene<'_>, zone: &str, family: Family) -> bool {
    scene
        .evidence
        .observations()
        .any(|(_, observation)| match &observation.fact {
            Fact::BlocklistTest(test) => {
                test.zone == zone && test.family == family && blocklist::passed(test)
            }
            _ => false,
        })
}

/// What the lists said together.
#[derive(Default)]
struct Tally {
    asked: u32,
    answered: u32,
    decisive: Vec<String>,
    text: Option<String>,
    minor: Vec<String>,
    neighborhood: Vec<String>,
    policy_range: bool,
    proof: Vec<ObservationId>,
}

impl Tally {
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

    /// The word on the address: listings first, notes after.
    fn word(self) -> Word {
        let Self {
            asked,
            answered,
            decisive,
            text,
            minor,
            neighborhood,
            policy_range,
            proof,
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
        let mut reasons = vec![first];
        if !minor.is_empty() && status != Status::Warn {
            reasons.push(Reason::ListedByMinor { zones: minor });
        }
        if !neighborhood.is_empty() {
            reasons.push(Reason::NeighborhoodListed {
                zones: neighborhood,
            });
        }
        if policy_range {
            reasons.push(Reason::PolicyRangeListed);
        }
        Word {
            status,
            reasons,
            proof,
        }
    }
}
