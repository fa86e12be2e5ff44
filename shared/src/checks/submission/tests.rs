//! Dialogues as they are spoken, and what the row says of them.

use super::*;
use crate::checks::scenarios::{DONE, World, mx, name, row};
use crate::dns::{RecordData, RecordType, Response};
use crate::evidence::TargetRuling;
use crate::report::Owner;

const ADDRESS: &str = "9.9.9.10";

const CLOSED: [&str; 1] = ["* refused"];
const SWALLOWED: [&str; 1] = ["* timed out"];
/// Port 465 as it should be.
const IN_TLS: [&str; 6] = [
    "* secured",
    "S: 220 mx.example.org",
    "C: EHLO probe.example",
    "S: 250-mx.example.org",
    "S: 250 AUTH PLAIN LOGIN",
    "C: QUIT",
];

fn world(implicit: &[&str], explicit: &[&str]) -> World {
    let kind = DialogueKind::Submission;
    World::with_host(ADDRESS)
        .ruled(ADDRESS, TargetRuling::Planned)
        .spoken_on(465, ADDRESS, kind, implicit)
        .spoken_on(587, ADDRESS, kind, explicit)
}

fn told(implicit: &[&str], explicit: &[&str]) -> (Status, Reason) {
    let report = world(implicit, explicit).ended(DONE).report();
    row(&report, CheckId::Submission)
}

/// Port 587 with this EHLO reply, and what comes behind it.
fn explicit<'a>(announced: &[&'a str], rest: &[&'a str]) -> Vec<&'a str> {
    [
        &["S: 220 mx.example.org", "C: EHLO probe.example"],
        announced,
        rest,
    ]
    .concat()
}

/// STARTTLS, and the EHLO reply inside.
fn inside<'a>(announced: &[&'a str]) -> Vec<&'a str> {
    let before = [
        "C: STARTTLS",
        "S: 220 go",
        "* secured",
        "C: EHLO probe.example",
    ];
    [&before, announced].concat()
}

const BARE: [&str; 1] = ["S: 250 mx.example.org"];
const TLS: [&str; 2] = ["S: 250-mx.example.org", "S: 250 STARTTLS"];
const TLS_AUTH: [&str; 3] = [
    "S: 250-mx.example.org",
    "S: 250-STARTTLS",
    "S: 250 AUTH PLAIN SCRAM-SHA-256",
];
const AUTH: [&str; 2] = ["S: 250-mx.example.org", "S: 250 AUTH LOGIN GSSAPI"];
const SAFE_AUTH: [&str; 3] = [
    "S: 250-mx.example.org",
    "S: 250-STARTTLS",
    "S: 250 AUTH SCRAM-SHA-256",
];

#[test]
fn doors_that_are_closed_are_no_fault() {
    let closed = (Status::Na, SubmissionReason::Closed.into());
    assert_eq!(told(&CLOSED, &CLOSED), closed);
    assert_eq!(told(&["* unreachable"], &CLOSED), closed);
    let in_tls = SubmissionReason::InTls { port: 465 };
    assert_eq!(told(&IN_TLS, &CLOSED), (Status::Pass, in_tls.into()));
}

#[test]
fn a_firewall_that_swallows_hides_the_domains_own_doors() {
    let failure = ConnectFailure::TimedOut;
    let silent = |port| (Status::Unknown, Reason::NotConnected { port, failure });
    assert_eq!(told(&SWALLOWED, &SWALLOWED), silent(465));
    assert_eq!(told(&CLOSED, &SWALLOWED), silent(587));
    let in_tls = SubmissionReason::InTls { port: 465 };
    assert_eq!(told(&IN_TLS, &SWALLOWED), (Status::Pass, in_tls.into()));
    let mut world = World::new(mx(&name("mx.example.net")));
    let address = RecordData::A([9, 9, 9, 10].into());
    world.answer(
        "mx.example.net",
        RecordType::A,
        Response::Records(vec![address]),
    );
    let kind = DialogueKind::Submission;
    let hosted = world
        .spoken_on(465, ADDRESS, kind, &SWALLOWED)
        .spoken_on(587, ADDRESS, kind, &SWALLOWED);
    assert_eq!(
        row(&hosted.ended(DONE).report(), CheckId::Submission),
        (Status::Na, SubmissionReason::Elsewhere.into())
    );
}

