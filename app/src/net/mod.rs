//! What leaves the page: questions, the probe's socket, what the browser keeps.

pub mod browser;
pub mod doh;
pub mod driver;
pub mod probe;
pub mod store;

use postern_shared::evidence::{Fact, Observation};
use postern_shared::protocol::Progress;

use crate::state::Refusal;

/// What the outside world tells a scan.
#[derive(Clone, Debug)]
pub enum Event {
    /// A question is done with: an observation for each try.
    Answered(Vec<Observation>),
    /// The probe server said from where it looks, and whether it makes deep scans.
    Welcomed(Observation, bool),
    /// The probe server saw something.
    Observed(Observation),
    /// The probe server does something.
    Doing(Progress),
    /// The probe server will not scan, or not to the end.
    Refused(Refusal),
}

/// A fact that was seen now.
fn seen_now(fact: Fact) -> Observation {
    Observation::new(browser::now(), fact)
}
