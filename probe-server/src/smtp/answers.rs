//! Which reply is the answer.

use std::mem;

use postern_shared::smtp::{Reply, ReplyError, ReplyReader};

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
                    answer = Some(reply);
                }
            }
        }
        if answer.is_some() {
            self.stale = self.reader.is_midway();
        }
        Ok(answer.map(|answer| (answer, farewell)))
    }
}
