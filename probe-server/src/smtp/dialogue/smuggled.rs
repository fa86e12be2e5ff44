//! Whose answer is it? Behind STARTTLS a command was smuggled; inside TLS, QUIT is said at once.
//!
//! Answers come in the order of the commands, so that a server which took the smuggled one for real answers that
//! first. A server that threw it away, as it must (RFC 3207 §4.2), answers QUIT alone, with 221.

use std::mem;

use postern_shared::evidence::{NoReply, SmtpEvent, Step};
use postern_shared::smtp::{Reply, ReplyReader};

use super::Input;

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
            Input::Bytes(octets) => match self.reader.push(octets) {
                Ok(replies) => return self.take(replies),
                Err(_) => NoReply::Malformed(String::new()),
            },
            Input::TimedOut => NoReply::TimedOut,
            _ => NoReply::Closed,
        };
        Some(self.end(instead))
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
        reply,
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
}
