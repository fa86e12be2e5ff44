//! The promises of the probe, counted on the other side.

use std::time::{Duration, Instant};

use postern_shared::evidence::{DialogueKind, Fact, ProbeOutcome, SmtpEvent};
use probe_server::etiquette::Etiquette;

use crate::world::{Act, Visit, World, hasty, left, nobody, polite, smtp, until};

/// What must hold for every visit to every server.
pub(crate) fn assert_manners(visits: &[Visit], context: &str) {
    assert!(visits.len() <= 8, "{context}: {} connections", visits.len());
    let smuggled = visits.iter().position(|visit| visit.smuggled);
    let is_last = smuggled.is_none_or(|place| place + 1 == visits.len());
    assert!(is_last, "{context}: smuggled before the end");
    for visit in visits {
        assert!(!visit.early, "{context}: spoke before the greeting");
        assert!(!visit.pipelined, "{context}: did not wait for an answer");
        assert_eq!(visit.others, 0, "{context}: two connections at once");
        let data = visit
            .lines
            .iter()
            .any(|line| line.to_ascii_uppercase().starts_with("DATA"));
        assert!(!data, "{context}: sent DATA");
        // Who does not greet in SMTP is not spoken to at all.
        if !visit.spoiled && !visit.hello && !visit.lines.is_empty() {
            assert_eq!(
                visit.lines.last().map(String::as_str),
                Some("QUIT"),
                "{context}"
            );
        }
    }
}

#[tokio::test]
async fn a_polite_server_sees_polite_visits() {
    let world = World::new().await;
    let log = world
        .mail_server("polite.example", |line, _| polite(line))
        .await;
    let facts = world.scan("polite.example").await;
    let visits = log.lock().unwrap().clone();
    // It announces TLS and does not begin it: nothing of TLS is asked after that.
    assert_eq!(visits.len(), 2);
    assert_manners(&visits, "polite");
    let lines = |index: usize| visits[index].lines.clone();
    for visit in &visits {
        assert_eq!(visit.lines[0], "EHLO probe.example");
        assert_eq!(visit.lines.last().unwrap(), "QUIT");
    }
    assert_eq!(lines(0)[1], "STARTTLS");
    assert_eq!(lines(0).iter().filter(|l| l.starts_with("RCPT")).count(), 6);
    assert_eq!(lines(1).len(), 10);
    // Every line that the server saw is in the evidence with its answer, and nothing else.
    let answered: Vec<_> = smtp(&facts)
        .iter()
        .filter_map(|fact| match &fact.event {
            SmtpEvent::Replied { sent, .. } => sent.clone(),
            _ => None,
        })
        .collect();
    assert_eq!(answered, [lines(0), lines(1)].concat());
    assert!(matches!(facts[0], Fact::Vantage(_)));
    let finished = matches!(
        facts.last(),
        Some(Fact::Probe(ProbeOutcome::Finished { .. }))
    );
    assert!(finished, "{:?}", facts.last());
}

#[tokio::test]
async fn the_distance_between_two_connections_is_kept_across_scans() {
    let spacing = Duration::from_millis(300);
    let etiquette = Etiquette { spacing, ..hasty() };
    let world = World::with(etiquette, true, None).await;
    let log = world
        .mail_server("spaced.example", |line, _| polite(line))
        .await;
    // Two domains, one server.
    world.publish(
        "other.example",
        "mx.spaced.example",
        "127.0.5.2".parse().unwrap(),
    );
    let started = Instant::now();
    tokio::join!(world.scan("spaced.example"), world.scan("other.example"));
    assert!(started.elapsed() >= spacing * 3, "{:?}", started.elapsed());
    let visits = log.lock().unwrap().clone();
    assert_eq!(visits.len(), 4);
    assert_manners(&visits, "spaced");
}

#[tokio::test]
async fn after_a_421_nothing_more_is_asked_of_that_server() {
    let world = World::new().await;
    let log = world
        .mail_server("busy.example", |line, _| match line {
            "HELP" => Act::Say(b"421 4.7.0 Error: too many errors\r\n".to_vec()),
            line => polite(line),
        })
        .await;
    let facts = world.scan("busy.example").await;
    let visits = log.lock().unwrap().clone();
    assert_eq!(visits.len(), 2);
    assert_eq!(visits[1].lines, ["EHLO probe.example", "HELP", "QUIT"]);
    let last = smtp(&facts).last().map(|fact| fact.dialogue);
    assert_eq!(last, Some(DialogueKind::Survey));
}

#[tokio::test]
async fn a_closed_port_is_tried_once() {
    let world = World::new().await;
    world.publish("closed.example", "mx.closed.example", nobody(&world).ip());
    let facts = world.scan("closed.example").await;
    let events: Vec<_> = smtp(&facts).iter().map(|fact| fact.event.clone()).collect();
    let refused = postern_shared::evidence::ConnectFailure::Refused;
    assert_eq!(events, [SmtpEvent::NotConnected(refused)]);
}

#[tokio::test]
async fn a_dropped_scan_leaves_nothing_open() {
    let world = World::new().await;
    let log = world
        .mail_server("slow.example", |line, _| match line {
            "HELP" => Act::Silence(Vec::new()),
            line => polite(line),
        })
        .await;
    let saw_help = || {
        let visits = log.lock().unwrap();
        let mut lines = visits.iter().flat_map(|visit| &visit.lines);
        lines.any(|line| line == "HELP")
    };
    world
        .scan_until("slow.example", until("HELP", saw_help))
        .await;
    left(&log).await;
    assert_eq!(log.lock().unwrap().len(), 2);
    // Nobody stands in the doorway any more.
    let facts = world.scan("slow.example").await;
    assert!(matches!(facts.last(), Some(Fact::Probe(_))));
    assert_eq!(log.lock().unwrap()[2].others, 0);
}

#[tokio::test]
async fn a_scan_that_takes_too_long_is_ended_and_says_so() {
    let etiquette = Etiquette {
        scan: Duration::from_millis(300),
        greeting: Duration::from_secs(60),
        ..hasty()
    };
    let world = World::with(etiquette, true, None).await;
    let _log = world
        .mail_server("mute.example", |_, _| Act::Silence(Vec::new()))
        .await;
    let facts = world.scan("mute.example").await;
    let code = postern_shared::protocol::RefusalCode::TookTooLong;
    assert_eq!(
        facts.last(),
        Some(&Fact::Probe(ProbeOutcome::Refused(code)))
    );
    assert!(smtp(&facts).iter().any(|f| f.event == SmtpEvent::Connected));
}
