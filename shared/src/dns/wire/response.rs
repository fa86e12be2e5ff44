//! Answers as messages.

use domain::base::iana::{Class, OptRcode, Rcode};
use domain::base::message::Message;
use domain::base::message_builder::{AnswerBuilder, PushError};
use domain::base::name::Name as WireName;
use domain::base::rdata::UnknownRecordData;
use domain::base::wire::ParseError;
use domain::base::{MessageBuilder, ParsedRecord, Rtype, Ttl};
use domain::rdata::{A, Aaaa, Cname, Mx, Ptr, Txt};

use super::query::QueryError;
use super::{MAX_MESSAGE, UDP_PAYLOAD, names, opaque, rtype};
use crate::dns::{Answer, Failure, Name, Question, RecordData, RecordType, Response, TxtRecord};
use crate::gather::Gather;

/// How many CNAMEs are followed; resolvers give up between 8 and 16.
const MAX_CHAIN: usize = 16;

/// What an answer of ours may be kept for, in seconds: a scan looks again, it does not believe old news.
const TTL: Ttl = Ttl::from_secs(60);

/// Reads what came back for `question`; whatever it is, that is an answer.
///
/// A message that breaks off, is truncated (TC), answers another question or runs in a circle of CNAMEs is
/// [`Failure::Malformed`]. Records are those at the end of the CNAME chain within the message; a chain that
/// ends without any is [`Response::NoData`]. A record whose data names a host with octets that no
/// [`crate::dns::Name`] holds is left out.
#[must_use]
pub fn decode_response(question: &Question, octets: &[u8]) -> Answer {
    try_decode(question, octets).unwrap_or(Answer::new(Response::Failed(Failure::Malformed)))
}

/// Nothing for what is not an answer to `question`.
fn try_decode(question: &Question, octets: &[u8]) -> Option<Answer> {
    if octets.len() > MAX_MESSAGE {
        return None;
    }
    let message = Message::from_slice(octets).ok()?;
    let header = message.header();
    if !header.qr() || header.tc() || !asks(message, question) {
        return None;
    }
    let (response, canonical) = match message.opt_rcode() {
        OptRcode::NOERROR => data(question, message)?,
        // The chain may have led to the name that does not exist.
        OptRcode::NXDOMAIN => (
            Response::NxDomain,
            data(question, message).and_then(|(_, canonical)| canonical),
        ),
        OptRcode::SERVFAIL => (Response::Failed(Failure::ServFail), None),
        OptRcode::REFUSED => (Response::Failed(Failure::Refused), None),
        other => (Response::Failed(Failure::Rcode(other.to_int())), None),
    };
    Some(Answer {
        authenticated: header.ad() && response.is_definite(),
        canonical,
        response,
    })
}

/// Whether the message repeats exactly this question, in any case of letters.
fn asks(message: &Message<[u8]>, question: &Question) -> bool {
    message.sole_question().is_ok_and(|asked| {
        asked.qtype() == rtype(question.record_type)
            && asked.qclass() == Class::IN
            && names::decode(asked.qname()).as_ref() == Some(&question.name)
    })
}

/// The records at the end of the CNAME chain, and the name there when it is another than was asked for; `None` when
/// a record is damaged or the chain does not end.
fn data(question: &Question, message: &Message<[u8]>) -> Option<(Response, Option<Name>)> {
    let wanted = rtype(question.record_type);
    // By owner. Some five thousand records fit a message: at each step of the chain all are looked through.
    let mut aliases: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut found: Vec<(Vec<u8>, Option<RecordData>)> = Vec::new();
    for record in message.answer().ok()? {
        let record = record.ok()?;
        if record.class() != Class::IN {
            continue;
        }
        let owner = names::key(&record.owner());
        if record.rtype() == wanted {
            found.push((owner, decode_data(&record, question.record_type).ok()?));
        } else if record.rtype() == Rtype::CNAME {
            let alias = record.to_record::<Cname<_>>().ok()??;
            aliases.push((owner, names::key(alias.data().cname())));
        }
    }
    let asked = names::key(&names::encode(&question.name).ok()?);
    let mut owner = &asked;
    for _ in 0..=MAX_CHAIN {
        if !found.iter().any(|(of, _)| of == owner)
            && let Some((_, target)) = aliases.iter().rfind(|(of, _)| of == owner)
        {
            owner = target;
            continue;
        }
        let here = found.into_iter().filter(|(of, _)| of == owner);
        let records = here.filter_map(|(_, data)| data).gather();
        let canonical = (*owner != asked).then(|| names::from_key(owner)).flatten();
        return Some((Response::from_records(records), canonical));
    }
    None
}

