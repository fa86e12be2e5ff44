use postern_shared::evidence::{Chosen, HelloAnswer};
use postern_shared::tls::{Group, Suite, Version};

use super::samples::{
    CERTIFICATE, elliptic, message, octets, offer, offer_13, offer_of, prime, record, retry,
    server_hello,
};
use super::*;

fn answer(offer: &postern_shared::evidence::Offer, octets: &[u8], ending: Ending) -> Heard {
    let mut reader = HelloReader::new(offer);
    match reader.hear(octets) {
        Some(heard) => heard,
        None => reader.end(ending),
    }
}

fn closed(octets: &[u8]) -> HelloAnswer {
    answer(&offer(), octets, Ending::Closed).answer
}

fn chosen(answer: HelloAnswer) -> Chosen {
    match answer {
        HelloAnswer::Chosen(chosen) => *chosen,
        other => panic!("nothing chosen: {other:?}"),
    }
}

fn alert(level: u8, description: u8) -> Vec<u8> {
    vec![21, 3, 3, 0, 2, level, description]
}

#[test]
fn a_flight_of_tls_1_2_is_read_to_its_end() {
    let heard = answer(&offer(), &elliptic(), Ending::TimedOut);
    assert_eq!(heard.certificates.len(), 1);
    assert_eq!(heard.certificates[0].len(), CERTIFICATE);
    let chosen = chosen(heard.answer);
    assert_eq!(chosen.version, Version::Tls12);
    assert_eq!(chosen.suite, Suite(0xc02b));
    assert_eq!(chosen.group, Some(Group(0x0017)));
    assert_eq!(chosen.signature, Some(0x0403));
    assert!(chosen.secure_renegotiation && chosen.extended_master_secret);
    assert!(!chosen.compression);
}

#[test]
fn a_hello_retry_request_names_the_group() {
    let mut reader = HelloReader::new(&offer_13());
    let heard = reader.hear(&retry()).expect("an answer");
    let chosen = chosen(heard.answer);
    assert_eq!(chosen.version, Version::Tls13);
    assert_eq!(chosen.suite, Suite(0x1302));
    assert_eq!(chosen.group, Some(Group(0x001d)));
    assert_eq!(reader.hear(&retry()), None, "it was answered");
}

/// What is known grows, and nothing else changes, wherever the connection ends.
#[test]
fn a_flight_may_end_anywhere() {
    let flight = elliptic();
    let mut ends = Vec::new();
    let mut end = 0;
    while let Some(record) = flight.get(end..end + 5) {
        end += 5 + usize::from(u16::from_be_bytes([record[3], record[4]]));
        ends.push(end);
    }
    let [hello, certificate, key, done] = ends[..] else {
        panic!("four records: {ends:?}");
    };
    assert_eq!(done, flight.len());
    for at in 0..done {
        let heard = answer(&offer(), &flight[..at], Ending::Closed);
        match heard.answer {
            HelloAnswer::Closed => assert!(at < hello, "the ServerHello is complete at {at}"),
            HelloAnswer::Chosen(chosen) => {
                assert!(at >= hello, "{at}");
                assert_eq!(chosen.suite, Suite(0xc02b));
                assert_eq!(chosen.group.is_some(), at >= key, "{at}");
                let certificates = usize::from(at >= certificate);
                assert_eq!(heard.certificates.len(), certificates, "{at}");
            }
            other => panic!("at {at}: {other:?}"),
        }
    }
}

#[test]
fn pieces_change_nothing() {
    let flight = [alert(1, 112), elliptic()].concat();
    let whole = answer(&offer(), &flight, Ending::Closed);
    for size in [1, 2, 3, 7, 64, 500] {
        let mut reader = HelloReader::new(&offer());
        let heard = flight.chunks(size).find_map(|piece| reader.hear(piece));
        assert_eq!(heard.as_ref(), Some(&whole), "pieces of {size}");
    }
}

