//! A scan that is stopped takes leave of the servers that it was speaking to.

use std::sync::Arc;
use std::time::Duration;

use postern_shared::DomainName;
use probe_server::etiquette::Etiquette;
use probe_server::scan::{self, Depth, Sink};
use tokio::time::{Instant, timeout};

use crate::etiquette::assert_manners;
use crate::sessions::{OURS, ask, hear, open};
use crate::stage::plain;
use crate::tls::self_signed;
use crate::world::{Act, Log, World, hasty, left, polite, until};

/// How late a server answers that is waited for nevertheless.
const LATE: Duration = Duration::from_millis(200);

/// Ready when the last connection has seen all these lines.
async fn seen(log: &Log, lines: &[&str]) {
    let saw = |line: &str| {
        let visits = log.lock().unwrap();
        visits
            .last()
            .is_some_and(|visit| visit.lines.iter().any(|seen| seen == line))
    };
    until(&format!("{lines:?}"), || lines.iter().all(|line| saw(line))).await;
}

/// Answers the question for help late.
fn late(line: &str) -> Act {
    match line {
        "HELP" => Act::SayLater(LATE, b"502 5.5.2 no\r\n".to_vec()),
        line => polite(line),
    }
}

/// What the last connection saw.
fn lines(log: &Log) -> Vec<String> {
    let visits = log.lock().unwrap();
    assert_manners(&visits, "left");
    visits.last().unwrap().lines.clone()
}

const LEFT_AT_HELP: [&str; 3] = ["EHLO probe.example", "HELP", "QUIT"];

#[tokio::test]
async fn the_answer_that_was_asked_for_is_taken_and_then_quit_is_said() {
    let world = World::new().await;
    let log = world
        .mail_server("late.example", |line, _| late(line))
        .await;
    world
        .scan_until("late.example", seen(&log, &["HELP"]))
        .await;
    world.context.take_leave().await;
    left(&log).await;
    assert_eq!(lines(&log), LEFT_AT_HELP);
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for_long() {
    let reply = Duration::from_secs(60);
    let world = World::with(Etiquette { reply, ..hasty() }, true, None).await;
    let log = world
        .mail_server("mute.example", |line, _| match line {
            "HELP" => Act::Silence(Vec::new()),
            line => polite(line),
        })
        .await;
    world
        .scan_until("mute.example", seen(&log, &["HELP"]))
        .await;
    let stopped_at = Instant::now();
    world.context.take_leave().await;
    assert!(stopped_at.elapsed() < reply / 2, "{stopped_at:?}");
    // It was said without waiting for its answer.
    seen(&log, &["QUIT"]).await;
    assert_eq!(lines(&log), LEFT_AT_HELP);
}

#[tokio::test]
async fn inside_tls_it_is_said_inside() {
    let world = World::new().await;
    let config = self_signed("mx.secure.example");
    let log = world
        .mail_server("secure.example", move |line, inside| match (line, inside) {
            ("STARTTLS", false) => Act::Secure(Arc::clone(&config)),
            // Only there does it answer questions, and late.
            ("HELP", true) => Act::SayLater(LATE, b"502 no\r\n".to_vec()),
            ("HELP", false) => Act::Say(b"530 5.7.0 STARTTLS first\r\n".to_vec()),
            (line, _) => polite(line),
        })
        .await;
    let inside = seen(&log, &["STARTTLS", "HELP"]);
    world.scan_until("secure.example", inside).await;
    world.context.take_leave().await;
    left(&log).await;
    let visits = log.lock().unwrap().clone();
    assert_manners(&visits, "secure");
    let ehlo = "EHLO probe.example";
    let expected = [ehlo, "STARTTLS", ehlo, "HELP", "QUIT"];
    assert_eq!(visits.last().unwrap().lines, expected);
}

#[tokio::test]
async fn who_has_not_greeted_is_not_spoken_to() {
    let world = World::new().await;
    let log = world
        .mail_server("slow.example", |_, _| {
            Act::SayLater(LATE, b"220 mx.slow.example\r\n".to_vec())
        })
        .await;
    let connected = until("a connection", || !log.lock().unwrap().is_empty());
    world.scan_until("slow.example", connected).await;
    world.context.take_leave().await;
    left(&log).await;
    assert_eq!(lines(&log), Vec::<String>::new());
}

#[tokio::test]
async fn what_was_not_sent_yet_is_not_waited_for() {
    // Nobody reads what this scan tells: it pauses with its next line unsent.
    let world = World::new().await;
    let log = world
        .mail_server("paused.example", |line, _| polite(line))
        .await;
    let (sink, _unread) = Sink::new();
    let domain = DomainName::parse("paused.example").unwrap();
    let scan = scan::run(&domain, Depth::Verdict, &world.context, &sink);
    let stopped = timeout(Duration::from_secs(2), scan).await;
    assert!(stopped.is_err(), "it ended by itself");
    let stopped_at = Instant::now();
    world.context.take_leave().await;
    assert!(
        stopped_at.elapsed() < Duration::from_secs(2),
        "{stopped_at:?}"
    );
    let visits = log.lock().unwrap();
    assert_manners(&visits, "paused");
}

#[tokio::test]
async fn the_next_scan_waits_until_we_have_gone() {
    let world = World::new().await;
    let log = world
        .mail_server("busy.example", |line, _| late(line))
        .await;
    world
        .scan_until("busy.example", seen(&log, &["HELP"]))
        .await;
    world.scan("busy.example").await;
    let visits = log.lock().unwrap();
    assert_manners(&visits, "busy");
    assert_eq!(visits[1].lines, LEFT_AT_HELP);
    assert!(visits.len() > 2);
}

#[tokio::test]
async fn a_scan_that_takes_too_long_leaves_politely() {
    let etiquette = Etiquette {
        scan: Duration::from_secs(3),
        reply: Duration::from_secs(60),
        ..hasty()
    };
    let world = World::with(etiquette, true, None).await;
    let log = world
        .mail_server("long.example", |line, _| match line {
            "HELP" => Act::SayLater(Duration::from_millis(3500), b"502 5.5.2 no\r\n".to_vec()),
            line => polite(line),
        })
        .await;
    world.scan("long.example").await;
    world.context.take_leave().await;
    left(&log).await;
    assert_eq!(lines(&log), LEFT_AT_HELP);
}

#[tokio::test]
async fn a_closed_tab_leaves_politely() {
    let world = World::new().await;
    let log = world.mail_server("tab.example", |line, _| late(line)).await;
    let stage = plain(&world);
    let mut socket = open(stage.listen().await, &[OURS]).await.unwrap();
    hear(&mut socket).await.unwrap();
    ask(&mut socket, "tab.example").await;
    seen(&log, &["HELP"]).await;
    drop(socket);
    seen(&log, &["QUIT"]).await;
    assert_eq!(lines(&log), LEFT_AT_HELP);
}
