//! Servers that misbehave at each step of each dialogue.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use postern_shared::evidence::{Fact, NoReply, ProbeOutcome, SmtpEvent};

use crate::etiquette::assert_manners;
use crate::world::{Act, World, polite, smtp, step};

/// The words that begin each step; the empty one is the greeting.
const STEPS: [&str; 9] = [
    "", "EHLO", "HELP", "VRFY", "EXPN", "MAIL", "RCPT", "RSET", "STARTTLS",
];

/// A way to misbehave, and whether an event tells of it rightly.
struct Habit {
    name: &'static str,
    act: fn() -> Act,
    seen: fn(&SmtpEvent) -> bool,
}

const HABITS: [Habit; 11] = [
    Habit {
        name: "silence",
        act: || Act::Silence(Vec::new()),
        seen: timed_out,
    },
    Habit {
        name: "half a line and silence",
        act: || Act::Silence(b"250 2.0".to_vec()),
        seen: timed_out,
    },
    Habit {
        name: "half a reply and silence",
        act: || Act::Silence(b"250-one\r\n250-two\r\n".to_vec()),
        seen: timed_out,
    },
    Habit {
        name: "hanging up",
        act: || Act::SayThenHangUp(Vec::new()),
        seen: closed,
    },
    Habit {
        name: "half a line and hanging up",
        act: || Act::SayThenHangUp(b"25".to_vec()),
        seen: closed,
    },
    Habit {
        name: "421",
        act: || Act::SayThenHangUp(b"421 4.3.2 Service not available\r\n".to_vec()),
        seen: |event| matches!(event, SmtpEvent::Replied { reply, .. } if reply.code == 421),
    },
    Habit {
        name: "NUL and control octets",
        act: || Act::Say(b"\0\x1b]0;owned\x07\xff\xfe\r\n".to_vec()),
        seen: |event| {
            matches!(event, SmtpEvent::NotReplied { instead: NoReply::Malformed(shown), .. }
                if !shown.chars().any(char::is_control))
        },
    },
    Habit {
        name: "a reply full of control octets",
        act: || Act::Say(b"550 \0\x1b[31m\xe2\x80\xae\x85 red\r\n".to_vec()),
        seen: |event| {
            matches!(event, SmtpEvent::Replied { reply, .. }
                if reply.code == 550 && !reply.text().chars().any(char::is_control))
        },
    },
    Habit {
        name: "10,000 lines",
        act: || {
            let mut lines = b"250-and another\r\n".repeat(10_000);
            lines.extend_from_slice(b"250 the last\r\n");
            Act::Say(lines)
        },
        seen: |event| matches!(event, SmtpEvent::Replied { reply, .. } if reply.lines.len() == 100),
    },
    Habit {
        name: "100 MB without a line end",
        act: || Act::Flood(vec![b'2'; 64 * 1024], 1600),
        seen: |event| {
            let endless = NoReply::Endless;
            matches!(event, SmtpEvent::NotReplied { instead, .. } if *instead == endless)
        },
    },
    Habit {
        name: "an answer just in time",
        act: || {
            Act::SayLater(
                Duration::from_millis(200),
                b"250 2.0.0 at last\r\n".to_vec(),
            )
        },
        seen: |event| matches!(event, SmtpEvent::Replied { reply, .. } if reply.code == 250),
    },
];

fn timed_out(event: &SmtpEvent) -> bool {
    let silent = NoReply::TimedOut;
    matches!(event, SmtpEvent::NotReplied { instead, .. } if *instead == silent)
}

fn closed(event: &SmtpEvent) -> bool {
    let closed = NoReply::Closed;
    matches!(event, SmtpEvent::NotReplied { instead, .. } if *instead == closed)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_habit_at_every_step() {
    let world = World::new().await;
    let cases = HABITS
        .iter()
        .flat_map(|habit| STEPS.map(|word| (habit, word)));
    stream::iter(cases.enumerate())
        .map(|(index, (habit, word))| misbehave(&world, index, habit, word))
        .buffer_unordered(24)
        .collect::<()>()
        .await;
}

/// One server that has `habit` the first time that it is sent `word`.
async fn misbehave(world: &World, index: usize, habit: &'static Habit, word: &'static str) {
    let domain = format!("rude{index}.example");
    let done = Arc::new(AtomicBool::new(false));
    let log = world
        .mail_server(&domain, move |line, _| {
            let this = line.split(' ').next() == Some(word);
            if this && !done.swap(true, Ordering::SeqCst) {
                (habit.act)()
            } else {
                polite(line)
            }
        })
        .await;
    let facts = world.scan(&domain).await;
    let context = format!("{} at {word:?}", habit.name);
    let finished = matches!(
        facts.last(),
        Some(Fact::Probe(ProbeOutcome::Finished { .. }))
    );
    assert!(finished, "{context}: {:?}", facts.last());
    let visits = log.lock().unwrap().clone();
    assert_manners(&visits, &context);
    let flooded: usize = visits.iter().map(|visit| visit.flooded).sum();
    assert!(
        flooded < 32 * 1024 * 1024,
        "{context}: took {flooded} octets"
    );
    let smtp = smtp(&facts);
    let struck = smtp
        .iter()
        .find(|fact| word_of(&fact.event) == Some(word))
        .unwrap_or_else(|| panic!("{context}: no such step"));
    assert!((habit.seen)(&struck.event), "{context}: {:?}", struck.event);
    // What came before it stays: from the connection on, numbered without a gap.
    let before = smtp
        .iter()
        .filter(|fact| fact.dialogue == struck.dialogue)
        .take_while(|fact| fact.sequence <= struck.sequence);
    let numbers: Vec<_> = before.map(|fact| fact.sequence).collect();
    let expected: Vec<_> = (0..=struck.sequence).collect();
    assert_eq!(numbers, expected, "{context}");
}

/// The word of the line that an event is about; empty for the greeting.
fn word_of(event: &SmtpEvent) -> Option<&str> {
    step(event)?;
    match event {
        SmtpEvent::Replied { sent, .. } | SmtpEvent::NotReplied { sent, .. } => {
            let line = sent.as_deref().unwrap_or_default();
            Some(line.split(' ').next().unwrap_or_default())
        }
        _ => None,
    }
}

#[tokio::test]
async fn three_errors_and_out_keeps_what_was_seen() {
    let world = World::new().await;
    let errors = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let log = world
        .mail_server("strict.example", move |line, _| match line {
            "" => {
                errors.store(0, Ordering::SeqCst);
                polite(line)
            }
            "QUIT" => polite(line),
            line if line.starts_with("EHLO") => polite(line),
            _ if errors.fetch_add(1, Ordering::SeqCst) >= 2 => {
                Act::SayThenHangUp(b"550 5.5.2 and goodbye\r\n".to_vec())
            }
            _ => Act::Say(b"550 5.5.2 no\r\n".to_vec()),
        })
        .await;
    let facts = world.scan("strict.example").await;
    assert_manners(&log.lock().unwrap(), "strict");
    let survey = smtp(&facts)
        .into_iter()
        .filter(|fact| fact.dialogue == postern_shared::evidence::DialogueKind::Survey);
    let events: Vec<_> = survey.map(|fact| &fact.event).collect();
    // Connected, greeting, EHLO, three refusals; then the end, and nothing made up behind it.
    assert_eq!(events.len(), 7, "{events:?}");
    assert!(closed(events[6]), "{:?}", events[6]);
}
