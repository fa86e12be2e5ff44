//! What arrives from the network, written where the page reads it.

use leptos::prelude::*;
use postern_shared::dns::Question;
use postern_shared::evidence::{Evidence, Observation};

use super::{Scan, WhatIf};
use crate::model::phase::Phase;
use crate::net::Event;
use crate::net::driver::Desk;

/// The scan on the screen.
impl Desk for Scan {
    fn wanted(&self) -> Vec<Question> {
        self.report.with_untracked(|report| {
            report
                .as_ref()
                .map(|report| report.wants.clone())
                .unwrap_or_default()
        })
    }

    fn take(&self, events: Vec<Event>) {
        let (mut observations, mut activity) = (Vec::new(), None);
        for event in events {
            match event {
                Event::Answered(tries) => observations.extend(tries),
                Event::Observed(observation) => observations.push(observation),
                Event::Welcomed(vantage, deep) => {
                    observations.push(vantage);
                    self.deep.set(deep);
                }
                Event::Doing(progress) => activity = Some(progress),
                Event::Refused(refusal) => self.refusal.set(Some(refusal)),
            }
        }
        if activity.is_some() {
            self.activity.set(activity);
        }
        self.evidence.maybe_update(|evidence| {
            evidence
                .as_mut()
                .is_some_and(|seen| fold(seen, observations))
        });
    }

    fn show(&self, asked: u32, answered: u32, all_fail: bool) {
        let phase = Phase::Running { asked, answered };
        if self.phase.get_untracked() != phase {
            self.phase.set(phase);
        }
        if self.resolvers_fail.get_untracked() != all_fail {
            self.resolvers_fail.set(all_fail);
        }
    }
}

/// What a change that is tried leads to: beside the scan, which stays as it was seen.
impl Desk for WhatIf {
    fn wanted(&self) -> Vec<Question> {
        self.trial.with_untracked(|trial| {
            trial
                .as_ref()
                .map(|trial| trial.wants.clone())
                .unwrap_or_default()
        })
    }

    fn take(&self, events: Vec<Event>) {
        let mut observations = Vec::new();
        for event in events {
            match event {
                Event::Answered(tries) => observations.extend(tries),
                Event::Observed(observation) => observations.push(observation),
                // The probe server is not asked.
                Event::Welcomed(..) | Event::Doing(_) | Event::Refused(_) => {}
            }
        }
        self.change.maybe_update(|change| {
            change
                .beside
                .as_mut()
                .is_some_and(|seen| fold(seen, observations))
        });
    }

    fn show(&self, _asked: u32, _answered: u32, _all_fail: bool) {}
}

/// Whether anything changed. Not `any`: each observation is to be folded.
fn fold(evidence: &mut Evidence, observations: Vec<Observation>) -> bool {
    observations
        .into_iter()
        .fold(false, |changed, observation| {
            evidence.apply(observation) | changed
        })
}