#[test]
fn login_belongs_inside_tls() {
    let port = 587;
    let clean = explicit(&TLS, &inside(&AUTH));
    let in_tls = SubmissionReason::InTls { port };
    assert_eq!(told(&CLOSED, &clean), (Status::Pass, in_tls.into()));
    let optional = explicit(&TLS_AUTH, &inside(&AUTH));
    let mechanisms = vec!["PLAIN".to_owned()];
    let reason = SubmissionReason::OptionalTls { port, mechanisms };
    assert_eq!(told(&CLOSED, &optional), (Status::Warn, reason.into()));
    let without_password = explicit(&SAFE_AUTH, &inside(&AUTH));
    assert_eq!(told(&CLOSED, &without_password).0, Status::Pass);
    let without_login = explicit(&TLS, &inside(&BARE));
    let reason = SubmissionReason::WithoutLogin { port };
    assert_eq!(told(&CLOSED, &without_login), (Status::Na, reason.into()));
}

#[test]
fn a_door_without_tls_is_a_failure() {
    let port = 587;
    let mechanisms = vec!["LOGIN".to_owned()];
    let in_clear = SubmissionReason::InClear { port, mechanisms };
    let open = explicit(&AUTH, &["C: QUIT", "S: 221 bye"]);
    assert_eq!(told(&IN_TLS, &open), (Status::Fail, in_clear.into()));
    let bare = explicit(&BARE, &["C: QUIT", "S: 221 bye"]);
    let without = SubmissionReason::WithoutTls { port };
    assert_eq!(told(&IN_TLS, &bare), (Status::Fail, without.into()));
    for rest in [
        &["C: STARTTLS", "S: 220 go", "* not secured"][..],
        &["C: STARTTLS", "S: 502 no"],
    ] {
        let broken = SubmissionReason::BrokenTls { port };
        let dialogue = explicit(&TLS, rest);
        assert_eq!(told(&IN_TLS, &dialogue), (Status::Fail, broken.into()));
    }
    let report = world(&IN_TLS, &bare).ended(DONE).report();
    let mend = report.finding(CheckId::Submission).unwrap().mend.clone();
    let mend = mend.unwrap();
    assert_eq!(
        (mend.action, mend.owner),
        (Action::SecureSubmission, Owner::ServerOperator)
    );
}

#[test]
fn who_greets_in_clear_on_465_has_no_tls_there() {
    let port = 465;
    let clear = explicit(&TLS, &["C: QUIT", "S: 221 bye"]);
    let without = SubmissionReason::WithoutTls { port };
    assert_eq!(told(&clear, &CLOSED), (Status::Fail, without.into()));
    let broken = SubmissionReason::BrokenTls { port };
    assert_eq!(
        told(&["* not secured"], &CLOSED),
        (Status::Fail, broken.into())
    );
}

#[test]
fn what_is_put_off_or_turned_away_is_unknown() {
    let later = explicit(&TLS, &["C: STARTTLS", "S: 454 later"]);
    assert_eq!(told(&CLOSED, &later).0, Status::Unknown);
    let (reply_code, text) = (554, "go away".to_owned());
    let turned_away = Reason::TurnedAway { reply_code, text };
    assert_eq!(
        told(&CLOSED, &["S: 554 go away"]),
        (Status::Unknown, turned_away)
    );
    let half = explicit(&TLS, &[]);
    assert_eq!(told(&IN_TLS, &half).0, Status::Pass);
    assert_eq!(
        row(&world(&IN_TLS, &half).report(), CheckId::Submission),
        (Status::Unknown, Reason::Pending),
        "while the scan goes on there may be worse to come"
    );
}

/// The row about AUTH lets it pass, so that it does not cost twice.
#[test]
fn a_password_in_clear_on_25_counts_where_the_doors_were_looked_at() {
    let survey = |world: World| {
        let lines = explicit(&AUTH, &["C: QUIT", "S: 221 bye"]);
        let world = world.spoken(ADDRESS, DialogueKind::Survey, &lines);
        world.ended(DONE).report()
    };
    let report = survey(world(&IN_TLS, &CLOSED));
    let (port, mechanisms) = (25, vec!["LOGIN".to_owned()]);
    let optional = SubmissionReason::OptionalTls { port, mechanisms };
    assert_eq!(
        row(&report, CheckId::Submission),
        (Status::Warn, optional.into())
    );
    assert_eq!(row(&report, CheckId::Auth).0, Status::Pass);
    let unasked = World::with_host(ADDRESS).ruled(ADDRESS, TargetRuling::Planned);
    assert_eq!(
        row(&survey(unasked), CheckId::Submission),
        (Status::Unknown, Reason::NotAsked)
    );
}
