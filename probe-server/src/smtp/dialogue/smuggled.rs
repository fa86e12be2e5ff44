//! Whose answer is it? Behind STARTTLS a command was smuggled; inside TLS, QUIT is said at once.
//!
//! Answers come in the order of the commands, so that a server which took the smuggled one for real answers that
//! first. A server that threw it away, as it must (RFC 3207 §4.2), answers QUIT alone, with 221.

use std::mem;

use postern_shared::evidence::{NoReply, SmtpEvent, Step};
use postern_shared::smtp::{Reply, ReplyReader};

use super::Input;
use crate::smtp::answers::bounded;

/// What was smuggled: it does nothing, and its answer is not that to QUIT.
const COMMAND: &str = "NOOP";

/// The answers so far.
#[derive(Debug, Default)]
pub(super) struct Smuggled {
    reader: ReplyReader,
    /// An answer that is not that to QUIT, so far as can be seen.
    held: Option<Reply>,
}

impl Smuggled {
    /// Takes an input; gives what happened, when it is over.
    pub(super) fn handle(&mut self, input: Input<'_>) -> Option<Vec<SmtpEvent>> {
        let instead = match input {
            Input::Bytes(octets) => return self.read(octets),
            Input::TimedOut => NoReply::TimedOut,
            _ => NoReply::Closed,
        };
        Some(self.end(instead))
    }

    /// Line by line: what is no SMTP does not spoil the answers before it.
    fn read(&mut self, octets: &[u8]) -> Option<Vec<SmtpEvent>> {
        let mut lines = octets.split_inclusive(|octet| *octet == b'\n');
        lines.find_map(|line| match self.reader.push(line) {
            Ok(replies) => self.take(replies),
            Err(_) => Some(self.end(NoReply::Malformed(String::new()))),
        })
    }

    fn take(&mut self, replies: Vec<Reply>) -> Option<Vec<SmtpEvent>> {
        for reply in replies {
            if let Some(held) = mem::take(&mut self.held) {
                return Some(vec![smuggled(held), quit(reply)]);
            }
            if matches!(reply.code, 221 | 421) {
                return Some(vec![quit(reply)]);
            }
            self.held = Some(reply);
        }
        None
    }

    /// One answer alone is that to QUIT, unless no server answers QUIT so.
    fn end(&mut self, instead: NoReply) -> Vec<SmtpEvent> {
        let unanswered = SmtpEvent::NotReplied {
            step: Step::Quit,
            sent: Some("QUIT".to_owned()),
            instead,
        };
        match mem::take(&mut self.held) {
            Some(reply) if reply.code == 250 => vec![smuggled(reply), unanswered],
            Some(reply) => vec![quit(reply)],
            None => vec![unanswered],
        }
    }
}

fn smuggled(reply: Reply) -> SmtpEvent {
    replied(Step::Smuggled, COMMAND, reply)
}

fn quit(reply: Reply) -> SmtpEvent {
    replied(Step::Quit, "QUIT", reply)
}

fn replied(step: Step, sent: &str, reply: Reply) -> SmtpEvent {
    SmtpEvent::Replied {
        step,
        sent: Some(sent.to_owned()),
        reply: bounded(reply),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps that were answered, with the codes; 0 for none.
    fn heard(pieces: &[&str], end: Input<'_>) -> Vec<(Step, u16)> {
        let mut smuggled = Smuggled::default();
        let inputs = pieces.iter().map(|piece| Input::Bytes(piece.as_bytes()));
        for input in inputs.chain([end]) {
            if let Some(events) = smuggled.handle(input) {
                let told = events.into_iter().map(|event| match event {
                    SmtpEvent::Replied { step, reply, .. } => (step, reply.code),
                    SmtpEvent::NotReplied { step, .. } => (step, 0),
                    other => panic!("{other:?}"),
                });
                return told.collect();
            }
        }
        panic!("no end");
    }

    #[test]
    fn the_order_of_the_answers_tells() {
        let (noop, quit) = (Step::Smuggled, Step::Quit);
        assert_eq!(heard(&["221 bye\r\n"], Input::Eof), [(quit.clone(), 221)]);
        for pieces in [
            &["250 ok\r\n221 bye\r\n"][..],
            &["250 o", "k\r\n", "221 bye\r\n"],
        ] {
            let told = heard(pieces, Input::Eof);
            assert_eq!(told, [(noop.clone(), 250), (quit.clone(), 221)]);
        }
        let told = heard(&["503 EHLO first\r\n", "221 bye\r\n"], Input::Eof);
        assert_eq!(told, [(noop.clone(), 503), (quit.clone(), 221)]);
        let told = heard(&["250 ok\r\n"], Input::Eof);
        assert_eq!(told, [(noop, 250), (quit.clone(), 0)]);
        // Alone, it is the answer to what was said inside TLS.
        let told = heard(&["503 EHLO first\r\n"], Input::TimedOut);
        assert_eq!(told, [(quit.clone(), 503)]);
        let told = heard(&["421 too busy\r\n"], Input::Eof);
        assert_eq!(told, [(quit.clone(), 421)]);
        assert_eq!(heard(&[], Input::TimedOut), [(quit, 0)]);
    }

    #[test]
    fn rubbish_behind_an_answer_does_not_spoil_it() {
        let (noop, quit) = (Step::Smuggled, Step::Quit);
        let told = heard(&["221 bye\r\nwhat\r\n"], Input::Eof);
        assert_eq!(told, [(quit.clone(), 221)]);
        for both in ["250 ok\r\n221 bye\r\nwhat\r\n", "250 ok\r\nwhat\r\n"] {
            assert_eq!(heard(&[both], Input::Eof)[0], (noop.clone(), 250));
        }
        assert_eq!(heard(&["what\r\n"], Input::Eof), [(quit, 0)]);
    }

    #[test]
    fn a_long_answer_is_bounded_as_any() {
        let line = format!("221-{}\r\n", "\u{202e}".repeat(1000));
        let octets = format!("{}221 bye\r\n", line.repeat(99));
        let events = Smuggled::default().handle(Input::Bytes(octets.as_bytes()));
        let [SmtpEvent::Replied { reply, .. }] = &events.unwrap()[..] else {
            panic!("no reply")
        };
        assert!(reply.lines.len() < 20, "{}", reply.lines.len());
    }
}
