//! What comes of a ClientHello.

use postern_shared::evidence::{Chosen, HelloAnswer, Offer};
use postern_shared::text;
use postern_shared::tls::Version;

use super::MAX_OCTETS;
use super::cursor::Cursor;
use super::flight::{Certificates, key_exchange};
use super::records::{Item, Records};
use super::{server_hello, ssl2};

/// Octets that are kept of what is no TLS.
const MAX_BEGINNING: usize = 160;
/// Characters that are shown of it.
const MAX_SHOWN: usize = 80;

/// How a connection ended before an answer was complete.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// The server closed it.
    Closed,
    /// The time was over.
    TimedOut,
}

/// An answer, and the certificates that came with it, which are still to be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Heard {
    /// The answer. A chain is not in it.
    pub answer: HelloAnswer,
    /// The first certificates, as they came: at most [`Chain::MAX`](postern_shared::evidence::Chain::MAX), each of at most
    /// [`MAX_CERTIFICATE`](super::MAX_CERTIFICATE) octets.
    pub certificates: Vec<Vec<u8>>,
    /// How many more came.
    pub left_out: u32,
}

/// Reads what comes of a ClientHello. The answer is the same however the octets are cut into pieces, and never more than
/// [`MAX_OCTETS`] are read.
#[derive(Debug)]
pub struct HelloReader {
    offer: Offer,
    heard: usize,
    beginning: Vec<u8>,
    form: Form,
    records: Records,
    /// The last alert that was only a warning.
    warning: Option<u8>,
    chosen: Option<Chosen>,
    certificates: Certificates,
}

/// What the octets look like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Form {
    /// It is not known yet.
    Unknown,
    /// Records of SSL 3 or TLS.
    Records,
    /// A record of SSL 2.
    Ssl2,
    /// Something else.
    Foreign,
    /// The answer has been given.
    Answered,
}

impl HelloReader {
    /// For what comes of `offer`.
    #[must_use]
    pub fn new(offer: &Offer) -> Self {
        Self {
            offer: offer.clone(),
            heard: 0,
            beginning: Vec::new(),
            form: Form::Unknown,
            records: Records::default(),
            warning: None,
            chosen: None,
            certificates: Certificates::default(),
        }
    }

    /// Takes what came; gives the answer as soon as it is complete. After that, nothing.
    #[must_use]
    pub fn hear(&mut self, octets: &[u8]) -> Option<Heard> {
        let answer = octets.iter().find_map(|octet| self.take(*octet))?;
        Some(self.heard(answer))
    }

    /// What is known where nothing more comes.
    #[must_use]
    pub fn end(mut self, ending: Ending) -> Heard {
        let answer = match (self.form, self.chosen.take(), self.warning, ending) {
            (Form::Foreign, ..) => self.foreign(),
            (_, Some(chosen), ..) => HelloAnswer::Chosen(Box::new(chosen)),
            // Who warns and closes has said why.
            (_, _, Some(warning), Ending::Closed) => HelloAnswer::Alert(warning),
            (_, _, _, Ending::Closed) => HelloAnswer::Closed,
            (_, _, _, Ending::TimedOut) => HelloAnswer::TimedOut,
        };
        self.heard(answer)
    }

    fn heard(&mut self, answer: HelloAnswer) -> Heard {
        self.form = Form::Answered;
        let certificates = std::mem::take(&mut self.certificates);
        Heard {
            answer,
            certificates: certificates.kept,
            left_out: certificates.left_out,
        }
    }

    fn take(&mut self, octet: u8) -> Option<HelloAnswer> {
        if self.form == Form::Answered {
            return None;
        }
        self.heard += 1;
        if self.heard > MAX_OCTETS {
            return Some(HelloAnswer::Endless);
        }
        if self.form == Form::Unknown {
            self.form = self.look(octet);
        }
        match self.form {
            Form::Ssl2 => self.ssl2(octet),
            Form::Records => self.record(octet),
            _ => self.line(octet),
        }
    }

