//! Dialogues as they are spoken, and what the row says of them.

use super::*;
use crate::checks::scenarios::{DONE, World, name, row};
use crate::dns::{RecordData, RecordType, Response};
use crate::evidence::{ProbeOutcome, TargetRuling};
use crate::report::{CapCause, Grade, Owner, Report};

const ADDRESS: &str = "9.9.9.10";

const GREETED: [&str; 2] = ["S: 220 mx.example.org ESMTP", "C: EHLO probe.example"];
const OFFERED: [&str; 2] = ["S: 250-mx.example.org", "S: 250 STARTTLS"];

/// Greeting and EHLO, with what comes behind.
fn after_ehlo<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    [&GREETED, rest].concat()
}

/// The same where STARTTLS is announced and asked for.
fn after_starttls<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    after_ehlo(&[&OFFERED[..], &["C: STARTTLS"], rest].concat())
}

fn world(dialogues: &[(DialogueKind, Vec<&str>)]) -> World {
    let world = World::with_host(ADDRESS).ruled(ADDRESS, TargetRuling::Planned);
    let spoken = dialogues.iter();
    spoken.fold(world, |world, (kind, lines)| {
        world.spoken(ADDRESS, *kind, lines)
    })
}

fn report(dialogues: &[(DialogueKind, Vec<&str>)]) -> Report {
    world(dialogues).ended(DONE).report()
}

fn told(dialogues: &[(DialogueKind, Vec<&str>)]) -> (Status, Reason) {
    row(&report(dialogues), CheckId::StartTls)
}

#[test]
fn a_handshake_in_any_dialogue_is_proof() {
    let secured = || {
        after_starttls(&[
            "S: 220 go",
            "* secured",
            "C: EHLO probe.example",
            "S: 250 mx",
        ])
    };
    let works = (Status::Pass, StartTlsReason::Works.into());
    for kind in [
        DialogueKind::Relay,
        DialogueKind::StartTls,
        DialogueKind::Injection,
    ] {
        assert_eq!(told(&[(kind, secured())]), works, "{kind:?}");
    }
    let failed = after_starttls(&["S: 220 go", "* not secured"]);
    let dialogues = [
        (DialogueKind::Relay, failed),
        (DialogueKind::StartTls, secured()),
    ];
    assert_eq!(told(&dialogues), works, "one that failed does not undo it");
}

#[test]
fn what_is_offered_and_never_comes_about_is_broken() {
    let failed = after_starttls(&["S: 220 go", "* not secured"]);
    let in_clear =
        after_ehlo(&[&OFFERED[..], &["C: MAIL FROM:<a@b.example>", "S: 250 ok"]].concat());
    let relay = [
        (DialogueKind::Relay, failed.clone()),
        (DialogueKind::Relay, in_clear),
    ];
    let detail = "handshake failure".to_owned();
    let broken = (Status::Fail, StartTlsReason::Broken { detail }.into());
    assert_eq!(told(&relay), broken);
    let mut hello = relay.to_vec();
    let alert = after_starttls(&["S: 220 go", "* alert"]);
    hello.push((DialogueKind::Hello, alert));
    assert_eq!(told(&hello), broken, "an alert is no agreement");
    let chosen = after_starttls(&["S: 220 go", "* chosen"]);
    hello.push((DialogueKind::Hello, chosen));
    let some = (Status::Warn, StartTlsReason::WorksForSome.into());
    assert_eq!(told(&hello), some);
    let waiting = world(&relay).report();
    assert_eq!(
        row(&waiting, CheckId::StartTls),
        (Status::Unknown, Reason::Pending),
        "the hellos come later"
    );
}

#[test]
fn a_handshake_behind_a_smuggled_command_may_fail() {
    let injection = after_starttls(&["S: 220 go", "* not secured"]);
    let refused = after_starttls(&["S: 554 5.5.0 improper pipelining"]);
    for lines in [injection, refused] {
        let dialogues = [(DialogueKind::Injection, lines)];
        assert_eq!(told(&dialogues), (Status::Unknown, Reason::NotAsked));
    }
}

