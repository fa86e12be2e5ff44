//! Which reply is the answer.

use std::mem;

use postern_shared::smtp::{Reply, ReplyError, ReplyReader};

/// Octets of a reply's text that are kept. Written as JSON they are at most twice as many, which fits a
/// message of [`postern_shared::protocol`]; an honest reply is a hundredth of it.
const MAX_TEXT: usize = 128 * 1024;

/// Finds the one reply that answers what was asked, among all that a server says.
///
/// Commands are never sent before the last is answered, so that what lies behind an answer was said before
/// anything more was asked: it answers nothing, and if it is no SMTP, that does not spoil the answer.
#[derive(Debug, Default)]
pub(super) struct AnswerReader {
    reader: ReplyReader,
    /// A reply had begun before we asked: it cannot be the answer.
    stale: bool,
}

impl AnswerReader {
    /// The answer, once it is whole, and whether a 421 came right behind it.
    ///
    /// # Errors
    /// What came instead of an answer is no SMTP, or has no end.
    pub(super) fn read(&mut self, octets: &[u8]) -> Result<Option<(Reply, bool)>, ReplyError> {
        let mut answer = None;
        let mut farewell = false;
        for line in octets.split_inclusive(|octet| *octet == b'\n') {
            let replies = match self.reader.push(line) {
                Err(_) if answer.is_some() => {
                    self.reader = ReplyReader::new();
                    break;
                }
                replies => replies?,
            };
            for reply in replies {
                if answer.is_some() {
                    farewell |= reply.code == 421;
                } else if !mem::take(&mut self.stale) {
                    answer = Some(bounded(reply));
                }
            }
        }
        if answer.is_some() {
            self.stale = self.reader.is_midway();
        }
        Ok(answer.map(|answer| (answer, farewell)))
    }
}

/// The reply with the lines that fit; the last says that there was more.
pub(super) fn bounded(mut reply: Reply) -> Reply {
    let mut octets = 0;
    let fitting = reply.lines.iter().take_while(|line| {
        octets += line.len();
        octets <= MAX_TEXT
    });
    let fitting = fitting.count();
    if fitting < reply.lines.len() {
        reply.lines.truncate(fitting);
        reply.lines.push("…".to_owned());
    }
    reply
}

#[cfg(test)]
mod tests {
    use postern_shared::evidence::{DialogueKind, Fact, Observation, SmtpEvent, SmtpFact, Step};
    use postern_shared::protocol::{MAX_SERVER_MESSAGE, ServerMessage, encode};
    use postern_shared::time::{Millis, Timestamp};

    use super::*;

    #[test]
    fn the_worst_reply_fits_a_message() {
        // What is made visible grows fivefold, and what JSON escapes doubles.
        for character in ["\u{202e}", "\\", "\u{10ffff}", "\u{1}"] {
            let line = format!("250-{}\r\n", character.repeat(1100));
            let octets = format!("{}250 end\r\n", line.repeat(200));
            let answer = AnswerReader::default().read(octets.as_bytes()).unwrap();
            let (reply, _) = answer.unwrap();
            assert!(reply.lines.len() > 10);
            let fact = SmtpFact {
                address: [192, 0, 2, 1].into(),
                port: 25,
                dialogue: DialogueKind::Survey,
                sequence: 1,
                secure: false,
                event: SmtpEvent::Replied {
                    step: Step::Help,
                    sent: None,
                    reply,
                },
                took: Millis(1),
            };
            let observed = Observation::new(Timestamp(1), Fact::Smtp(fact));
            let message = encode(&ServerMessage::Observed(observed));
            assert!(message.len() <= MAX_SERVER_MESSAGE, "{}", message.len());
        }
    }
}