    /// What begins with this octet.
    fn look(&self, first: u8) -> Form {
        match first {
            20..=24 => Form::Records,
            0x80.. if self.offer.version == Version::Ssl2 => Form::Ssl2,
            _ => Form::Foreign,
        }
    }

    /// Takes an octet of something that is no TLS, of which a line is enough.
    fn line(&mut self, octet: u8) -> Option<HelloAnswer> {
        self.beginning.push(octet);
        let is_enough = octet == b'\n' || self.beginning.len() >= MAX_BEGINNING;
        is_enough.then(|| self.foreign())
    }

    fn foreign(&self) -> HelloAnswer {
        let beginning = self.beginning.trim_ascii_end();
        HelloAnswer::NotTls(text::from_octets(beginning, MAX_SHOWN))
    }

    fn ssl2(&mut self, octet: u8) -> Option<HelloAnswer> {
        self.beginning.push(octet);
        Some(match ssl2::read(&self.beginning)? {
            ssl2::Said::Hello {
                ciphers,
                certificate,
            } => {
                certificate
                    .into_iter()
                    .for_each(|it| self.certificates.add(it));
                HelloAnswer::Ssl2 { ciphers }
            }
            ssl2::Said::Error => HelloAnswer::Ssl2 { ciphers: 0 },
            ssl2::Said::Unreadable => HelloAnswer::Malformed,
        })
    }

    fn record(&mut self, octet: u8) -> Option<HelloAnswer> {
        self.records.push(octet);
        // What does not even begin with a record is no TLS.
        if self.heard <= 5 {
            self.beginning.push(octet);
        }
        while let Some(item) = self.records.next() {
            if item == Item::Broken && self.heard <= 5 {
                self.form = Form::Foreign;
                return self.beginning.contains(&b'\n').then(|| self.foreign());
            }
            if let Some(answer) = self.item(item) {
                return Some(answer);
            }
        }
        None
    }

    fn item(&mut self, item: Item) -> Option<HelloAnswer> {
        match item {
            Item::Message(kind, message) => self.message(kind, Cursor(&message)),
            // Whoever says farewell has closed, and said no to nothing (RFC 8446 §6.1).
            Item::Alert(1 | 2, 0) => Some(match self.chosen.take() {
                Some(chosen) => HelloAnswer::Chosen(Box::new(chosen)),
                None => HelloAnswer::Closed,
            }),
            Item::Alert(1, warning) => {
                self.warning = Some(warning);
                None
            }
            Item::Alert(2, error) => Some(HelloAnswer::Alert(error)),
            Item::Alert(..) | Item::Stray | Item::Broken => Some(HelloAnswer::Malformed),
            Item::Endless => Some(HelloAnswer::Endless),
        }
    }

    /// Reads a handshake message (RFC 5246 §7.4).
    fn message(&mut self, kind: u8, message: Cursor<'_>) -> Option<HelloAnswer> {
        let read = match (kind, &mut self.chosen) {
            // HelloRequest; CertificateRequest, CertificateStatus (RFC 6066 §8): nothing of them is wanted.
            (0, _) | (13 | 22, Some(_)) => Some(()),
            (2, None) => return self.server_hello(message),
            (11, Some(_)) => {
                Certificates::read(message).map(|certificates| self.certificates = certificates)
            }
            (12, Some(chosen)) => key_exchange(&self.offer, chosen, message),
            (14, Some(chosen)) => return Some(HelloAnswer::Chosen(Box::new(chosen.clone()))),
            _ => None,
        };
        read.is_none().then_some(HelloAnswer::Malformed)
    }

    fn server_hello(&mut self, message: Cursor<'_>) -> Option<HelloAnswer> {
        let Some(chosen) = server_hello::read(&self.offer, message) else {
            return Some(HelloAnswer::Malformed);
        };
        if chosen.version == Version::Tls13 {
            // What follows is encrypted.
            return Some(HelloAnswer::Chosen(Box::new(chosen)));
        }
        self.chosen = Some(chosen);
        None
    }
}
