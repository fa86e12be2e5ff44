//! Dialogues as they are spoken, and what the row says of them.

use super::*;
use crate::checks::scenarios::{DONE, World, row};
use crate::evidence::TargetRuling;
use crate::report::{CapCause, Grade};

const ADDRESS: &str = "9.9.9.10";

/// What comes in front of the reply to STARTTLS.
const ASKED: [&str; 5] = [
    "S: 220 mx.example.org ESMTP",
    "C: EHLO probe.example",
    "S: 250-mx.example.org",
    "S: 250 STARTTLS",
    "C: STARTTLS",
];

fn world(rest: &[&str]) -> World {
    let world = World::with_host(ADDRESS).ruled(ADDRESS, TargetRuling::Planned);
    let lines = [&ASKED, rest].concat();
    world.spoken(ADDRESS, DialogueKind::Injection, &lines)
}

/// Where TLS comes about at other times.
fn told(rest: &[&str]) -> (Status, Reason) {
    let honest = [&ASKED[..], &["S: 220 go", "* secured"]].concat();
    let world = world(rest).spoken(ADDRESS, DialogueKind::Relay, &honest);
    row(&world.ended(DONE).report(), CheckId::StartTlsInjection)
}

#[test]
fn a_command_from_before_is_not_answered_inside() {
    let clean = ["S: 220 go", "* secured", "C: QUIT", "S: 221 bye"];
    assert_eq!(
        told(&clean),
        (Status::Pass, InjectionReason::Discarded.into())
    );
    let answered = [
        "S: 220 go",
        "* secured",
        "S: 250 2.0.0 Ok",
        "C: QUIT",
        "S: 221 bye",
    ];
    let (reply_code, text) = (250, "2.0.0 Ok".to_owned());
    let reason = InjectionReason::Answered { reply_code, text };
    assert_eq!(told(&answered), (Status::Fail, reason.into()));
    let report = world(&answered).ended(DONE).report();
    let cap = report
        .caps
        .iter()
        .find(|cap| cap.cause == CapCause::Injection);
    assert_eq!(cap.unwrap().grade, Grade::D);
    let mend = report.finding(CheckId::StartTlsInjection).unwrap();
    assert_eq!(mend.mend.as_ref().unwrap().action, Action::UpdateServer);
}

#[test]
fn who_does_not_go_on_cannot_be_injected() {
    let refused = (Status::Pass, InjectionReason::Refused.into());
    for lines in [
        &["S: 554 5.5.0 SMTP synchronization error"][..],
        &["S: 503 5.5.1 improper pipelining"],
        &["* hung up"],
        &["S: 220 go", "* not secured"],
    ] {
        assert_eq!(told(lines), refused, "{lines:?}");
        let never = world(lines).ended(DONE).report();
        assert_eq!(
            row(&never, CheckId::StartTlsInjection),
            (Status::Unknown, Reason::NeedsTls),
            "where TLS never comes about, that proves nothing"
        );
    }
    let closed = ["S: 220 go", "* secured", "C: QUIT", "* hung up"];
    let discarded = InjectionReason::Discarded.into();
    assert_eq!(told(&closed), (Status::Pass, discarded));
}

#[test]
fn one_answer_of_two_is_told_by_its_code() {
    let inconclusive = |reply_code, text: &str| {
        let text = text.to_owned();
        let reason = InjectionReason::Inconclusive { reply_code, text };
        (Status::Unknown, reason.into())
    };
    // To QUIT, or to what was smuggled in?
    let quit = ["S: 220 go", "* secured", "C: QUIT", "S: 250 ok"];
    assert_eq!(told(&quit), inconclusive(250, "ok"));
    let smuggled = [
        "S: 220 go",
        "* secured",
        "S: 250 ok",
        "C: QUIT",
        "* hung up",
    ];
    assert_eq!(told(&smuggled), inconclusive(250, "ok"));
    let closing = [
        "S: 220 go",
        "* secured",
        "S: 221 bye",
        "C: QUIT",
        "* hung up",
    ];
    assert_eq!(
        told(&closing),
        (Status::Pass, InjectionReason::Discarded.into())
    );
    let busy = ["S: 220 go", "* secured", "C: QUIT", "S: 421 busy"];
    let (reply_code, text) = (421, "busy".to_owned());
    let throttled = (Status::Unknown, Reason::Throttled { reply_code, text });
    assert_eq!(told(&busy), throttled);
    let both = [
        "S: 220 go",
        "* secured",
        "S: 421 busy",
        "C: QUIT",
        "S: 221 bye",
    ];
    assert_eq!(told(&both), throttled, "421 answers nothing");
}

#[test]
fn what_was_put_off_or_not_asked_is_unknown() {
    let (reply_code, text) = (454, "4.7.0 later".to_owned());
    let deferred = InjectionReason::Deferred { reply_code, text };
    assert_eq!(
        told(&["S: 454 4.7.0 later"]),
        (Status::Unknown, deferred.into())
    );
    let step = Step::Quit;
    let silent = ["S: 220 go", "* secured", "C: QUIT", "* silent"];
    assert_eq!(told(&silent), (Status::Unknown, Reason::Silent { step }));
    let offered = World::with_host(ADDRESS)
        .ruled(ADDRESS, TargetRuling::Planned)
        .spoken(ADDRESS, DialogueKind::Survey, &ASKED[..4]);
    assert_eq!(
        row(&offered.ended(DONE).report(), CheckId::StartTlsInjection),
        (Status::Unknown, Reason::NotAsked)
    );
}

#[test]
fn without_tls_there_is_nothing_to_slip_in() {
    let world = World::with_host(ADDRESS)
        .ruled(ADDRESS, TargetRuling::Planned)
        .spoken(
            ADDRESS,
            DialogueKind::Relay,
            &[
                "S: 220 mx.example.org",
                "C: EHLO probe.example",
                "S: 250 mx.example.org",
            ],
        );
    assert_eq!(
        row(&world.ended(DONE).report(), CheckId::StartTlsInjection),
        (Status::Na, InjectionReason::WithoutTls.into())
    );
}