/// The same messages: all in one record, and each octet in a record of its own.
#[test]
fn messages_may_be_split_over_records_and_share_one() {
    let flight = elliptic();
    let whole = answer(&offer(), &flight, Ending::Closed);
    let mut messages = Vec::new();
    let mut rest = &flight[..];
    while let [_, _, _, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        messages.extend(&after[..length]);
        rest = &after[length..];
    }
    assert_eq!(answer(&offer(), &record(&messages), Ending::Closed), whole);
    let split: Vec<u8> = messages
        .iter()
        .flat_map(|octet| record(&[*octet]))
        .collect();
    assert_eq!(answer(&offer(), &split, Ending::Closed), whole);
}

#[test]
fn every_alert_is_told() {
    for description in 1..=255 {
        let fatal = closed(&alert(2, description));
        assert_eq!(fatal, HelloAnswer::Alert(description));
        // A warning and a farewell.
        let warned = answer(&offer(), &alert(1, description), Ending::Closed).answer;
        assert_eq!(warned, HelloAnswer::Alert(description));
        let silent = answer(&offer(), &alert(1, description), Ending::TimedOut).answer;
        assert_eq!(silent, HelloAnswer::TimedOut);
        // A warning before the answer.
        let after = [alert(1, description), elliptic()].concat();
        assert_eq!(chosen(closed(&after)).suite, Suite(0xc02b));
    }
    assert_eq!(closed(&alert(1, 0)), HelloAnswer::Closed);
    assert_eq!(closed(&alert(2, 0)), HelloAnswer::Closed);
    assert_eq!(closed(&alert(3, 40)), HelloAnswer::Malformed);
    // Cut in two, and two in one record.
    let cut = [21, 3, 3, 0, 1, 2, 21, 3, 3, 0, 1, 40];
    assert_eq!(closed(&cut), HelloAnswer::Alert(40));
    let two = [21, 3, 3, 0, 4, 1, 112, 2, 40];
    assert_eq!(closed(&two), HelloAnswer::Alert(40));
}

/// Who chooses and then fails has not taken it.
#[test]
fn an_alert_after_the_choice_is_a_no() {
    let flight = [record(&server_hello(0x0303, 0xc02b)), alert(2, 80)].concat();
    assert_eq!(closed(&flight), HelloAnswer::Alert(80));
}

#[test]
fn the_ending_is_told() {
    assert_eq!(closed(b""), HelloAnswer::Closed);
    let silent = answer(&offer(), b"", Ending::TimedOut).answer;
    assert_eq!(silent, HelloAnswer::TimedOut);
}