/// One record's data; `None` inside for a host name that we cannot hold.
fn decode_data(
    record: &ParsedRecord<'_, [u8]>,
    record_type: RecordType,
) -> Result<Option<RecordData>, ParseError> {
    Ok(match record_type {
        RecordType::A => record
            .to_record::<A>()?
            .map(|record| RecordData::A(record.data().addr())),
        RecordType::Aaaa => record
            .to_record::<Aaaa>()?
            .map(|record| RecordData::Aaaa(record.data().addr())),
        RecordType::Caa | RecordType::Dnskey | RecordType::Ds | RecordType::Tlsa => {
            match record.to_record::<UnknownRecordData<_>>()? {
                Some(record) => {
                    let data: &[u8] = record.data().data();
                    Some(opaque::decode(record_type, data).ok_or(ParseError::ShortInput)?)
                }
                None => None,
            }
        }
        RecordType::Mx => record.to_record::<Mx<_>>()?.and_then(|record| {
            Some(RecordData::Mx {
                preference: record.data().preference(),
                exchange: names::decode(record.data().exchange())?,
            })
        }),
        RecordType::Ptr => record
            .to_record::<Ptr<_>>()?
            .and_then(|record| names::decode(record.data().ptrdname()).map(RecordData::Ptr)),
        RecordType::Txt => match record.to_record::<Txt<_>>()? {
            Some(record) => {
                let text = TxtRecord::from_octets(record.data().iter());
                // RFC 1035 §3.3.14: "One or more <character-string>s."
                let sound = !text.0.is_empty();
                Some(
                    sound
                        .then_some(RecordData::Txt(text))
                        .ok_or(ParseError::ShortInput)?,
                )
            }
            None => None,
        },
    })
}

/// The message that answers query `id` with `answer`; at most 65,535 octets.
///
/// Of a chain of CNAMEs the end is shown, as one alias. EDNS is answered always, as
/// [`super::encode_query`] always asks with it. What does not fit is left out, and TC says so. A failure that
/// is no RCODE (a time-out, say) becomes SERVFAIL.
#[must_use]
pub fn encode_response(id: u16, question: &Question, answer: &Answer) -> Vec<u8> {
    // Every `Name` fits a message, so the empty message is never sent; a client reads it as malformed.
    try_encode(id, question, answer).unwrap_or_default()
}

fn try_encode(id: u16, question: &Question, answer: &Answer) -> Result<Vec<u8>, PushError> {
    /// Kept free for the OPT record.
    const OPT_LENGTH: usize = 11;

    let name = names::encode(&question.name).map_err(|_| PushError::ShortBuf)?;
    let rcode = rcode(&answer.response);
    let mut builder = MessageBuilder::new_vec();
    let header = builder.header_mut();
    header.set_id(id);
    header.set_qr(true);
    header.set_rd(true);
    header.set_ra(true);
    header.set_cd(question.unchecked);
    header.set_ad(answer.authenticated && answer.response.is_definite());
    header.set_rcode(rcode.rcode());
    builder.set_push_limit(MAX_MESSAGE - OPT_LENGTH);
    let mut builder = builder.question();
    builder.push((&name, rtype(question.record_type)))?;
    let mut builder = builder.answer();
    let owner = match &answer.canonical {
        Some(canonical) => {
            let canonical = names::encode(canonical).map_err(|_| PushError::ShortBuf)?;
            builder.push((&name, TTL, Cname::new(canonical.clone())))?;
            canonical
        }
        None => name,
    };
    let fitting = answer
        .response
        .records()
        .iter()
        .all(|data| push(&mut builder, &owner, question.record_type, data).is_ok());
    builder.header_mut().set_tc(!fitting);
    builder.clear_push_limit();
    let mut builder = builder.additional();
    builder.opt(|opt| {
        opt.set_udp_payload_size(UDP_PAYLOAD);
        opt.set_rcode(rcode);
        Ok(())
    })?;
    Ok(builder.finish())
}