#[test]
fn what_is_put_off_is_no_verdict_and_what_is_refused_is_one() {
    let relay = |reply| told(&[(DialogueKind::Relay, after_starttls(&[reply]))]);
    let (reply_code, text) = (454, "4.7.0 TLS not available".to_owned());
    assert_eq!(
        relay("S: 454 4.7.0 TLS not available"),
        (
            Status::Unknown,
            StartTlsReason::Deferred { reply_code, text }.into()
        )
    );
    let (reply_code, text) = (421, "4.3.2 busy".to_owned());
    assert_eq!(
        relay("S: 421 4.3.2 busy"),
        (Status::Unknown, Reason::Throttled { reply_code, text })
    );
    let (reply_code, text) = (502, "5.5.1 no".to_owned());
    assert_eq!(
        relay("S: 502 5.5.1 no"),
        (
            Status::Fail,
            StartTlsReason::Refused { reply_code, text }.into()
        )
    );
    let step = Step::StartTls;
    assert_eq!(
        relay("* silent"),
        (Status::Unknown, Reason::Silent { step })
    );
}

#[test]
fn a_server_without_the_keyword_has_no_tls() {
    let ehlo = |lines: &[&'static str]| told(&[(DialogueKind::Survey, after_ehlo(lines))]);
    let missing = (Status::Fail, StartTlsReason::Missing.into());
    assert_eq!(
        ehlo(&["S: 250-mx.example.org", "S: 250 SIZE 1000"]),
        missing
    );
    // A host may be called as it likes, and XCLIENT and XEXCH50 are keywords.
    let honest = ["S: 250-STARTTLS", "S: 250-XCLIENT NAME", "S: 250 XEXCH50"];
    assert_eq!(ehlo(&honest), missing);
    let helo = ["S: 502 what?", "C: HELO probe.example", "S: 250 hello"];
    assert_eq!(
        ehlo(&helo),
        (Status::Fail, StartTlsReason::HeloAlone.into())
    );
}

#[test]
fn a_keyword_that_is_crossed_out_was_there() {
    for crossed in ["XXXXXXXA", "XXXXXXXX", "********", "XXXX", "STXXXXLS"] {
        let line = format!("S: 250 {crossed}");
        let dialogue = after_ehlo(&["S: 250-mx.example.org", &line]);
        let report = report(&[(DialogueKind::Relay, dialogue)]);
        let keyword = crossed.to_owned();
        let stripped = StartTlsReason::Stripped { keyword }.into();
        assert_eq!(row(&report, CheckId::StartTls), (Status::Fail, stripped));
        let mend = report.finding(CheckId::StartTls).unwrap().mend.clone();
        assert_eq!(mend.unwrap().action, Action::LetStartTlsPass);
    }
    for honest in [
        "X",
        "XLOOP",
        "XXL",
        "X-EXPS",
        "XXFORWARD",
        "SIZE",
        "STARTTLS",
    ] {
        assert!(!is_masked(honest), "{honest}");
    }
}

#[test]
fn who_told_nothing_and_who_was_not_asked_are_unknown() {
    let refused = [(DialogueKind::Relay, vec!["* refused"])];
    let failure = crate::evidence::ConnectFailure::Refused;
    let not_connected = Reason::NotConnected { port: 25, failure };
    assert_eq!(told(&refused), (Status::Unknown, not_connected));
    let turned_away = [(DialogueKind::Relay, vec!["S: 554 go away"])];
    let (reply_code, text) = (554, "go away".to_owned());
    let reason = Reason::TurnedAway { reply_code, text };
    assert_eq!(told(&turned_away), (Status::Unknown, reason));
    let offered = [(DialogueKind::Survey, after_ehlo(&OFFERED))];
    assert_eq!(told(&offered), (Status::Unknown, Reason::NotAsked));
    let waiting = world(&offered).report();
    assert_eq!(
        row(&waiting, CheckId::StartTls),
        (Status::Unknown, Reason::Pending)
    );
    let alone = World::with_host(ADDRESS).ended(ProbeOutcome::NoServer);
    assert_eq!(
        row(&alone.report(), CheckId::StartTls),
        (Status::Unknown, Reason::NeedsProbe)
    );
}

/// Two mail servers, the second at another address.
fn two(second: &[&str]) -> Report {
    let exchange = |preference, host: &str| RecordData::Mx {
        preference,
        exchange: name(host),
    };
    let mut world = World::new(Response::Records(vec![
        exchange(10, "mx.example.org"),
        exchange(20, "mx2.example.net"),
    ]));
    for (host, last) in [("mx.example.org", 10), ("mx2.example.net", 11)] {
        let address = RecordData::A([9, 9, 9, last].into());
        world.answer(host, RecordType::A, Response::Records(vec![address]));
    }
    let secured = after_starttls(&["S: 220 go", "* secured"]);
    let world = world.spoken(ADDRESS, DialogueKind::Relay, &secured);
    let world = world.spoken("9.9.9.11", DialogueKind::Relay, second);
    world.ended(DONE).report()
}

#[test]
fn senders_may_pick_the_one_that_lacks_it() {
    let report = two(&after_ehlo(&["S: 250 mx2.example.net"]));
    let finding = report.finding(CheckId::StartTls).unwrap();
    let hosts = vec![name("mx2.example.net")];
    assert_eq!(finding.status, Status::Fail);
    assert_eq!(
        finding.reasons,
        [
            StartTlsReason::Partly { hosts }.into(),
            StartTlsReason::Missing.into()
        ]
    );
    assert_eq!(finding.mend.as_ref().unwrap().owner, Owner::MailProvider);
    assert!(
        !report
            .caps
            .iter()
            .any(|cap| cap.cause == CapCause::NoStartTls),
        "one mail server offers it"
    );
    let report = two(&["* timed out"]);
    assert_eq!(
        row(&report, CheckId::StartTls),
        (Status::Pass, StartTlsReason::Works.into()),
        "who was not reached drags nobody down"
    );
}

#[test]
fn one_address_of_a_mail_server_may_lack_it() {
    let mut world = World::new(crate::checks::scenarios::mx(&name("mx.example.org")));
    let addresses = [10, 11].map(|last| RecordData::A([9, 9, 9, last].into()));
    let addresses = Response::Records(addresses.to_vec());
    world.answer("mx.example.org", RecordType::A, addresses);
    let secured = after_starttls(&["S: 220 go", "* secured"]);
    let bare = after_ehlo(&["S: 250 mx.example.org"]);
    let report = world
        .spoken(ADDRESS, DialogueKind::Relay, &secured)
        .spoken("9.9.9.11", DialogueKind::Relay, &bare)
        .ended(DONE)
        .report();
    let addresses = vec!["9.9.9.11".parse().unwrap()];
    assert_eq!(
        row(&report, CheckId::StartTls),
        (
            Status::Fail,
            StartTlsReason::SomeAddresses { addresses }.into()
        )
    );
}

#[test]
fn an_answer_to_a_hello_is_proof_too() {
    let chosen = after_starttls(&["S: 220 go", "* chosen"]);
    let works = (Status::Pass, StartTlsReason::Works.into());
    assert_eq!(told(&[(DialogueKind::Hello, chosen)]), works);
    let alert = after_starttls(&["S: 220 go", "* alert"]);
    let not_asked = (Status::Unknown, Reason::NotAsked);
    assert_eq!(told(&[(DialogueKind::Hello, alert)]), not_asked);
}

#[test]
fn without_tls_anywhere_the_letter_is_bounded() {
    let missing = [(DialogueKind::Relay, after_ehlo(&["S: 250 mx.example.org"]))];
    let report = report(&missing);
    let cap = report
        .caps
        .iter()
        .find(|cap| cap.cause == CapCause::NoStartTls);
    assert_eq!(cap.unwrap().grade, Grade::DPlus);
    let mend = report.finding(CheckId::StartTls).unwrap().mend.clone();
    let mend = mend.unwrap();
    assert_eq!(mend.owner, Owner::ServerOperator);
    assert_eq!(mend.configuration.len(), SWITCHED_ON.len());
}

#[test]
fn a_server_that_names_itself_is_shown_its_own_lines() {
    let lines = [
        "S: 220 mx.example.org ESMTP Postfix",
        "C: EHLO probe.example",
        "S: 250 mx.example.org",
    ];
    let report = report(&[(DialogueKind::Relay, lines.to_vec())]);
    let mend = report.finding(CheckId::StartTls).unwrap().mend.clone();
    let lines = mend.unwrap().configuration;
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.software == "Postfix"));
}