#[test]
fn what_is_no_tls_is_shown() {
    let shown = |octets: &[u8]| closed(octets);
    let not = |text: &str| HelloAnswer::NotTls(text.to_owned());
    assert_eq!(
        shown(b"501 5.5.4 Syntax\x1b error\r\n250 OK\r\n"),
        not("501 5.5.4 Syntax␛ error")
    );
    assert_eq!(
        shown(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n"),
        not("HTTP/1.1 400 Bad Request")
    );
    assert_eq!(shown(b"220"), not("220"));
    assert_eq!(shown(b"\x16\x03\nnothing\n"), not("␖␃␊no"));
    assert_eq!(shown(&[22, 4, 0, 0, 1]), not("␖␄␀␀␁"));
    let HelloAnswer::NotTls(long) = shown(&[b'a'; 5000]) else {
        panic!("no TLS");
    };
    assert_eq!(long.chars().count(), 81);
    // It is told before the connection ends.
    let mut reader = HelloReader::new(&offer());
    assert!(reader.hear(b"500 what?").is_none());
    assert!(reader.hear(b"\r\n").is_some());
}

#[test]
fn an_echo_is_malformed() {
    let echo = write(&offer(), "mx.example.org", &[1; 32]);
    assert_eq!(closed(&echo), HelloAnswer::Malformed);
    let offer = offer_of(Version::Ssl2, &[], &[]);
    let echo = write(&offer, "mx.example.org", &[1; 32]);
    let heard = answer(&offer, &echo, Ending::Closed);
    assert_eq!(heard.answer, HelloAnswer::Malformed);
}

#[test]
fn only_what_was_offered_can_be_chosen() {
    let choice = |version, suite| closed(&record(&server_hello(version, suite)));
    assert_eq!(choice(0x0303, 0xc02f), HelloAnswer::Malformed);
    assert_eq!(choice(0x0303, 0x00ff), HelloAnswer::Malformed);
    assert_eq!(choice(0x0304, 0xc02b), HelloAnswer::Malformed);
    assert_eq!(choice(0x0002, 0xc02b), HelloAnswer::Malformed);
    // A lower version is an answer.
    assert_eq!(chosen(choice(0x0301, 0xc02b)).version, Version::Tls10);
    assert_eq!(chosen(choice(0x0300, 0xc02b)).version, Version::Ssl3);
    // TLS 1.2 for who offers TLS 1.3 alone; and another group.
    let old = answer(
        &offer_13(),
        &record(&server_hello(0x0303, 0x1302)),
        Ending::Closed,
    );
    assert_eq!(old.answer, HelloAnswer::Malformed);
    let other = offer_of(Version::Tls13, &[0x1302], &[0x11ec]);
    let heard = answer(&other, &retry(), Ending::Closed);
    assert_eq!(heard.answer, HelloAnswer::Malformed);
    let curve = offer_of(Version::Tls12, &[0xc02b], &[0x001d]);
    let heard = answer(&curve, &elliptic(), Ending::Closed);
    assert_eq!(heard.answer, HelloAnswer::Malformed);
}

#[test]
fn primes_are_measured_and_known_ones_named() {
    let flight = |number: &[u8]| {
        let messages = [
            server_hello(0x0303, 0x009e),
            prime(number),
            message(14, b""),
        ]
        .concat();
        chosen(closed(&record(&messages)))
    };
    let own = flight(&[&[0, 0x0f], &[0xaa; 127][..]].concat());
    assert_eq!((own.group, own.prime_bits), (None, Some(1020)));
    assert_eq!(own.signature, Some(0x0401));
    let zero = flight(&[0, 0]);
    assert_eq!((zero.group, zero.prime_bits), (None, Some(0)));
    let known = flight(&octets(FFDHE2048));
    assert_eq!((known.group, known.prime_bits), (Some(Group(0x0100)), None));
}

/// RFC 7919 §A.1.
const FFDHE2048: &str = "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8\
     f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935984f0c70e0e68b77e2a689daf3efe872\
     1df158a136ade73530acca4f483a797abc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4ae56ede76372bb19\
     0b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f619172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005\
     c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff";

#[test]
fn anonymous_keys_are_not_signed() {
    let curve = message(12, &[3, 0, 0x17, 1, 4]);
    let messages = [server_hello(0x0303, 0xc018), curve, message(14, b"")].concat();
    let chosen = chosen(closed(&record(&messages)));
    assert_eq!(chosen.group, Some(Group(0x0017)));
    assert_eq!(chosen.signature, None);
}

#[test]
fn compression_is_seen() {
    let mut hello = server_hello(0x0303, 0xc02b);
    let last = hello.len() - 1;
    hello[last] = 1;
    assert!(chosen(closed(&record(&hello))).compression);
    hello[last] = 64;
    assert_eq!(closed(&record(&hello)), HelloAnswer::Malformed);
}

#[test]
fn certificates_are_kept_within_bounds() {
    let list = |certificates: &[Vec<u8>]| {
        let field = |octets: &[u8]| message(0, octets)[1..].to_vec();
        let list: Vec<u8> = certificates.iter().flat_map(|it| field(it)).collect();
        let messages = [server_hello(0x0303, 0xc02b), message(11, &field(&list))].concat();
        let records: Vec<u8> = messages.chunks(16_000).flat_map(record).collect();
        answer(&offer(), &records, Ending::Closed)
    };
    let many = list(&vec![vec![5; 100]; 13]);
    assert_eq!((many.certificates.len(), many.left_out), (10, 3));
    let long = list(&[vec![1; 10], vec![2; MAX_CERTIFICATE + 1], vec![3; 10]]);
    assert_eq!((long.certificates, long.left_out), (vec![vec![1; 10]], 2));
}

#[test]
fn nothing_is_endless() {
    // Warnings for ever; messages that do not end; a message that says that it is longer than anything.
    let warnings = alert(1, 112).repeat(MAX_OCTETS / 7 + 1);
    assert_eq!(closed(&warnings), HelloAnswer::Endless);
    let requests = record(&message(0, b"").repeat(4000)).repeat(17);
    assert_eq!(closed(&requests), HelloAnswer::Endless);
    let long = record(&[11, 0xff, 0xff, 0xff]);
    let flight = [record(&server_hello(0x0303, 0xc02b)), long].concat();
    assert_eq!(closed(&flight), HelloAnswer::Endless);
}

#[test]
fn other_records_and_messages_have_no_place() {
    assert_eq!(closed(&[23, 3, 3, 0, 1, 0]), HelloAnswer::Malformed);
    assert_eq!(
        closed(&record(&message(11, &[0, 0, 0]))),
        HelloAnswer::Malformed
    );
    let twice = [server_hello(0x0303, 0xc02b), server_hello(0x0303, 0xc02b)].concat();
    assert_eq!(closed(&record(&twice)), HelloAnswer::Malformed);
    let short = message(2, &[3, 3, 0]);
    assert_eq!(closed(&record(&short)), HelloAnswer::Malformed);
    let broken = [record(&server_hello(0x0303, 0xc02b)), vec![22, 9, 9, 0, 0]].concat();
    assert_eq!(closed(&broken), HelloAnswer::Malformed);
}

#[test]
fn ssl_2_is_read() {
    let offer = offer_of(Version::Ssl2, &[], &[]);
    let hello = octets("80140400010002000300060000ab0cde0700c0010080");
    let heard = answer(&offer, &hello, Ending::Closed);
    let certificates = vec![octets("ab0cde")];
    assert_eq!(heard.answer, HelloAnswer::Ssl2 { ciphers: 2 });
    assert_eq!(heard.certificates, certificates);
    // It says that there is no cipher in common.
    let heard = answer(&offer, &octets("8003000001"), Ending::Closed);
    assert_eq!(heard.answer, HelloAnswer::Ssl2 { ciphers: 0 });
    // A server of today answers with an alert of TLS.
    let heard = answer(&offer, &octets("15030200020246"), Ending::Closed);
    assert_eq!(heard.answer, HelloAnswer::Alert(70));
    let heard = answer(&offer, &octets("8004deadbeef"), Ending::Closed);
    assert_eq!(heard.answer, HelloAnswer::Malformed);
}

mod writing {
    use postern_shared::evidence::Offer;

    use super::*;

    const HOST: &str = "mx.example.org";

    fn has(octets: &[u8], part: &[u8]) -> bool {
        octets.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn ssl_2_has_its_own_form() {
        let hello = write(&offer_of(Version::Ssl2, &[], &[]), HOST, &[7; 32]);
        assert_eq!(hello[..2], [0x80, 49]);
        assert_eq!(hello.len(), 51);
        assert_eq!(hello[2..11], [1, 0, 2, 0, 24, 0, 0, 0, 16]);
    }

    #[test]
    fn ssl_3_has_no_extensions() {
        let hello = write(&offer_of(Version::Ssl3, &[0x000a], &[0x17]), HOST, &[7; 32]);
        let expected = [
            &octets("16030000300100002c0300")[..],
            &[7; 32],
            &octets("000004000a00ff020100"),
        ];
        assert_eq!(hello, expected.concat());
    }

    /// Each version's own fields: what the record and the hello say, and what only it sends.
    #[test]
    fn versions_differ() {
        let hello = |version| write(&offer_of(version, &[0x002f], &[0x17]), HOST, &[7; 32]);
        let versions = |octets: &[u8]| [octets[1], octets[2], octets[9], octets[10]];
        let schemes = octets("000d0030002e0403");
        let selects = octets("002b0003020304003300020000");
        let master = octets("00170000");
        let points = octets("000b00020100");
        for (version, expected) in [
            (Version::Tls10, [3, 1, 3, 1]),
            (Version::Tls11, [3, 1, 3, 2]),
            (Version::Tls12, [3, 1, 3, 3]),
            (Version::Tls13, [3, 1, 3, 3]),
        ] {
            let octets = hello(version);
            let is_new = version == Version::Tls13;
            assert_eq!(versions(&octets), expected);
            assert!(has(&octets, HOST.as_bytes()));
            assert!(has(&octets, &[0, 10, 0, 4, 0, 2, 0, 0x17]));
            assert_eq!(has(&octets, &schemes), version >= Version::Tls12);
            assert_eq!(has(&octets, &selects), is_new);
            assert_eq!(has(&octets, &master), !is_new);
            assert_eq!(has(&octets, &points), !is_new);
            // Suites, the sign of secure renegotiation, and compression.
            let suites: &[u8] = if is_new {
                &[0, 2, 0, 0x2f, 1, 0]
            } else {
                &[0, 4, 0, 0x2f, 0, 0xff, 2, 1, 0]
            };
            assert!(has(&octets, suites), "{version}");
        }
    }

    #[test]
    fn a_second_try_says_so() {
        let mut offer = offer_of(Version::Tls11, &[0x002f], &[]);
        assert!(!has(&write(&offer, HOST, &[7; 32]), &[0x56, 0]));
        offer.fallback = true;
        assert!(has(
            &write(&offer, HOST, &[7; 32]),
            &[0, 0x2f, 0, 0xff, 0x56, 0]
        ));
    }

    #[test]
    fn only_names_of_hosts_are_sent() {
        let hello = |name: &str| write(&offer(), name, &[7; 32]);
        let without = hello("");
        assert!(has(&hello("mx.example.org."), b"\0\x0emx.example.org\0"));
        for name in [
            "192.0.2.1",
            "2001:db8::1",
            "mx..example.org",
            "mx example",
            "[192.0.2.1]",
        ] {
            assert_eq!(hello(name), without, "{name}");
        }
        assert_eq!(hello(&"a".repeat(64)), without);
        assert_eq!(hello(&vec!["abcdefgh"; 29].join(".")), without);
    }

    /// The length of the message, with its four octets in front, and lengths that fit each other.
    #[test]
    fn no_length_hangs_old_servers() {
        let versions = &Version::ALL[1..];
        for version in versions {
            for count in 0..=70 {
                let offer = Offer {
                    suites: Suite::all().take(count).collect(),
                    ..offer_of(*version, &[], &[0x17, 0x1d, 0x1e])
                };
                for name in ["", "a.example", &vec!["abcdefgh"; 27].join(".")] {
                    let hello = write(&offer, name, &[7; 32]);
                    let record = usize::from(u16::from_be_bytes([hello[3], hello[4]]));
                    assert_eq!(record + 5, hello.len());
                    let message = u32::from_be_bytes([0, hello[6], hello[7], hello[8]]) as usize;
                    assert_eq!(message + 4, record);
                    assert!(!(256..512).contains(&record), "{version} {count} {name}");
                    assert!(record < 700, "{record}");
                }
            }
        }
    }
}
