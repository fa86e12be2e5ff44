//! Evidence that nothing is added to any more.

use super::{Profile, assess};
use crate::dns::{Answer, Failure, Question, Response};
use crate::evidence::{DnsFact, Evidence, Fact, Observation, ObservationId, ProbeOutcome};
use crate::sorted::SortedSet;
use crate::time::{Millis, Timestamp};

/// Who "answers" what nobody was asked.
const NOBODY: &str = "nobody";

/// Says that nobody was asked: an evaluation that waited for an answer would wait forever.
#[must_use]
pub fn not_asked(at: Timestamp, question: Question) -> Observation {
    let fact = DnsFact {
        question,
        answer: Answer::new(Response::Failed(Failure::NotAsked)),
        resolver: NOBODY.to_owned(),
        took: Millis(0),
    };
    Observation::new(at, Fact::Dns(fact))
}

/// Ends evidence whose scan is over, however it ended: what is still wanted was never asked, and a probe
/// that did not say how it ended, `ended` so. Without it, the rows behind would be awaited forever.
///
/// Evidence of a scan that came to its end stays as it is.
pub fn close(evidence: &mut Evidence, profile: &Profile, ended: ProbeOutcome) {
    let last = evidence.observations().map(|(_, seen)| seen.at).max();
    let at = last.unwrap_or_default();
    if evidence.observation(ObservationId::PROBE).is_none() {
        evidence.apply(Observation::new(at, Fact::Probe(ended)));
    }
    let mut declined = SortedSet::new();
    loop {
        let mut wants = assess(evidence, profile).wants;
        // Full evidence takes nothing in: what was declined in vain must not be declined again.
        wants.retain(|question| declined.insert(question.clone()));
        if wants.is_empty() {
            return;
        }
        for question in wants {
            evidence.apply(not_asked(at, question));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DomainName;
    use crate::dns::{Name, RecordData, RecordType};
    use crate::report::ProfileName;

    /// Evidence of a scan that was cut after the MX records came.
    fn cut() -> Evidence {
        let mut evidence = Evidence::new(DomainName::parse("example.org").unwrap());
        let name = Name::parse("example.org").unwrap();
        let exchange = Name::parse("mx.example.org").unwrap();
        let fact = DnsFact {
            question: Question::new(name, RecordType::Mx),
            answer: Answer::new(Response::from_records(vec![RecordData::Mx {
                preference: 10,
                exchange,
            }])),
            resolver: "probe".to_owned(),
            took: Millis(1),
        };
        evidence.apply(Observation::new(Timestamp(7), Fact::Dns(fact)));
        evidence
    }

    #[test]
    fn nothing_is_awaited_of_a_scan_that_is_over() {
        for name in ProfileName::ALL {
            let mut evidence = cut();
            assert!(assess(&evidence, name.profile()).is_pending());
            close(&mut evidence, name.profile(), ProbeOutcome::Cut);
            let report = assess(&evidence, name.profile());
            assert!(!report.is_pending(), "{:?}", report.checks);
            assert_eq!(report.wants, []);
            assert_eq!(report.measured, Some((Timestamp(7), Timestamp(7))));
        }
    }

    #[test]
    fn a_scan_that_came_to_its_end_stays_as_it_is() {
        let profile = ProfileName::Standards.profile();
        let mut evidence = cut();
        close(&mut evidence, profile, ProbeOutcome::Cut);
        let closed = evidence.clone();
        close(&mut evidence, profile, ProbeOutcome::Cut);
        assert_eq!(evidence, closed);
    }
}
