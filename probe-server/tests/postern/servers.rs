//! Servers on the loopback that live as long as the tests.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, UdpSocket};
use std::thread;

/// SPF records that the name server has.
const RECORDS: [(&[u8], &[u8]); 4] = [
    (b"\x05wrong\x04test\x00", b"v=spf1 ip4:192.0.2.300 -all"),
    (b"\x04hole\x04test\x00", b"v=spf1 include:absent.test -all"),
    (
        b"\x06circle\x04test\x00",
        b"v=spf1 include:circle.test -all",
    ),
    (b"\x0bxn--hhbbbed\x04test\x00", b"v=spf1 ip4:192.0.2.1 -all"),
];

/// A name server with few records: names below `absent.test` do not exist, for those below `servfail.test`
/// it fails, and all others exist.
pub(crate) fn name_server() -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap().to_string();
    thread::spawn(move || {
        let mut buffer = [0; 512];
        while let Ok((length, client)) = socket.recv_from(&mut buffer) {
            let _ = socket.send_to(&answer(&buffer[..length]), client);
        }
    });
    address
}

/// RFC 1035 §4.1: the header, and the question as it came.
fn answer(query: &[u8]) -> Vec<u8> {
    let mut end = 12;
    while query[end] != 0 {
        end += usize::from(query[end]) + 1;
    }
    let question = &query[12..end + 5];
    let name = question.to_ascii_lowercase();
    let below = |label: &[u8]| name.windows(label.len()).any(|window| window == label);
    let code = if below(b"\x06absent\x04test") {
        3
    } else if below(b"\x08servfail\x04test") {
        2
    } else {
        0
    };
    let is_txt = name.ends_with(b"\0\x10\0\x01");
    let known = RECORDS
        .iter()
        .filter(|(owner, _)| is_txt && name.starts_with(owner));
    let record = known.map(|(_, text)| *text).next();
    // A response; recursion was desired and is available; one question, and the record where there is one.
    let mut response = vec![
        query[0],
        query[1],
        0x81,
        0x80 | code,
        0,
        1,
        0,
        u8::from(record.is_some()),
        0,
        0,
        0,
        0,
    ];
    response.extend_from_slice(question);
    if let Some(text) = record {
        let length = u8::try_from(text.len()).unwrap();
        // The name of the question, TXT, IN, a minute.
        response.extend_from_slice(b"\xc0\x0c\0\x10\0\x01\0\0\0\x3c");
        response.extend_from_slice(&[0, length + 1, length]);
        response.extend_from_slice(text);
    }
    response
}

/// A server that says this to whoever says something.
pub(crate) fn tcp_server(reply: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(reply.as_bytes());
        }
    });
    address
}

/// Where nobody listens.
pub(crate) fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}
