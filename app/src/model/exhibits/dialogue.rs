//! Every connection, in the order in which they were made.

use postern_shared::evidence::{DialogueKind, SmtpEvent};
use postern_shared::gather::Gather;
use postern_shared::sorted::SortedSet;
use postern_shared::time::{Millis, Timestamp};

use super::Server;
use super::server::Event;

/// Sequence numbers that each connection of kind [`DialogueKind::Hello`] has for itself.
const HELLO_BLOCK: u16 = 8;

/// One connection.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dialogue<'e> {
    /// What it was made for.
    pub kind: DialogueKind,
    /// When it was begun.
    pub began: Timestamp,
    /// What happened, in order.
    pub turns: Vec<Turn<'e>>,
}

/// One event of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Turn<'e> {
    /// What happened.
    pub event: Event<'e>,
    /// How long after the beginning it was over.
    pub after: Millis,
}

/// The connections of one server, by when they began.
#[must_use]
pub fn dialogues<'e>(server: &Server<'e>) -> Vec<Dialogue<'e>> {
    let mut found: Vec<Dialogue<'e>> = Vec::new();
    let mut before: Option<Event<'e>> = None;
    for event in &server.seen {
        match found.last_mut() {
            Some(last) if before.is_some_and(|before| !begins(before, *event)) => {
                let since = event.at.0.saturating_sub(last.began.0);
                last.turns.push(Turn {
                    event: *event,
                    after: Millis(u32::try_from(since).unwrap_or(u32::MAX)),
                });
            }
            _ => found.push(Dialogue {
                kind: event.fact.dialogue,
                began: Timestamp(event.at.0.saturating_sub(event.fact.took.0.into())),
                turns: vec![Turn {
                    event: *event,
                    after: event.fact.took,
                }],
            }),
        }
        before = Some(*event);
    }
    let mut order = SortedSet::new();
    for (place, dialogue) in found.iter().enumerate() {
        order.insert((dialogue.began, place));
    }
    let places = order.into_vec().into_iter();
    places
        .filter_map(|(_, place)| found.get(place).cloned())
        .gather()
}

/// Whether a connection begins with `event`, where `before` stands in front of it.
fn begins(before: Event<'_>, event: Event<'_>) -> bool {
    let (before, event) = (before.fact, event.fact);
    before.dialogue != event.dialogue
        || matches!(
            event.event,
            SmtpEvent::Connected | SmtpEvent::NotConnected(_)
        )
        || event.dialogue == DialogueKind::Hello
            && before.sequence / HELLO_BLOCK != event.sequence / HELLO_BLOCK
}

#[cfg(test)]
mod tests {
    use postern_shared::evidence::HelloAnswer;
    use postern_shared::tls::Version;

    use super::super::servers;
    use super::super::world::World;
    use super::*;

    fn told(world: World) -> Vec<String> {
        let evidence = world.evidence();
        let found = servers(&evidence);
        let all = dialogues(&found[0]);
        all.iter()
            .map(|dialogue| {
                let turns = dialogue.turns.iter();
                let after: Vec<_> = turns.map(|turn| turn.after.0.to_string()).collect();
                format!(
                    "{} {}: {}",
                    dialogue.kind.name(),
                    dialogue.began.0,
                    after.join(" ")
                )
            })
            .collect()
    }

    fn event(kind: DialogueKind, sequence: u16, at: u64, took: u32, event: SmtpEvent) -> World {
        World::new().event("192.0.2.1", 25, (kind, sequence), (at, took), event)
    }

    /// The relay forms were asked before the survey, though their name sorts after it.
    #[test]
    fn connections_stand_in_the_order_of_time_and_events_count_from_their_beginning() {
        let world = event(DialogueKind::Relay, 0, 1_000, 20, SmtpEvent::Connected)
            .event(
                "192.0.2.1",
                25,
                (DialogueKind::Relay, 1),
                (1_250, 240),
                World::greeted("mx1"),
            )
            .event(
                "192.0.2.1",
                25,
                (DialogueKind::Survey, 0),
                (500, 10),
                SmtpEvent::Connected,
            );
        assert_eq!(told(world), ["survey 490: 10", "relay 980: 20 270"]);
    }

    /// A handshake failed, so the same was tried in clear.
    #[test]
    fn each_connection_stands_for_itself() {
        let world = event(DialogueKind::Relay, 0, 1_000, 20, SmtpEvent::Connected).event(
            "192.0.2.1",
            25,
            (DialogueKind::Relay, 1),
            (2_000, 20),
            SmtpEvent::Connected,
        );
        assert_eq!(told(world), ["relay 980: 20", "relay 1980: 20"]);
    }

    #[test]
    fn each_hello_has_a_connection_of_its_own() {
        let hello = || World::hello_event(Version::Tls12, &[], HelloAnswer::Closed);
        let world = event(DialogueKind::Hello, 0, 1_000, 20, hello())
            .event(
                "192.0.2.1",
                25,
                (DialogueKind::Hello, 1),
                (1_100, 20),
                hello(),
            )
            .event(
                "192.0.2.1",
                25,
                (DialogueKind::Hello, 8),
                (1_200, 20),
                hello(),
            );
        assert_eq!(told(world), ["hello 980: 20 120", "hello 1180: 20"]);
    }
}
