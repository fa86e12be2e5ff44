//! Every record that a report hands over does what the report says: published, it makes the report better,
//! by as many points as were promised. And what is advised is wise for the domain that it is advised to.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod advice;
mod domains;
mod judged;
mod world;

use postern_shared::checks::CheckId;
use postern_shared::report::{Action, Finding, Mend, ProfileName, Reason, Report, Status};

use world::World;

/// The findings that DNS texts decide, each with its mend.
fn findings(report: &Report) -> impl Iterator<Item = (&Finding, &Mend)> {
    report
        .checks
        .iter()
        .filter_map(|finding| Some((finding, finding.mend.as_ref()?)))
}

fn by_text(report: &Report) -> Vec<(CheckId, Status)> {
    let checks = [
        CheckId::Spf,
        CheckId::Dmarc,
        CheckId::Spoofing,
        CheckId::MtaSts,
        CheckId::TlsRpt,
        CheckId::Mx,
    ];
    // The classic profile reads the first three alone.
    let finding = |id| Some((id, report.finding(id)?.status));
    checks.into_iter().filter_map(finding).collect()
}

/// Points of a hundred, exact.
fn points(report: &Report) -> f64 {
    100.0 * f64::from(report.score.earned) / f64::from(report.score.possible)
}

#[test]
fn every_record_that_is_handed_over_wins_what_is_promised() {
    let mut tried = 0;
    for world in domains::worlds() {
        for profile in ProfileName::ALL {
            let before = world.report(profile);
            assert_eq!(before.wants, [], "{world:?}: nothing is left to ask");
            for (finding, mend) in findings(&before) {
                let (Some(publish), Some(followed)) = (&mend.publish, world.following(mend)) else {
                    continue;
                };
                let after = followed.report(profile);
                let won = points(&after) - points(&before);
                let told = format!(
                    "{world:?} {profile:?} {:?}: {} -> {:?}, won {won}, promised {}",
                    finding.id,
                    publish.value,
                    by_text(&after),
                    mend.gain
                );
                let note = finding.weight == 0;
                // Behind a note others may cease to apply, and what they had earned with them.
                let as_promised = (won - f64::from(mend.gain)).abs() <= 0.5;
                assert!(as_promised || note && won < 0.0, "{told}");
                for (was, is) in before.checks.iter().zip(&after.checks) {
                    let was = was.status;
                    let applies = is.status != Status::Na && was != Status::Unknown;
                    assert!(!applies || is.status <= was, "{told}");
                }
                let step = matches!(
                    mend.action,
                    Action::RequestReports
                        | Action::AuthorizeReports { .. }
                        | Action::CoverExchanges { .. }
                );
                let strict = profile == ProfileName::Classic;
                assert!(mend.gain > 0 || step || strict || note, "{told}");
                assert_ne!(after.finding(finding.id), Some(finding), "{told}");
                tried += 1;
            }
        }
    }
    assert!(tried > 60, "{tried} records were tried");
}

/// Who follows the advice comes to its end: to all that DNS can win, in few steps.
#[test]
fn advice_that_is_followed_leads_to_the_end() {
    for start in domains::followed() {
        let mut world: World = start.clone();
        let mut steps = 0;
        loop {
            let report = world.report(ProfileName::Standards);
            let next = findings(&report).find_map(|(_, mend)| world.following(mend));
            let Some(followed) = next else {
                let statuses = by_text(&report);
                let weak = statuses
                    .iter()
                    .filter(|(_, status)| !matches!(status, Status::Pass | Status::Na));
                // Reports for a domain that takes no mail need a mailbox that we cannot name.
                let without_mailbox = |id| {
                    let reasons = &report.finding(id).unwrap().reasons;
                    !world.takes_mail() && reasons.contains(&Reason::DmarcNoReports)
                };
                assert!(
                    weak.clone().all(|(id, _)| without_mailbox(*id)),
                    "{start:?} ends in {world:?}: {statuses:?}"
                );
                break;
            };
            world = followed;
            steps += 1;
            assert!(steps < 12, "{start:?} goes round: {world:?}");
        }
    }
}
