//! Saved evidence.

use postern_shared::evidence::{Evidence, Fact, ProbeOutcome};
use postern_shared::report::{ProfileName, Report, assess, close};
use postern_shared::wording::{self, Language};

use super::input::text;

/// A file that says it is saved evidence: loaded, assessed under every profile, worded, saved, and loaded again.
pub fn evidence_json(octets: &[u8]) {
    let Ok(mut evidence) = Evidence::from_json(&text(octets)) else {
        return;
    };
    let saved = evidence.to_json();
    assert_eq!(Evidence::from_json(&saved).as_ref(), Ok(&evidence));
    for name in ProfileName::ALL {
        let profile = name.profile();
        let report = assess(&evidence, profile);
        assert_eq!(assess(&evidence, profile), report);
        say(&evidence, &report);
    }
    for name in ProfileName::ALL {
        close(&mut evidence, name.profile(), ProbeOutcome::Cut);
        say(&evidence, &assess(&evidence, name.profile()));
    }
    let again = Evidence::from_json(&evidence.to_json()).expect("what was saved");
    assert_eq!(again, evidence);
}

/// Finds words for everything, in every language.
fn say(evidence: &Evidence, report: &Report) {
    for language in Language::ALL {
        let _ = wording::verdict(language, report);
        let _ = wording::coverage(language, report);
        for cap in &report.caps {
            let _ = wording::cap(language, cap);
        }
        for finding in &report.checks {
            let hosts = finding.hosts.iter().flat_map(|host| &host.reasons);
            for reason in finding.reasons.iter().chain(hosts) {
                let said = wording::reason(language, reason);
                assert!(!said.plain(language).is_empty(), "{reason:?}");
            }
            if let Some(mend) = &finding.mend {
                let _ = wording::action(language, &mend.action);
            }
            for id in &finding.proof {
                assert!(
                    evidence.observation(id.as_str()).is_some(),
                    "proof that is not there"
                );
            }
        }
        for (_, observation) in evidence.observations() {
            observed(language, &observation.fact);
        }
    }
}

/// What is shown of an observation cannot steer a terminal.
pub(super) fn observed(language: Language, fact: &Fact) {
    for line in wording::observation(language, fact).lines {
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
}
