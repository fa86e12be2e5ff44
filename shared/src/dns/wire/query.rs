//! Questions as messages.

use core::fmt;

use domain::base::iana::{Class, Opcode, Rcode};
use domain::base::message_builder::PushError;
use domain::base::{Message, MessageBuilder};

use super::{MAX_MESSAGE, UDP_PAYLOAD, names, rtype};
use crate::dns::{Name, Question, RecordType};

/// RFC 8467 §4.1: "Clients SHOULD pad queries to the closest multiple of 128 octets."
const PADDING_BLOCK: usize = 128;

/// The message that asks `question`: ID 0 so that caches may help (RFC 8484 §4.1), RD, and EDNS with DO,
/// so that a validating resolver says AD; padded to a multiple of 128 octets.
#[must_use]
pub fn encode_query(question: &Question) -> Vec<u8> {
    // Every `Name` fits a message, so the empty message is never sent; a resolver would refuse it.
    try_encode(question).unwrap_or_default()
}

fn try_encode(question: &Question) -> Result<Vec<u8>, PushError> {
    let name = names::encode(&question.name).map_err(|_| PushError::ShortBuf)?;
    let mut builder = MessageBuilder::new_vec();
    builder.header_mut().set_rd(true);
    builder.header_mut().set_cd(question.unchecked);
    let mut builder = builder.question();
    builder.push((&name, rtype(question.record_type)))?;
    let mut builder = builder.additional();
    let padding = padding(&question.name);
    builder.opt(|opt| {
        opt.set_udp_payload_size(UDP_PAYLOAD);
        opt.set_dnssec_ok(true);
        opt.padding(padding)
    })?;
    Ok(builder.finish())
}

/// How many octets of padding bring the query for `name` to the next block.
fn padding(name: &Name) -> u16 {
    // Header 12; name with its length octets; type and class 4; OPT record 11 and option header 4.
    let name = name.labels().map(|label| label.len() + 1).sum::<usize>() + 1;
    let bare = 12 + name + 4 + 11 + 4;
    u16::try_from(bare.next_multiple_of(PADDING_BLOCK) - bare).unwrap_or_default()
}

/// Reads a query: its ID, to be repeated in the response, and the one question that it asks.
///
/// # Errors
/// Says why the query is not answered; [`super::encode_error`] makes the response of it.
pub fn decode_query(octets: &[u8]) -> Result<(u16, Question), QueryError> {
    if octets.len() > MAX_MESSAGE {
        return Err(QueryError::Malformed);
    }
    let message = Message::from_slice(octets).map_err(|_| QueryError::Malformed)?;
    let header = message.header();
    if header.qr() {
        return Err(QueryError::NotAQuery);
    }
    if header.opcode() != Opcode::QUERY {
        return Err(QueryError::Opcode(header.opcode().to_int()));
    }
    if message.header_counts().qdcount() != 1 {
        return Err(QueryError::NotOneQuestion);
    }
    let asked = message.sole_question().map_err(|_| QueryError::Malformed)?;
    if asked.qclass() != Class::IN {
        return Err(QueryError::Class(asked.qclass().to_int()));
    }
    let record_type = RecordType::ALL
        .into_iter()
        .find(|&known| rtype(known) == asked.qtype())
        .ok_or_else(|| QueryError::RecordType(asked.qtype().to_int()))?;
    let name = names::decode(asked.qname()).ok_or(QueryError::Name)?;
    let question = Question {
        name,
        record_type,
        unchecked: header.cd(),
    };
    Ok((header.id(), question))
}

/// Why a query is not answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum QueryError {
    /// Not a DNS message, or one that breaks off.
    Malformed,
    /// A response: its QR bit is set.
    NotAQuery,
    /// This OPCODE is not 0, a standard query (RFC 1035 §4.1.1).
    Opcode(u8),
    /// No question, or more than one (RFC 9619).
    NotOneQuestion,
    /// This class is not IN.
    Class(u16),
    /// This type is not one that Postern reads: [`RecordType::ALL`].
    RecordType(u16),
    /// The name holds octets that no name we ask for can hold.
    Name,
}

impl QueryError {
    /// The RCODE that says so: 1 FORMERR, 4 NOTIMP or 5 REFUSED.
    pub(super) const fn rcode(self) -> Rcode {
        match self {
            Self::Malformed | Self::NotAQuery | Self::NotOneQuestion => Rcode::FORMERR,
            Self::Opcode(_) | Self::RecordType(_) => Rcode::NOTIMP,
            Self::Class(_) | Self::Name => Rcode::REFUSED,
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("not a DNS message"),
            Self::NotAQuery => f.write_str("a response, not a query"),
            Self::Opcode(code) => write!(f, "OPCODE {code} is not a standard query"),
            Self::NotOneQuestion => f.write_str("not exactly one question"),
            Self::Class(code) => write!(f, "class {code} is not IN"),
            Self::RecordType(code) => write!(f, "record type {code} is not answered"),
            Self::Name => f.write_str("the name holds octets that are not answered"),
        }
    }
}

impl core::error::Error for QueryError {}
