//! The record layer, as far as nothing is encrypted (RFC 8446 §5.1), and the messages in it.

use super::MAX_OCTETS;
use super::cursor::Cursor;

/// Octets that a record's data may have (RFC 5246 §6.2.3).
const MAX_RECORD: usize = (1 << 14) + 2048;

/// What comes next.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Item {
    /// A handshake message: its kind, and what it says.
    Message(u8, Vec<u8>),
    /// An alert: its level, and its description.
    Alert(u8, u8),
    /// A record of a kind that has no place here.
    Stray,
    /// No record.
    Broken,
    /// A message that is longer than any honest one.
    Endless,
}

/// Puts records together and takes messages out of them.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// What has not made a record yet.
    raw: Vec<u8>,
    /// What handshake records held.
    handshake: Vec<u8>,
    /// How much of that has been read.
    read: usize,
    /// The first half of an alert.
    alert: Option<u8>,
    /// Alerts of the last record, the last of them first.
    alerts: Vec<(u8, u8)>,
}

impl Records {
    /// Takes an octet, after [`Self::next`] has nothing more.
    pub(super) fn push(&mut self, octet: u8) {
        self.raw.push(octet);
    }

    /// The next item; nothing while none is complete.
    pub(super) fn next(&mut self) -> Option<Item> {
        loop {
            if let Some((level, description)) = self.alerts.pop() {
                return Some(Item::Alert(level, description));
            }
            if let Some(item) = self.message() {
                return Some(item);
            }
            if let Some(item) = self.record()? {
                return Some(item);
            }
        }
    }

    /// Takes one record in: nothing where none is complete, else what is wrong with it, if anything is.
    #[expect(clippy::option_option, reason = "no record, or one without fault")]
    fn record(&mut self) -> Option<Option<Item>> {
        let mut rest = Cursor(&self.raw);
        let (kind, major) = (rest.u8()?, rest.u8()?);
        let _minor = rest.u8()?;
        let length = rest.number(2)?;
        if !(20..=24).contains(&kind) || major != 3 || length > MAX_RECORD {
            return Some(Some(Item::Broken));
        }
        let data = rest.take(length)?;
        let fault = match kind {
            21 => {
                for octet in data {
                    match self.alert.take() {
                        Some(level) => self.alerts.push((level, *octet)),
                        None => self.alert = Some(*octet),
                    }
                }
                self.alerts.reverse();
                None
            }
            22 => {
                self.handshake.drain(..std::mem::take(&mut self.read));
                self.handshake.extend(data);
                None
            }
            _ => Some(Item::Stray),
        };
        self.raw.clear();
        Some(fault)
    }

    /// Takes a handshake message out.
    fn message(&mut self) -> Option<Item> {
        let mut rest = Cursor(self.handshake.get(self.read..)?);
        let kind = rest.u8()?;
        let length = rest.number(3)?;
        if length > MAX_OCTETS {
            return Some(Item::Endless);
        }
        let message = rest.take(length)?.to_vec();
        self.read = self.handshake.len() - rest.0.len();
        Some(Item::Message(kind, message))
    }
}
