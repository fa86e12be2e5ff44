//! Two known reports, as evidence: under both profiles they must give the letters that they are known by,
//! and the very reports that are kept beside this file (`POSTERN_BLESS=1` writes them anew).

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

mod build;
mod quera;
mod yazd;

use postern_shared::checks::CheckId;
use postern_shared::evidence::{Evidence, Observation, ProbeOutcome};
use postern_shared::report::{Profile, ProfileName, Report, Status, assess, close};
use proptest::prelude::*;

fn report(evidence: &Evidence, profile: ProfileName) -> Report {
    assess(evidence, profile.profile())
}

fn letter(report: &Report) -> &'static str {
    report.grade.expect("a grade").as_str()
}

/// The ids of the checks of the classic ten with this status, in the catalogue's order.
fn ids(report: &Report, status: Status) -> Vec<CheckId> {
    let classic = ProfileName::Classic.profile();
    report
        .checks
        .iter()
        .filter(|finding| finding.status == status && classic.reads(finding.id))
        .map(|finding| finding.id)
        .collect()
}

#[test]
fn yazd_classic_is_78_and_c_plus() {
    let report = report(&yazd::evidence(), ProfileName::Classic);
    assert_eq!(
        ids(&report, Status::Fail),
        [CheckId::Spf, CheckId::Spoofing]
    );
    assert_eq!(ids(&report, Status::Pass).len(), 8);
    assert_eq!((report.score.tenths(), letter(&report)), (780, "C+"));
}

#[test]
fn yazd_standards_is_77_and_a_half_and_c_plus() {
    let report = report(&yazd::evidence(), ProfileName::Standards);
    assert_eq!(ids(&report, Status::Fail), [CheckId::Spf]);
    assert_eq!(
        ids(&report, Status::Warn),
        [CheckId::Vrfy, CheckId::Spoofing]
    );
    assert_eq!((report.score.tenths(), letter(&report)), (775, "C+"));
}

#[test]
fn quera_classic_is_42_and_f() {
    let report = report(&quera::evidence(), ProfileName::Classic);
    let failed = [
        CheckId::Help,
        CheckId::Auth,
        CheckId::Ptr,
        CheckId::Spf,
        CheckId::Dmarc,
        CheckId::Spoofing,
    ];
    assert_eq!(ids(&report, Status::Fail), failed);
    assert_eq!((report.score.tenths(), letter(&report)), (420, "F"));
}

#[test]
fn quera_standards_is_48_of_90_and_f() {
    let report = report(&quera::evidence(), ProfileName::Standards);
    assert_eq!(ids(&report, Status::Fail), [CheckId::Spf]);
    assert_eq!(
        ids(&report, Status::Warn),
        [
            CheckId::Help,
            CheckId::Ptr,
            CheckId::Dmarc,
            CheckId::Spoofing
        ]
    );
    assert_eq!(
        (ids(&report, Status::Na), ids(&report, Status::Unknown)),
        (vec![CheckId::Auth], vec![CheckId::Expn])
    );
    assert_eq!(
        (report.score.earned, report.score.possible),
        (4 * 48, 4 * 90)
    );
    assert_eq!(letter(&report), "F");
}

#[test]
fn what_these_reports_never_asked_scores_nothing() {
    let classic = ProfileName::Classic.profile();
    for evidence in [yazd::evidence(), quera::evidence()] {
        let report = report(&evidence, ProfileName::Standards);
        let modern = report.checks.iter().filter(|f| !classic.reads(f.id));
        for finding in modern.filter(|finding| finding.weight > 0) {
            assert_eq!(finding.status.quarters(), None, "{}", finding.id);
        }
    }
}

#[test]
fn reports_are_those_that_are_kept() {
    for evidence in [yazd::evidence(), quera::evidence()] {
        for profile in ProfileName::ALL {
            // What is younger than these scans was never asked.
            let mut evidence = evidence.clone();
            close(&mut evidence, profile.profile(), ProbeOutcome::Cut);
            let report = report(&evidence, profile);
            assert_eq!(report.wants, [], "nothing is left to ask");
            let name = format!("{}.{}.json", evidence.domain(), profile.as_str());
            build::assert_kept(&name, &serde_json::to_string_pretty(&report).unwrap());
        }
    }
}

#[test]
fn evidence_comes_back_as_it_was_saved() {
    let evidence = quera::evidence();
    assert_eq!(Evidence::from_json(&evidence.to_json()), Ok(evidence));
}

/// The report as it is written, so that "the same" means every byte.
fn written(evidence: &Evidence, profile: &Profile) -> String {
    serde_json::to_string(&assess(evidence, profile)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_order_and_any_repetition_gives_the_same_report(
        order in Just(observations()).prop_shuffle(),
        repeated in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let domain = quera::evidence().domain().clone();
        let mut evidence = Evidence::new(domain);
        for observation in &order {
            evidence.apply(observation.clone());
        }
        for index in repeated {
            evidence.apply(index.get(&order).clone());
        }
        let profile = ProfileName::Standards.profile();
        prop_assert_eq!(written(&evidence, profile), written(&quera::evidence(), profile));
    }
}

fn observations() -> Vec<Observation> {
    quera::evidence()
        .observations()
        .map(|(_, observation)| observation.clone())
        .collect()
}
