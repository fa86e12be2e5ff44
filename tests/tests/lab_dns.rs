//! The lab's resolver gives the answers that the other lab tests are built on. If these fail, look here first.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::net::UdpSocket;
use std::time::Duration;

use postern_shared::blocklist::{query_name, test_points, zones_for};
use postern_shared::dns::{
    Answer, Failure, Name, Question, RecordData, RecordType, Response, wire,
};
use postern_shared::evidence::Family;
use postern_tests::place;

/// The lab's resolver; nothing, after saying so loudly, outside the lab.
fn name_server() -> Option<UdpSocket> {
    let Ok(address) = std::env::var("POSTERN_LAB_DNS") else {
        place::skipped("not in the lab (run it with tests/lab/lab.sh run)");
        return None;
    };
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    socket.connect(address).expect("the lab's address");
    socket
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a timeout");
    Some(socket)
}

/// Asks one question, over UDP.
fn ask(server: &UdpSocket, name: &str, record_type: RecordType) -> Response {
    answer(server, question(name, record_type)).response
}

fn question(name: &str, record_type: RecordType) -> Question {
    Question::new(Name::parse(name).expect("a name"), record_type)
}

/// The whole answer to a question.
fn answer(server: &UdpSocket, question: Question) -> Answer {
    server
        .send(&wire::encode_query(&question))
        .expect("a query sent");
    let mut buffer = [0; 4096];
    let length = server.recv(&mut buffer).expect("an answer");
    wire::decode_response(&question, &buffer[..length])
}

#[test]
fn every_blocklist_of_the_catalogue_passes_its_own_test() {
    let Some(server) = name_server() else { return };
    for family in [Family::V4, Family::V6] {
        let (listed, unlisted) = test_points(family);
        for zone in zones_for(family) {
            let look_up = |address| {
                let name = query_name(zone.zone, address).expect("a name");
                ask(&server, name.as_str(), RecordType::A)
            };
            assert!(
                matches!(look_up(listed), Response::Records(_)),
                "{} {family:?}",
                zone.zone
            );
            assert_eq!(
                look_up(unlisted),
                Response::NxDomain,
                "{} {family:?}",
                zone.zone
            );
        }
    }
}

#[test]
fn absence_is_told_in_its_four_ways() {
    let Some(server) = name_server() else { return };
    assert_eq!(ask(&server, "yazd.test", RecordType::Txt), Response::NoData);
    // The tree walk of DMARC goes up to here, and one name further.
    for name in ["_dmarc.test", "absent.test", "nowhere.example"] {
        assert_eq!(
            ask(&server, name, RecordType::Txt),
            Response::NxDomain,
            "{name}"
        );
    }
    assert_eq!(
        ask(&server, "servfail.test", RecordType::Mx),
        Response::Failed(Failure::ServFail)
    );
    let null_mx = vec![RecordData::Mx {
        preference: 0,
        exchange: Name::root(),
    }];
    assert_eq!(
        ask(&server, "nullmx.test", RecordType::Mx),
        Response::Records(null_mx)
    );
}

#[test]
fn a_large_provider_has_nine_reverse_names_of_which_five_lead_back() {
    let Some(server) = name_server() else { return };
    for last in [21, 22] {
        let pointers = ask(
            &server,
            &format!("{last}.0.25.127.in-addr.arpa"),
            RecordType::Ptr,
        );
        let back = RecordData::A([127, 25, 0, last].into());
        let leads_back = |pointer: &&RecordData| match pointer {
            RecordData::Ptr(name) => ask(&server, name.as_str(), RecordType::A)
                .records()
                .contains(&back),
            _ => false,
        };
        assert_eq!(pointers.records().len(), 9, "127.25.0.{last}");
        assert_eq!(
            pointers.records().iter().filter(leads_back).count(),
            5,
            "127.25.0.{last}"
        );
    }
}

#[test]
fn an_alias_is_followed() {
    let Some(server) = name_server() else { return };
    assert_eq!(
        ask(&server, "mail.cnamemx.test", RecordType::A),
        Response::Records(vec![RecordData::A([127, 25, 0, 12].into())])
    );
}

#[test]
fn what_is_signed_from_the_root_down_is_vouched_for() {
    let Some(server) = name_server() else { return };
    for (name, record_type) in [
        (".", RecordType::Dnskey),
        ("good.test", RecordType::Mx),
        ("mail.good.test", RecordType::A),
        ("_25._tcp.mail.good.test", RecordType::Tlsa),
        ("good.test", RecordType::Ds),
        ("_25._tcp.mail.pkix.test", RecordType::Tlsa),
    ] {
        let answer = answer(&server, question(name, record_type));
        assert!(answer.authenticated, "{name} {record_type}");
        assert!(
            !answer.response.records().is_empty(),
            "{name} {record_type}"
        );
    }
    // That there is nothing is signed too.
    for (name, record_type, absence) in [
        (
            "_25._tcp.mail.bogus.good.test",
            RecordType::Tlsa,
            Response::NxDomain,
        ),
        ("absent.test", RecordType::Mx, Response::NxDomain),
        ("mail.tlsonly.test", RecordType::Aaaa, Response::NoData),
        ("yazd.test", RecordType::Ds, Response::NoData),
        ("island.test", RecordType::Ds, Response::NoData),
    ] {
        let answer = answer(&server, question(name, record_type));
        assert!(answer.authenticated, "{name} {record_type}");
        assert_eq!(answer.response, absence, "{name} {record_type}");
    }
}

#[test]
fn what_is_not_signed_is_answered_and_not_vouched_for() {
    let Some(server) = name_server() else { return };
    for (name, record_type) in [
        ("yazd.test", RecordType::Mx),
        ("quera.test", RecordType::Mx),
        ("island.test", RecordType::Mx),
        ("island.test", RecordType::Dnskey),
        ("12.0.25.127.in-addr.arpa", RecordType::Ptr),
    ] {
        let answer = answer(&server, question(name, record_type));
        assert!(!answer.authenticated, "{name} {record_type}");
        assert!(
            !answer.response.records().is_empty(),
            "{name} {record_type}"
        );
    }
}

#[test]
fn bogus_answers_are_withheld_and_broken_ones_are_not_there() {
    let Some(server) = name_server() else { return };
    let servfail = Response::Failed(Failure::ServFail);
    let bogus = question("bogus.test", RecordType::Mx);
    assert_eq!(answer(&server, bogus.clone()).response, servfail);
    let unchecked = answer(&server, bogus.unchecked());
    assert_eq!(unchecked.response.records().len(), 1);
    for (name, record_type) in [
        ("servfail.test", RecordType::Mx),
        ("_25._tcp.mail.tlsafail.test", RecordType::Tlsa),
    ] {
        let broken = question(name, record_type);
        assert_eq!(answer(&server, broken.clone()).response, servfail, "{name}");
        assert_eq!(
            answer(&server, broken.unchecked()).response,
            servfail,
            "{name}"
        );
    }
}
