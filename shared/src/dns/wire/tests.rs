//! Messages, octet by octet.

use std::net::{Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;

use super::*;
use crate::dns::{
    Answer, Failure, Name, Octets, Question, RecordData, RecordType, Response, TxtRecord,
};

fn question(name: &str, record_type: RecordType) -> Question {
    Question::new(Name::parse(name).unwrap(), record_type)
}

/// A response to `name type`: header with these flags and counts, the question, then `rest` as it is.
fn message(flags: u16, answers: u16, extra: u16, question: &[u8], rest: &[u8]) -> Vec<u8> {
    let words = [0, flags, 1, answers, 0, extra];
    let header = words.into_iter().flat_map(u16::to_be_bytes);
    header.chain([question, rest].concat()).collect()
}

const EXAMPLE_A: &[u8] = b"\x07example\x03org\x00\x00\x01\x00\x01";
const EXAMPLE_TXT: &[u8] = b"\x07example\x03org\x00\x00\x10\x00\x01";
const EXAMPLE_MX: &[u8] = b"\x07example\x03org\x00\x00\x0f\x00\x01";
/// QR, RD, RA.
const OK: u16 = 0x8180;

fn decode_a(octets: &[u8]) -> Answer {
    decode_response(&question("example.org", RecordType::A), octets)
}

fn failed(failure: Failure) -> Answer {
    Answer::new(Response::Failed(failure))
}

#[test]
fn a_query_octet_by_octet() {
    let octets = encode_query(&question("example.org", RecordType::Txt));
    let mut expected = b"\x00\x00\x01\x00\x00\x01\x00\x00\x00\x00\x00\x01".to_vec();
    expected.extend(EXAMPLE_TXT);
    // OPT: root, type 41, payload 1232, extended RCODE 0, version 0, DO; then 84 octets of padding (option 12).
    expected.extend(b"\x00\x00\x29\x04\xd0\x00\x00\x80\x00\x00\x58\x00\x0c\x00\x54");
    expected.resize(128, 0);
    assert_eq!(octets, expected);
}

#[test]
fn queries_are_whole_blocks_and_bounded() {
    for length in 1..=251 {
        let name = format!("{}.", "a".repeat(62)).repeat(4)[..length]
            .trim_end_matches('.')
            .to_owned();
        let octets = encode_query(&question(&name, RecordType::Mx));
        assert_eq!(octets.len() % 128, 0, "{name}");
        assert!((128..=384).contains(&octets.len()), "{name}");
    }
    let root = Question::new(Name::root(), RecordType::Mx);
    assert_eq!(decode_query(&encode_query(&root)), Ok((0, root)));
}

#[test]
fn records_are_read_through_a_cname_and_sorted() {
    let rest = b"\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x04\x01W\xc0\x0c\
        \x01w\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\xc0\x00\x02\x02\
        \x01w\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\xc0\x00\x02\x01\
        \x05other\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\xc0\x00\x02\x09";
    let answer = decode_a(&message(
        OK,
        4,
        0,
        b"\x07eXample\x03ORG\x00\x00\x01\x00\x01",
        rest,
    ));
    let records = [1, 2].map(|last| RecordData::A(Ipv4Addr::new(192, 0, 2, last)));
    assert_eq!(answer, aliased(Response::Records(records.to_vec())));
}

/// An answer that a CNAME led to.
fn aliased(response: Response) -> Answer {
    Answer {
        canonical: Some(Name::parse("w.example.org").unwrap()),
        ..Answer::new(response)
    }
}

#[test]
fn a_chain_without_data_is_no_data_and_a_circle_is_malformed() {
    let alias = b"\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x04\x01w\xc0\x0c";
    assert_eq!(
        decode_a(&message(OK, 1, 0, EXAMPLE_A, alias)),
        aliased(Response::NoData)
    );
    assert_eq!(
        decode_a(&message(OK | 3, 1, 0, EXAMPLE_A, alias)),
        aliased(Response::NxDomain),
        "the name that does not exist is the last"
    );
    let circle = b"\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x02\xc0\x0c";
    assert_eq!(
        decode_a(&message(OK, 1, 0, EXAMPLE_A, circle)),
        failed(Failure::Malformed)
    );
    let mut long = Vec::new();
    for step in 0..20_u8 {
        let owner = if step == 0 {
            vec![0xc0, 12]
        } else {
            vec![1, b'a' + step, 0xc0, 12]
        };
        long.extend(owner);
        long.extend(b"\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x04");
        long.extend([1, b'a' + step + 1, 0xc0, 12]);
    }
    assert_eq!(
        decode_a(&message(OK, 20, 0, EXAMPLE_A, &long)),
        failed(Failure::Malformed)
    );
}

#[test]
fn a_chain_is_found_among_thousands_of_aliases() {
    let alias = |owner: &[u8], target: &[u8]| {
        let length = [0, u8::try_from(target.len()).unwrap()];
        [owner, b"\x00\x05\x00\x01\x00\x00\x00\x3c", &length, target].concat()
    };
    let mut records =
        b"\x01w\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\xc0\x00\x02\x01".to_vec();
    for n in (0..3_000_u16).rev() {
        let [high, low] = n.to_be_bytes();
        records.extend(alias(&[2, high, low, 0xc0, 12], b"\x01x\xc0\x0c"));
    }
    records.extend(alias(b"\xc0\x0c", b"\x01w\xc0\x0c"));
    let found = RecordData::A("192.0.2.1".parse().unwrap());
    assert_eq!(
        decode_a(&message(OK, 3_002, 0, EXAMPLE_A, &records)),
        aliased(Response::from_records(vec![found]))
    );
}

#[test]
fn every_rcode_has_its_outcome() {
    for (rcode, response) in [
        (0, Response::NoData),
        (1, Response::Failed(Failure::Rcode(1))),
        (2, Response::Failed(Failure::ServFail)),
        (3, Response::NxDomain),
        (4, Response::Failed(Failure::Rcode(4))),
        (5, Response::Failed(Failure::Refused)),
        (9, Response::Failed(Failure::Rcode(9))),
    ] {
        let answer = decode_a(&message(OK | rcode, 0, 0, EXAMPLE_A, b""));
        assert_eq!(answer, Answer::new(response));
    }
    // BADVERS is 16: 0 in the header and 1 in the OPT record (RFC 6891 §6.1.3).
    let opt = b"\x00\x00\x29\x04\xd0\x01\x00\x00\x00\x00\x00";
    assert_eq!(
        decode_a(&message(OK, 0, 1, EXAMPLE_A, opt)),
        failed(Failure::Rcode(16))
    );
}

#[test]
fn only_a_definite_answer_is_authenticated() {
    assert!(decode_a(&message(OK | 0x20, 0, 0, EXAMPLE_A, b"")).authenticated);
    assert!(decode_a(&message(OK | 0x23, 0, 0, EXAMPLE_A, b"")).authenticated);
    assert!(!decode_a(&message(OK | 0x22, 0, 0, EXAMPLE_A, b"")).authenticated);
}

#[test]
fn what_is_no_answer_to_the_question_is_malformed() {
    let a = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\xc0\x00\x02\x01";
    for (what, octets) in [
        ("empty", Vec::new()),
        ("a query", message(0x0100, 0, 0, EXAMPLE_A, b"")),
        ("truncated", message(OK | 0x0200, 1, 0, EXAMPLE_A, a)),
        ("another type", message(OK, 0, 0, EXAMPLE_TXT, b"")),
        (
            "another name",
            message(OK, 0, 0, b"\x07example\x03com\x00\x00\x01\x00\x01", b""),
        ),
        ("a record missing", message(OK, 2, 0, EXAMPLE_A, a)),
        (
            "no question",
            b"\x00\x00\x81\x80\x00\x00\x00\x00\x00\x00\x00\x00".to_vec(),
        ),
        (
            "a pointer to itself",
            message(OK, 1, 0, EXAMPLE_A, b"\xc0\x1d\x00\x01\x00\x01\0\0\0\0\0\0"),
        ),
        (
            "two pointers in a ring",
            message(
                OK,
                1,
                0,
                EXAMPLE_A,
                b"\xc0\x1f\xc0\x1d\x00\x01\x00\x01\0\0\0\0\0\0",
            ),
        ),
        (
            "a question that points at itself",
            message(OK, 0, 0, b"\xc0\x0c\x00\x01\x00\x01", b""),
        ),
        (
            "three octets of address",
            message(
                OK,
                1,
                0,
                EXAMPLE_A,
                b"\xc0\x0c\x00\x01\x00\x01\0\0\0\0\0\x03abc",
            ),
        ),
        (
            "another class",
            message(OK, 0, 0, b"\x07example\x03org\x00\x00\x01\x00\x03", b""),
        ),
        (
            "two questions",
            [
                &b"\x00\x00\x81\x80\x00\x02\x00\x00\x00\x00\x00\x00"[..],
                EXAMPLE_A,
                EXAMPLE_A,
            ]
            .concat(),
        ),
        ("over 64 KiB", message(OK, 0, 0, EXAMPLE_A, &[0; 65_536])),
    ] {
        assert_eq!(decode_a(&octets), failed(Failure::Malformed), "{what}");
    }
}

#[test]
fn records_of_another_class_are_none() {
    let chaos = b"\xc0\x0c\x00\x01\x00\x03\x00\x00\x00\x3c\x00\x04\xc0\x00\x02\x01";
    assert_eq!(
        decode_a(&message(OK, 1, 0, EXAMPLE_A, chaos)),
        Answer::new(Response::NoData)
    );
}

#[test]
fn text_without_any_string_is_malformed() {
    let txt = b"\xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x3c\x00\x00";
    assert_eq!(
        decode_response(
            &question("example.org", RecordType::Txt),
            &message(OK, 1, 0, EXAMPLE_TXT, txt)
        ),
        failed(Failure::Malformed)
    );
}

#[test]
fn octets_of_text_and_names_that_we_cannot_hold() {
    let txt = b"\xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x3c\x00\x06\x02\x7f\xfe\x00\x01\"";
    assert_eq!(
        decode_response(
            &question("example.org", RecordType::Txt),
            &message(OK, 1, 0, EXAMPLE_TXT, txt)
        ),
        Answer::new(Response::Records(vec![RecordData::Txt(TxtRecord(vec![
            "\u{7f}\u{fe}".to_owned(),
            String::new(),
            "\"".to_owned()
        ]))]))
    );
    let two = b"\xc0\x0c\x00\x0f\x00\x01\x00\x00\x00\x3c\x00\x06\x00\x01\x01\x00\xc0\x0c\
        \xc0\x0c\x00\x0f\x00\x01\x00\x00\x00\x3c\x00\x08\x00\x02\x03a.b\xc0\x0c\
        \xc0\x0c\x00\x0f\x00\x01\x00\x00\x00\x3c\x00\x03\x00\x00\x00";
    assert_eq!(
        decode_response(
            &question("example.org", RecordType::Mx),
            &message(OK, 3, 0, EXAMPLE_MX, two)
        ),
        Answer::new(Response::Records(vec![RecordData::Mx {
            preference: 0,
            exchange: Name::root()
        }]))
    );
}

#[test]
fn queries_that_are_not_answered() {
    let query = |flags: u16, question: &[u8]| message(flags, 0, 0, question, b"");
    for (octets, error, rcode) in [
        (query(OK, EXAMPLE_A), QueryError::NotAQuery, 1),
        (query(0x2000, EXAMPLE_A), QueryError::Opcode(4), 4),
        (
            query(0, b"\x00\x00\x02\x00\x01"),
            QueryError::RecordType(2),
            4,
        ),
        (
            query(0, b"\x00\x00\xff\x00\x01"),
            QueryError::RecordType(255),
            4,
        ),
        (query(0, b"\x00\x00\x01\x00\x03"), QueryError::Class(3), 5),
        (query(0, b"\x01 \x00\x00\x01\x00\x01"), QueryError::Name, 5),
        (query(0, b"\x01a"), QueryError::Malformed, 1),
        (
            b"\x00\x07\x01\x00\0\0\0\0\0\0\0\0".to_vec(),
            QueryError::NotOneQuestion,
            1,
        ),
    ] {
        assert_eq!(decode_query(&octets), Err(error));
        let response = encode_error(&octets, error).unwrap();
        assert_eq!(response.len(), 12);
        assert_eq!(response[..2], octets[..2], "the ID");
        assert_eq!((response[2] >> 7, response[3] & 0xf), (1, rcode), "{error}");
    }
    assert_eq!(decode_query(b"\x00"), Err(QueryError::Malformed));
    assert_eq!(encode_error(b"\x00", QueryError::Malformed), None);
}

#[test]
fn a_failure_is_never_sent_as_absence_nor_as_authenticated() {
    let question = question("example.org", RecordType::A);
    for (sent, read) in [
        (Failure::TimedOut, Failure::ServFail),
        (Failure::Unreachable, Failure::ServFail),
        (Failure::Malformed, Failure::ServFail),
        (Failure::Rcode(0), Failure::ServFail),
        (Failure::Rcode(3), Failure::ServFail),
        (Failure::Rcode(65_535), Failure::ServFail),
        (Failure::Rcode(16), Failure::Rcode(16)),
        (Failure::Refused, Failure::Refused),
    ] {
        let answer = Answer {
            authenticated: true,
            ..failed(sent)
        };
        let octets = encode_response(7, &question, &answer);
        assert_eq!(octets[3] & 0x20, 0, "AD");
        assert_eq!(
            decode_response(&question, &octets),
            failed(read),
            "{sent:?}"
        );
    }
}

#[test]
fn a_response_is_bounded_and_long_strings_are_cut() {
    let question = question("example.org", RecordType::Txt);
    let text = |text: String| RecordData::Txt(TxtRecord(vec![text]));
    let answer = |records| Answer::new(Response::Records(records));
    let long = encode_response(1, &question, &answer(vec![text("é".repeat(300))]));
    let read = decode_response(&question, &long);
    let [RecordData::Txt(record)] = read.response.records() else {
        panic!("{read:?}")
    };
    assert_eq!(record.text(), "é".repeat(300));
    for records in [
        vec![text("x".repeat(70_000))],
        (0..2_000).map(|n| text(format!("{n:0>40}"))).collect(),
    ] {
        let octets = encode_response(1, &question, &answer(records));
        assert!(octets.len() <= 65_535);
        assert_eq!(
            decode_response(&question, &octets),
            failed(Failure::Malformed)
        );
    }
}

fn names() -> impl Strategy<Value = Name> {
    proptest::collection::vec("[a-z0-9_\\\\%-]{1,20}", 0..6)
        .prop_map(|labels| Name::parse(&labels.join(".")).unwrap())
}

/// One set of records, all of one type.
fn records() -> impl Strategy<Value = (RecordType, Vec<RecordData>)> {
    let octets = proptest::collection::vec(any::<u8>(), 0..=255);
    let strings = proptest::collection::vec(octets, 1..4);
    let txt = strings.prop_map(|strings| {
        RecordData::Txt(TxtRecord::from_octets(strings.iter().map(Vec::as_slice)))
    });
    let mx = (any::<u16>(), names()).prop_map(|(preference, exchange)| RecordData::Mx {
        preference,
        exchange,
    });
    let a = any::<u32>().prop_map(|bits| RecordData::A(Ipv4Addr::from_bits(bits)));
    let aaaa = any::<u128>().prop_map(|bits| RecordData::Aaaa(Ipv6Addr::from_bits(bits)));
    let octets = || proptest::collection::vec(any::<u8>(), 0..600).prop_map(Octets);
    let caa = (any::<u8>(), "[a-z0-9]{0,15}", "[ -~\u{80}-\u{ff}]{0,300}")
        .prop_map(|(flags, tag, value)| RecordData::Caa { flags, tag, value });
    let dnskey = (any::<u16>(), any::<u8>(), any::<u8>(), octets()).prop_map(
        |(flags, protocol, algorithm, key)| RecordData::Dnskey {
            flags,
            protocol,
            algorithm,
            key,
        },
    );
    let ds = (any::<u16>(), any::<u8>(), any::<u8>(), octets()).prop_map(
        |(key_tag, algorithm, digest_type, digest)| RecordData::Ds {
            key_tag,
            algorithm,
            digest_type,
            digest,
        },
    );
    let tlsa = (any::<u8>(), any::<u8>(), any::<u8>(), octets()).prop_map(
        |(usage, selector, matching, data)| RecordData::Tlsa {
            usage,
            selector,
            matching,
            data,
        },
    );
    let ptr = names().prop_map(RecordData::Ptr);
    prop_oneof![
        (Just(RecordType::A), proptest::collection::vec(a, 0..9)),
        (
            Just(RecordType::Aaaa),
            proptest::collection::vec(aaaa, 0..9)
        ),
        (Just(RecordType::Caa), proptest::collection::vec(caa, 0..9)),
        (
            Just(RecordType::Dnskey),
            proptest::collection::vec(dnskey, 0..9)
        ),
        (Just(RecordType::Ds), proptest::collection::vec(ds, 0..9)),
        (Just(RecordType::Mx), proptest::collection::vec(mx, 0..9)),
        (Just(RecordType::Ptr), proptest::collection::vec(ptr, 0..9)),
        (
            Just(RecordType::Tlsa),
            proptest::collection::vec(tlsa, 0..9)
        ),
        (Just(RecordType::Txt), proptest::collection::vec(txt, 0..9)),
    ]
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(id: u16, name in names(), (record_type, records) in records(), authenticated: bool, unchecked: bool, alias in proptest::option::of(names())) {
        let canonical = alias.filter(|alias| *alias != name);
        let question = Question { unchecked, ..Question::new(name, record_type) };
        prop_assert_eq!(decode_query(&encode_query(&question)), Ok((0, question.clone())));
        let answer = Answer { response: Response::from_records(records), authenticated, canonical };
        let octets = encode_response(id, &question, &answer);
        prop_assert_eq!(&octets[..2], &id.to_be_bytes());
        prop_assert_eq!(decode_response(&question, &octets), answer);
    }

    #[test]
    fn a_message_cut_anywhere_is_never_an_answer(name in names(), (record_type, records) in records()) {
        let question = Question::new(name, record_type);
        let answer = Answer::new(Response::from_records(records));
        let octets = encode_response(0, &question, &answer);
        for end in 0..octets.len() {
            let read = decode_response(&question, &octets[..end]);
            // Without the OPT record at its end the message still answers.
            prop_assert!(read == failed(Failure::Malformed) || end + 11 >= octets.len() && read == answer);
            let _ = decode_query(&octets[..end]);
            let _ = encode_error(&octets[..end], QueryError::Malformed);
        }
    }

    #[test]
    fn a_flipped_octet_never_panics(at: proptest::sample::Index, octet: u8, (record_type, records) in records()) {
        let question = Question::new(Name::parse("a.example").unwrap(), record_type);
        let mut octets = encode_response(0, &question, &Answer::new(Response::from_records(records)));
        let at = at.index(octets.len());
        octets[at] = octet;
        let _ = decode_response(&question, &octets);
        let _ = decode_query(&octets);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn rubbish_never_panics(seed in proptest::collection::vec(any::<u8>(), 1..64), counts: [u8; 4]) {
        let [questions, answers, authority, extra] = counts;
        // A header that promises many records, then 64 KB of a repeated pattern: pointers, lengths, anything.
        let mut octets = vec![0, 0, 0x81, 0x80, 0, questions & 1, answers, 0xff, authority, 0, extra, 0];
        octets.extend(EXAMPLE_A);
        octets.extend(seed.iter().cycle().take(65_000));
        for record_type in RecordType::ALL {
            let _ = decode_response(&question("example.org", record_type), &octets);
        }
        let _ = decode_query(&octets);
        let _ = decode_query(&seed);
    }
}
