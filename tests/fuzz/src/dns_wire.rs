//! DNS messages (RFC 1035 §4).

use postern_shared::dns::wire::{
    decode_query, decode_response, encode_error, encode_query, encode_response,
};
use postern_shared::dns::{Failure, Name, Question, RecordType, Response};

/// The QR bit: a response.
const RESPONSE: u8 = 0x80;
/// The TC bit: cut.
const CUT: u8 = 0x02;

/// A message, read as a query and as the response to whatever it asks.
pub fn dns_wire(octets: &[u8]) {
    match decode_query(octets) {
        Ok((id, question)) => {
            let again = encode_query(&question);
            assert_eq!(decode_query(&again), Ok((0, question.clone())));
            let _ = encode_response(id, &question, &decode_response(&question, octets));
        }
        Err(error) => {
            let _ = encode_error(octets, error);
        }
    }
    for question in questions(octets) {
        let mut octets = octets.to_vec();
        if let Some(flags) = octets.get_mut(2) {
            *flags |= RESPONSE;
        }
        response(&question, &octets);
    }
}

/// The question that the message repeats, and one of every type of a name that seeds ask for.
fn questions(octets: &[u8]) -> Vec<Question> {
    let mut query = octets.to_vec();
    if let Some(flags) = query.get_mut(2) {
        // No response, and the OPCODE of a query.
        *flags &= !(RESPONSE | 0x78);
    }
    let asked = decode_query(&query).ok().map(|(_, question)| question);
    let name = Name::parse("example.org").expect("a name");
    let known = RecordType::ALL.map(|record_type| Question::new(name.clone(), record_type));
    asked.into_iter().chain(known).collect()
}

/// What an answer says is said again by the message that we make of it.
fn response(question: &Question, octets: &[u8]) {
    let answer = decode_response(question, octets);
    let again = encode_response(7, question, &answer);
    assert!(again.len() <= 65_535);
    assert_eq!(&again[..2], &[0, 7]);
    if again[2] & CUT != 0 {
        return;
    }
    let read = decode_response(question, &again);
    match answer.response {
        // RCODEs of their own meaning, and those that an answer cannot carry.
        Response::Failed(Failure::ServFail | Failure::Refused) => assert_eq!(read, answer),
        Response::Failed(_) => assert!(!read.response.is_definite()),
        _ => assert_eq!(read, answer),
    }
}
