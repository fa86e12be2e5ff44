//! The lab's name server gives the answers that the other lab tests are built on. If these fail, look here first.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::net::UdpSocket;
use std::time::Duration;

use postern_shared::blocklist::{query_name, test_points, zones_for};
use postern_shared::dns::{Failure, Name, Question, RecordData, RecordType, Response, wire};
use postern_shared::evidence::Family;
use postern_tests::place;

/// The lab's name server; nothing, after saying so loudly, outside the lab.
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
    let question = Question::new(Name::parse(name).expect("a name"), record_type);
    server
        .send(&wire::encode_query(&question))
        .expect("a query sent");
    let mut buffer = [0; 4096];
    let length = server.recv(&mut buffer).expect("an answer");
    wire::decode_response(&question, &buffer[..length]).response
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