/// The RCODE for a response; a failure never becomes NOERROR or NXDOMAIN, which would be read as absence.
fn rcode(response: &Response) -> OptRcode {
    match response {
        Response::Records(_) | Response::NoData => OptRcode::NOERROR,
        Response::NxDomain => OptRcode::NXDOMAIN,
        Response::Failed(Failure::Refused) => OptRcode::REFUSED,
        // An RCODE has 12 bits. (`OptRcode::checked_from_int` of domain 0.12.3 takes only 0.)
        Response::Failed(Failure::Rcode(code @ (1..=2 | 4..=0xfff))) => {
            OptRcode::masked_from_int(*code)
        }
        Response::Failed(_) => OptRcode::SERVFAIL,
    }
}

/// Appends one record; data of another type than was asked for has no place in the answer.
fn push(
    builder: &mut AnswerBuilder<Vec<u8>>,
    owner: &WireName<Vec<u8>>,
    asked: RecordType,
    data: &RecordData,
) -> Result<(), PushError> {
    let too_long = |_| PushError::ShortBuf;
    match (asked, data) {
        (RecordType::A, RecordData::A(address)) => builder.push((owner, TTL, A::new(*address))),
        (RecordType::Aaaa, RecordData::Aaaa(address)) => {
            builder.push((owner, TTL, Aaaa::new(*address)))
        }
        (
            RecordType::Mx,
            RecordData::Mx {
                preference,
                exchange,
            },
        ) => {
            let exchange = names::encode(exchange).map_err(too_long)?;
            builder.push((owner, TTL, Mx::new(*preference, exchange)))
        }
        (RecordType::Ptr, RecordData::Ptr(host)) => {
            let host = names::encode(host).map_err(too_long)?;
            builder.push((owner, TTL, Ptr::new(host)))
        }
        (RecordType::Txt, RecordData::Txt(text)) => {
            let text =
                Txt::from_octets(character_strings(text)).map_err(|_| PushError::ShortBuf)?;
            builder.push((owner, TTL, text))
        }
        (
            RecordType::Caa | RecordType::Dnskey | RecordType::Ds | RecordType::Tlsa,
            RecordData::Caa { .. }
            | RecordData::Dnskey { .. }
            | RecordData::Ds { .. }
            | RecordData::Tlsa { .. },
        ) => {
            let data = opaque::encode(data).ok_or(PushError::ShortBuf)?;
            let data = UnknownRecordData::from_octets(rtype(asked), data)
                .map_err(|_| PushError::ShortBuf)?;
            builder.push((owner, TTL, data))
        }
        _ => Ok(()),
    }
}

/// The strings of a TXT record, each behind its length; longer ones than 255 octets are cut in two.
///
/// Characters from U+0100 stand for no octet and cannot have come from DNS; they are written as UTF-8.
fn character_strings(text: &TxtRecord) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut push = |string: &[u8]| {
        octets.push(u8::try_from(string.len()).unwrap_or(u8::MAX));
        octets.extend_from_slice(string);
    };
    for string in &text.0 {
        let string = super::latin(string);
        if string.is_empty() {
            push(&[]);
        }
        string.chunks(255).for_each(&mut push);
    }
    if text.0.is_empty() {
        push(&[]);
    }
    octets
}

/// The response to a query that is not answered: its header alone, with the RCODE of `error`.
///
/// `None` when `query` is too short to hold an ID; then there is nothing to respond to.
#[must_use]
pub fn encode_error(query: &[u8], error: QueryError) -> Option<Vec<u8>> {
    let asked = Message::from_slice(query).ok()?.header();
    let rcode: Rcode = error.rcode();
    let mut builder = MessageBuilder::new_vec();
    let header = builder.header_mut();
    header.set_id(asked.id());
    header.set_opcode(asked.opcode());
    header.set_qr(true);
    header.set_rd(asked.rd());
    header.set_ra(true);
    header.set_rcode(rcode);
    Some(builder.finish())
}
